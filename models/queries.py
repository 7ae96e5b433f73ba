"""Every select with a name. A request is always asked for together with its tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from models.absence_queries import away
from models.ask import RequestKind
from models.business_calendar import BusinessCalendar, hours_in
from models.commitment import Commitment, Outcome
from models.desk import Desk, DeskCalendar, DeskMember, ServiceLevelPolicy
from models.errors import RequestUnknown
from models.expedite_request import ExpediteRequest
from models.lifecycle import OPEN, label_of
from models.mediation import called_people
from models.offer_queries import Proposals, proposals_of
from models.origin import author_of
from models.outbox import OutboxMessage, Surface
from models.picture import Picture
from models.request_clock import ClockState, RequestClock
from models.request_line import RequestLine
from models.service_level import ClockKind, ServiceLevels
from models.tenant import Member, RoleGrant, Tenant
from models.timeline import TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

# A picture is taken for every card that is drawn: its statements are built once.
_REQUEST: sa.BindParameter[int] = sa.bindparam("request")
_NAMES = sa.select(Member.slack_id, Member.name).where(
    Member.tenant_id == sa.bindparam("tenant"), Member.slack_id.in_(sa.bindparam("people", expanding=True))
)
_OPEN_CLOCKS = (
    sa.select(RequestClock)
    .where(RequestClock.request_id == _REQUEST, RequestClock.state == ClockState.OPEN)
    .order_by(RequestClock.deadline_at, RequestClock.id)
)
_COMMITMENTS = (
    sa.select(Commitment)
    .where(Commitment.request_id == _REQUEST, Commitment.outcome != Outcome.CANCELLED)
    .order_by(Commitment.position, Commitment.id)
)
_LINES = (
    sa.select(RequestLine)
    .where(RequestLine.request_id.in_(sa.bindparam("requests", expanding=True)))
    .order_by(RequestLine.request_id, RequestLine.position)
)
_TIMELINE = sa.select(TimelineEntry).where(TimelineEntry.request_id == _REQUEST).order_by(TimelineEntry.id)
_others = aliased(ExpediteRequest)
_HOT_OPEN = sa.select(sa.func.count()).where(
    ExpediteRequest.desk_id == sa.bindparam("desk"),
    ExpediteRequest.status.in_(sorted(OPEN)),
    ExpediteRequest.kind == RequestKind.EXPEDITE,
)
_sales = aliased(DeskCalendar)
_TERMS = (
    sa.select(
        Desk,
        DeskCalendar.hours,
        ServiceLevelPolicy.seconds,
        _sales.hours,
        sa.select(sa.func.count())
        .select_from(_others)
        .where(_others.desk_id == Desk.id, _others.status.in_(sorted(OPEN)), _others.kind == RequestKind.EXPEDITE)
        .scalar_subquery(),
    )
    .select_from(ExpediteRequest)
    .join(Desk, Desk.id == ExpediteRequest.desk_id)
    .join(DeskCalendar, DeskCalendar.id == ExpediteRequest.calendar_id)
    .join(ServiceLevelPolicy, ServiceLevelPolicy.id == ExpediteRequest.policy_id)
    .outerjoin(_sales, _sales.id == ExpediteRequest.sales_calendar_id)
    .where(ExpediteRequest.id == _REQUEST)
)


def tenant_by_team(session: Session, team_id: str) -> Tenant | None:
    return session.scalar(sa.select(Tenant).where(Tenant.team_id == team_id))


def request(session: Session, tenant_id: int, request_id: int) -> ExpediteRequest:
    """The request for a change, locked and as it stands now; raises :class:`RequestUnknown` outside its tenant.

    Read again even when this session has seen it: what was read before the lock may be old.
    """
    wanted = (
        sa.select(ExpediteRequest)
        .where(ExpediteRequest.id == request_id, ExpediteRequest.tenant_id == tenant_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalar(wanted)
    if found is None:
        raise RequestUnknown(f"#{request_id}")
    return found


def request_by_number(session: Session, tenant_id: int, number: int) -> ExpediteRequest:
    asked = sa.select(ExpediteRequest).where(ExpediteRequest.tenant_id == tenant_id, ExpediteRequest.number == number)
    found = session.scalar(asked)
    if found is None:
        raise RequestUnknown(label_of(number))
    return found


def request_of_message(
    session: Session, tenant_id: int, channel: str, ts: str, *, is_live: bool = True
) -> ExpediteRequest | None:
    """The request whose card is that message; not live is one it left behind when it went to another desk."""
    return session.scalar(
        sa.select(ExpediteRequest)
        .join(OutboxMessage, OutboxMessage.request_id == ExpediteRequest.id)
        .where(
            OutboxMessage.tenant_id == tenant_id,
            OutboxMessage.posted_channel == channel,
            OutboxMessage.ts == ts,
            OutboxMessage.surface == Surface.CARD,
            OutboxMessage.is_live == is_live,
        )
    )


def load_lines(session: Session, requests: Iterable[ExpediteRequest]) -> None:
    """Load the lines of these requests beyond their first; where all have one line, this costs nothing."""
    wanted = {found.id: found for found in requests if found.line_count > 1}
    if not wanted:
        return
    lines = session.scalars(_LINES, {"requests": sorted(wanted)}).all()
    for found in wanted.values():
        set_committed_value(found, "more_lines", [line for line in lines if line.request_id == found.id])


def desk_member_ids(session: Session, desk_id: int) -> list[str]:
    return list(session.scalars(sa.select(DeskMember.slack_id).where(DeskMember.desk_id == desk_id)))


def roles_of(session: Session, tenant_id: int, slack_id: str) -> frozenset[str]:
    grants = sa.select(RoleGrant.role).where(RoleGrant.tenant_id == tenant_id, RoleGrant.slack_id == slack_id)
    return frozenset(session.scalars(grants))


def names(session: Session, tenant_id: int, slack_ids: Iterable[str | None]) -> dict[str, str]:
    wanted = sorted({slack_id for slack_id in slack_ids if slack_id})
    rows = session.execute(_NAMES, {"tenant": tenant_id, "people": wanted})
    return {slack_id: name for slack_id, name in rows}  # noqa: C416 rows are Row objects, not pairs


def open_clocks(session: Session, request_id: int) -> Sequence[RequestClock]:
    return session.scalars(_OPEN_CLOCKS, {"request": request_id}).all()


def commitments(session: Session, request_id: int) -> Sequence[Commitment]:
    """Those that stand: what was taken back is not shown."""
    return session.scalars(_COMMITMENTS, {"request": request_id}).all()


def timeline(session: Session, request_id: int) -> Sequence[TimelineEntry]:
    return session.scalars(_TIMELINE, {"request": request_id}).all()


def hot_open(session: Session, desk_id: int) -> int:
    """How many open requests the desk holds."""
    return session.scalar(_HOT_OPEN, {"desk": desk_id}) or 0


def picture(session: Session, found: ExpediteRequest, at: datetime | None = None) -> Picture:
    """Everything about one request; ``at`` decides who is away, and without it nobody is."""
    desk, hours, seconds, sales, hot = session.execute(_TERMS, {"request": found.id}).one()
    load_lines(session, [found])
    story = timeline(session, found.id)
    is_answered = len(story) > 1  # nothing but a move makes an offer or a commitment
    lots = commitments(session, found.id) if is_answered else []
    proposals = proposals_of(session, found.id) if is_answered else Proposals()
    gone = away(session, found.tenant_id, [found.requester, found.owner], at) if at else {}
    people = {found.requester, found.owner, *_people_in(story), *(lot.made_by for lot in lots)}
    people |= {one.deputy for one in gone.values()} | set(called_people(story))
    clocks = open_clocks(session, found.id)
    return Picture(
        request=found,
        desk=desk,
        calendar=BusinessCalendar.from_json(hours),
        sales=hours_in(sales, found.requester_zone) if sales else None,
        targets=ServiceLevels.from_json(seconds).of(found.urgency),
        offer=proposals.offer,
        other_offers=proposals.others,
        counter=proposals.counter,
        commitments=lots,
        clocks=[clock for clock in clocks if clock.kind is not ClockKind.FOLLOW_UP],
        follow_up=next((clock for clock in clocks if clock.kind is ClockKind.FOLLOW_UP), None),
        timeline=story,
        names=names(session, found.tenant_id, people),
        hot_open=hot,
        away=gone,
        follows=_label(session, found.follows_id),
        inquiry=_label(session, found.inquiry_id),
    )


def _label(session: Session, request_id: int | None) -> str | None:
    """The label of another request; most follow none, and cost nothing."""
    if request_id is None:
        return None
    number = session.scalar(sa.select(ExpediteRequest.number).where(ExpediteRequest.id == request_id))
    return None if number is None else label_of(number)


def _people_in(story: Sequence[TimelineEntry]) -> set[str | None]:
    """Who acted, for whom they acted, and to whom they handed it."""
    named = {entry.facts.get(role) for entry in story for role in ("instead_of", "held_by", "given_to")}
    return {entry.by for entry in story} | {one for one in named if isinstance(one, str)} | {author_of(story) or None}
