"""Block Kit in small pieces: plain dicts, each kept within its documented limit.

``compose`` makes a message whose ``text`` says what its blocks say; ``modal`` and ``option`` serve the forms.
Every mrkdwn text is ``verbatim``: Slack must not turn a typed “@channel” into a mention.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.blocks.phrases import HEADER_LIMIT, cut, escape
from bot.ports import Block, Message, View
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.blocks.ids import Action, Callback

SECTION_LIMIT, FIELD_LIMIT, OPTION_LIMIT, BUTTON_LIMIT, VIEW_WORD_LIMIT = 3_000, 2_000, 75, 75, 24
PACK_LIMIT = 1_000
"""Characters of a section that holds several lines of a list: small enough that a text twin loses little."""
TEXT_LIMIT = 3_900
"""Longest ``text`` of a message: an edit refuses more than 4,000 characters."""
SHORTEST_LINE = 200
"""When the text must be cut, no line is cut below this."""
EMPTY_CELL = "–"
CELL_LIMIT = 200


def _filled(text: str, limit: int) -> str:
    """Return a text that Slack takes: not too long, and never empty."""
    return cut(text, limit) if text.strip() else EMPTY_CELL


def plain(text: str, limit: int = SECTION_LIMIT) -> Block:
    return {"type": "plain_text", "text": _filled(text, limit), "emoji": False}


def mrkdwn(text: str, limit: int = SECTION_LIMIT) -> Block:
    return {"type": "mrkdwn", "text": _filled(text, limit), "verbatim": True}


def header(text: str) -> Block:
    """Return a headline of plain text: typed words need no escaping here."""
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def section(text: str, *, accessory: Block | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text), "expand": True}
    return block if accessory is None else {**block, "accessory": accessory}


def fields(texts: Sequence[str]) -> Block:
    return {"type": "section", "fields": [mrkdwn(text, FIELD_LIMIT) for text in texts]}


def context(text: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text)]}


def packed(lines: Sequence[str], *, apart: str = "\n", limit: int = PACK_LIMIT) -> list[Block]:
    """Return sections that hold whole lines each, as many as fit: a line with a date token must not be cut."""
    chunks: list[str] = []
    for line in lines:
        if chunks and len(chunks[-1]) + len(apart) + len(line) <= limit:
            chunks[-1] += apart + line
        else:
            chunks.append(line)
    return [section(chunk) for chunk in chunks]


def divider() -> Block:
    return {"type": "divider"}


def actions(elements: Sequence[Block]) -> list[Block]:
    """Return a row of buttons, or nothing where there is nothing to press."""
    return [{"type": "actions", "elements": list(elements)}] if elements else []


def button(
    text: str,
    action: Action,
    value: object,
    *,
    primary: bool = False,
    confirm: Block | None = None,
    spoken: str = "",
) -> Block:
    """Return a button; ``spoken`` is what a screen reader says where many buttons have the same words."""
    block: Block = {"type": "button", "text": plain(text, BUTTON_LIMIT), "action_id": action.value, "value": str(value)}
    if spoken:
        block["accessibility_label"] = cut(spoken, BUTTON_LIMIT)
    if primary:
        block["style"] = "primary"
    return block if confirm is None else {**block, "confirm": confirm}


def confirmation(title: str, text: str, yes: str, no: str) -> Block:
    words = {"title": plain(title, 100), "text": plain(text, 300)}
    return {**words, "confirm": plain(yes, 30), "deny": plain(no, 30)}


def option(text: str, value: str, *, description: str = "") -> Block:
    block: Block = {"text": plain(text, OPTION_LIMIT), "value": value}
    return {**block, "description": plain(description, OPTION_LIMIT)} if description else block


def table(rows: Sequence[Sequence[str]], *, numbers_right: bool = False) -> Block:
    """Return a table of plain cells; the first row heads the columns, the first column the rows."""
    cells = [[{"type": "raw_text", "text": _filled(cell, CELL_LIMIT)} for cell in row] for row in rows]
    align = "right" if numbers_right else "left"
    columns = [{"is_wrapped": True}] + [{"is_wrapped": True, "align": align} for _column in rows[0][1:]]
    return {"type": "table", "column_settings": columns, "rows": cells}


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Say a table in lines, for surfaces that have none and for those who listen: “By Fri · Asked: 100”."""
    heads = rows[0]
    lines = []
    for row in rows[1:]:
        told = [f"{head}: {cell}" for head, cell in zip(heads[1:], row[1:], strict=True) if cell != EMPTY_CELL]
        lines.append(" · ".join([row[0], *told]))
    return lines


def compose(blocks: Sequence[Block]) -> Message:
    """Make a message of blocks; its text is their twin, whole lines first, cut only where nothing of ours breaks."""
    lines = [line for block in blocks for line in _said(block)]
    return Message(text=_fitted(lines), blocks=list(blocks))


def _said(block: Block) -> Iterable[str]:
    if block["type"] in {"header", "section"}:
        texts = [block["text"]] if "text" in block else block["fields"]
        return [_spoken(text) for text in texts]
    if block["type"] == "context":
        return [_spoken(element) for element in block["elements"]]
    if block["type"] == "table":
        return [escape(line) for line in table_lines([[cell["text"] for cell in row] for row in block["rows"]])]
    return []


def _spoken(text: Block) -> str:
    return escape(text["text"]) if text["type"] == "plain_text" else str(text["text"])


def _fitted(lines: Sequence[str]) -> str:
    """Shorten the longest typed lines until all fit; a line with a date token is never cut inside it."""
    kept = list(lines)
    for place in sorted(range(len(kept)), key=lambda place: -len(kept[place])):
        over = sum(len(line) + 1 for line in kept) - TEXT_LIMIT
        if over <= 0:
            break
        if "<!" not in kept[place]:
            kept[place] = _closed(cut(kept[place], max(len(kept[place]) - over, SHORTEST_LINE)))
    while sum(len(line) + 1 for line in kept) > TEXT_LIMIT:
        kept.pop(-2 if len(kept) > 1 else -1)
    return "\n".join(kept)


def _closed(line: str) -> str:
    """Leave a link out that a cut has opened and not closed; typed brackets are escaped."""
    before, opened, rest = line.rpartition("<")
    return f"{before.rstrip()}…" if opened and ">" not in rest else line


def modal(
    callback: Callback,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str | None = None,
    metadata: dict[str, Any] | None = None,
) -> View:
    """Make a modal; without ``submit`` it only shows something. ``close`` defaults to Cancel or Close."""
    closing = close or (_("Close") if submit is None else _("Cancel"))
    view: View = {
        "type": "modal",
        "callback_id": callback.value,
        "title": plain(title, VIEW_WORD_LIMIT),
        "close": plain(closing, VIEW_WORD_LIMIT),
        "private_metadata": json.dumps(metadata or {}, separators=(",", ":")),
        "blocks": list(blocks),
    }
    return view if submit is None else {**view, "submit": plain(submit, VIEW_WORD_LIMIT)}
