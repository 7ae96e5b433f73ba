"""Who acts for a person now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor


def stand_in(session: Session, tenant_id: int, slack_id: str, at: datetime) -> str:  # noqa: ARG001 absences come later
    """The person themselves."""
    return slack_id


def is_standing_in(session: Session, actor: Actor, slack_id: str, at: datetime) -> bool:  # noqa: ARG001 absences come later
    """Whether this person is meant."""
    return actor.slack_id == slack_id
