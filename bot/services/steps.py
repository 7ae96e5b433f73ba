"""The steps of a clock: which comes next, when it is due, and in whose hours it may be told. Pure.

A turn runs ``WARN_HALF -> WARN_MOST -> BREACH`` and then up the rungs of the escalation (200, 201, …), after which it
stays open, silently, until somebody acts. An *outcome* clock differs in its first step: ``WARN_HALF`` means "ask now
what became of the lot"; ``WARN_MOST`` is left out, ``BREACH`` is nobody having told in time. A *follow-up* has no
steps: it asks again whenever it is due.

A snooze holds back the warnings of its clock, and nothing else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from models.service_level import ClockKind, Step, share_due

if TYPE_CHECKING:
    from datetime import datetime

    from bot.services.terms import Terms
    from models import RequestClock
    from models.business_calendar import BusinessCalendar
    from models.service_level import EscalationStep

FIRST_RUNG = int(Step.ESCALATE)


def asks_outcome(clock: RequestClock, step: int) -> bool:
    """Whether this step is the question what became of a lot."""
    return clock.kind is ClockKind.OUTCOME and step == Step.WARN_HALF


def rung_of(step: int, terms: Terms) -> EscalationStep | None:
    """The rung of the ladder that this step is; None for the steps before, and beyond the last."""
    rungs = terms.levels.rungs
    return rungs[step - FIRST_RUNG] if FIRST_RUNG <= step < FIRST_RUNG + len(rungs) else None


def following(clock: RequestClock, step: int, terms: Terms) -> int:
    """The step after this one; 0 when it was the last."""
    if asks_outcome(clock, step):
        return int(Step.BREACH)
    if step < Step.BREACH:
        return int(min(later for later in Step if later > step))
    rung = max(step + 1, FIRST_RUNG)
    return 0 if rung_of(rung, terms) is None else rung


def due_of(clock: RequestClock, step: int, terms: Terms) -> datetime:
    """When a step of this clock is due."""
    if step > Step.BREACH:
        return _rung_due(clock, step, terms)
    if step == Step.BREACH or clock.kind is ClockKind.FOLLOW_UP:
        return clock.deadline_at
    if asks_outcome(clock, step):
        return clock.started_at
    hours, target = terms.hours_of(clock.holder), clock.target_secs
    due = share_due(Step(step), started_at=clock.started_at, target=target, calendar=hours)
    return min(due, clock.deadline_at)


def due_steps(clock: RequestClock, terms: Terms, at: datetime) -> list[int]:
    """The steps that are due by now, in order: all but the last were overtaken while nobody looked."""
    steps, step = [], clock.next_step
    while step and due_of(clock, step, terms) <= at:
        steps.append(step)
        if asks_outcome(clock, step):
            break
        step = following(clock, step, terms)
    return [step for step in steps if step >= Step.BREACH or not _is_held_back(clock, at)]


def hours_told(clock: RequestClock, step: int, terms: Terms) -> BusinessCalendar | None:
    """The hours in which a step may be told: of the holder, then of whom a rung reaches; None is at any time."""
    rung = rung_of(step, terms)
    return terms.hours_of(clock.holder) if rung is None else terms.hours_reached(rung)


def wake(clock: RequestClock, terms: Terms) -> datetime | None:
    """When this clock has something to say next; None when it has said everything."""
    due = due_of(clock, clock.next_step, terms) if clock.next_step else None
    until = clock.snoozed_until
    if until is None or due is None:
        return until or due
    if clock.kind is ClockKind.FOLLOW_UP:
        return max(due, until)
    return min(until, clock.deadline_at if clock.next_step < Step.BREACH else due)


def _is_held_back(clock: RequestClock, at: datetime) -> bool:
    return clock.snoozed_until is not None and at < clock.snoozed_until


def _rung_due(clock: RequestClock, step: int, terms: Terms) -> datetime:
    """Each rung waits from the one before, the first from the breach; an urgent one waits round the clock."""
    due = clock.deadline_at
    for rung in terms.levels.rungs[: step - FIRST_RUNG + 1]:
        hours = terms.hours_reached(rung)
        due = due + timedelta(seconds=rung.after_secs) if hours is None else hours.add(due, rung.after_secs)
    return due
