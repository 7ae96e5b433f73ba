"""Messages of which nobody knows whether Slack took them: looked for before they are posted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from bot.courier.claims import WAITING, wire_key
from bot.courier.results import ERROR_LIMIT, SHOWN
from models import OutboxMessage, Tenant
from models.outbox import Delivery, Surface

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.courier.claims import Patience
    from bot.ports import Posted, SlackFault

LOOK_BACK = timedelta(seconds=60)
"""How far before the first attempt the search begins: our clock may run ahead of Slack's."""
BATCH = 10

_parent = aliased(OutboxMessage)
_lease_is_over = sa.and_(
    WAITING, OutboxMessage.state == Delivery.SENDING, OutboxMessage.not_before <= sa.bindparam("at")
)
OVERDUE = sa.select(OutboxMessage).where(_lease_is_over).with_for_update(skip_locked=True)
UNSURE = (
    sa.select(OutboxMessage, Tenant.team_id, _parent.posted_channel, _parent.ts)
    .join(Tenant, Tenant.id == OutboxMessage.tenant_id)
    .outerjoin(_parent, _parent.id == OutboxMessage.thread_of)
    .where(WAITING, OutboxMessage.state == Delivery.UNSURE, OutboxMessage.not_before <= sa.bindparam("at"))
    .where(Tenant.uninstalled_at.is_(None))
    .order_by(OutboxMessage.not_before, OutboxMessage.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True, of=OutboxMessage)
)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A message to look for."""

    row_id: int
    attempt: int
    team_id: str
    key: str
    channel: str
    since: datetime
    thread_ts: str | None


def take(session: Session, *, at: datetime, patience: Patience) -> list[Doubt]:
    """Take the doubts that have settled, and open new ones where a sender's lease is over."""
    for row in session.scalars(OVERDUE, {"at": at}):
        is_repeatable = row.surface is Surface.HOME or row.ts is not None
        row.state = Delivery.STALE if is_repeatable else Delivery.UNSURE
        row.not_before = at if is_repeatable else at + timedelta(seconds=patience.settle)
    doubts = []
    for row, team_id, parent_channel, parent_ts in session.execute(UNSURE, {"at": at}):
        # Another courier leaves it alone for as long as looking may take.
        row.not_before = at + timedelta(seconds=patience.lease)
        doubts.append(_doubt(row, team_id, parent_channel, parent_ts))
    return doubts


def settle(session: Session, doubt: Doubt, posted: Posted | None, *, at: datetime) -> None:
    """Found: it was sent. Not found: it was not, and may go again."""
    found: dict[str, Any] = {"state": Delivery.READY}
    if posted is not None:
        found = {"state": SHOWN, "ts": posted.ts, "posted_channel": posted.channel, "sent_at": at, "error": ""}
    session.execute(_still_unsure(doubt).values(not_before=at, **found))


def wait(session: Session, doubt: Doubt, fault: SlackFault, *, until: datetime) -> None:
    """Slack did not let us look: the doubt stays, visibly; guessing would lose or double a message."""
    session.execute(_still_unsure(doubt).values(not_before=until, error=f"cannot look: {fault.error}"[:ERROR_LIMIT]))


def _still_unsure(doubt: Doubt) -> sa.Update:
    outbox: Any = OutboxMessage.__table__
    return sa.update(outbox).where(
        outbox.c.id == doubt.row_id, outbox.c.attempts == doubt.attempt, outbox.c.state == Delivery.UNSURE
    )


def _doubt(row: OutboxMessage, team_id: str, parent_channel: str | None, parent_ts: str | None) -> Doubt:
    return Doubt(
        row_id=row.id,
        attempt=row.attempts,
        team_id=team_id,
        key=wire_key(row.tenant_id, row.key),
        channel=parent_channel or row.channel,
        since=(row.first_attempt_at or row.made_at) - LOOK_BACK,
        thread_ts=parent_ts,
    )
