"""Who acts for somebody who is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor


def stand_in(session: Session, tenant_id: int, slack_id: str, at: datetime) -> str:
    """Who acts for this person now: themselves."""
    del session, tenant_id, at
    return slack_id


def is_standing_in(session: Session, actor: Actor, slack_id: str, at: datetime) -> bool:
    """Whether this person acts for that one now."""
    return stand_in(session, actor.tenant_id, slack_id, at) == actor.slack_id
