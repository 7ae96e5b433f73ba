"""When the app was away: a heartbeat tells from when on nobody listened, and the log channel what was caught up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.inserts import InsertOnce
from models import ExpediteRequest, Heartbeat, RequestClock, Tenant, TimelineEntry
from models.heartbeat import THE_ONE
from models.lifecycle import label_of
from models.outbox import Notice, Surface
from models.request_clock import ClockState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

WORTH_TELLING = timedelta(minutes=5)
"""Restarts and deployments are shorter; nobody needs to hear of them."""
MOST_OVERDUE = 1_000
"""Clocks a summary counts at most."""

_BEGIN = InsertOnce(Heartbeat.__table__)
_HEART = sa.select(Heartbeat).with_for_update()


@dataclass(frozen=True)
class Away:
    """The time in which nobody listened."""

    since: datetime
    until: datetime

    @property
    def is_worth_telling(self) -> bool:
        return self.until - self.since >= WORTH_TELLING


@dataclass(frozen=True)
class Overdue:
    """A clock whose step had come when the app came back."""

    tenant_id: int
    request_id: int
    clock_id: int
    number: int


@dataclass(frozen=True)
class CaughtUp:
    """Whose requests moved by reactions and replies that were read afterwards, and whose could not be read.

    Pairs of a workspace's id and a request's number.
    """

    moved: Sequence[tuple[int, int]] = field(default=())
    unread: Sequence[tuple[int, int]] = field(default=())


def beat(session: Session, at: datetime) -> None:
    """Note that the app is alive."""
    session.execute(sa.update(Heartbeat).where(Heartbeat.alive_at < at).values(alive_at=at))


def came_back(session: Session, at: datetime) -> Away | None:
    """Begin to live again; gives the time that has to be caught up, None for an app that never lived before.

    What an earlier start did not finish catching up is part of it.
    """
    if _BEGIN.one(session, {"id": THE_ONE, "alive_at": at}):
        return None
    heart = session.scalars(_HEART).one()
    heart.away_since = heart.away_since or min(heart.alive_at, at)
    heart.alive_at = max(heart.alive_at, at)
    return Away(heart.away_since, at)


def finished(session: Session) -> None:
    """Note that everything until now is known."""
    session.execute(sa.update(Heartbeat).values(away_since=None))


def overdue(session: Session, at: datetime) -> list[Overdue]:
    """The clocks with a step that has come."""
    due = (
        sa.select(RequestClock.tenant_id, RequestClock.request_id, RequestClock.id, ExpediteRequest.number)
        .join(ExpediteRequest, ExpediteRequest.id == RequestClock.request_id)
        .where(RequestClock.state == ClockState.OPEN, RequestClock.due_at <= at)
        .order_by(RequestClock.due_at)
        .limit(MOST_OVERDUE)
    )
    return [Overdue(*found) for found in session.execute(due)]


def tell(session: Session, away: Away, due: Sequence[Overdue], caught: CaughtUp, *, at: datetime) -> None:
    """Tell each workspace's log channel, once for a downtime, what was caught up."""
    if not away.is_worth_telling:
        return
    taken, waiting = _taken(session, away, due), _waiting(session, due)
    tenants = sa.select(Tenant).where(Tenant.log_channel.is_not(None), Tenant.uninstalled_at.is_(None))
    for tenant in session.scalars(tenants):
        ours = [one for one in due if one.tenant_id == tenant.id]
        facts = {
            "since": away.since.isoformat(),
            "until": away.until.isoformat(),
            "zone": tenant.zone,
            "reminders": _labels(one.number for one in ours if one.clock_id in taken),
            "waiting": _labels(one.number for one in ours if one.clock_id in waiting - taken),
            "gestures": _labels(number for tenant_id, number in caught.moved if tenant_id == tenant.id),
            "unread": _labels(number for tenant_id, number in caught.unread if tenant_id == tenant.id),
        }
        surfaces.post(
            session,
            tenant_id=tenant.id,
            key=f"away:{away.since:%Y%m%dT%H%M%S}",
            surface=Surface.CHANNEL,
            notice=Notice.CAUGHT_UP,
            channel=tenant.log_channel,
            at=at,
            facts=facts,
        )


def _taken(session: Session, away: Away, due: Sequence[Overdue]) -> set[int]:
    """The clocks that said something since the return."""
    told = sa.select(TimelineEntry).where(
        TimelineEntry.request_id.in_({one.request_id for one in due}),
        TimelineEntry.by.is_(None),
        TimelineEntry.at >= away.until,
    )
    return {int(entry.facts["clock"]) for entry in session.scalars(told) if "clock" in entry.facts}


def _waiting(session: Session, due: Sequence[Overdue]) -> set[int]:
    """The clocks that still have a step to take: outside working hours nobody is reminded."""
    ids = [one.clock_id for one in due]
    still = sa.select(RequestClock.id).where(
        RequestClock.id.in_(ids), RequestClock.state == ClockState.OPEN, RequestClock.due_at.is_not(None)
    )
    return set(session.scalars(still))


def _labels(numbers: Iterable[int]) -> list[str]:
    return [label_of(number) for number in dict.fromkeys(numbers)]
