"""What waits for a decision, and the hours that time is counted in: each select on an index."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models.desk import Desk, DeskCalendar
from models.expedite_request import ExpediteRequest
from models.lifecycle import OPEN
from models.request_clock import ClockState, RequestClock
from models.scorecard import WHY, OpenDecision
from models.scorecards.period import Filters
from models.service_level import ClockKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.business_calendar import BusinessCalendar

WEEK = timedelta(days=7)


def open_decisions(
    session: Session, tenant_id: int, at: datetime, filters: Filters | None = None
) -> list[OpenDecision]:
    """Open requests whose turn has run out, the longest overdue first, each once; of whom the filters name."""
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
        .where(RequestClock.kind != ClockKind.FOLLOW_UP, *_of_whom(filters or Filters()))
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


def _of_whom(filters: Filters) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if filters.desks is not None:
        found.append(ExpediteRequest.desk_id.in_(filters.desks))
    if filters.requester is not None:
        found.append(ExpediteRequest.requester == filters.requester)
    return found


def calendars_by_id(session: Session, ids: set[int]) -> dict[int, BusinessCalendar]:
    """The working hours of those versions, each read once."""
    rows = session.scalars(sa.select(DeskCalendar).where(DeskCalendar.id.in_(ids)))
    return {row.id: row.calendar for row in rows}
