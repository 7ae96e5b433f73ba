"""What an admin asks when something seems missing: what could not be delivered, and another try once it is mended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.database import CHANGED
from models import OutboxMessage, Tenant
from models.i18n import _
from models.outbox import Delivery, Surface
from models.undelivered import undelivered

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

__all__ = ["findings", "retry", "retry_channel", "undelivered"]

NEWS = timedelta(days=7)
"""How long a digest or a call for help is worth sending late."""


def findings(session: Session) -> list[str]:
    """One sentence for each thing that needs somebody, over every workspace."""
    tenants = session.scalars(sa.select(Tenant).where(Tenant.uninstalled_at.is_(None)).order_by(Tenant.id)).all()
    if not tenants:
        return [_("No workspace is set up yet. Start “expedite-desk serve” once with its settings.")]
    return [f"{tenant.name}: {sentence}" for tenant in tenants for sentence in undelivered(session, tenant.id)]


def retry(session: Session, *, at: datetime) -> int:
    """Send again what Slack refused, for after the cause was mended; tells how many messages that is."""
    return _again(session, sa.select(OutboxMessage).where(OutboxMessage.state == Delivery.DEAD, _is_news(at)), at)


def retry_channel(session: Session, team_id: str, channel: str, *, at: datetime) -> int:
    """Send again what one channel refused, now that the app may post there."""
    refused = (
        sa.select(OutboxMessage)
        .join(Tenant, Tenant.id == OutboxMessage.tenant_id)
        .where(Tenant.team_id == team_id, OutboxMessage.channel == channel)
        .where(OutboxMessage.state == Delivery.DEAD, _is_news(at))
    )
    return _again(session, refused, at)


def _is_news(at: datetime) -> sa.ColumnElement[bool]:
    """Cards and their threads always; no figures, calls and direct messages of long ago."""
    return sa.or_(OutboxMessage.surface.in_((Surface.CARD, Surface.NOTE)), OutboxMessage.made_at > at - NEWS)


def _again(session: Session, refused: sa.Select[OutboxMessage], at: datetime) -> int:
    rows = session.scalars(refused.with_for_update(of=OutboxMessage)).all()
    for row in rows:
        row.state = Delivery.READY if row.ts is None else Delivery.STALE
        row.not_before, row.error = at, ""
    session.info[CHANGED] = bool(rows)
    return len(rows)
