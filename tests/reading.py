"""What a person reads in a drawing, and what they can press there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import notices
from tests.builders import NOON
from tests.pictures import a_picture

if TYPE_CHECKING:
    from models.lifecycle import Status
    from models.outbox import Notice

Blocks = list[dict[str, Any]]


def said(notice: Notice, status: Status, *, at: Any = NOON, facts: dict[str, Any] | None = None, **more: Any) -> str:
    """The words of a notice about a request in this status."""
    return notices.draw(notice, picture=a_picture(status, **more), facts=facts or {}, as_of=at).text


def pressed(notice: Notice, status: Status, *, facts: dict[str, Any] | None = None, **more: Any) -> list[str]:
    """The words on the buttons of a notice."""
    return words_of(notices.draw(notice, picture=a_picture(status, **more), facts=facts or {}, as_of=NOON).blocks)


def elements_in(blocks: Blocks) -> Blocks:
    return [element for block in blocks if block["type"] == "actions" for element in block["elements"]]


def buttons_in(blocks: Blocks) -> Blocks:
    return [element for element in elements_in(blocks) if element["type"] == "button"]


def menu_in(blocks: Blocks) -> Blocks:
    return [one for element in elements_in(blocks) if element["type"] == "overflow" for one in element["options"]]


def words_of(blocks: Blocks) -> list[str]:
    return [element["text"]["text"] for element in buttons_in(blocks)]


def inputs_in(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def text_of(view: dict[str, Any]) -> str:
    """Everything to read in a form that is no question."""
    lines = []
    for block in view["blocks"]:
        if block["type"] in {"section", "header"}:
            lines += [one["text"] for one in block.get("fields", [block.get("text")])]
        if block["type"] == "context":
            lines += [element["text"] for element in block["elements"]]
    return "\n".join(lines)
