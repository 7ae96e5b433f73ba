"""Where a request's card is, as an address that opens it in Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from models.origin import link_to
from models.outbox import OutboxMessage, Surface
from models.tenant import Tenant

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_CARD = (
    sa.select(Tenant.url, OutboxMessage.posted_channel, OutboxMessage.ts)
    .join(Tenant, Tenant.id == OutboxMessage.tenant_id)
    .where(OutboxMessage.request_id == sa.bindparam("request"), OutboxMessage.surface == Surface.CARD)
    # The one it left behind in another desk's channel comes last.
    .order_by(OutboxMessage.is_live.desc(), OutboxMessage.id.desc())
)


def card_link(session: Session, request_id: int) -> str:
    """Return the address; empty while it, or the workspace's, is unknown."""
    url, channel, ts = session.execute(_CARD, {"request": request_id}).first() or ("", None, None)
    return link_to(url, channel, ts) if channel and ts else ""
