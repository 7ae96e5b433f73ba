"""An answer that was promised and not heard of: the promise expires, and the desk is asked again.

A clock of its own kind runs beside the answer's, is stopped and opened again with it, and is never late: it asks when
it is due, at most once a working day, until the desk answers. Whoever of the desk writes in the thread, or says that
they are still on it, puts it off.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.services import turns
from bot.services.case import open_case, record, responded
from bot.services.steps import wake
from bot.services.telling import Said
from bot.services.terms import terms_of
from models import RequestClock
from models.lifecycle import Move, Status
from models.request_clock import ClockState
from models.service_level import ClockKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from bot.services.terms import Terms
    from models import ExpediteRequest
    from models.business_calendar import BusinessCalendar
    from models.lifecycle import How
    from models.tenant import Actor

_RUNNING = sa.select(RequestClock).where(
    RequestClock.request_id == sa.bindparam("request"),
    RequestClock.state == ClockState.OPEN,
    RequestClock.kind == ClockKind.FOLLOW_UP,
)


def begin(case: Case, *, promised_for: datetime | None = None) -> None:
    """Expect to hear of the answer within the policy's time, from now or from the time that was named for it."""
    secs = case.terms.levels.acknowledgement_secs
    if secs:
        expires = case.terms.calendar.add(promised_for or case.at, secs)
        turns.start(case.session, case.request, ClockKind.FOLLOW_UP, case.terms, at=case.at, deadline=expires)


def still_on_it(session: Session, actor: Actor, request_id: int, *, at: datetime, how: How) -> ExpediteRequest:
    """“We have not forgotten it”: the desk is asked again later, and the answer is due when it was."""
    case = open_case(session, actor, request_id, Move.STILL_ON_IT, at=at, how=how)
    responded(case, answered=False)
    _put_off(session, case.request, case.terms, at)
    record(case, Move.STILL_ON_IT)
    return case.request


def heard(session: Session, request: ExpediteRequest, at: datetime) -> None:
    """Somebody of the desk wrote about it in the thread: it is being worked on."""
    if request.status is Status.ACKNOWLEDGED:
        _put_off(session, request, terms_of(session, request), at)


def asked_again(clock: RequestClock, request: ExpediteRequest, terms: Terms, at: datetime) -> Said:
    """Ask whether anybody is still on it, and again on the next working day at the earliest."""
    day = terms.calendar.local_day(at)
    later = terms.calendar.add(at, terms.levels.acknowledgement_secs)
    clock.deadline_at = max(later, _begins(terms.calendar, at))
    facts = {
        "clock": clock.id,
        "kind": clock.kind.value,
        "holder": clock.holder.value,
        "day": day.isoformat(),
        "since": clock.started_at.isoformat(),
    }
    key = f"follow_up:{clock.id}:{day.isoformat()}"
    return Said(clock=clock, request=request, move=Move.ASK_AGAIN, step=0, key=key, facts=facts)


def _put_off(session: Session, request: ExpediteRequest, terms: Terms, at: datetime) -> None:
    clock = session.scalars(_RUNNING, {"request": request.id}).one_or_none()
    if clock is None:
        return
    expires = terms.calendar.add(at, terms.levels.acknowledgement_secs)
    clock.started_at, clock.deadline_at = at, max(clock.deadline_at, expires)
    clock.due_at = wake(clock, terms)
    session.flush()


def _begins(calendar: BusinessCalendar, at: datetime) -> datetime:
    """When the next working day begins."""
    day = calendar.next_working_day(calendar.local_day(at))
    return calendar.next_open(datetime.combine(day, time(), ZoneInfo(calendar.zone)))
