"""Taking rows of the outbox to send: one transaction claims, paces and draws.

A claim commits before anything is sent. It holds until its lease ends, and it is numbered: what an attempt reports is
believed only while no later attempt has begun.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from bot.ports import Posted
from models import ChannelPace, OutboxMessage, Tenant
from models.outbox import Delivery, Surface

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ports import File, Message, View

    Rendered = Message | View | File
    Render = Callable[[Session, OutboxMessage, datetime], Rendered]

log = structlog.get_logger()

EDITS = "chat.update"
HOMES = "views.publish"
"""Lanes of their own: Slack limits posts by channel, edits and homes by workspace."""
BATCH = 20


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long the courier waits, each in seconds.

    A sender looks at its lease just before it calls and no call may outlive it, so ``longest_call`` is below ``lease``.
    ``settle`` is longer than the latest that a message still turns up which Slack took but did not confirm.
    """

    settle: float = 30
    lease: float = 60
    pace: float = 1
    longest_call: float = 12
    second_look: float = 300
    """Until Slack is asked again where it does not let us look."""


@dataclass(frozen=True, kw_only=True)
class Errand:
    """One row that has been claimed, with everything needed to send it."""

    row_id: int
    attempt: int
    lease_ends: datetime
    tenant_id: int
    team_id: str
    key: str
    surface: Surface
    channel: str
    posted: Posted | None
    thread_ts: str | None
    rendered: Rendered

    @property
    def lane(self) -> str:
        """What Slack's rate limit counts this call under."""
        if self.surface is Surface.HOME:
            return HOMES
        return EDITS if self.posted else self.channel

    @property
    def can_be_repeated(self) -> bool:
        """Whether doing it twice shows nothing twice."""
        return self.surface is Surface.HOME or self.posted is not None


_parent = aliased(OutboxMessage)
_is_home = OutboxMessage.surface == Surface.HOME
_lane = sa.case((_is_home, HOMES), (OutboxMessage.ts.is_not(None), EDITS), else_=OutboxMessage.channel)
_is_paced = (
    sa.exists()
    .where(ChannelPace.tenant_id == OutboxMessage.tenant_id, ChannelPace.channel == _lane)
    .where(ChannelPace.next_at > sa.bindparam("at"))
)
_has_its_parent = sa.or_(OutboxMessage.thread_of.is_(None), _parent.ts.is_not(None))
# The words of the partial index stand literally, so that PostgreSQL's generic plans keep using it.
WAITING = sa.text("outbox.state IN ('ready', 'stale', 'sending', 'unsure')")
_sendable = OutboxMessage.state.in_([Delivery.READY, Delivery.STALE])

DUE = (
    # Not the request: beside a row that waited for its lock PostgreSQL would give it as it was before.
    sa.select(OutboxMessage, Tenant.team_id, _parent.posted_channel, _parent.ts)
    .join(Tenant, Tenant.id == OutboxMessage.tenant_id)
    .outerjoin(_parent, _parent.id == OutboxMessage.thread_of)
    .where(WAITING, _sendable, OutboxMessage.not_before <= sa.bindparam("at"))
    .where(_has_its_parent, ~_is_paced, Tenant.uninstalled_at.is_(None))
    .order_by(OutboxMessage.id)  # the order in which things happened, also for what had to wait
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True, of=OutboxMessage)
)

_outbox: Any = OutboxMessage.__table__
_BEGIN = (
    sa.update(_outbox)
    .where(_outbox.c.id == sa.bindparam("row_id"))
    .values(
        state=sa.literal(Delivery.SENDING, _outbox.c.state.type),
        attempts=sa.bindparam("attempt"),
        shown=_outbox.c.wanted,
        not_before=sa.bindparam("lease_ends", type_=_outbox.c.not_before.type),
        first_attempt_at=sa.func.coalesce(
            _outbox.c.first_attempt_at, sa.bindparam("at", type_=_outbox.c.first_attempt_at.type)
        ),
    )
)

NEXT_DUE = (
    sa.select(
        sa.func.min(
            sa.case(
                (ChannelPace.next_at > OutboxMessage.not_before, ChannelPace.next_at), else_=OutboxMessage.not_before
            )
        )
    )
    .select_from(OutboxMessage)
    .join(Tenant, Tenant.id == OutboxMessage.tenant_id)
    .outerjoin(_parent, _parent.id == OutboxMessage.thread_of)
    .outerjoin(ChannelPace, sa.and_(ChannelPace.tenant_id == OutboxMessage.tenant_id, ChannelPace.channel == _lane))
    .where(WAITING, _sendable, _has_its_parent, Tenant.uninstalled_at.is_(None))
)


def _turn(insert: Any) -> Any:
    """Take a channel's next moment if it is free: prepared once, since it is asked for every message."""
    pace: Any = ChannelPace.__table__
    insert = insert(pace)
    return insert.on_conflict_do_update(
        index_elements=[pace.c.tenant_id, pace.c.channel],
        set_={"next_at": insert.excluded.next_at},
        where=pace.c.next_at <= sa.bindparam("at", type_=pace.c.next_at.type),
    ).returning(pace.c.next_at)


