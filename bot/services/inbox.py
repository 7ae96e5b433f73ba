"""Each interaction is acted on once, however often Slack delivers it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services.inserts import InsertOnce
from models import Draft, Receipt

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

KEEP_RECEIPTS = timedelta(days=7)
"""Slack gives up on a delivery within hours."""
KEEP_DRAFTS = timedelta(days=30)

_RECEIPT = InsertOnce(Receipt.__table__)


def is_new(session: Session, tenant_id: int, key: str, at: datetime) -> bool:
    """Note the interaction in the transaction of its effect; False when it was acted on before."""
    return _RECEIPT.one(session, {"tenant_id": tenant_id, "key": key, "at": at})


def forget_old(session: Session, at: datetime) -> None:
    """Drop receipts that no delivery can repeat any more, and drafts nobody came back to."""
    session.execute(sa.delete(Receipt).where(Receipt.at < at - KEEP_RECEIPTS))
    session.execute(sa.delete(Draft).where(Draft.updated_at < at - KEEP_DRAFTS))
