"""Replies in a card's thread: the desk's first one is its first response, the requester's may be what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services import following_up, mediating, surfaces
from bot.services.answering import acknowledge
from bot.services.settling import give_information
from bot.services.standing_in import is_standing_in
from bot.services.texts import shortened
from models import TimelineEntry, queries
from models.lifecycle import How, Move, Status

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import ExpediteRequest
    from models.tenant import Actor

_INFORMED = (
    sa.select(TimelineEntry)
    .where(
        TimelineEntry.request_id == sa.bindparam("request_id"),
        TimelineEntry.move == Move.GIVE_INFORMATION,
        TimelineEntry.source_ts == sa.bindparam("ts"),
        TimelineEntry.by == sa.bindparam("by"),
        TimelineEntry.undone_at.is_(None),
    )
    .limit(1)
)
_NEWEST_QUESTION = (
    sa.select(TimelineEntry)
    .where(
        TimelineEntry.request_id == sa.bindparam("request_id"),
        TimelineEntry.move == Move.ASK_INFORMATION,
        TimelineEntry.undone_at.is_(None),
    )
    .order_by(TimelineEntry.id.desc())
    .limit(1)
)


def reply_received(session: Session, actor: Actor, request_id: int, *, ts: str, text: str = "", at: datetime) -> bool:
    """Count a reply for what it does; False when it is only talk."""
    request = queries.request(session, actor.tenant_id, request_id)
    said = shortened(text)
    is_answer = mediating.answer_by_reply(session, actor, request, said, ts=ts, at=at)
    # A desk member's words may answer a mediator and be the desk's own sign of life at once.
    if is_answer and (request.status is Status.INFO_NEEDED or not actor.is_on_desk(request.desk_id)):
        return True
    if actor.slack_id == request.requester or _informs_for(session, actor, request, at):
        if request.status is not Status.INFO_NEEDED or not said:
            return False
        give_information(session, actor, request_id, said, at=at, how=How.REPLY, source_ts=ts)
        return True
    if request.status is Status.INFO_NEEDED and said:
        return _put_in_words(session, actor, request, said, at)
    return actor.is_on_desk(request.desk_id) and _from_the_desk(session, actor, request, ts, at)


def reply_edited(session: Session, actor: Actor, request: ExpediteRequest, *, ts: str, text: str, at: datetime) -> None:
    """Follow the edit of a reply that was an answer to the desk's question: the card shows the new words."""
    informed = session.scalars(_INFORMED, {"request_id": request.id, "ts": ts, "by": actor.slack_id}).one_or_none()
    said = shortened(text)
    if informed is None or not said or request.information != informed.facts["information"]:
        return
    informed.facts, request.information = {**informed.facts, "information": said}, said
    session.flush()
    surfaces.redraw(session, request, at)


def _from_the_desk(session: Session, actor: Actor, request: ExpediteRequest, ts: str, at: datetime) -> bool:
    """Its first words are its first response; later ones are talk, which says that it is still on it."""
    if request.status is Status.ASKED:
        acknowledge(session, actor, request.id, at=at, how=How.REPLY, source_ts=ts)
        return True
    following_up.heard(session, request, at)
    return False


def _informs_for(session: Session, actor: Actor, request: ExpediteRequest, at: datetime) -> bool:
    """Whether it is the deputy of who asked, and no answer of the desk itself."""
    if request.status is not Status.INFO_NEEDED or actor.is_on_desk(request.desk_id):
        return False
    return is_standing_in(session, actor, request.requester, at)


def _put_in_words(session: Session, actor: Actor, request: ExpediteRequest, said: str, at: datetime) -> bool:
    """Whoever asked by reaction writes the question afterwards: their first words are it. It was asked already."""
    asked = session.scalars(_NEWEST_QUESTION, {"request_id": request.id}).one_or_none()
    if asked is None or asked.how is not How.REACTION or asked.by != actor.slack_id:
        return False
    if request.question != asked.facts.get("question") or not actor.is_on_desk(request.desk_id):
        return False
    request.question = said
    session.flush()
    surfaces.redraw(session, request, at)
    return True
