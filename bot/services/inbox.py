"""Each interaction is acted on once, however often Slack delivers it."""

from __future__ import annotations

import hashlib
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

LONGEST_KEY = 200
ADDED, REMOVED = "event:reaction_added:", "event:reaction_removed:"
LAST_TS = "9999999999.999999"

_RECEIPT = InsertOnce(Receipt.__table__)
_KEYS = sa.select(Receipt.key).where(
    Receipt.tenant_id == sa.bindparam("tenant"), Receipt.key.between(sa.bindparam("first"), sa.bindparam("last"))
)


def is_new(session: Session, tenant_id: int, key: str, at: datetime) -> bool:
    """Note the interaction in the transaction of its effect; False when it was acted on before."""
    if not _RECEIPT.one(session, {"tenant_id": tenant_id, "key": _fitting(key), "at": at}):
        return False
    return not (key.startswith(ADDED) and _is_taken_back(session, tenant_id, key))


def _fitting(key: str) -> str:
    """A key that the column holds: what does not fit is told apart by its digest."""
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest)]}{digest}"


def _is_taken_back(session: Session, tenant_id: int, key: str) -> bool:
    """Whether the reaction was removed after this: Slack may tell of the removal first.

    Keys of reactions end in the time at which Slack saw them.
    """
    place, happened_at = key.removeprefix(ADDED).rsplit(":", 1)
    removals = {"tenant": tenant_id, "first": f"{REMOVED}{place}:{happened_at}", "last": f"{REMOVED}{place}:{LAST_TS}"}
    # Looked at once more here: databases sort punctuation in ways of their own.
    return any(
        found.rsplit(":", 1)[0] == f"{REMOVED}{place}" and found.rsplit(":", 1)[1] > happened_at
        for found in session.scalars(_KEYS, removals)
    )


def forget_old(session: Session, at: datetime) -> None:
    """Drop receipts that no delivery can repeat any more, and drafts nobody came back to."""
    session.execute(sa.delete(Receipt).where(Receipt.at < at - KEEP_RECEIPTS))
    session.execute(sa.delete(Draft).where(Draft.updated_at < at - KEEP_DRAFTS))
