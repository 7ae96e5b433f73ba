"""Replies in a card's thread: the desk's first one is its first response, the requester's may be what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services.answering import acknowledge
from bot.services.settling import give_information
from bot.services.texts import shortened
from models import queries
from models.lifecycle import How, Status

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor


def reply_received(session: Session, actor: Actor, request_id: int, *, ts: str, text: str = "", at: datetime) -> bool:
    """Count a reply for what it does; False when it is only talk."""
    request = queries.request(session, actor.tenant_id, request_id)
    said = shortened(text)
    if actor.slack_id == request.requester:
        if request.status is not Status.INFO_NEEDED or not said:
            return False
        give_information(session, actor, request_id, said, at=at, how=How.REPLY, source_ts=ts)
        return True
    if request.status is not Status.ASKED or not actor.is_on_desk(request.desk_id):
        return False
    acknowledge(session, actor, request_id, at=at, how=How.REPLY, source_ts=ts)
    return True
