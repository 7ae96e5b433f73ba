"""A summit's page in the leadership channel: posted once with its invitation, drawn again until it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services import surfaces
from models import OutboxMessage
from models.outbox import Notice, Surface

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import Summit, Tenant

ATTACHED = {Notice.SUMMIT_INVITATION: "invitation", Notice.FORECAST: "forecast"}
"""Files under the page, and what their rows are called."""


def post(session: Session, tenant: Tenant, summit: Summit, at: datetime) -> None:
    """Post the page, and under it the invitation and the hand-over to the joint forecast."""
    channel = tenant.leadership_channel
    if channel is None:
        return
    told = {"tenant_id": tenant.id, "channel": channel, "at": at, "facts": {"summit": summit.id}}
    surfaces.post(session, key=key_of(summit), surface=Surface.CHANNEL, notice=Notice.SUMMIT, **told)
    page = session.scalars(_page(summit)).one()
    for notice, name in ATTACHED.items():
        key = f"{key_of(summit)}:{name}"
        surfaces.post(session, key=key, surface=Surface.FILE, notice=notice, thread_of=page, **told)


def redraw(session: Session, summit: Summit, at: datetime) -> None:
    """Show the page with what was just agreed or raised."""
    surfaces.redraw_one(session, summit.tenant_id, key_of(summit), at)


def send_to(session: Session, summit: Summit, person: str, key: str, at: datetime) -> None:
    """Send the page as Markdown and as HTML to somebody, once for each key."""
    for notice in (Notice.SUMMIT_MARKDOWN, Notice.SUMMIT_HTML):
        surfaces.post(
            session,
            tenant_id=summit.tenant_id,
            key=f"{key[:100]}:{notice.value[-8:]}",
            surface=Surface.FILE,
            notice=notice,
            channel=person,
            at=at,
            facts={"summit": summit.id},
        )


def key_of(summit: Summit) -> str:
    return f"summit:{summit.month:%Y-%m}"


def _page(summit: Summit) -> sa.Select[int]:
    return sa.select(OutboxMessage.id).where(
        OutboxMessage.tenant_id == summit.tenant_id, OutboxMessage.key == key_of(summit)
    )
