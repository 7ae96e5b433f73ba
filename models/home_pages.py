"""The selects behind the parts of an App Home: a fixed number for each, and one page of what may be very long."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from models import queries
from models.agreement_queries import last_agreements
from models.commitment import Commitment, Outcome
from models.desk import Desk, DeskMember
from models.digest_queries import newest_page
from models.expedite_request import ExpediteRequest
from models.home_choice import TURN, HomeChoice, HomePart
from models.home_page import MOST_LOTS, PAGE, DeskWeek, HomePage, LeadersPart
from models.home_queries import MOST_LINES, home_lines, home_picture, is_turn
from models.lifecycle import OPEN
from models.pair_queries import wants
from models.picture import HomeLine, HomePicture, Picture
from models.request_clock import ClockState, RequestClock
from models.service_level import ClockKind, Holder, Targets
from models.tenant import RoleGrant
from models.week_queries import WEEK, calendars_by_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

SIDE = {HomePart.MINE: Holder.REQUESTER, HomePart.DESK: Holder.DESK}


@dataclass(frozen=True)
class Reader:
    """Whose Home it is, and what they are to the workspace right now."""

    tenant_id: int
    slack_id: str
    desks: dict[int, Desk]
    """Those they answer for, by id, the default first."""
    is_leader: bool

    @property
    def parts(self) -> tuple[HomePart, ...]:
        theirs = {HomePart.DESK: bool(self.desks), HomePart.LEADERS: self.is_leader}
        return tuple(part for part in HomePart if theirs.get(part, True))


def home_shown(session: Session, tenant_id: int, slack_id: str, at: datetime, *, whole: int = 0) -> HomePicture:
    """Everything on somebody's App Home as they chose to see it; a part they have no right to is not shown.

    ``whole`` puts that many lines on one page, for who wants all of it.
    """
    reader, choice = _reader(session, tenant_id, slack_id), choice_of(session, tenant_id, slack_id)
    part = choice.part if choice.part in reader.parts else HomePart.NOW
    home = home_picture(session, tenant_id, slack_id, at, has_lists=part is HomePart.NOW, most=whole or MOST_LINES)
    frame: dict[str, Any] = {"parts": reader.parts, "part": part, "choice": choice}
    frame["wants_pairs"] = wants(session, tenant_id, slack_id)
    desks = {desk.id: desk.name for desk in reader.desks.values()} if part is HomePart.DESK else {}
    return replace(home, **frame, desks=desks, **_part(session, reader, choice, part, home, at, whole or PAGE))


def choice_of(session: Session, tenant_id: int, slack_id: str) -> HomeChoice:
    """Return what somebody chose; not yet in the session where they never chose anything."""
    wanted = sa.select(HomeChoice).where(HomeChoice.tenant_id == tenant_id, HomeChoice.slack_id == slack_id)
    return session.scalar(wanted) or HomeChoice(tenant_id=tenant_id, slack_id=slack_id)


def _reader(session: Session, tenant_id: int, slack_id: str) -> Reader:
    theirs = (
        sa.select(Desk)
        .join(DeskMember, DeskMember.desk_id == Desk.id)
        .where(Desk.tenant_id == tenant_id, DeskMember.slack_id == slack_id)
        .order_by(Desk.is_default.desc(), Desk.id)
    )
    grant = sa.select(RoleGrant.id).where(RoleGrant.tenant_id == tenant_id, RoleGrant.slack_id == slack_id)
    desks = {desk.id: desk for desk in session.scalars(theirs)}
    return Reader(tenant_id, slack_id, desks, session.scalar(grant.limit(1)) is not None)


def _part(
    session: Session, reader: Reader, choice: HomeChoice, part: HomePart, home: HomePicture, at: datetime, size: int
) -> dict[str, Any]:
    if part is HomePart.MINE:
        page = _page(session, _asked_by(reader), Holder.REQUESTER, choice, at, size)
        return {"page": replace(page, for_customers=_for_customers(session, page.lines))}
    if part is HomePart.DESK:
        desks = _chosen(reader, choice)
        page = _page(session, [ExpediteRequest.desk_id.in_(list(desks))], Holder.DESK, choice, at, size)
        today = at.astimezone(ZoneInfo(home.zone)).date()
        return {"page": page, "desk_week": _desk_week(session, desks, today)}
    if part is HomePart.LEADERS:
        today = at.astimezone(ZoneInfo(home.zone)).date()
        return {"leaders": _leaders(session, reader, _mediations(session, reader, choice, at, size), today)}
    return {}


def _chosen(reader: Reader, choice: HomeChoice) -> dict[int, Desk]:
    """Return the one desk that was chosen, if it is still theirs; else all of theirs."""
    one = reader.desks.get(choice.desk_id or 0)
    return {one.id: one} if one is not None else reader.desks


def _asked_by(reader: Reader) -> list[sa.ColumnElement[bool]]:
    return [ExpediteRequest.tenant_id == reader.tenant_id, ExpediteRequest.requester == reader.slack_id]


def _page(
    session: Session, whose: Sequence[Any], holder: Holder, choice: HomeChoice, at: datetime, size: int
) -> HomePage:
    """Return one page of open requests with their running clocks: of a request in lots, a line for each lot."""
    runs = sa.and_(
        RequestClock.request_id == ExpediteRequest.id,
        RequestClock.state == ClockState.OPEN,
        RequestClock.kind != ClockKind.FOLLOW_UP,
    )
    wanted = [*whose, *_narrowed(choice, holder, at)]
    total = session.scalar(
        sa.select(sa.func.count()).select_from(ExpediteRequest).outerjoin(RequestClock, runs).where(*wanted)
    )
    number = max(0, min(choice.page, ((total or 1) - 1) // size)) if size == PAGE else 0
    rows = session.execute(
        sa.select(ExpediteRequest, RequestClock, Commitment)
        .outerjoin(RequestClock, runs)
        .outerjoin(Commitment, Commitment.id == RequestClock.commitment_id)
        .where(*wanted)
        .order_by(RequestClock.deadline_at.is_(None), RequestClock.deadline_at, ExpediteRequest.id, RequestClock.id)
        .limit(size)
        .offset(number * size)
    )
    lines = home_lines(session, [(found, clock, lot) for found, clock, lot in rows], holder, at)
    return HomePage(lines=lines, total=total or 0, number=number, side=holder)


def _narrowed(choice: HomeChoice, holder: Holder, at: datetime) -> list[sa.ColumnElement[bool]]:
    is_wanted: list[sa.ColumnElement[bool]] = [ExpediteRequest.status.in_(OPEN)]
    if choice.standing == TURN:
        is_wanted += is_turn(RequestClock, holder, at)
    elif choice.standing:
        is_wanted.append(ExpediteRequest.status == choice.standing)
    return [*is_wanted, *_of_customer(choice)]


def _of_customer(choice: HomeChoice) -> list[sa.ColumnElement[bool]]:
    """Names as they are spelled, and in any case: SQLite folds only the letters of English."""
    if not choice.customer:
        return []
    as_typed = ExpediteRequest.customer.contains(choice.customer, autoescape=True)
    folded = sa.func.lower(ExpediteRequest.customer).contains(choice.customer.lower(), autoescape=True)
    return [sa.or_(as_typed, folded)]


def _for_customers(session: Session, lines: Sequence[HomeLine]) -> dict[int, Picture]:
    """Return the requests with what is committed: as much as the words for a customer need."""
    found = {line.request.id: line for line in lines}
    if not found:
        return {}
    lots = session.scalars(
        sa.select(Commitment)
        .where(Commitment.request_id.in_(sorted(found)), Commitment.outcome != Outcome.CANCELLED)
        .order_by(Commitment.position, Commitment.id)
    ).all()
    desks = {desk.id: desk for desk in session.scalars(_desks_of(found.values()))}
    return {
        request_id: Picture(
            request=line.request,
            desk=desks[line.request.desk_id],
            calendar=line.calendar,
            targets=Targets(),
            commitments=[lot for lot in lots if lot.request_id == request_id],
        )
        for request_id, line in found.items()
    }


def _desks_of(lines: Any) -> sa.Select[Desk]:
    return sa.select(Desk).where(Desk.id.in_(sorted({line.request.desk_id for line in lines})))


def _desk_week(session: Session, desks: dict[int, Desk], today: date) -> DeskWeek:
    """Return the lots of this week, Monday to Sunday by the reader's clocks, and the meters of these desks."""
    monday = today - timedelta(days=today.weekday())
    this_week = [Commitment.committed_ship_date >= monday, Commitment.committed_ship_date < monday + WEEK]
    tenant_id = next(iter(desks.values())).tenant_id
    due, due_total = _lots(session, tenant_id, desks, this_week)
    at_risk, at_risk_total = _lots(session, tenant_id, desks, [Commitment.at_risk_since.is_not(None)])
    taking = [desk for desk in desks.values() if desk.retired_at is None]
    return DeskWeek(
        meters=[(desk.name, queries.hot_open(session, desk.id), desk.hot_cap) for desk in taking],
        due=due,
        due_total=due_total,
        at_risk=at_risk,
        at_risk_total=at_risk_total,
    )


