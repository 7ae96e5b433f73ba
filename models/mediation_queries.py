"""What a mediator's message needs beyond the picture: whose turn cost what, every offer, and where the card is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from models.business_calendar import BusinessCalendar
from models.card_links import card_link
from models.desk import DeskCalendar
from models.mediation import Mediation, call_of
from models.offer import Offer
from models.service_level import Holder
from models.turn_interval import TurnInterval

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.picture import Picture

_INTERVALS = (
    sa.select(TurnInterval, DeskCalendar.hours)
    .join(DeskCalendar, DeskCalendar.id == TurnInterval.calendar_id)
    .where(TurnInterval.request_id == sa.bindparam("request"))
    .order_by(TurnInterval.id)
)
_OFFERS = (
    sa.select(Offer).where(Offer.request_id == sa.bindparam("request")).options(selectinload(Offer.lots)).order_by("id")
)


def for_a_mediator(session: Session, picture: Picture, at: datetime) -> Picture:
    """The picture with its mediation: costs are counted until the call that stands, or until ``at``."""
    request_id = picture.request.id
    call = call_of(picture.timeline, picture.clocks)
    told = Mediation(
        costs=turn_costs(session, request_id, at if call is None else call.at),
        offers={offer.id: offer for offer in session.scalars(_OFFERS, {"request": request_id})},
        card_link=card_link(session, request_id),
    )
    return replace(picture, mediation=told)


def turn_costs(session: Session, request_id: int, until: datetime) -> dict[Holder, int]:
    """Working seconds of each side's turns until an instant, by the hours each stretch was measured in."""
    costs: dict[Holder, int] = {}
    for interval, hours in session.execute(_INTERVALS, {"request": request_id}):
        if interval.holder is not Holder.NOBODY and interval.starts_at < until:
            costs[interval.holder] = costs.get(interval.holder, 0) + _seconds(interval, hours, until)
    return costs


def _seconds(interval: TurnInterval, hours: dict[str, Any], until: datetime) -> int:
    if interval.ends_at is not None and interval.ends_at <= until and interval.working_secs is not None:
        return interval.working_secs
    return BusinessCalendar.from_json(hours).in_zone(interval.zone).between(interval.starts_at, until)
