"""Putting a reminder off: whoever has the turn asks not to be reminded before a time. Everybody sees that they did.

The deadline, the record of a breach and whoever is called in later do not move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.services import surfaces
from bot.services.standing_in import is_standing_in
from bot.services.steps import asks_outcome, wake
from bot.services.terms import terms_of
from models import TimelineEntry, queries
from models.errors import Field, FormRefused, MoveNotAllowed, NotYours
from models.i18n import _
from models.lifecycle import Move
from models.service_level import ClockKind, Holder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.terms import Terms
    from models import ExpediteRequest, RequestClock
    from models.business_calendar import BusinessCalendar
    from models.lifecycle import How
    from models.tenant import Actor


def snooze(
    session: Session, actor: Actor, request_id: int, until: datetime, *, at: datetime, how: How
) -> ExpediteRequest:
    """Remind this side again at ``until`` and not before, at most until the end of the working day after its deadline.

    Raises :class:`FormRefused` at ``Field.SNOOZE_UNTIL`` for a time that cannot be, :class:`NotYours` when it is the
    other side's turn, :class:`MoveNotAllowed` when it is nobody's.
    """
    request = queries.request(session, actor.tenant_id, request_id)
    terms = terms_of(session, request)
    clocks = _turn(session, request)
    _require_turn(session, actor, request, clocks[0].holder, at)
    problem = _problem(clocks[0], terms.hours_of(clocks[0].holder), until, at)
    if problem:
        raise FormRefused({Field.SNOOZE_UNTIL: problem})
    for clock in clocks:
        _put_off(clock, terms, actor, until)
    session.add(_entry(request, actor, clocks, until, at=at, how=how))
    session.flush()
    surfaces.redraw(session, request, at)
    return request


def latest_snooze(clock: RequestClock, hours: BusinessCalendar) -> datetime:
    """The end of the working day after a deadline: nobody can put a reminder off for longer."""
    day = hours.next_working_day(hours.local_day(clock.deadline_at))
    return hours.closing_time(day) or clock.deadline_at


def _turn(session: Session, request: ExpediteRequest) -> Sequence[RequestClock]:
    """The clocks of the turn that runs, soonest deadline first, and what asks again beside it."""
    clocks = [clock for clock in queries.open_clocks(session, request.id) if not asks_outcome(clock, clock.next_step)]
    turns = sorted(clocks, key=lambda clock: clock.kind is ClockKind.FOLLOW_UP)
    if not turns:
        raise MoveNotAllowed(
            _("Nobody is waited for on {label} right now: there is no reminder to put off.").format(label=request.label)
        )
    return turns


def _require_turn(session: Session, actor: Actor, request: ExpediteRequest, holder: Holder, at: datetime) -> None:
    if holder is Holder.DESK and not actor.is_on_desk(request.desk_id):
        raise NotYours(
            _("It is the desk's turn on {label}: only its members can put the reminder off.").format(
                label=request.label
            )
        )
    is_asker = actor.slack_id == request.requester or is_standing_in(session, actor, request.requester, at)
    if holder is Holder.REQUESTER and not is_asker:
        raise NotYours(
            _("It is Sales' turn on {label}: only who asked can put the reminder off.").format(label=request.label)
        )


def _problem(clock: RequestClock, hours: BusinessCalendar, until: datetime, at: datetime) -> str:
    if until <= at:
        return _("This time has passed. Choose a later one.")
    latest = latest_snooze(clock, hours)
    if until <= latest:
        return ""
    there = latest.astimezone(ZoneInfo(hours.zone))
    return _("A reminder can be put off until {day} at {time} at the latest. Choose a time before that.").format(
        day=f"{there:%a} {there.day} {there:%b}", time=f"{there:%H:%M}"
    )


def _put_off(clock: RequestClock, terms: Terms, actor: Actor, until: datetime) -> None:
    clock.snoozed_until, clock.snoozed_by = until, actor.slack_id
    clock.due_at = wake(clock, terms)


def _entry(
    request: ExpediteRequest,
    actor: Actor,
    clocks: Sequence[RequestClock],
    until: datetime,
    *,
    at: datetime,
    how: How,
) -> TimelineEntry:
    return TimelineEntry(
        tenant_id=request.tenant_id,
        request_id=request.id,
        at=at,
        by=actor.slack_id,
        how=how,
        move=Move.SNOOZE,
        facts={"until": until.isoformat(), "clocks": [clock.id for clock in clocks]},
    )
