"""Reading blocks as Slack's client does: generated ids, elements by action id."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
INTERACTIVE = frozenset(
    {
        "button",
        "overflow",
        "static_select",
        "external_select",
        "users_select",
        "conversations_select",
        "channels_select",
        "multi_static_select",
        "multi_external_select",
        "multi_users_select",
        "multi_conversations_select",
        "multi_channels_select",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "radio_buttons",
        "checkboxes",
        "plain_text_input",
        "number_input",
        "email_text_input",
        "url_text_input",
        "rich_text_input",
        "file_input",
        "workflow_button",
        "icon_button",
    }
)


def all_blocks(blocks: list[Json]) -> Iterator[Json]:
    """Yield the blocks and those inside containers and carousels."""
    for block in blocks:
        yield block
        inside = block.get("child_blocks") or (block.get("elements") if block.get("type") == "carousel" else None)
        yield from inside or []


def elements_of(block: Json) -> Iterator[Json]:
    """Yield the interactive elements of one block."""
    candidates = [block.get("accessory"), block.get("element")]
    for key in ("elements", "actions"):
        candidates += block.get(key) or []
    for element in candidates:
        if isinstance(element, dict) and element.get("type") in INTERACTIVE:
            yield element


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every (block, element)."""
    for block in all_blocks(blocks):
        for element in elements_of(block):
            yield block, element


def _copied(node: Any) -> Any:
    """Return a copy of plain JSON; several times faster than copying objects of any kind."""
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(item) for item in node] if isinstance(node, list) else node


def with_ids(blocks: list[Json]) -> list[Json]:
    """Return a copy in which every block and every interactive element has an id, as Slack generates them."""
    filled: list[Json] = _copied(blocks)
    for block in all_blocks(filled):
        if "block_id" not in block:
            block["block_id"] = secrets.token_urlsafe(4)
        for element in elements_of(block):
            if "action_id" not in element:
                element["action_id"] = secrets.token_urlsafe(6)
    return filled


def find_element(blocks: list[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json] | None:
    """Return the (block, element) with this action id; `block_id` decides where several share it."""
    for block, element in elements(blocks):
        if element.get("action_id") == action_id and block_id in {None, block.get("block_id")}:
            return block, element
    return None


def offered_options(element: Json) -> list[Json]:
    """Return the options of a select, those in groups included."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group.get("options", []))]
