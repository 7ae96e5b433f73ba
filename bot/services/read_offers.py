"""What a reply offers, as far as it was said: as an offer where it is whole, as answers of the form where it is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.services.proposals import problems_with_proposal
from bot.services.terms import terms_of
from models import queries
from models.errors import Field
from models.offer import MOST_LOTS, OfferShape, Proposal, ShipmentSplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.reader.replies_offer import OfferPart
    from models import ExpediteRequest

Lot = dict[str, str | None]


def lots_said(parts: Sequence[OfferPart]) -> list[Lot]:
    """The parts of an offer as facts to keep; what was not said is None."""
    return [
        {
            "quantity": None if part.quantity is None else f"{part.quantity:f}",
            "ship_date": None if part.ship_date is None else part.ship_date.isoformat(),
        }
        for part in parts[:MOST_LOTS]
    ]


def is_as_asked(parts: Sequence[OfferPart], request: ExpediteRequest) -> bool:
    """Whether a commitment is to what was asked: all of it, by the day, or nothing else is said."""
    amounts = [part.quantity for part in parts if part.quantity is not None]
    days = [part.ship_date for part in parts if part.ship_date is not None]
    whole = not amounts or (request.line_count == 1 and sum(amounts) == request.quantity)
    return whole and all(day <= request.needed_ship_date for day in days)


def proposal_of(
    session: Session, request: ExpediteRequest, facts: Mapping[str, Any], *, at: datetime
) -> Proposal | None:
    """The offer that was read, with its writer's words beside it; None where something is missing or cannot be."""
    lots = _splits(facts["lots"], request)
    if not lots:
        return None
    queries.load_lines(session, [request])
    made = Proposal(shape=_shape(lots, request), lots=tuple(lots), conditions=str(facts.get("text") or ""))
    today = terms_of(session, request).calendar.local_day(at)
    return None if problems_with_proposal(made, request, today=today, at=at) else made


def answers_of(facts: Mapping[str, Any], request: ExpediteRequest) -> tuple[OfferShape, dict[str, Any]]:
    """The offer form as far as it was said: its shape, and the answers."""
    lots: list[Lot] = facts.get("lots") or []
    answers: dict[str, Any] = {Field.CONDITIONS.value: str(facts.get("text") or "")}
    for row, lot in enumerate(lots, start=1):
        answers |= {f"lot_quantity_{row}": lot["quantity"] or "", f"lot_date_{row}": lot["ship_date"] or ""}
    if len(lots) == 1:
        answers |= {Field.OFFER_QUANTITY: lots[0]["quantity"] or "", Field.OFFER_DATE: lots[0]["ship_date"] or ""}
    return _shape_of_form(lots, request), {str(field): answer for field, answer in answers.items() if answer}


def _splits(lots: Sequence[Lot], request: ExpediteRequest) -> list[ShipmentSplit]:
    """Of one lot, what was not said goes without saying: all of it on that day, or that part on the day asked for."""
    said = [_amount_and_day(lot) for lot in lots]
    if len(said) == 1:
        amount, day = said[0]
        said = [(amount or (request.quantity if day else None), day or (request.needed_ship_date if amount else None))]
    found = [ShipmentSplit(day, amount) for amount, day in said if amount is not None and day is not None]
    return found if len(found) == len(lots) else []


def _amount_and_day(lot: Lot) -> tuple[Decimal | None, date | None]:
    amount, day = lot["quantity"], lot["ship_date"]
    return (None if amount is None else Decimal(amount)), (None if day is None else date.fromisoformat(day))


def _shape(lots: Sequence[ShipmentSplit], request: ExpediteRequest) -> OfferShape:
    if len(lots) > 1:
        return OfferShape.STAGED_LOTS
    return OfferShape.EVERYTHING_LATER if lots[0].quantity == request.quantity else OfferShape.PART_ON_DATE


def _shape_of_form(lots: Sequence[Lot], request: ExpediteRequest) -> OfferShape:
    """The form whose questions come nearest: a part on a later day is the first of several lots."""
    whole = _splits(lots, request)
    if len(lots) > 1 or not whole:
        return OfferShape.STAGED_LOTS if len(lots) > 1 else OfferShape.PART_ON_DATE
    is_later_part = whole[0].quantity < request.quantity and whole[0].ship_date > request.needed_ship_date
    return OfferShape.STAGED_LOTS if is_later_part else _shape(whole, request)
