"""Who holds a request: every stretch of its life is charged to the desk, to the requester, or to nobody.

The stretches of one request meet without gap or overlap, from asking to closing. One that ended never changes: what is
taken back begins a new one, and so does a change of desk or of the person whose turn it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from bot.services.inserts import put
from models import DeskCalendar, RequestClock, TurnInterval
from models.business_calendar import hours_in
from models.lifecycle import Status
from models.request_clock import ClockState
from models.service_level import HOLDER, ClockKind, Holder, Step

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.terms import Terms
    from models import ExpediteRequest
    from models.business_calendar import BusinessCalendar

KIND = {
    Status.ASKED: ClockKind.FIRST_RESPONSE,
    Status.ACKNOWLEDGED: ClockKind.ANSWER,
    Status.INFO_NEEDED: ClockKind.INFORMATION,
    Status.OFFERED: ClockKind.DECISION,
    Status.AGREED: ClockKind.OUTCOME,
}
_RUNNING = sa.select(TurnInterval).where(
    TurnInterval.request_id == sa.bindparam("request"), TurnInterval.ends_at.is_(None)
)
_ASKED = sa.select(
    sa.exists().where(
        RequestClock.request_id == sa.bindparam("request"),
        RequestClock.state == ClockState.OPEN,
        RequestClock.kind == ClockKind.OUTCOME,
        RequestClock.next_step != int(Step.WARN_HALF),
    )
)


class Turn(NamedTuple):
    """Everything that makes a stretch a different one."""

    holder: Holder
    kind: ClockKind
    held_by: str | None
    desk_id: int
    calendar_id: int
    zone: str


def begin(session: Session, request: ExpediteRequest) -> None:
    """Begin the first stretch of a request that was just asked."""
    turn = Turn(Holder.DESK, ClockKind.FIRST_RESPONSE, None, request.desk_id, request.calendar_id, "")
    _begin(session, request, turn, request.asked_at)


def settle(session: Session, request: ExpediteRequest, terms: Terms, *, at: datetime, anew: bool = False) -> None:
    """Charge the time until now to whoever had the turn, if it is another's now; call it after every change.

    ``anew`` begins a new stretch even so: a step was taken back. A request that is closed has none any more.
    """
    session.flush()
    running = session.scalars(_RUNNING, {"request": request.id}).one_or_none()
    turn = _turn_now(session, request)
    if running is not None:
        if turn == _turn_of(running) and not anew:
            return
        at = max(at, running.starts_at)  # a clock that was set back leaves no gap and no overlap
        _end(session, running, request, terms, at)
    if turn is not None:
        _begin(session, request, turn, at)


def _turn_now(session: Session, request: ExpediteRequest) -> Turn | None:
    """Whose turn it is; while a commitment is only waited for, it is nobody's until the desk was asked about it."""
    if not request.status.is_open:
        return None
    if request.status is Status.AGREED and not session.scalar(_ASKED, {"request": request.id}):
        return _turn(request, Holder.NOBODY)
    return _turn(request, HOLDER[KIND[request.status]])


def _turn(request: ExpediteRequest, holder: Holder) -> Turn:
    kind, calendar_id, zone = KIND[request.status], request.calendar_id, ""
    person = {Holder.DESK: request.owner, Holder.REQUESTER: request.requester, Holder.NOBODY: None}[holder]
    if holder is Holder.REQUESTER and request.sales_calendar_id is not None:
        calendar_id, zone = request.sales_calendar_id, request.requester_zone
    return Turn(holder, kind, person, request.desk_id, calendar_id, zone)


def _turn_of(running: TurnInterval) -> Turn:
    return Turn(running.holder, running.kind, running.held_by, running.desk_id, running.calendar_id, running.zone)


def _begin(session: Session, request: ExpediteRequest, turn: Turn, at: datetime) -> None:
    put(
        session,
        TurnInterval(tenant_id=request.tenant_id, request_id=request.id, starts_at=at, **turn._asdict()),
    )


def _end(session: Session, running: TurnInterval, request: ExpediteRequest, terms: Terms, at: datetime) -> None:
    hours = _hours_of(session, running, request, terms)
    running.ends_at, running.working_secs = at, hours.between(running.starts_at, at)
    session.flush()


def _hours_of(session: Session, running: TurnInterval, request: ExpediteRequest, terms: Terms) -> BusinessCalendar:
    """The hours it is charged by: its own, which are another desk's after the request was passed on."""
    if running.holder is not Holder.REQUESTER and running.calendar_id == request.calendar_id:
        return terms.calendar
    return hours_in(session.get_one(DeskCalendar, running.calendar_id).hours, running.zone)
