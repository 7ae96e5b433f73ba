"""What one person's App Home shows: a fixed number of selects, each cut to what fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from models import queries
from models.absence_queries import away, own_absence, represented
from models.commitment import Commitment
from models.desk import Desk, DeskMember
from models.expedite_request import ExpediteRequest
from models.lifecycle import OPEN, Move
from models.mediation import called, is_call
from models.nudge import OptOut, Unwanted
from models.picture import HomeLine, HomePicture
from models.request_clock import ClockState, RequestClock
from models.service_level import ClockKind, Holder
from models.tenant import Member, Role, RoleGrant, Tenant
from models.timeline import TimelineEntry
from models.undelivered import undelivered
from models.week_queries import calendars_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.business_calendar import BusinessCalendar

MOST_LINES = 20
"""Lines a list shows; the rest is in `/expedite list` of the desk's channel."""

Row = tuple[ExpediteRequest, RequestClock | None, Commitment | None]


def home_picture(
    session: Session, tenant_id: int, slack_id: str, at: datetime, *, has_lists: bool = True, most: int = MOST_LINES
) -> HomePicture:
    """Everything that is open for somebody at an instant, each list by time left and cut to ``most``.

    Without ``has_lists`` it is only what is around the lists.
    """
    desks = session.execute(_desks(tenant_id, slack_id)).all()
    mine = [desk for desk, is_mine in desks if is_mine]
    gone = away(session, tenant_id, represented(session, tenant_id, slack_id, at), at)
    taking = [desk for desk in mine if desk.retired_at is None]
    lists = _lists(session, tenant_id, (slack_id, sorted(gone)), mine, at, most) if has_lists else {}
    zone, is_admin, needs_set_up = _standing(session, tenant_id, slack_id, has_desk=bool(desks))
    absence = own_absence(session, tenant_id, slack_id, at)
    deputy = (absence.deputy if absence is not None else None) or ""
    names = queries.names(session, tenant_id, [*gone, deputy]) if gone or deputy else {}
    return HomePicture(
        slack_id=slack_id,
        zone=zone,
        **_lines(
            session,
            {name: rows[:most] for name, rows in lists.items()},
            _names_of(desks),
            {person: names.get(person, person) for person in gone},
        ),
        cut_short=frozenset(name for name, rows in lists.items() if len(rows) > most),
        absence=absence,
        deputy_name=names.get(deputy, deputy),
        standing_in=[(names.get(person, person), one.until) for person, one in gone.items()],
        desk_name=", ".join(desk.name for desk in taking) or None,
        hot_open=sum(queries.hot_open(session, desk.id) for desk in taking),
        hot_cap=sum(desk.hot_cap for desk in taking),
        undelivered=undelivered(session, tenant_id) if is_admin else [],
        is_set_up=bool(desks),
        is_admin=is_admin,
        needs_set_up=needs_set_up,
        left=left(session, tenant_id, slack_id),
    )


def left(session: Session, tenant_id: int, slack_id: str) -> frozenset[Unwanted]:
    """The help that this person has turned off."""
    mine = OptOut.tenant_id == tenant_id, OptOut.slack_id == slack_id
    return frozenset(session.scalars(sa.select(OptOut.what).where(*mine)))


def _lists(
    session: Session, tenant_id: int, who: tuple[str, list[str]], mine: Sequence[Desk], at: datetime, most: int
) -> dict[str, Sequence[Row]]:
    slack_id, gone = who
    asked = ExpediteRequest.tenant_id == tenant_id, ExpediteRequest.requester == slack_id
    asked_for = ExpediteRequest.tenant_id == tenant_id, ExpediteRequest.requester.in_([slack_id, *gone])
    ours = (ExpediteRequest.desk_id.in_([desk.id for desk in mine]),)
    return {
        "my_turn": _turns(session, asked_for, Holder.REQUESTER, at, most),
        "my_waiting": _waiting(session, asked, Holder.REQUESTER, at, most),
        "desk_turn": _turns(session, ours, Holder.DESK, at, most) if mine else [],
        "desk_waiting": _waiting(session, ours, Holder.DESK, at, most) if mine else [],
    }


def _names_of(desks: Sequence[Any]) -> dict[int, str]:
    return {desk.id: desk.name for desk, _is_mine in desks}


