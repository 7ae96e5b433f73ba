"""Who wants to be paired, and who met whom in hard requests."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from models.absence import Absence
from models.desk import Desk, DeskMember
from models.expedite_request import ExpediteRequest
from models.lifecycle import Move
from models.pair import Pair, PairWish
from models.pairing import Paired, PairState, meetings_of
from models.tenant import Member
from models.timeline import TimelineEntry

if TYPE_CHECKING:
    from collections import Counter

    from sqlalchemy.orm import Session

LOOKS_BACK = timedelta(days=92)
HARD = (Move.REFUSE, Move.BREACH, Move.ESCALATE, Move.RECOMMIT, Move.MISS)
"""What makes a request hard: a refusal, a turn that ran out, the leadership called in, a commitment that slipped."""
LONG_ABSENCE = timedelta(days=14)
"""Whoever is away for longer from now on is not paired this month."""


def wishes(session: Session, tenant_id: int, at: datetime) -> tuple[set[str], set[str]]:
    """Who wants to be paired and is there: Sales' side and the desks'."""
    gone = sa.select(Absence.slack_id).where(
        Absence.tenant_id == tenant_id, Absence.starts_at <= at, Absence.ends_at > at + LONG_ABSENCE
    )
    wanted = (
        sa.select(PairWish.slack_id)
        .join(Member, sa.and_(Member.tenant_id == PairWish.tenant_id, Member.slack_id == PairWish.slack_id))
        .where(PairWish.tenant_id == tenant_id, PairWish.slack_id.not_in(gone))
        .where(sa.not_(Member.is_bot), sa.not_(Member.is_guest), sa.not_(Member.is_deactivated))
    )
    everybody = set(session.scalars(wanted))
    ops = everybody & _on_a_desk(session, tenant_id)
    return everybody - ops, ops


def wants(session: Session, tenant_id: int, slack_id: str) -> bool:
    """Whether a person wants to be paired."""
    wish = sa.select(PairWish.id).where(PairWish.tenant_id == tenant_id, PairWish.slack_id == slack_id)
    return session.scalar(wish) is not None


def pairs_before(session: Session, tenant_id: int, month: date) -> list[Paired]:
    """The pairs of the year before a month."""
    earlier = sa.select(Pair).where(
        Pair.tenant_id == tenant_id, Pair.month < month, Pair.month >= month.replace(year=month.year - 1)
    )
    return [Paired(row.month, row.kind, row.sales, row.ops, row.met_in) for row in session.scalars(earlier)]


def meetings(session: Session, tenant_id: int, at: datetime) -> Counter[tuple[str, str]]:
    """In how many hard requests of the last quarter two people met: who asked, and who dealt with it at a desk."""
    asked = sa.and_(ExpediteRequest.tenant_id == tenant_id, ExpediteRequest.asked_at >= at - LOOKS_BACK)
    hard = (
        sa.select(TimelineEntry.request_id)
        .join(ExpediteRequest, ExpediteRequest.id == TimelineEntry.request_id)
        .where(asked, TimelineEntry.move.in_(HARD), TimelineEntry.undone_at.is_(None))
    )
    acts = (
        sa.select(ExpediteRequest.id, ExpediteRequest.requester, TimelineEntry.by)
        .join(TimelineEntry, TimelineEntry.request_id == ExpediteRequest.id)
        .where(ExpediteRequest.id.in_(hard), TimelineEntry.by.is_not(None))
        .distinct()
    )
    desks = _on_a_desk(session, tenant_id)
    members: dict[tuple[int, str], set[str]] = defaultdict(set)
    for request_id, requester, by in session.execute(acts):
        if by in desks:
            members[request_id, requester].add(by)
    return meetings_of((requester, people) for (_request, requester), people in members.items())


def open_pair(session: Session, tenant_id: int, slack_id: str, month: date) -> Pair | None:
    """The pair in which somebody is this month, unless it is answered."""
    theirs = sa.select(Pair).where(
        Pair.tenant_id == tenant_id,
        Pair.month == month,
        Pair.state == PairState.OPEN,
        sa.or_(Pair.sales == slack_id, Pair.ops == slack_id),
    )
    return session.scalars(theirs.limit(1)).first()


def _on_a_desk(session: Session, tenant_id: int) -> set[str]:
    members = (
        sa.select(DeskMember.slack_id)
        .join(Desk, Desk.id == DeskMember.desk_id)
        .where(DeskMember.tenant_id == tenant_id, Desk.retired_at.is_(None))
    )
    return set(session.scalars(members))
