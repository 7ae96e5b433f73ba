"""Who acts for somebody who is away: asked whenever a person is addressed, and whenever somebody acts for another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.absence_queries import represented, stand_in
from models.outbox import Notice, Surface

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor

__all__ = ["INSTEAD_OF", "is_standing_in", "readdressed", "represented", "stand_in"]

INSTEAD_OF = "instead_of"
"""Names, in the facts of a message or of a line of history, the person for whom somebody else was told or acted."""
THEIR_OWN = frozenset({Notice.RECEIPT, Notice.FORM_LINK, Notice.TURNED_INTO, Notice.PAIR})
"""What a person caused just now, and what only they can go on with."""


def is_standing_in(session: Session, actor: Actor, slack_id: str, at: datetime) -> bool:
    """Whether this person acts for that one at this instant; nobody stands in for themselves."""
    return actor.slack_id != slack_id and stand_in(session, actor.tenant_id, slack_id, at) == actor.slack_id


def readdressed(session: Session, surface: dict[str, Any]) -> dict[str, Any]:
    """What is told to a person directly, told to their deputy while they are away; it says for whom."""
    if surface["surface"] is not Surface.DIRECT or surface["notice"] in THEIR_OWN:
        return surface
    meant = surface["channel"]
    acting = stand_in(session, surface["tenant_id"], meant, surface["at"])
    if acting == meant:
        return surface
    return {**surface, "channel": acting, "facts": {**(surface.get("facts") or {}), INSTEAD_OF: meant}}
