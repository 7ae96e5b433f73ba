"""Modals that only show: one request with its whole story, or one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.buttons import (
    compare_button,
    customer_said_button,
    edit_button,
    moves_of,
    record_button,
    tell_button,
)
from bot.blocks.cards import body, title
from bot.blocks.customer import you_may_tell
from bot.blocks.elements import actions, button, context, divider, header, modal, packed, section, table_lines
from bot.blocks.forms_clock import side_of
from bot.blocks.ids import Action, Callback
from bot.blocks.kept import kept_lines
from bot.blocks.phrases import cut, escape, quote
from bot.blocks.story import dated
from bot.blocks.turns import turn_line
from models.i18n import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Block, View
    from models.picture import Picture
    from models.tenant import Actor

MOST_ENTRIES = 30


def show_request(picture: Picture, *, as_of: datetime, viewer: Actor) -> View:
    """Draw a request with its story, newest last, and what the viewer can do now."""
    start = [header(title(picture)), *[_without_table(block) for block in body(picture)]]
    turn = [context(turn_line(picture, as_of, reader=side_of(picture, viewer))), *moves_of(picture, as_of, viewer)]
    tell = [section(you_may_tell(picture), accessory=tell_button(picture))] if picture.request.status.is_open else []
    blocks = [*start, *_ended(picture), *tell, *turn, divider(), *_story(picture), *_below(picture, viewer)]
    return modal(Callback.SHOW_REQUEST, picture.request.label, blocks, metadata={"request": picture.request.id})


def _below(picture: Picture, viewer: Actor) -> list[Block]:
    """Return the way to the clock and to what was offered, of a closed request too, and to changing what was asked."""
    own = picture.acts_for(viewer.slack_id, picture.request.requester)
    explain = button(_("Explain this clock…"), Action.EXPLAIN, picture.request.id)
    compared = [compare_button(picture)] if picture.offer is not None else []
    link = [context(f"<{escape(picture.card_link)}|{_('The card and its thread')}>")] if picture.card_link else []
    may_not = picture.request.status.is_open or viewer.slack_id != picture.request.requester
    said = [] if may_not else [customer_said_button(picture)]
    edit = edit_button(picture) if own else []
    return [*link, *actions([*edit, explain, *compared, record_button(picture), *said])]


def _ended(picture: Picture) -> list[Block]:
    """Return whether it was kept, and what the customer said in the end."""
    lines = [f"• {line}" for line in kept_lines(picture)]
    said = picture.request.customer_said
    if said.strip():
        lines += [_("The customer said:"), quote(said)]
    return [section("\n".join(lines))] if lines else []


def _story(picture: Picture) -> list[Block]:
    entries = picture.timeline[-MOST_ENTRIES:]
    told = [dated(picture, entry) for entry in entries]
    left = len(picture.timeline) - len(entries)
    if left > 0:
        words = ngettext("({n} earlier step is in the record)", "({n} earlier steps are in the record)", left)
        told = [words.format(n=left), *told]
    return packed([f"*{_('What happened so far')}*", *told], limit=2_900)


def _without_table(block: Block) -> Block:
    """Modals know no tables: say it in lines."""
    if block["type"] != "table":
        return block
    lines = table_lines([[cell["text"] for cell in row] for row in block["rows"]])
    return section("\n".join(f"• {escape(line)}" for line in lines))


def notice_view(sentence: str) -> View:
    """Draw one sentence to read and close; the sentence is made safe here."""
    said = section(cut(escape(sentence), 2_900))
    return modal(Callback.SHOW_REQUEST, _("Expedite Desk"), [said])
