"""The selects behind a week's figures: a handful, each on an index, however many requests there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from models.ask import ReasonCode
from models.commitment import Commitment, Outcome
from models.desk import Desk, DeskCalendar, ServiceLevelPolicy
from models.expedite_request import ExpediteRequest
from models.lifecycle import OPEN
from models.request_clock import ClockState, RequestClock
from models.scorecard import WHY, OpenDecision, Response, WeekFigures, responsiveness
from models.service_level import ClockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from models.business_calendar import BusinessCalendar

WEEK = timedelta(days=7)
MOST_DECISIONS = 10
"""As many as a digest can show before its figures."""


@dataclass(frozen=True)
class Week:
    """Monday to Sunday by the clocks of a zone: 167, 168 or 169 hours."""

    monday: date
    zone: str

    @property
    def starts(self) -> datetime:
        return _midnight(self.monday, self.zone)

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return _midnight(self.monday + WEEK, self.zone)


def week_figures(session: Session, tenant_id: int, week: Week, at: datetime) -> WeekFigures:
    """The figures of a week as they are known at an instant; definitions in :mod:`models.scorecard`."""
    asked = _asked(session, tenant_id, week)
    decisions = open_decisions(session, tenant_id, at)
    return WeekFigures(
        **responsiveness(_responses(session, asked)),
        **_commitments(session, tenant_id, week),
        caused_by_missed=sum(row.reason_code is ReasonCode.OWN_MISSED_COMMITMENT for row in asked),
        closed=_closed(session, tenant_id, week),
        decisions=decisions[:MOST_DECISIONS],
        decisions_open=len(decisions),
    )


def open_decisions(session: Session, tenant_id: int, at: datetime) -> list[OpenDecision]:
    """Open requests whose turn has run out, the longest overdue first, each once."""
    desks = sa.select(Desk.id).where(Desk.tenant_id == tenant_id)
    overdue = (
        sa.select(
            ExpediteRequest.id,
            ExpediteRequest.number,
            ExpediteRequest.customer,
            ExpediteRequest.item,
            RequestClock.kind,
            RequestClock.deadline_at,
            RequestClock.escalated_at,
        )
        .join(RequestClock, RequestClock.request_id == ExpediteRequest.id)
        # By desk, not by tenant: that is the index which knows what is open.
        .where(ExpediteRequest.desk_id.in_(desks), ExpediteRequest.status.in_(OPEN))
        .where(RequestClock.state == ClockState.OPEN, RequestClock.deadline_at <= at)
        .where(RequestClock.kind != ClockKind.FOLLOW_UP)
        .order_by(RequestClock.deadline_at, ExpediteRequest.id)
    )
    found: dict[int, OpenDecision] = {}
    for row in session.execute(overdue):
        found.setdefault(row.id, _decision(row))
    return list(found.values())


def _decision(row: Any) -> OpenDecision:
    return OpenDecision(
        request_id=row.id,
        number=row.number,
        customer=row.customer,
        item=row.item,
        why=WHY[row.kind],
        since=row.deadline_at,
        is_escalated=row.escalated_at is not None,
    )


def _asked(session: Session, tenant_id: int, week: Week) -> Sequence[Any]:
    return session.execute(
        sa.select(
            ExpediteRequest.asked_at,
            ExpediteRequest.first_responded_at,
            ExpediteRequest.calendar_id,
            ExpediteRequest.policy_id,
            ExpediteRequest.urgency,
            ExpediteRequest.reason_code,
        ).where(
            ExpediteRequest.tenant_id == tenant_id,
            ExpediteRequest.asked_at >= week.starts,
            ExpediteRequest.asked_at < week.ends,
        )
    ).all()


def _responses(session: Session, asked: Sequence[Any]) -> list[Response]:
    calendars = calendars_by_id(session, {row.calendar_id for row in asked})
    policies = sa.select(ServiceLevelPolicy).where(ServiceLevelPolicy.id.in_({row.policy_id for row in asked}))
    levels = {policy.id: policy.levels for policy in session.scalars(policies)}
    return [
        Response(
            _waited(calendars[row.calendar_id], row.asked_at, row.first_responded_at),
            levels[row.policy_id].of(row.urgency).first_response,
        )
        for row in asked
    ]


def calendars_by_id(session: Session, ids: set[int]) -> dict[int, BusinessCalendar]:
    """The working hours of those versions, each read once."""
    rows = session.scalars(sa.select(DeskCalendar).where(DeskCalendar.id.in_(ids)))
    return {row.id: row.calendar for row in rows}


def _waited(calendar: BusinessCalendar, asked_at: datetime, responded_at: datetime | None) -> int | None:
    return None if responded_at is None else calendar.between(asked_at, responded_at)


def _commitments(session: Session, tenant_id: int, week: Week) -> dict[str, int]:
    """Return how many were due in the week, how many of them were kept, and of how many nobody knows yet."""
    counted = sa.select(
        sa.func.count().label("commitments_due"),
        sa.func.count(sa.case((Commitment.outcome == Outcome.IN_FULL, 1))).label("commitments_kept"),
        sa.func.count(sa.case((Commitment.outcome == Outcome.OPEN, 1))).label("commitments_unreported"),
    ).where(
        Commitment.tenant_id == tenant_id,
        Commitment.committed_ship_date >= week.monday,
        Commitment.committed_ship_date < week.monday + WEEK,
        Commitment.outcome != Outcome.CANCELLED,
    )
    return dict(session.execute(counted).one()._mapping)  # noqa: SLF001 a row's public view of itself by name


def _closed(session: Session, tenant_id: int, week: Week) -> dict[str, int]:
    counted = (
        sa.select(ExpediteRequest.status, sa.func.count())
        .where(
            ExpediteRequest.tenant_id == tenant_id,
            ExpediteRequest.closed_at >= week.starts,
            ExpediteRequest.closed_at < week.ends,
        )
        .group_by(ExpediteRequest.status)
        .order_by(ExpediteRequest.status)
    )
    return {status.value: count for status, count in session.execute(counted)}


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
