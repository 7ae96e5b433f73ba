"""A reply that may read sharper than meant: its writer alone is told, at most once a day, and nothing of it is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import opting_out
from bot.services.inserts import InsertOnce
from models import HintGiven, queries
from models.hint_given import HintKind
from models.nudge import Unwanted

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor

APART = timedelta(days=1)
"""Between two hints to one person, whatever they write: the time of the last one is all that is known."""

_GIVEN = InsertOnce(HintGiven.__table__)


def may_hint(session: Session, actor: Actor, channel: str, thread_ts: str, *, at: datetime) -> bool:
    """Whether to tell a colleague now: a reply under a card, no hint within a day, not unwanted. Yes counts as told."""
    found = queries.request_of_message(session, actor.tenant_id, channel, thread_ts)
    if found is None or actor.is_outsider or opting_out.has_left(session, actor, Unwanted.COACHING):
        return False
    mine: dict[str, Any] = {
        "tenant_id": actor.tenant_id,
        "slack_id": actor.slack_id,
        "hint": HintKind.SHARP_REPLY,
    }
    if _GIVEN.one(session, {**mine, "given_at": at}):
        return True
    stale = sa.update(HintGiven).filter_by(**mine).where(HintGiven.given_at <= at - APART)
    result: Any = session.execute(stale.values(given_at=at))
    return bool(result.rowcount)