def _desks(tenant_id: int, slack_id: str) -> sa.Select[Desk, bool]:
    is_mine = sa.and_(DeskMember.desk_id == Desk.id, DeskMember.slack_id == slack_id)
    return (
        sa.select(Desk, DeskMember.id.is_not(None))
        .outerjoin(DeskMember, is_mine)
        .where(Desk.tenant_id == tenant_id)
        .order_by(Desk.is_default.desc(), Desk.id)
    )


def _turns(session: Session, whose: Sequence[Any], holder: Holder, at: datetime, most: int) -> Sequence[Row]:
    """Return one row for each clock that this side holds: of a request in lots, one for each lot to report."""
    rows = session.execute(
        sa.select(ExpediteRequest, RequestClock, Commitment)
        .join(RequestClock, RequestClock.request_id == ExpediteRequest.id)
        .outerjoin(Commitment, Commitment.id == RequestClock.commitment_id)
        .where(*whose, ExpediteRequest.status.in_(OPEN), *is_turn(RequestClock, holder, at))
        .order_by(RequestClock.deadline_at, RequestClock.id)
        .limit(most + 1)
    )
    return [(found, clock, lot) for found, clock, lot in rows]


def _waiting(session: Session, whose: Sequence[Any], holder: Holder, at: datetime, most: int) -> Sequence[Row]:
    """Return the open requests in which this side has nothing to do, with the next clock and the lot it is about."""
    turn = aliased(RequestClock)
    has_turn = sa.exists().where(turn.request_id == ExpediteRequest.id, *is_turn(turn, holder, at))
    rows = session.execute(
        sa.select(ExpediteRequest, RequestClock, Commitment)
        .select_from(ExpediteRequest)
        .outerjoin(RequestClock, RequestClock.id == _next_clock())
        .outerjoin(Commitment, Commitment.id == RequestClock.commitment_id)
        .where(*whose, ExpediteRequest.status.in_(OPEN), ~has_turn)
        .order_by(RequestClock.deadline_at.is_(None), RequestClock.deadline_at, ExpediteRequest.id)
        .limit(most + 1)
    )
    return [(found, clock, lot) for found, clock, lot in rows]