def _lots(session: Session, tenant_id: int, desks: dict[int, Desk], which: Sequence[Any]) -> tuple[list[HomeLine], int]:
    wanted = [
        Commitment.tenant_id == tenant_id,
        Commitment.outcome == Outcome.OPEN,
        ExpediteRequest.desk_id.in_(list(desks)),
        *which,
    ]
    joined = sa.join(Commitment, ExpediteRequest, ExpediteRequest.id == Commitment.request_id)
    total = session.scalar(sa.select(sa.func.count()).select_from(joined).where(*wanted)) or 0
    if not total:
        return [], 0
    rows = session.execute(
        sa.select(Commitment, ExpediteRequest)
        .select_from(joined)
        .where(*wanted)
        .order_by(Commitment.committed_ship_date, Commitment.id)
        .limit(MOST_LOTS)
    ).all()
    queries.load_lines(session, [found for _lot, found in rows])
    calendars = calendars_by_id(session, {found.calendar_id for _lot, found in rows})
    return [
        HomeLine(request=found, calendar=calendars[found.calendar_id], commitment=lot) for lot, found in rows
    ], total


def _leaders(session: Session, reader: Reader, mediations: HomePage, today: date) -> LeadersPart:
    agreements = last_agreements(session, reader.tenant_id, today)
    return LeadersPart(
        mediations=mediations,
        week=newest_page(session, reader.tenant_id),
        agreements=agreements,
        people=queries.names(session, reader.tenant_id, [one.who for one in agreements]) if agreements else {},
    )


def _mediations(session: Session, reader: Reader, choice: HomeChoice, at: datetime, size: int) -> HomePage:
    """Return the turns about which a mediator was called in and that have not ended."""
    called = [
        ExpediteRequest.desk_id.in_(sa.select(Desk.id).where(Desk.tenant_id == reader.tenant_id)),
        RequestClock.escalated_at.is_not(None),
    ]
    return _page(session, called, Holder.NOBODY, choice, at, size)
