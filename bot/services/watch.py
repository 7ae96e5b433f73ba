"""The sweep: every clock whose step is due takes it, once, and only in the hours of whom it reaches.

A batch locks its clocks *and* their requests and passes over what somebody else holds, so a sweep never waits for a
person's move nor for another sweep, and never tells of a turn that is just ending. It decides first and writes then, a
statement for each kind of row however many are due.

Of the steps that fell due while nobody looked only the newest that can be told now is told; of several clocks of one
request the weightiest speaks, and what the others would say is only written down. Beside it stands at most one
question about lots.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import load_only

from bot.services import holding, surfaces
from bot.services.following_up import asked_again
from bot.services.steps import asks_outcome, due_steps, following, hours_told, rung_of, wake
from bot.services.telling import Said, Threads, message
from bot.services.terms import Terms, frozen_terms, terms_of, with_people
from models import ExpediteRequest, RequestClock, TimelineEntry
from models.base import UtcDateTime
from models.business_calendar import NoWorkingTimeAhead
from models.lifecycle import How, Move
from models.service_level import Audience, ClockKind, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.business_calendar import BusinessCalendar

    Case = tuple[ExpediteRequest, list[RequestClock]]

log = structlog.get_logger()

BATCH = 100
LATER = timedelta(days=1)
NEXT_TRY = timedelta(hours=1)
"""Until a clock that broke is looked at again."""
ALONE = (ClockKind.FIRST_RESPONSE, ClockKind.INFORMATION, ClockKind.DECISION)
"""Kinds of clocks beside which no other runs."""

NEEDED = (
    *("id", "tenant_id", "desk_id", "requester", "owner", "status"),
    *("calendar_id", "policy_id", "sales_calendar_id", "requester_zone", "urgency"),
)
"""What of a request decides what its clocks say: a sweep reads very many."""
CHANGED = ("next_step", "due_at", "deadline_at", "breached_at", "escalated_at", "snoozed_until", "snoozed_by")
"""What a step changes of its clock."""

_IS_DUE = sa.and_(
    # A literal, not a parameter: PostgreSQL's generic plans would leave the partial index.
    sa.text("request_clocks.state = 'open'"),
    RequestClock.due_at <= sa.bindparam("now", type_=UtcDateTime()),
)
_DUE = (
    sa.select(RequestClock, ExpediteRequest)
    .join(ExpediteRequest, ExpediteRequest.id == RequestClock.request_id)
    .where(_IS_DUE)
    .order_by(RequestClock.due_at)
    .limit(sa.bindparam("most"))
    .options(load_only(*(getattr(ExpediteRequest, name) for name in NEEDED)))
    .with_for_update(skip_locked=True)
)
_BESIDE = (
    sa.select(RequestClock)
    .where(_IS_DUE, RequestClock.request_id.in_(sa.bindparam("requests", expanding=True)))
    .order_by(RequestClock.due_at)
    .with_for_update(skip_locked=True)
)
_CLOCKS: Any = RequestClock.__table__
_ADVANCE = (
    sa.update(_CLOCKS)
    .where(_CLOCKS.c.id == sa.bindparam("clock"))
    .values({name: sa.bindparam(f"new_{name}", type_=_CLOCKS.c[name].type) for name in CHANGED})
)
_ENTRIES: Any = TimelineEntry.__table__
_WRITE_DOWN = sa.insert(_ENTRIES).returning(_ENTRIES.c.id, sort_by_parameter_order=True)


def sweep(session: Session, at: datetime, *, limit: int = BATCH) -> int:
    """Take the due steps of up to ``limit`` clocks; gives how many clocks were looked at, 0 when none is due.

    The other due clocks of the same requests come along: each request is told of once.
    """
    due = session.execute(_DUE, {"now": at, "most": limit}).all()
    cases: dict[int, Case] = {}
    for clock, request in due:
        cases.setdefault(request.id, (request, []))[1].extend(_let_go(session, [clock]))
    _add_those_beside(session, cases, at)
    looked_at = sum(len(clocks) for _request, clocks in cases.values())
    _take_safely(session, list(cases.values()), at)
    return looked_at


def _add_those_beside(session: Session, cases: dict[int, Case], at: datetime) -> None:
    several = [request.id for request, clocks in cases.values() if clocks[0].kind not in ALONE]
    if several:
        for clock in _let_go(session, session.scalars(_BESIDE, {"now": at, "requests": several})):
            clocks = cases[clock.request_id][1]
            if clock.id not in {one.id for one in clocks}:
                clocks.append(clock)


def _take_safely(session: Session, cases: Sequence[Case], at: datetime) -> None:
    """Take all in one savepoint; when something breaks, each request in its own.

    A clock that breaks must not silence all the others, in every workspace.
    """
    ids = [clock.id for _request, clocks in cases for clock in clocks]
    try:
        with session.begin_nested():
            _take(session, cases, at)
    except sa.exc.OperationalError:  # the database itself: the whole batch comes again
        raise
    except Exception:
        if len(cases) > 1:
            for request, clocks in cases:
                _take_safely(session, [(request, _as_they_were(session, clocks))], at)
            return
        log.exception("a clock broke", action="sweep", clock=ids)
        late = sa.update(RequestClock).where(RequestClock.id.in_(ids)).values(due_at=at + NEXT_TRY)
        session.execute(late)


def _as_they_were(session: Session, clocks: Sequence[RequestClock]) -> list[RequestClock]:
    """The clocks without what a broken attempt has done to them."""
    wanted = sa.select(RequestClock).where(RequestClock.id.in_([clock.id for clock in clocks]))
    return _let_go(session, session.scalars(wanted.order_by(RequestClock.due_at)))


def _let_go(session: Session, clocks: Iterable[RequestClock]) -> list[RequestClock]:
    """Take clocks out of the session: what changes of them is written by one statement for all."""
    found = list(clocks)
    for clock in found:
        session.expunge(clock)
    return found


def _take(session: Session, cases: Sequence[Case], at: datetime) -> None:
    said: list[Said] = []
    for request, clocks, terms in _with_terms(session, cases):
        said += _one_voice([each for clock in clocks if (each := _decide(clock, request, terms, at))])
    rows = [_as_row(clock) for _request, clocks in cases for clock in clocks]
    if rows:
        session.connection().execute(_ADVANCE, rows)
    if said:
        _tell(session, said, at)


def _as_row(clock: RequestClock) -> dict[str, Any]:
    return {"clock": clock.id} | {f"new_{name}": getattr(clock, name) for name in CHANGED}


def _with_terms(session: Session, cases: Iterable[Case]) -> Iterable[tuple[ExpediteRequest, list[RequestClock], Terms]]:
    known: dict[Any, Terms] = {}
    for request, clocks in cases:
        key = (request.desk_id, frozen_terms(request))
        if key not in known:
            known[key] = with_people(session, request, terms_of(session, request))
        yield request, clocks, known[key]


def _decide(clock: RequestClock, request: ExpediteRequest, terms: Terms, at: datetime) -> Said | None:
    """Take the newest step that can be told now, and set the clock on its next one; None when it has to wait."""
    steps = due_steps(clock, terms, at)
    reminds = clock.snoozed_until is not None and clock.snoozed_until <= at
    hours = [(step, hours_told(clock, step, terms)) for step in reversed(steps)]
    if reminds:
        hours.append((0, terms.hours_of(clock.holder)))
    step = next((step for step, open_in in hours if open_in is None or open_in.is_open(at)), None)
    if step is None:
        openings = [_opening(open_in, at) for _step, open_in in hours if open_in is not None]
        clock.due_at = min(openings, default=None) or wake(clock, terms)
        return None
    return _taken(clock, request, step, terms, at)


def _taken(clock: RequestClock, request: ExpediteRequest, step: int, terms: Terms, at: datetime) -> Said:
    """What is said now; step 0 is the reminder after a snooze."""
    if clock.kind is ClockKind.FOLLOW_UP:
        said = asked_again(clock, request, terms, at)
    elif step == 0:
        said = _reminder(clock, request, at)
    elif asks_outcome(clock, step):
        said = _question(clock, request, terms, at)
    else:
        said = _step(clock, request, step, terms, at)
    if step and clock.kind is not ClockKind.FOLLOW_UP:
        clock.next_step = following(clock, step, terms)
    if step <= Step.BREACH and clock.snoozed_until is not None and clock.snoozed_until <= at:
        clock.snoozed_until = clock.snoozed_by = None
    clock.due_at = wake(clock, terms)
    return said


def _opening(hours: BusinessCalendar, at: datetime) -> datetime:
    try:
        return hours.next_open(at)
    except NoWorkingTimeAhead:
        # A desk without hours: look again now and then, without holding up the others.
        return at + LATER


def _step(clock: RequestClock, request: ExpediteRequest, step: int, terms: Terms, at: datetime) -> Said:
    rung = rung_of(step, terms)
    move = Move.WARN if step < Step.BREACH else Move.BREACH if rung is None else Move.ESCALATE
    facts = _facts(clock, step)
    if step >= Step.BREACH and clock.breached_at is None:
        clock.breached_at = clock.deadline_at
    if rung is not None:
        facts["audience"] = rung.audience.value
        facts |= {"group": rung.target} if rung.audience is Audience.GROUP else {}
        facts |= {"called": rung.target} if rung.audience is Audience.MEDIATOR else {}
        clock.escalated_at = clock.escalated_at or at
    return Said(
        clock=clock, request=request, move=move, step=step, key=f"clock:{clock.id}:{step}", rung=rung, facts=facts
    )


def _reminder(clock: RequestClock, request: ExpediteRequest, at: datetime) -> Said:
    """The one reminder that a snooze put off."""
    assert clock.snoozed_until is not None
    step = int(Step.WARN_MOST)
    key = f"clock:{clock.id}:snoozed:{int(clock.snoozed_until.timestamp())}"
    facts = {**_facts(clock, step), "snoozed_by": clock.snoozed_by, "at": at.isoformat()}
    return Said(clock=clock, request=request, move=Move.WARN, step=step, key=key, facts=facts)


def _question(clock: RequestClock, request: ExpediteRequest, terms: Terms, at: datetime) -> Said:
    # Nobody is late with an answer before the question: after downtime its time starts now.
    clock.deadline_at = max(clock.deadline_at, terms.calendar.add(at, clock.target_secs))
    key, facts = f"outcome_wanted:{clock.id}", _facts(clock, 0) | {"commitment": clock.commitment_id}
    return Said(clock=clock, request=request, move=Move.ASK_OUTCOME, step=int(Step.WARN_HALF), key=key, facts=facts)


def _facts(clock: RequestClock, step: int) -> dict[str, Any]:
    return {"clock": clock.id, "step": step, "kind": clock.kind.value, "holder": clock.holder.value}


def _one_voice(said: Sequence[Said]) -> list[Said]:
    """One message a request: the weightiest step, and one question about all the lots that are asked about."""
    questions = [each for each in said if each.move is Move.ASK_OUTCOME]
    steps = sorted((each for each in said if each.move is not Move.ASK_OUTCOME), key=lambda each: -each.weight)
    lots = [each.facts["commitment"] for each in questions]
    told = [replace(one, facts={**one.facts, "lots": lots}) for one in questions[:1]] + steps[:1]
    return [*told, *[replace(each, is_silent=True) for each in (*questions[1:], *steps[1:])]]


def _tell(session: Session, said: Sequence[Said], at: datetime) -> None:
    """Write all of it: the history, the messages, the clocks; and show the requests as they are now."""
    requests = {each.request.id: each.request for each in said}
    rows = [_entry(each, at) for each in said]
    entries = session.connection().execute(_WRITE_DOWN, rows).scalars().all()
    threads = Threads(session, requests)
    told = [(each, entry) for each, entry in zip(said, entries, strict=True) if not each.is_silent]
    surfaces.post_all(session, [message(session, each, threads, entry, at) for each, entry in told])
    for each in said:
        if each.move is Move.ASK_OUTCOME:
            holding.settle(session, each.request, terms_of(session, each.request), at=at)
    surfaces.redraw_all(session, requests.values(), at)


def _entry(said: Said, at: datetime) -> dict[str, Any]:
    return {
        "tenant_id": said.request.tenant_id,
        "request_id": said.request.id,
        "at": at,
        "by": None,
        "how": How.SYSTEM,
        "move": said.move,
        "facts": said.facts,
    }
