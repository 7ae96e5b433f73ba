"""A desk's morning: once each working day, the lots that are due today, overdue or at risk, in one message.

Whatever is overdue stays in it until somebody says what became of it, so it is asked about once a working day; the
clocks of the lots climb the escalation beside it. Each desk remembers when its next morning begins, so a look costs
what has begun, and a desk with nothing due hears nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.database import CHANGED
from bot.services import surfaces
from models import Commitment, Desk, DeskCalendar, ExpediteRequest, OutboxMessage, Tenant
from models.base import UtcDateTime
from models.business_calendar import BusinessCalendar, NoWorkingTimeAhead
from models.commitment import Outcome
from models.lifecycle import Status
from models.outbox import Delivery, Notice, Surface

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

BATCH = 20
MOST_LOTS = 200
"""Lots one message knows of; it shows the first, and says how many there are."""
LATER = timedelta(days=1)

_BEGUN = (
    sa.select(Desk, DeskCalendar.hours)
    .join(DeskCalendar, DeskCalendar.id == Desk.calendar_id)
    .join(Tenant, Tenant.id == Desk.tenant_id)
    .where(Desk.retired_at.is_(None), Tenant.uninstalled_at.is_(None))
    .where(sa.or_(Desk.next_morning_at.is_(None), Desk.next_morning_at <= sa.bindparam("now", type_=UtcDateTime())))
    .order_by(Desk.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True, of=Desk)
)
_LOTS = (
    sa.select(Commitment.id)
    .join(ExpediteRequest, ExpediteRequest.id == Commitment.request_id)
    .where(ExpediteRequest.desk_id == sa.bindparam("desk"), ExpediteRequest.status == Status.AGREED)
    .where(Commitment.outcome == Outcome.OPEN)
    .where(sa.or_(Commitment.committed_ship_date <= sa.bindparam("day"), Commitment.at_risk_since.is_not(None)))
    .order_by(Commitment.committed_ship_date, Commitment.id)
    .limit(MOST_LOTS)
)
_OUTBOX: Any = OutboxMessage.__table__
_REDRAW = (
    sa.update(_OUTBOX)
    .where(_OUTBOX.c.tenant_id == sa.bindparam("tenant"), _OUTBOX.c.key == sa.bindparam("morning"))
    .values(
        wanted=_OUTBOX.c.wanted + 1,
        state=sa.case(
            (_OUTBOX.c.state == Delivery.SENT, sa.literal(Delivery.STALE, _OUTBOX.c.state.type)), else_=_OUTBOX.c.state
        ),
        not_before=sa.case(
            (_OUTBOX.c.state == Delivery.SENT, sa.bindparam("now", type_=UtcDateTime())), else_=_OUTBOX.c.not_before
        ),
    )
)


def tell_due(session: Session, at: datetime) -> int:
    """Tell each desk whose working morning has begun what is due; gives how many desks were looked at."""
    begun = session.execute(_BEGUN, {"now": at}).all()
    for desk, hours in begun:
        calendar = BusinessCalendar.from_json(hours)
        if _has_begun(calendar, at):
            _tell(session, desk, calendar.local_day(at), at)
        desk.next_morning_at = _next(calendar, at)
    return len(begun)


def redraw(session: Session, request: ExpediteRequest, calendar: BusinessCalendar, at: datetime) -> None:
    """Show in the desk's message of today what became of a lot."""
    key = _key(request.desk_id, calendar.local_day(at))
    session.connection().execute(_REDRAW, {"tenant": request.tenant_id, "morning": key, "now": at})
    session.info[CHANGED] = True


def _has_begun(calendar: BusinessCalendar, at: datetime) -> bool:
    """Whether the desk is at work, in a shift of today: the end of last night's is no morning."""
    opening = calendar.opening_time(calendar.local_day(at))
    return opening is not None and opening <= at and calendar.is_open(at)


def _next(calendar: BusinessCalendar, at: datetime) -> datetime:
    """When to look again: at the next opening of a working day, today's if it is still to come."""
    today = calendar.local_day(at)
    opening = calendar.opening_time(today)
    if opening is not None and opening > at:
        return opening
    try:
        return calendar.opening_time(calendar.next_working_day(today)) or at + LATER
    except NoWorkingTimeAhead:
        return at + LATER


def _tell(session: Session, desk: Desk, day: date, at: datetime) -> None:
    lots = list(session.scalars(_LOTS, {"desk": desk.id, "day": day}))
    if not lots:
        return
    surfaces.post(
        session,
        tenant_id=desk.tenant_id,
        key=_key(desk.id, day),
        surface=Surface.CHANNEL,
        notice=Notice.MORNING,
        channel=desk.channel_id,
        at=at,
        facts={"desk": desk.id, "day": day.isoformat(), "lots": lots},
        is_live=True,
    )


def _key(desk_id: int, day: date) -> str:
    return f"morning:{desk_id}:{day.isoformat()}"