_TURN = {"sqlite": _turn(sqlite.insert), "postgresql": _turn(postgresql.insert)}


def claim(session: Session, *, at: datetime, render: Render, patience: Patience, most: int = BATCH) -> list[Errand]:
    """Take up to ``most`` due rows, at most one new message a channel, and draw each from the state of this moment."""
    due = session.execute(DUE, {"at": at, "most": most}).all()
    may_go = _with_a_turn(session, [row for row, *_ in due], at, patience)
    errands = []
    for row, team_id, parent_channel, parent_ts in due:
        rendered = _drawn(session, row, at, render) if row.id in may_go else None
        if rendered is not None:
            parent = Posted(parent_channel, parent_ts) if parent_channel and parent_ts else None
            errands.append(_errand(row, team_id, parent, rendered, at=at, patience=patience))
    if errands:
        session.connection().execute(_BEGIN, [_begun(errand, at) for errand in errands])
    return errands


def next_due(session: Session) -> datetime | None:
    """Tell when the soonest of the waiting rows may go; an instant that has passed means now."""
    found: datetime | None = session.scalar(NEXT_DUE)
    return found


def is_anything_open(session: Session, *, at: datetime, patience: Patience) -> bool:
    """Tell whether something is still to be sent, is under way, or will soon be looked for."""
    soon = at + timedelta(seconds=patience.settle)
    unsettled = sa.or_(
        OutboxMessage.state == Delivery.SENDING,
        sa.and_(OutboxMessage.state == Delivery.UNSURE, OutboxMessage.not_before <= soon),
    )
    open_rows = sa.select(OutboxMessage.id).where(WAITING, unsettled).limit(1)
    return session.scalar(open_rows) is not None or next_due(session) is not None


def pause(session: Session, tenant_id: int, lane: str, *, until: datetime) -> None:
    """Let nothing through a lane before an instant: Slack asked for it."""
    values = {"tenant_id": tenant_id, "channel": lane, "next_at": until}
    pace = _pace_insert(session).values(values)
    later = {"set_": {"next_at": until}, "where": ChannelPace.next_at < until}
    session.execute(pace.on_conflict_do_update(index_elements=["tenant_id", "channel"], **later))


def _with_a_turn(session: Session, rows: list[OutboxMessage], at: datetime, patience: Patience) -> set[int]:
    """Tell which rows may go: all edits, and of the new messages the oldest of each channel that is free."""
    if not patience.pace:
        return {row.id for row in rows}
    oldest: dict[tuple[int, str], OutboxMessage] = {}
    for row in rows:
        if _is_first_post(row):
            oldest.setdefault((row.tenant_id, row.channel), row)
    # In one order for every courier, so that two of them never wait for each other.
    turns = {oldest[lane].id for lane in sorted(oldest) if _takes_its_turn(session, lane, at, patience)}
    return turns | {row.id for row in rows if not _is_first_post(row)}


def _is_first_post(row: OutboxMessage) -> bool:
    return row.surface is not Surface.HOME and row.ts is None


def _takes_its_turn(session: Session, lane: tuple[int, str], at: datetime, patience: Patience) -> bool:
    """Compare-and-set on the channel's pace: of all couriers, one gets this moment."""
    tenant_id, channel = lane
    turn = {"tenant_id": tenant_id, "channel": channel, "next_at": at + timedelta(seconds=patience.pace), "at": at}
    return session.connection().execute(_TURN[session.get_bind().dialect.name], turn).first() is not None


def _pace_insert(session: Session) -> Any:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(ChannelPace)


def _drawn(session: Session, row: OutboxMessage, at: datetime, render: Render) -> Rendered | None:
    try:
        return render(session, row, at)
    except sa.exc.SQLAlchemyError:
        raise
    except Exception as error:  # one message that cannot be drawn must not hold up the others
        log.exception("message cannot be drawn", action="draw", key=row.key)
        row.state, row.error = Delivery.DEAD, f"cannot be drawn: {type(error).__name__}"
        return None


def _begun(errand: Errand, at: datetime) -> dict[str, Any]:
    return {"row_id": errand.row_id, "attempt": errand.attempt, "lease_ends": errand.lease_ends, "at": at}


def _errand(
    row: OutboxMessage, team_id: str, parent: Posted | None, rendered: Rendered, *, at: datetime, patience: Patience
) -> Errand:
    posted = Posted(row.posted_channel or row.channel, row.ts) if row.ts else None
    return Errand(
        row_id=row.id,
        attempt=row.attempts + 1,
        lease_ends=at + timedelta(seconds=patience.lease),
        tenant_id=row.tenant_id,
        team_id=team_id,
        key=wire_key(row.tenant_id, row.key),
        surface=row.surface,
        channel=parent.channel if parent else row.channel,
        posted=posted,
        thread_ts=parent.ts if parent else None,
        rendered=rendered,
    )


def wire_key(tenant_id: int, key: str) -> str:
    """What a message carries in its metadata, readable to the whole workspace: ids only."""
    return f"{tenant_id}:{key}"
