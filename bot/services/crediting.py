"""A request made of somebody else's message: its author is credited and asked whether it says what they meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.case import tell_story
from bot.services.last_step import last_step
from bot.services.texts import required
from models import Member, Tenant, TimelineEntry, queries
from models.errors import Field, MoveNotAllowed, NotYours
from models.i18n import _
from models.lifecycle import How, Move, refusal
from models.origin import author_of, link_to
from models.outbox import Notice, Surface

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import ExpediteRequest
    from models.picture import Picture
    from models.tenant import Actor

_STORY = sa.select(TimelineEntry).where(
    TimelineEntry.request_id == sa.bindparam("request"), TimelineEntry.move.in_([Move.ASK, Move.VOUCH])
)
_NOT_A_COLLEAGUE = sa.select(Member.id).where(
    Member.tenant_id == sa.bindparam("tenant"),
    Member.slack_id == sa.bindparam("person"),
    sa.or_(Member.is_bot, Member.is_guest, Member.is_deactivated),
)


def link_of(session: Session, tenant_id: int, channel: str, ts: str) -> str:
    """The way to a message; empty while nobody has asked Slack for the workspace's address."""
    return link_to(session.get_one(Tenant, tenant_id).url, channel, ts)


def ask_author(session: Session, request: ExpediteRequest, *, at: datetime) -> None:
    """Ask whoever wrote the message, where that was a colleague and not the requester themselves."""
    author = _author(session, request)
    if author in {"", request.requester}:
        return
    if session.scalar(_NOT_A_COLLEAGUE, {"tenant": request.tenant_id, "person": author}) is not None:
        return
    surfaces.post(
        session,
        tenant_id=request.tenant_id,
        key=f"turned_into:{request.id}",
        surface=Surface.DIRECT,
        notice=Notice.TURNED_INTO,
        channel=author,
        at=at,
        request_id=request.id,
        is_live=True,
    )


def vouch(session: Session, actor: Actor, request_id: int, *, at: datetime) -> None:
    """The author says that the request is what they meant; said again it changes nothing.

    Raises :class:`NotYours` for anybody else, and :class:`MoveNotAllowed` once it is closed.
    """
    request = _theirs(session, actor, request_id, at)
    story = session.scalars(_STORY, {"request": request.id})
    if any(entry.move is Move.VOUCH for entry in story):
        return
    _record(session, actor, request, Move.VOUCH, How.BUTTON, {}, at)


def correct(session: Session, actor: Actor, request_id: int, words: str, *, at: datetime) -> None:
    """The author says what is not right: in the thread for the desk, and to the requester. Raises as :func:`vouch`."""
    request = _theirs(session, actor, request_id, at)
    said = required(words, Field.CORRECTION, _("Write what is not right."))
    entry = _record(session, actor, request, Move.CORRECT, How.FORM, {"words": said}, at)
    surfaces.post(
        session,
        tenant_id=request.tenant_id,
        key=f"corrected:{entry.id}",
        surface=Surface.DIRECT,
        notice=Notice.CORRECTED,
        channel=request.requester,
        at=at,
        request_id=request.id,
        facts={"entry": entry.id},
    )


def picture_for_author(session: Session, actor: Actor, request_id: int, *, at: datetime) -> Picture:
    """What the author corrects. Raises as :func:`vouch`."""
    return queries.picture(session, _theirs(session, actor, request_id, at), at)


def _theirs(session: Session, actor: Actor, request_id: int, at: datetime) -> ExpediteRequest:
    request = queries.request(session, actor.tenant_id, request_id)
    if _author(session, request) != actor.slack_id:
        sentence = _("Only who wrote the message that {label} was made of can say whether it is right.")
        raise NotYours(sentence.format(label=request.label))
    if not request.status.is_open:
        last = last_step(session, request, actor, at)
        raise MoveNotAllowed(refusal(request.status, label=request.label, last=last))
    return request


def _author(session: Session, request: ExpediteRequest) -> str:
    return author_of(session.scalars(_STORY, {"request": request.id}))


def _record(
    session: Session,
    actor: Actor,
    request: ExpediteRequest,
    move: Move,
    how: How,
    facts: dict[str, Any],
    at: datetime,
) -> TimelineEntry:
    """Note it beside what both sides do: no turn ends, and nothing that was done can be taken back less for it."""
    entry = TimelineEntry(
        tenant_id=request.tenant_id, request_id=request.id, at=at, by=actor.slack_id, how=how, move=move, facts=facts
    )
    session.add(entry)
    session.flush()
    tell_story(session, request, entry)
    surfaces.redraw_messages(session, request.id, at)
    return entry
