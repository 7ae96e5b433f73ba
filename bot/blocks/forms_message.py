"""What the form says about the message it was filled in from: that it could not be read, which dates are in doubt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bot.blocks.elements import context
from bot.blocks.phrases import day
from models.errors import Field
from models.i18n import _
from models.origin import UNREAD, UNSURE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ports import Block


def message_notes(answers: Mapping[str, Any]) -> list[Block]:
    """Return a note for each thing a message left open that is not answered yet."""
    notes = []
    if answers.get(UNREAD) and not answers.get(Field.CUSTOMER):
        notes.append(_("The message could not be read again, so nothing is filled in from it."))
    for field, days in (answers.get(UNSURE) or {}).items():
        if not answers.get(field):
            notes.append(_unsure(field, [date.fromisoformat(one) for one in days]))
    return [context(note) for note in notes]


def _unsure(field: str, days: list[date]) -> str:
    question = _("Promised for") if field == Field.PROMISE_DATE else _("Ship by")
    # With the year of each: what is in doubt may be months apart.
    can_be = _(" or ").join(day(one, days[0]) for one in days)
    return _("*{question}* is left open: the message can mean {days}.").format(question=question, days=can_be)
