"""What a reply was read as, said back to its writer alone: to confirm, to correct, or to leave as talk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, compose, context, section
from bot.blocks.facts import asked_day
from bot.blocks.ids import Action
from bot.blocks.lots import split_words
from bot.blocks.phrases import day, escape, quote, subject, when
from models.i18n import _
from models.reply_proposal import Means

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Block, Message
    from models import ReplyProposal
    from models.offer import ShipmentSplit
    from models.picture import Picture

QUOTED = 600
"""Characters of the writer's own words that are shown to them again."""


def said_back(picture: Picture, proposal: ReplyProposal, lots: Sequence[ShipmentSplit] = ()) -> Message:
    """Say what was read; ``lots`` are those of an offer, and an offer without them has to be completed in its form."""
    by_form = proposal.means is Means.DECLINE or (proposal.means is Means.OFFER and not lots)
    lead = _sentence(proposal.means, by_form=by_form).format(
        label=picture.request.label, what=_what(picture, proposal, lots)
    )
    words = str(proposal.facts.get("text") or "")
    blocks = [section(f"{lead}\n{quote(words, QUOTED)}" if words else lead)]
    note = "" if by_form else _note(proposal.means)
    return compose([*blocks, *([context(note)] if note else []), *actions(_buttons(proposal, by_form=by_form))])


def _sentence(means: Means, *, by_form: bool) -> str:
    if means is Means.OFFER and by_form:
        return _("Your reply on {label} reads as an offer; something is still to be filled in.")
    return {
        Means.COMMIT: _("Your reply on {label} reads as a commitment: *{what}*."),
        Means.OFFER: _("Your reply on {label} reads as an offer: {what}."),
        Means.DECLINE: _(
            "Your reply on {label} reads as a no. Say what you could do instead, or that there is nothing."
        ),
        Means.QUESTION: _("Your reply on {label} reads as a question to Sales."),
        Means.ANSWER_TIME: _("Noted on {label}: you answer by {what}."),
    }[means]


def _what(picture: Picture, proposal: ReplyProposal, lots: Sequence[ShipmentSplit]) -> str:
    ask, today = picture.request.ask, asked_day(picture)
    if proposal.means is Means.COMMIT:
        said = _("{subject}, shipped by {day}")
        return escape(said.format(subject=subject(ask), day=day(ask.needed_ship_date, today)))
    if proposal.means is Means.ANSWER_TIME:
        return when(datetime.fromisoformat(proposal.facts["answer_by"]), picture.calendar.zone)
    return escape(split_words(lots, ask, today, bold=True))


def _note(means: Means) -> str:
    return {
        Means.COMMIT: _("Nothing is committed before you confirm it."),
        Means.OFFER: _("Nothing is offered before you confirm it. Sales then gets your words beside it."),
        Means.QUESTION: _("Once you confirm it, Sales is asked, and the clock waits for them."),
        Means.ANSWER_TIME: _("Deleting the reply takes it back too."),
    }.get(means, "")


def _buttons(proposal: ReplyProposal, *, by_form: bool) -> list[Block]:
    value = f"{proposal.id}:{proposal.version}"
    edit = button(_("Edit…"), Action.EDIT_REPLY, value)
    if by_form:
        label = _("Decline…") if proposal.means is Means.DECLINE else _("Make the offer…")
        edit = button(label, Action.EDIT_REPLY, value, primary=True)
    is_to_confirm = not by_form and proposal.means is not Means.ANSWER_TIME
    confirm = [button(_("Confirm"), Action.CONFIRM_REPLY, value, primary=True)] if is_to_confirm else []
    return [*confirm, edit, button(_("Not that"), Action.NOT_MEANT, value)]
