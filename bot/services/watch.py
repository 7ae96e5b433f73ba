"""The sweep: every clock whose step is due takes it, once, and only while its desk is open.

A batch locks its clocks *and* their requests and passes over what somebody else holds, so a sweep never waits for a
person's move nor for another sweep, and never tells of a turn that is just ending.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import structlog

from bot.services import holding, surfaces, turns
from bot.services.case import in_thread
from bot.services.terms import FrozenTerms, Terms, frozen_terms, terms_of
from models import ExpediteRequest, RequestClock, Tenant, TimelineEntry
from models.base import UtcDateTime
from models.business_calendar import NoWorkingTimeAhead
from models.lifecycle import How, Move
from models.outbox import Notice, Surface
from models.service_level import Holder, Step

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

log = structlog.get_logger()

BATCH = 100
LATER = timedelta(days=1)
NEXT_TRY = timedelta(hours=1)
"""Until a clock that broke is looked at again."""
MOVES = {Step.WARN_HALF: Move.WARN, Step.WARN_MOST: Move.WARN, Step.BREACH: Move.BREACH, Step.ESCALATE: Move.ESCALATE}

_DUE = (
    sa.select(RequestClock, ExpediteRequest)
    .join(ExpediteRequest, ExpediteRequest.id == RequestClock.request_id)
    # A literal, not a parameter: PostgreSQL's generic plans would leave the partial index.
    .where(sa.text("request_clocks.state = 'open'"), RequestClock.due_at <= sa.bindparam("now", type_=UtcDateTime()))
    .order_by(RequestClock.due_at)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
)


def sweep(session: Session, at: datetime, *, limit: int = BATCH) -> int:
    """Take the due steps of up to ``limit`` clocks; gives how many clocks were looked at, 0 when none is due."""
    due = session.execute(_DUE, {"now": at, "most": limit}).all()
    known: dict[FrozenTerms, Terms] = {}
    changed = []
    for clock, request in due:
        if _take_safely(session, clock, request, known, at):
            changed.append(request)
    session.flush()
    surfaces.redraw_homes(session, changed, at)
    return len(due)


def _take_safely(
    session: Session, clock: RequestClock, request: ExpediteRequest, known: dict[FrozenTerms, Terms], at: datetime
) -> bool:
    """Take a step in a savepoint: a clock that breaks must not silence all the others, in every workspace."""
    clock_id = clock.id
    try:
        with session.begin_nested():
            frozen = frozen_terms(request)
            known[frozen] = known.get(frozen) or terms_of(session, request)
            return _take(session, clock, request, known[frozen], at)
    except sa.exc.OperationalError:  # the database itself: the whole batch comes again
        raise
    except Exception:
        log.exception("a clock broke", action="sweep", clock=clock_id)
        clock.due_at = at + NEXT_TRY
        return False


def _take(session: Session, clock: RequestClock, request: ExpediteRequest, terms: Terms, at: datetime) -> bool:
    """Take the newest due step; False when the desk is closed and it has to wait."""
    if not terms.calendar.is_open(at):
        clock.due_at = _opening(terms, at)
        return False
    step = turns.newest_due(clock, terms, at)
    if step is None:
        clock.due_at = None
        return False
    if turns.asks_outcome(clock, step):
        _ask_outcome(session, clock, request, terms, at)
    else:
        _tell_step(session, clock, request, step, at)
    turns.advance(clock, step, terms)
    if turns.asks_outcome(clock, step):
        holding.settle(session, request, terms, at=at)
    surfaces.redraw_messages(session, request.id, at)
    return True


def _opening(terms: Terms, at: datetime) -> datetime:
    try:
        return terms.calendar.next_open(at)
    except NoWorkingTimeAhead:
        # A desk without hours: look again now and then, without holding up the others.
        return at + LATER


def _tell_step(session: Session, clock: RequestClock, request: ExpediteRequest, step: Step, at: datetime) -> None:
    if step >= Step.BREACH and clock.breached_at is None:
        clock.breached_at = clock.deadline_at
    if step is Step.ESCALATE:
        clock.escalated_at = at
    facts = {"clock": clock.id, "step": int(step), "kind": clock.kind.value, "holder": clock.holder.value}
    facts["entry"] = _note(session, request, MOVES[step], facts, at)
    surfaces.post(session, **_message(session, clock, request, step), at=at, facts=facts)


def _message(session: Session, clock: RequestClock, request: ExpediteRequest, step: Step) -> dict[str, Any]:
    """Where a step is told: in the card's thread, to Sales before it is late, and to the leadership at last."""
    told = {"tenant_id": request.tenant_id, "request_id": request.id, "key": f"clock:{clock.id}:{int(step)}"}
    if step is Step.ESCALATE:
        leaders = session.get_one(Tenant, request.tenant_id).leadership_channel
        there = {"surface": Surface.CHANNEL, "channel": leaders} if leaders else in_thread(session, request)
        return {**told, **there, "notice": Notice.ESCALATION}
    if step is Step.WARN_MOST and clock.holder is Holder.REQUESTER:
        person = {"surface": Surface.DIRECT, "channel": request.requester, "is_live": True}
        return {**told, **person, "notice": Notice.TURN_WARNING}
    return {**told, **in_thread(session, request), "notice": Notice.CLOCK}


def _ask_outcome(session: Session, clock: RequestClock, request: ExpediteRequest, terms: Terms, at: datetime) -> None:
    # Nobody is late with an answer before the question: after downtime its time starts now.
    clock.deadline_at = max(clock.deadline_at, terms.calendar.add(at, clock.target_secs))
    facts = {"clock": clock.id, "commitment": clock.commitment_id}
    facts["entry"] = _note(session, request, Move.ASK_OUTCOME, facts, at)
    surfaces.post(
        session,
        tenant_id=request.tenant_id,
        key=f"outcome_wanted:{clock.id}",
        surface=Surface.DIRECT,
        notice=Notice.OUTCOME_WANTED,
        channel=request.owner or request.requester,
        at=at,
        request_id=request.id,
        facts=facts,
        is_live=True,
    )


def _note(session: Session, request: ExpediteRequest, move: Move, facts: dict[str, Any], at: datetime) -> int:
    """Write down what the clock did; gives the entry's id."""
    entry = TimelineEntry(
        tenant_id=request.tenant_id,
        request_id=request.id,
        at=at,
        by=None,
        how=How.SYSTEM,
        move=move,
        facts=dict(facts),
    )
    session.add(entry)
    session.flush()
    return entry.id
