"""Who acts for somebody who is away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor


def stand_in(session: Session, tenant_id: int, slack_id: str, at: datetime) -> str:
    """Who acts for this person now: themselves."""
    del session, tenant_id, at
    return slack_id


def is_standing_in(session: Session, actor: Actor, slack_id: str, at: datetime) -> bool:
    """Whether this person acts for that one now, who is somebody else."""
    return actor.slack_id != slack_id and stand_in(session, actor.tenant_id, slack_id, at) == actor.slack_id


def readdressed(session: Session, surface: dict[str, Any]) -> dict[str, Any]:
    """A surface for somebody who is away goes to who acts for them."""
    del session
    return surface