def is_turn(clock: Any, holder: Holder, at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Tell the clocks on which this side must act now: the question about a lot waits for its day."""
    is_asked = sa.or_(clock.kind != ClockKind.OUTCOME, clock.started_at <= at)
    return clock.state == ClockState.OPEN, clock.holder == holder, clock.kind != ClockKind.FOLLOW_UP, is_asked


def _next_clock() -> sa.ScalarSelect[int]:
    clock = aliased(RequestClock)
    return (
        sa.select(clock.id)
        .where(
            clock.request_id == ExpediteRequest.id,
            clock.state == ClockState.OPEN,
            clock.kind != ClockKind.FOLLOW_UP,
        )
        .order_by(clock.deadline_at, clock.id)
        .limit(1)
        .correlate(ExpediteRequest)
        .scalar_subquery()
    )


def _lines(
    session: Session, lists: dict[str, Sequence[Row]], desks: Mapping[int, str], away_names: dict[str, str]
) -> dict[str, Any]:
    rows_of_all = [row for rows in lists.values() for row in rows]
    queries.load_lines(session, [found for found, _clock, _lot in rows_of_all])
    calendars = _calendars(session, [found for found, _clock, _lot in rows_of_all])
    people = _requesters(session, [found for found, _clock, _lot in rows_of_all])
    calls = _calls(session, [clock for _found, clock, _lot in rows_of_all if clock])
    return {
        name: [
            HomeLine(
                request=found,
                calendar=calendars[found.calendar_id],
                hours=_hours(found, clock, calendars),
                waiting_on=_waiting_on(found, clock, desks, people),
                clock=clock,
                commitment=lot,
                is_my_turn=name.endswith("_turn"),
                desk=desks.get(found.desk_id, ""),
                asked_by=people.get(found.requester, found.requester),
                instead_of=away_names.get(found.requester, "") if name == "my_turn" else "",
                **calls.get(clock.id if clock else 0, {}),
            )
            for found, clock, lot in rows
        ]
        for name, rows in lists.items()
    }


def home_lines(session: Session, rows: Sequence[Row], side: Holder, at: datetime) -> list[HomeLine]:
    """Return these requests as lines for one side, with whoever is waited for and whoever was called in."""
    desks = sa.select(Desk.id, Desk.name).where(Desk.id.in_({found.desk_id for found, _clock, _lot in rows}))
    names = {desk_id: name for desk_id, name in session.execute(desks)} if rows else {}  # noqa: C416 rows are no pairs
    found: list[HomeLine] = _lines(session, {"page": rows}, names, {})["page"]
    return [replace(line, is_my_turn=_is_turn_of(line.clock, side, at)) for line in found]


def _is_turn_of(clock: RequestClock | None, side: Holder, at: datetime) -> bool:
    """Whether this side must act now: the same rule as :func:`is_turn`."""
    if clock is None or clock.holder is not side:
        return False
    return clock.kind is not ClockKind.OUTCOME or clock.started_at <= at


def _calendars(session: Session, requests: Sequence[ExpediteRequest]) -> dict[int, BusinessCalendar]:
    """Return the hours of both sides of these requests."""
    ids = {one for found in requests for one in (found.calendar_id, found.sales_calendar_id) if one is not None}
    return calendars_by_id(session, ids) if ids else {}


def _requesters(session: Session, requests: Sequence[ExpediteRequest]) -> dict[str, str]:
    if not requests:
        return {}
    return queries.names(session, requests[0].tenant_id, [found.requester for found in requests])


def _hours(
    found: ExpediteRequest, clock: RequestClock | None, calendars: Mapping[int, BusinessCalendar]
) -> BusinessCalendar | None:
    """Return Sales' hours where Sales is waited for."""
    if clock is None or clock.holder is not Holder.REQUESTER or found.sales_calendar_id is None:
        return None
    return calendars[found.sales_calendar_id].in_zone(found.requester_zone)


def _waiting_on(
    found: ExpediteRequest, clock: RequestClock | None, desks: Mapping[int, str], people: Mapping[str, str]
) -> str:
    if clock is None:
        return ""
    if clock.holder is Holder.DESK:
        return desks.get(found.desk_id, "")
    return people.get(found.requester, found.requester)


def _calls(session: Session, clocks: Sequence[RequestClock]) -> dict[int, dict[str, Any]]:
    """Return who was called in when, by the clock it is about: asked only where a turn is overdue."""
    late = {clock.id: clock.request_id for clock in clocks if clock.breached_at is not None}
    if not late:
        return {}
    wanted = sa.select(TimelineEntry).where(
        TimelineEntry.request_id.in_(sorted(set(late.values()))), TimelineEntry.move == Move.ESCALATE
    )
    calls = [entry for entry in session.scalars(wanted.order_by(TimelineEntry.id)) if is_call(entry)]
    tenant_id = clocks[0].tenant_id
    names = queries.names(session, tenant_id, [called(entry) for entry in calls])
    return {
        entry.facts["clock"]: {"called_at": entry.at, "called": names.get(called(entry) or "", called(entry) or "")}
        for entry in calls
        if entry.facts.get("clock") in late
    }


def _standing(session: Session, tenant_id: int, slack_id: str, *, has_desk: bool) -> tuple[str, bool, bool]:
    """Return the person's own zone (the workspace's while theirs is unknown), and whether they are admin and to set up.

    Until a test card was seen, admins are led through the set-up; everybody is while there is neither admin nor desk.
    """
    person = sa.and_(Member.tenant_id == Tenant.id, Member.slack_id == slack_id)
    known = sa.select(Member.zone, Tenant.zone, Tenant.set_up_at).select_from(Tenant).outerjoin(Member, person)
    theirs, usual, set_up_at = session.execute(known.where(Tenant.id == tenant_id)).one()
    admins = _admins(session, tenant_id)
    is_admin = slack_id in admins
    needs_set_up = set_up_at is None and (is_admin or not (admins or has_desk))
    return theirs or usual, is_admin, needs_set_up


def _admins(session: Session, tenant_id: int) -> set[str]:
    grants = sa.select(RoleGrant.slack_id).where(RoleGrant.tenant_id == tenant_id, RoleGrant.role == Role.ADMIN)
    return set(session.scalars(grants))
