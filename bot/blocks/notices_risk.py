"""Direct messages about a committed lot on its way: it may slip, or it has another day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.buttons import details_button, tell_button
from bot.blocks.customer import you_may_tell
from bot.blocks.elements import actions, button, compose, section
from bot.blocks.facts import asked_day
from bot.blocks.forms_customer import gap_warning
from bot.blocks.ids import Action
from bot.blocks.lists import new_request_button
from bot.blocks.notices_requester import since_then, subject_of
from bot.blocks.phrases import amount_of, day, escape, quote
from bot.blocks.story import bumped_words, commitment_of, entry_of, sentence
from bot.blocks.turns import desk_name
from models.commitment import Outcome
from models.i18n import _
from models.lifecycle import Status

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Message
    from models.commitment import Commitment
    from models.picture import Picture


def at_risk(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Warn the requester, with the day the desk thinks of; once the lot has moved on, say what became of it."""
    lot = commitment_of(picture, facts)
    if lot is None or picture.request.status is not Status.AGREED or lot.outcome is not Outcome.OPEN:
        return since_then(picture)
    if lot.at_risk_since is None:
        return _moved(picture, lot)
    lead = _("*{label} may slip* ({subject})\n{desk} is not sure of the {lot}:").format(
        label=picture.request.label, subject=subject_of(picture), desk=desk_name(picture), lot=_lot_words(picture, lot)
    )
    blocks = [section(f"{lead}\n{quote(lot.risk_reason)}"), section(_instead(picture, lot, as_of))]
    return compose([*blocks, *actions([*_take(picture, lot, as_of), tell_button(picture), details_button(picture)])])


def recommitted(picture: Picture, facts: dict[str, Any], _as_of: datetime) -> Message:
    """Tell that a lot has another committed day, with the words for the customer."""
    lot = commitment_of(picture, facts)
    entry = entry_of(picture, facts)
    if lot is None or entry is None or picture.request.status is not Status.AGREED:
        return since_then(picture)
    lead = f"*{picture.request.label}* ({subject_of(picture)})\n{sentence(picture, entry)}"
    return compose(
        [
            section(lead),
            section(you_may_tell(picture)),
            *gap_warning(picture),
            *actions([tell_button(picture), details_button(picture)]),
        ]
    )


def bumped(picture: Picture, facts: dict[str, Any], _as_of: datetime) -> Message:
    """Tell who answers for an order that it was pushed back, for what, and what they can do."""
    said = _("*Pushed back:* {orders}, for {label} ({subject}).").format(
        orders=bumped_words(facts), label=picture.request.label, subject=subject_of(picture)
    )
    hint = _("Please tell your customer before the day comes. If it cannot wait, ask with the order's number.")
    return compose([section(f"{said}\n{hint}"), *actions([new_request_button(), details_button(picture)])])


def _moved(picture: Picture, lot: Commitment) -> Message:
    said = _("*{label}* ({subject})\nThe warning is over: {lot} is committed.").format(
        label=picture.request.label, subject=subject_of(picture), lot=_lot_words(picture, lot)
    )
    return compose([section(said), section(you_may_tell(picture)), *actions([details_button(picture)])])


def _instead(picture: Picture, lot: Commitment, as_of: datetime) -> str:
    if lot.proposed_ship_date is None:
        return _("They have no other day yet. The commitment stands until they name one.")
    if lot.proposed_ship_date < picture.day_at_desk(as_of):
        return _("The day they thought of has passed.")
    return _("They could do {day} instead. The commitment stands until you take that day.").format(
        day=f"*{day(lot.proposed_ship_date, asked_day(picture))}*"
    )


def _take(picture: Picture, lot: Commitment, as_of: datetime) -> list[dict[str, Any]]:
    if lot.proposed_ship_date is None or lot.proposed_ship_date < picture.day_at_desk(as_of):
        return []
    words = _("Take {day}").format(day=day(lot.proposed_ship_date, asked_day(picture)))
    return [button(words, Action.TAKE_NEW_DATE, f"{picture.request.id}:{lot.id}", primary=True)]


def _lot_words(picture: Picture, lot: Commitment) -> str:
    said = _("{quantity} by {day}").format(
        quantity=amount_of(picture.request.ask, lot.quantity, lot.line),
        day=day(lot.committed_ship_date, asked_day(picture)),
    )
    return escape(said)
