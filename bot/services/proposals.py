"""What an offer may look like, and the one that is open."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.services.texts import too_long
from models import queries
from models.ask import FURTHEST, LARGEST_AMOUNT
from models.errors import Field, MoveNotAllowed
from models.i18n import _
from models.lifecycle import Status
from models.offer import OfferShape, OfferState

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.services.case import Case
    from models import ExpediteRequest, Offer
    from models.offer import Proposal

FEWEST_LOTS, MOST_LOTS = 2, 4


def standing_offer(case: Case) -> Offer:
    """The open offer; raises :class:`MoveNotAllowed` when there is none."""
    offer = queries.open_offer(case.session, case.request.id)
    if offer is None:
        raise MoveNotAllowed(_("There is no open offer on {label}.").format(label=case.request.label))
    return offer


def close_open_offer(case: Case, state: OfferState) -> int | None:
    """End the open offer, if there is one; gives its id."""
    if case.state_before["status"] is not Status.OFFERED:
        return None
    offer = standing_offer(case)
    offer.close(state, by=case.actor.slack_id, at=case.at)
    return offer.id


def problems_with_proposal(
    proposal: Proposal, request: ExpediteRequest, *, today: date, at: datetime
) -> dict[str, str]:
    """Everything about an offer that cannot be, with what to do about it."""
    shape = _SHAPE_PROBLEMS[proposal.shape](proposal, request)
    return {**_frame_problems(proposal, at), **shape, **_lot_problems(proposal, today)}


def _lot_problems(proposal: Proposal, today: date) -> dict[str, str]:
    staged = proposal.shape is OfferShape.STAGED_LOTS
    quantity_field = Field.OFFER_LOTS if staged else Field.OFFER_QUANTITY
    date_field = Field.OFFER_LOTS if staged else Field.OFFER_DATE
    if not proposal.lots:
        return {quantity_field: _("How much can you ship, and when? Give at least one quantity and day.")}
    if any(lot.quantity <= 0 for lot in proposal.lots):
        return {quantity_field: _("A quantity must be more than zero.")}
    days = [lot.ship_date for lot in proposal.lots]
    if min(days) < today:
        return {date_field: _("This day has passed. Choose today or a later day.")}
    if max(days) > today + FURTHEST:
        return {date_field: _("This day is more than two years away. Check the year.")}
    return {}


def _part_problems(proposal: Proposal, request: ExpediteRequest) -> dict[str, str]:
    if len(proposal.lots) != 1:
        return {Field.OFFER_QUANTITY: _("This kind of offer is one quantity.")}
    (lot,) = proposal.lots
    if lot.quantity >= request.quantity:
        return {
            Field.OFFER_QUANTITY: _(
                "A part is less than the {quantity} {unit} asked for. To ship everything then, commit as asked."
            ).format(quantity=f"{request.quantity:f}", unit=request.unit)
        }
    if lot.ship_date > request.needed_ship_date:
        return {Field.OFFER_DATE: _("A part on the date ships by the day it is needed. For later days, offer lots.")}
    return {}


def _later_problems(proposal: Proposal, request: ExpediteRequest) -> dict[str, str]:
    if len(proposal.lots) != 1 or proposal.lots[0].quantity != request.quantity:
        return {Field.OFFER_QUANTITY: _("“Everything, later” is the whole quantity on one day.")}
    if proposal.lots[0].ship_date <= request.needed_ship_date:
        return {
            Field.OFFER_DATE: _("This is not later than the day it is needed. Commit as asked, or choose a later day.")
        }
    return {}


def _staged_problems(proposal: Proposal, request: ExpediteRequest) -> dict[str, str]:
    lots = proposal.lots
    if not FEWEST_LOTS <= len(lots) <= MOST_LOTS:
        return {
            Field.OFFER_LOTS: _("Staged lots are {fewest} to {most}, each with a quantity and a day.").format(
                fewest=FEWEST_LOTS, most=MOST_LOTS
            )
        }
    if len({lot.ship_date for lot in lots}) < len(lots):
        return {Field.OFFER_LOTS: _("Two lots ship on the same day. Put them together, or choose another day.")}
    total = sum((lot.quantity for lot in lots), Decimal(0))
    if total > request.quantity:
        return {
            Field.OFFER_LOTS: _("The lots add up to {total}, more than the {quantity} asked for.").format(
                total=f"{total:f}", quantity=f"{request.quantity:f}"
            )
        }
    return {}


def _frame_problems(proposal: Proposal, at: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    if too_long(proposal.conditions):
        problems[Field.CONDITIONS] = too_long(proposal.conditions)
    if proposal.extra_cost is not None and not 0 <= proposal.extra_cost <= LARGEST_AMOUNT:
        problems[Field.EXTRA_COST] = _("The extra cost is an amount from zero up. Correct it, or leave it empty.")
    if proposal.valid_until is not None and proposal.valid_until <= at:
        problems[Field.VALID_UNTIL] = _("This time has passed. Until when does the offer hold?")
    elif proposal.valid_until is not None and proposal.valid_until > at + FURTHEST:
        problems[Field.VALID_UNTIL] = _("This time is more than two years away. Check the year.")
    return problems


_SHAPE_PROBLEMS = {
    OfferShape.PART_ON_DATE: _part_problems,
    OfferShape.EVERYTHING_LATER: _later_problems,
    OfferShape.STAGED_LOTS: _staged_problems,
}
