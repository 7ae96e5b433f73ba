"""Each interaction is acted on once, however often Slack delivers it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services.inserts import InsertOnce
from models import Draft, Receipt, ReplyProposal

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

KEEP_RECEIPTS = timedelta(days=7)
"""Slack gives up on a delivery within hours."""
KEEP_EVENTS = timedelta(days=60)
"""After a downtime what people did is read from Slack itself: by then it must be known what was acted on before."""
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
    return not (key.startswith((ADDED, REMOVED)) and _is_overtaken(session, tenant_id, key))


def is_standing(session: Session, tenant_id: int, key: str) -> bool:
    """Whether the newest that is known of a reaction is that it was added. ``key`` is the one of any news of it."""
    known = _known_of(session, tenant_id, key)
    return bool(known) and max(known)[1]


def _fitting(key: str) -> str:
    """A key that the column holds: what does not fit is told apart by its digest."""
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest)]}{digest}"


def _is_overtaken(session: Session, tenant_id: int, key: str) -> bool:
    """Whether something later is known of the reaction: Slack may tell of its removal first, or we read it there.

    Keys of reactions end in the time at which Slack saw them.
    """
    happened_at = key.rsplit(":", 1)[1]
    return any(later > happened_at for later, _was_added in _known_of(session, tenant_id, key))


def _known_of(session: Session, tenant_id: int, key: str) -> list[tuple[str, bool]]:
    """Every piece of news of a reaction: when, and whether it was added."""
    place = key.removeprefix(ADDED).removeprefix(REMOVED).rsplit(":", 1)[0]
    known = []
    for kind in (ADDED, REMOVED):
        span = {"tenant": tenant_id, "first": f"{kind}{place}:", "last": f"{kind}{place}:{LAST_TS}"}
        found = (one.rsplit(":", 1) for one in session.scalars(_KEYS, span))
        # Looked at once more here: databases sort punctuation in ways of their own.
        known += [(happened_at, kind == ADDED) for where, happened_at in found if where == f"{kind}{place}"]
    return known


def forget_old(session: Session, at: datetime) -> None:
    """Drop receipts no delivery can repeat any more, drafts nobody came back to, and readings of old replies."""
    is_old = sa.or_(Receipt.at < at - KEEP_EVENTS, sa.not_(Receipt.key.startswith("event:")))
    session.execute(sa.delete(Receipt).where(Receipt.at < at - KEEP_RECEIPTS, is_old))
    session.execute(sa.delete(Draft).where(Draft.updated_at < at - KEEP_DRAFTS))
    session.execute(sa.delete(ReplyProposal).where(ReplyProposal.made_at < at - KEEP_EVENTS))
