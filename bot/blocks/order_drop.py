"""What an admin sees who dropped a CSV file where a desk works: the offer to read it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, compose, packed, section
from bot.blocks.ids import Action
from bot.blocks.phrases import cut, escape, inline, one_line
from models.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Message


def offer_import(file_id: str, name: str) -> Message:
    """Offer to take a file over as the order book, with what that does."""
    said = _("Is *{name}* the order book? The book will be what the file says; lines it does not name are forgotten.")
    take = button(_("Import it"), Action.IMPORT_ORDERS, file_id, primary=True)
    leave = button(_("Leave it"), Action.LEAVE_ORDERS, file_id)
    return compose([section(said.format(name=inline(name, 120))), *actions([take, leave])])


def imported(lines: int, removed: int, refused: int, sentences: Sequence[str]) -> Message:
    """Tell what was read, what was forgotten, and each line that could not be read."""
    said = ngettext("{n} order line is in the book now.", "{n} order lines are in the book now.", lines)
    parts = [said.format(n=lines)]
    if not lines:
        parts = [_("No line of the file could be read: the book is as it was.")]
    if removed:
        parts.append(_("{n} that the file does not name were forgotten.").format(n=removed))
    if refused:
        parts.append(_("{n} could not be read and were left out.").format(n=refused))
    bad = [f"• {cut(escape(one_line(sentence)), 300)}" for sentence in sentences]
    left = refused - len(sentences)
    more = [_("and {n} more").format(n=left)] if left > 0 else []
    return compose(packed([f"*{' '.join(parts)}*", *bad, *more], limit=2_900))


def not_imported(sentence: str) -> Message:
    """Tell why a file was not taken over."""
    return compose([section(f"{escape(sentence)} {_('The book is as it was.')}")])
