"""A demanding draft, and the same as a question: seen by its writer before it is sent, to take or to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, section
from bot.blocks.ids import Action
from bot.blocks.phrases import can_you, inline, one_line, quote
from models.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from bot.ports import Block
    from models.ask import Ask


def asking_words(ask: Ask, *, today: date | None = None) -> str:
    """Return what a demand comes to as a question to people who want to help, in plain text."""
    question = can_you(ask, room=300, today=today)
    why = _("It would help {customer} a lot. If not all of it, or not by then: what could you do?")
    return f"{question} {why.format(customer=one_line(ask.customer))}"


def other_words(draft_id: int, ask: Ask, *, today: date | None = None) -> list[Block]:
    """Return the offer of other words: only the writer sees it, and it is nowhere kept or counted."""
    lead = _("*A thought, for you alone:* your words tell Operations what has to happen. The same as a question:")
    note = _("Yours: “{text}”").format(text=inline(ask.expectation, 300))
    row = [
        button(_("Take these words"), Action.TAKE_WORDS, draft_id),
        button(_("Keep mine"), Action.KEEP_WORDS, draft_id),
        button(_("No such hints for me"), Action.NO_COACHING, draft_id),
    ]
    return [section(f"{lead}\n{quote(asking_words(ask, today=today))}\n{note}"), *actions(row)]
