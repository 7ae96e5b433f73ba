"""Files people ask for: their list, or the record of a request. What is in them is decided when they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services import surfaces
from bot.services.lists import picture_of
from models.outbox import Notice, Surface

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor

MOST_LINES = 5_000
"""Lines of one list in a file: more than any desk has open."""


HOME = "home"


def send_list(session: Session, actor: Actor, shown: str = "", *, at: datetime) -> bool:
    """Send somebody what is open for them as a file; pressing again within the minute sends no second one.

    ``shown`` says where it was asked for: a Home may show one part of it, narrowed down.
    """
    where = HOME if shown == HOME else "list"
    _send(session, actor, Notice.LIST_FILE, f"{where}_file:{actor.slack_id}:{at:%Y%m%d%H%M}", at=at, where=where)
    return True


def send_record(session: Session, actor: Actor, request_id: int, *, at: datetime) -> bool:
    """Send somebody the record of a request; raises :class:`RequestUnknown`. Status is open to everybody."""
    request = picture_of(session, actor, request_id, at=at).request
    key = f"record:{request.id}:{actor.slack_id}:{at:%Y%m%d%H%M}"
    _send(session, actor, Notice.RECORD_FILE, key, at=at, request_id=request.id)
    return True


def _send(
    session: Session,
    actor: Actor,
    notice: Notice,
    key: str,
    *,
    at: datetime,
    request_id: int | None = None,
    **facts: str,
) -> None:
    surfaces.post(
        session,
        tenant_id=actor.tenant_id,
        key=key,
        surface=Surface.FILE,
        notice=notice,
        channel=actor.slack_id,
        at=at,
        request_id=request_id,
        facts=facts,
    )
