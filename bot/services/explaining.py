"""Explaining a clock: everything that was charged, by which hours, and what the running turn is measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services.lists import picture_of
from models import Desk, DeskCalendar, ServiceLevelPolicy, TurnInterval
from models.business_calendar import hours_in
from models.clock_story import Stretch, tell
from models.picture import ClockPicture, HoursUsed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor

_INTERVALS = (
    sa.select(TurnInterval, Desk.name, DeskCalendar)
    .join(Desk, Desk.id == TurnInterval.desk_id)
    .join(DeskCalendar, DeskCalendar.id == TurnInterval.calendar_id)
    .where(TurnInterval.request_id == sa.bindparam("request"))
    .order_by(TurnInterval.id)
)


def explain(session: Session, actor: Actor, request_id: int, *, at: datetime) -> tuple[ClockPicture, Actor]:
    """Explain a request's clock to whoever looks, and say who that is: status is open to everybody."""
    picture = picture_of(session, actor, request_id, at=at)
    rows = session.execute(_INTERVALS, {"request": request_id}).all()
    stretches = [_stretch(interval, desk, calendar, at) for interval, desk, calendar in rows]
    policy = session.get_one(ServiceLevelPolicy, picture.request.policy_id)
    left, clock = 0, picture.clock
    if clock is not None:
        left = picture.hours_of(clock.holder).between(at, clock.deadline_at)
    shown = ClockPicture(
        picture=picture,
        story=tell([stretch for stretch in stretches if stretch.starts < stretch.ends]),
        hours=_hours([(calendar, stretch) for (_i, _d, calendar), stretch in zip(rows, stretches, strict=True)]),
        policy=(policy.name, policy.version),
        left_secs=left,
    )
    return shown, actor


def _stretch(interval: TurnInterval, desk: str, stored: DeskCalendar, at: datetime) -> Stretch:
    calendar = hours_in(stored.hours, interval.zone)
    ends = interval.ends_at or max(at, interval.starts_at)
    secs = calendar.between(interval.starts_at, ends) if interval.working_secs is None else interval.working_secs
    return Stretch(interval.holder, interval.kind, desk, calendar, interval.starts_at, ends, secs)


def _hours(used: Sequence[tuple[DeskCalendar, Stretch]]) -> tuple[HoursUsed, ...]:
    """Each calendar once, in order of first use."""
    found = [HoursUsed(stored.name, stored.version, stretch.calendar.zone) for stored, stretch in used]
    return tuple(dict.fromkeys(found))
