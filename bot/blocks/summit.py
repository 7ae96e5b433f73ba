"""A summit's page in the leadership channel, with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, compose, context, header, packed, section, table
from bot.blocks.ids import Action
from bot.blocks.phrases import cut, escape
from bot.blocks.summit_words import page_sections, page_title, when_words
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.blocks.page import Line, PageSection
    from bot.ports import Block, Message
    from models.summit_page import SummitPicture

LINE_LIMIT = 600
"""Characters of a line: a topic may be long, and all of a page is to be seen at once."""
MOST_BUTTONS = 20
"""Lines of a page that have a button of their own: a message has room for 50 blocks."""
MOST_LINES = 12
"""Lines of one section."""


def summit_message(picture: SummitPicture, *, as_of: datetime) -> Message:
    """Draw the page; once the summit is over what was agreed can still be recorded for a while."""
    blocks = [header(page_title(picture))]
    if picture.words:
        blocks.append(context(f"_{_plain(picture.words)}_"))
    blocks.append(section(_plain(when_words(picture))))
    left = MOST_BUTTONS
    for one in page_sections(picture):
        drawn, left = _section(one, left)
        blocks += drawn
    return compose([*blocks, *_buttons(picture, as_of)])


def _section(one: PageSection, buttons_left: int) -> tuple[list[Block], int]:
    """Draw a section: lines with something to press on their own, the others packed together."""
    blocks = [section(f"*{escape(one.title)}*"), *([table(one.rows, numbers_right=True)] if one.rows else [])]
    plain: list[str] = []
    for line in one.lines[:MOST_LINES]:
        pressed = _button(line) if buttons_left > 0 else None
        if pressed is None:
            plain.append(f"• {_plain(line.text)}")
            continue
        buttons_left -= 1
        blocks.append(section(f"• {_plain(line.text)}", accessory=pressed))
    more = len(one.lines) - MOST_LINES
    left_off = [context(_("and {n} more").format(n=more))] if more > 0 else []
    return [*blocks, *packed(plain, limit=2_900), *left_off], buttons_left


def _button(line: Line) -> Block | None:
    if line.request_id is not None:
        show = _("Show…")
        return button(show, Action.OPEN_REQUEST, line.request_id, spoken=f"{show} {line.label}")
    if line.agreement_id is not None:
        done = _("Done")
        return button(done, Action.AGREEMENT_DONE, line.agreement_id, spoken=f"{done}: {cut(line.label, 60)}")
    return None


def _buttons(picture: SummitPicture, as_of: datetime) -> Sequence[Block]:
    number, is_over = picture.summit.id, picture.ends_at < as_of
    return actions(
        [
            button(_("Record an agreement…"), Action.AGREE, number, primary=True),
            *([] if is_over else [button(_("Raise a topic…"), Action.RAISE_TOPIC, number)]),
            button(_("Send me the page"), Action.TAKE_SUMMIT, number),
        ]
    )


def _plain(text: str) -> str:
    return cut(escape(text), LINE_LIMIT)
