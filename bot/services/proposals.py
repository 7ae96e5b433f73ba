"""What an offer may look like, and the one that is open.

Only what cannot be is refused. What Sales did not ask for, such as a day after the latest useful one, may be offered:
it is said (:mod:`models.offer_check`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services.texts import too_long
from models.ask import FURTHEST, LARGEST_AMOUNT, LARGEST_QUANTITY, NAME_LIMIT
from models.errors import Field, MoveNotAllowed
from models.i18n import _
from models.offer import FEWEST_LOTS, MOST_ALTERNATIVES, OfferShape, field_of, line_field, most_lots
from models.offer_queries import open_offers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from bot.services.case import Case
    from models import ExpediteRequest, Offer
    from models.ask import Ask
    from models.offer import OfferState, Proposal, ShipmentSplit


def standing_offer(case: Case, offer_id: int | None = None) -> Offer:
    """The alternative of the open offer that somebody means; without a number there must be only one.

    Raises :class:`MoveNotAllowed` when it is not open any more: nobody takes what they have not seen.
    """
    return _meant(case, [offer for offer in open_offers(case.session, case.request.id) if not offer.by_sales], offer_id)


def standing_counter(case: Case, offer_id: int | None = None) -> Offer:
    """What Sales proposes instead and the desk has not answered; raises :class:`MoveNotAllowed` when there is none."""
    return _meant(case, [offer for offer in open_offers(case.session, case.request.id) if offer.by_sales], offer_id)


def _meant(case: Case, standing: Sequence[Offer], offer_id: int | None) -> Offer:
    if not standing:
        raise MoveNotAllowed(_("There is no open offer on {label}.").format(label=case.request.label))
    if offer_id is None and len(standing) > 1:
        raise MoveNotAllowed(
            _("{label} has {n} alternatives to choose from. Take one of them in the message about the offer.").format(
                label=case.request.label, n=len(standing)
            )
        )
    found = [offer for offer in standing if offer_id in {None, offer.id}]
    if not found:
        raise MoveNotAllowed(
            _("The offer on {label} was changed meanwhile, so nothing was taken. Look at the new one.").format(
                label=case.request.label
            )
        )
    return found[0]


def close_open_offer(case: Case, state: OfferState) -> list[int]:
    """End whatever is proposed, by either side; gives the ids of its alternatives."""
    standing = open_offers(case.session, case.request.id)
    for offer in standing:
        offer.close(state, by=case.actor.slack_id, at=case.at)
    return [offer.id for offer in standing]


def problems_with_proposal(
    proposal: Proposal, request: ExpediteRequest, *, today: date, at: datetime
) -> dict[str, str]:
    """Everything about an offer that cannot be, with what to do about it, by the question of its alternative."""
    if len(proposal.alternatives) > MOST_ALTERNATIVES:
        return {Field.OFFER_SHAPE: _("An offer has at most {most} alternatives.").format(most=MOST_ALTERNATIVES)}
    problems = _until_problems(proposal, at)
    ask = request.ask
    for number, one in enumerate(proposal.alternatives, start=1):
        found = {**_frame_problems(one), **_SHAPE_PROBLEMS[one.shape](one, ask), **_lot_problems(one, today)}
        problems |= {field_of(number, field): sentence for field, sentence in found.items()}
    return problems


def lots_problem(lots: Sequence[ShipmentSplit], today: date) -> str:
    """Why these lots cannot be: none, nothing in one of them, a day that has passed or is far off; or empty."""
    if not lots:
        return _("How much can you ship, and when? Give at least one quantity and day.")
    if any(lot.quantity <= 0 for lot in lots):
        return _("A quantity must be more than zero.")
    if sum(lot.quantity for lot in lots) > LARGEST_QUANTITY:
        return _("A quantity is more than zero and at most {largest}.").format(largest=f"{LARGEST_QUANTITY:,}")
    return next(filter(None, (day_problem(lot.ship_date, today) for lot in lots)), "")


def quantity_problem(quantity: Decimal) -> str:
    """Why nobody can ship that much; or empty."""
    if 0 < quantity <= LARGEST_QUANTITY:
        return ""
    return _("A quantity is more than zero and at most {largest}.").format(largest=f"{LARGEST_QUANTITY:,}")


def day_problem(day: date, today: date) -> str:
    """Why nothing can be promised for this day; or empty."""
    if day < today:
        return _("This day has passed. Choose today or a later day.")
    if day > today + FURTHEST:
        return _("This day is more than two years away. Check the year.")
    return ""


def _lot_problems(proposal: Proposal, today: date) -> dict[str, str]:
    sentence = lots_problem(proposal.lots, today)
    if not sentence:
        return {}
    if proposal.shape is OfferShape.STAGED_LOTS:
        return {Field.OFFER_LOTS: sentence}
    is_day = proposal.lots and not any(quantity_problem(lot.quantity) for lot in proposal.lots)
    return {Field.OFFER_DATE if is_day else Field.OFFER_QUANTITY: sentence}


def _part_problems(proposal: Proposal, ask: Ask) -> dict[str, str]:
    """A part of a line, or some of the lines: each at most once, and by the day it is needed."""
    lots = proposal.lots
    problems: dict[str, str] = {}
    if not lots or len({lot.line for lot in lots}) < len(lots):
        return {Field.OFFER_QUANTITY: _("This kind of offer is one quantity.")}
    over = [lot.line for lot in lots if lot.quantity > ask.line(lot.line).quantity]
    if not over and len(lots) == len(ask.lines) and all(lot.quantity == ask.line(lot.line).quantity for lot in lots):
        over = [1]
    for number in over:
        line = ask.line(number)
        problems[line_field(Field.OFFER_QUANTITY, number)] = _(
            "A part is less than the {quantity} {unit} asked for. To ship everything then, commit as asked."
        ).format(quantity=f"{line.quantity:f}", unit=line.unit)
    if not over and any(lot.ship_date > ask.line(lot.line).needed_ship_date for lot in lots):
        return {Field.OFFER_DATE: _("A part on the date ships by the day it is needed. For later days, offer lots.")}
    return problems


def _later_problems(proposal: Proposal, ask: Ask) -> dict[str, str]:
    whole = [(number, line.quantity) for number, line in enumerate(ask.lines, start=1)]
    if sorted((lot.line, lot.quantity) for lot in proposal.lots) != whole:
        return {Field.OFFER_QUANTITY: _("“Everything, later” is the whole quantity on one day.")}
    if all(lot.ship_date <= ask.line(lot.line).needed_ship_date for lot in proposal.lots):
        return {
            Field.OFFER_DATE: _("This is not later than the day it is needed. Commit as asked, or choose a later day.")
        }
    return {}


def _staged_problems(proposal: Proposal, ask: Ask) -> dict[str, str]:
    fewest, most = (1 if ask.more_lines else FEWEST_LOTS), most_lots(ask)
    if fewest <= len(proposal.lots) <= most:
        return {}
    return {
        Field.OFFER_LOTS: _("Staged lots are {fewest} to {most}, each with a quantity and a day.").format(
            fewest=fewest, most=most
        )
    }


def _instead_problems(proposal: Proposal, _ask: Ask) -> dict[str, str]:
    if proposal.substitute.strip() or proposal.site.strip():
        return {}
    return {Field.SUBSTITUTE_ITEM: _("Name the item that would ship instead, or the site it would ship from.")}


def _frame_problems(proposal: Proposal) -> dict[str, str]:
    problems: dict[str, str] = {}
    if too_long(proposal.conditions):
        problems[Field.CONDITIONS] = too_long(proposal.conditions)
    if proposal.extra_cost is not None and not 0 <= proposal.extra_cost <= LARGEST_AMOUNT:
        problems[Field.EXTRA_COST] = _("The extra cost is an amount from zero up. Correct it, or leave it empty.")
    for field, name in ((Field.SUBSTITUTE_ITEM, proposal.substitute), (Field.OTHER_SITE, proposal.site)):
        if len(name) > NAME_LIMIT:
            problems[field] = _("This is {length} characters; {limit} is the most a card can show. Shorten it.").format(
                length=len(name), limit=NAME_LIMIT
            )
    return problems


def _until_problems(proposal: Proposal, at: datetime) -> dict[str, str]:
    until = proposal.valid_until
    if until is not None and until <= at:
        return {Field.VALID_UNTIL: _("This time has passed. Until when does the offer hold?")}
    if until is not None and until > at + FURTHEST:
        return {Field.VALID_UNTIL: _("This time is more than two years away. Check the year.")}
    return {}


_SHAPE_PROBLEMS = {
    OfferShape.PART_ON_DATE: _part_problems,
    OfferShape.EVERYTHING_LATER: _later_problems,
    OfferShape.STAGED_LOTS: _staged_problems,
    OfferShape.INSTEAD: _instead_problems,
}
