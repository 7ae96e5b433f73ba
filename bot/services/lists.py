"""Looking, not changing: what is open for somebody, and where one request stands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from models import ExpediteRequest, queries
from models.card_links import card_link
from models.errors import RequestUnknown
from models.home_queries import home_picture

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.picture import HomePicture, Picture
    from models.tenant import Actor

# "EXP-12", "exp 12", "#12", "12"; more digits than that were never given to a request.
_NUMBER = re.compile(r"(?:exp)?\s*[-–#]?\s*(\d{1,9})", re.IGNORECASE)
MOST_SAID_BACK = 40


def open_for(session: Session, actor: Actor, *, at: datetime) -> HomePicture:
    """Return what is open for somebody, as requester and as desk member: the same as their App Home."""
    return home_picture(session, actor.tenant_id, actor.slack_id, at)


def status_of(session: Session, actor: Actor, text: str, *, at: datetime) -> Picture:
    """Return where the request with that number stands; raise :class:`RequestUnknown`. Status is open to everybody."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise RequestUnknown(text.strip()[:MOST_SAID_BACK])
    picture = queries.picture(session, queries.request_by_number(session, actor.tenant_id, int(found[1])), at)
    return with_link(session, picture)


def with_link(session: Session, picture: Picture) -> Picture:
    """Return the picture with the address of its card: for who looks at the whole of it."""
    return replace(picture, card_link=card_link(session, picture.request.id))


def shown_to(session: Session, actor: Actor, request_id: int, *, at: datetime) -> tuple[Picture, Actor]:
    """Return one request of this workspace with who looks at it: what they may do depends on both."""
    return with_link(session, picture_of(session, actor, request_id, at=at)), actor


def picture_of(session: Session, actor: Actor, request_id: int, *, at: datetime) -> Picture:
    """Return one request of this workspace without locking it; raise :class:`RequestUnknown`."""
    found = session.get(ExpediteRequest, request_id)
    if found is None or found.tenant_id != actor.tenant_id:
        raise RequestUnknown(f"#{request_id}")
    return queries.picture(session, found, at)
