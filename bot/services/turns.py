"""Clocks: whose turn it is, from when and until when.

A clock takes its steps (:mod:`bot.services.steps`) in order; ``next_step`` is the one to come and ``due_at`` its
instant. An *outcome* clock starts shortly before the desk closes on the committed day, while people are still there.

A stopped clock keeps its step: a move that is taken back opens it again exactly as it was.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.services.inserts import put
from bot.services.steps import due_of
from models import RequestClock
from models.request_clock import ClockState
from models.service_level import HOLDER, HOUR, ClockKind, Step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from bot.services.terms import Terms
    from models import Commitment, ExpediteRequest
    from models.business_calendar import BusinessCalendar

ASKED_BEFORE = HOUR
"""Working seconds before closing at which the outcome of the day's lots is asked for."""


def start(
    session: Session,
    request: ExpediteRequest,
    kind: ClockKind,
    terms: Terms,
    *,
    at: datetime,
    target_secs: int | None = None,
    deadline: datetime | None = None,
) -> RequestClock:
    """Begin a turn. Its length is the service level's unless working seconds or a deadline are named."""
    hours = terms.hours_of(HOLDER[kind])
    if deadline is None:
        target = terms.targets.of(kind) if target_secs is None else target_secs
        deadline = hours.add(at, target)
    else:
        target = max(0, hours.between(at, deadline))
    return _begin(session, request, kind, terms, started_at=at, target=target, deadline=deadline)


def follow(
    session: Session, request: ExpediteRequest, commitment: Commitment, terms: Terms, *, at: datetime
) -> RequestClock:
    """Follow a committed lot: its outcome is asked for before the desk closes on that day.

    What is committed later than that is asked for from the closing on: when the desk is open next.
    """
    starts = before_closing(terms.calendar, commitment.committed_ship_date)
    if starts < at:
        starts = max(at, closing_of(terms.calendar, commitment.committed_ship_date))
    target = terms.targets.outcome
    clock = _begin(
        session,
        request,
        ClockKind.OUTCOME,
        terms,
        started_at=starts,
        target=target,
        deadline=terms.calendar.add(starts, target),
    )
    clock.commitment_id, clock.due_at = commitment.id, starts
    return clock


def stop(clocks: Iterable[RequestClock], at: datetime) -> None:
    """The wait is over."""
    for clock in clocks:
        clock.state, clock.stopped_at = ClockState.STOPPED, at


def reopen(clocks: Iterable[RequestClock]) -> None:
    """The wait goes on as if it had never stopped: what ended it was taken back."""
    for clock in clocks:
        clock.state, clock.stopped_at = ClockState.OPEN, None


def before_closing(calendar: BusinessCalendar, day: date) -> datetime:
    """The last working hour of that day, or of the last working day before it, begins."""
    day = calendar.last_working_day_on_or_before(day)
    midnight = datetime.combine(day, time(), ZoneInfo(calendar.zone))
    worked = calendar.between(midnight, closing_of(calendar, day))
    return calendar.next_open(calendar.add(midnight, max(0, worked - ASKED_BEFORE)))


def closing_of(calendar: BusinessCalendar, day: date) -> datetime:
    """When the desk closes on that day, or on the last working day before it."""
    closing = calendar.closing_time(calendar.last_working_day_on_or_before(day))
    assert closing is not None
    return closing


def _begin(
    session: Session,
    request: ExpediteRequest,
    kind: ClockKind,
    terms: Terms,
    *,
    started_at: datetime,
    target: int,
    deadline: datetime,
) -> RequestClock:
    clock = RequestClock(
        tenant_id=request.tenant_id,
        request_id=request.id,
        kind=kind,
        holder=HOLDER[kind],
        started_at=started_at,
        target_secs=target,
        deadline_at=deadline,
        next_step=int(Step.WARN_HALF),
        due_at=None,
    )
    clock.due_at = due_of(clock, clock.next_step, terms)
    put(session, clock)
    return clock
