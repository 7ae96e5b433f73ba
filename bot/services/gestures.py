"""What people do beside buttons: reactions on a card and replies in its thread, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services import negotiation, understanding, undo
from bot.services.hints import Hint
from bot.services.inserts import InsertOnce
from models import Desk, HintGiven, queries
from models.errors import NotYours
from models.hint_given import HintKind
from models.i18n import _
from models.lifecycle import How, Move
from models.reactions import Gesture, Reactions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.hints import Told
    from bot.services.understanding import Said
    from models import ExpediteRequest
    from models.tenant import Actor


_GIVEN = InsertOnce(HintGiven.__table__)


def reacted(session: Session, actor: Actor, channel: str, ts: str, reaction: str, *, at: datetime) -> Hint | None:
    """Act on a reaction to a card. Reactions elsewhere, or that mean nothing at the desk, are left alone."""
    found = queries.request_of_message(session, actor.tenant_id, channel, ts)
    if found is None:
        return _left_behind(session, actor, channel, ts, reaction)
    gesture = _meaning(session, found, reaction)
    if gesture is None:
        return None
    if not actor.is_on_desk(found.desk_id):
        raise NotYours(
            _("Your reaction on {label} was not counted: only members of the desk answer by reaction.").format(
                label=found.label
            )
        )
    return _act(session, actor, found, gesture, source_ts=source_of(ts, reaction), at=at)


def is_first_told(session: Session, actor: Actor, *, at: datetime) -> bool:
    """Whether this person was never told that reactions are the desk's; they are now."""
    told = {"tenant_id": actor.tenant_id, "slack_id": actor.slack_id, "hint": HintKind.REACTION_OF_OTHERS}
    return _GIVEN.one(session, {**told, "given_at": at})


def unreacted(session: Session, actor: Actor, channel: str, ts: str, reaction: str, *, at: datetime) -> Hint | None:
    """Take back what the same person's reaction did, if nothing builds on it, whatever the emoji means by now."""
    found = _any_card(session, actor, channel, ts)
    if found is not None:
        undo.undo(session, actor, found.id, source_ts=source_of(ts, reaction), at=at)
    return None


def replied(
    session: Session, actor: Actor, channel: str, thread_ts: str, ts: str, text: str, *, at: datetime
) -> Told | None:
    """Act on a reply in a card's thread: a desk member's counts as first response, the requester's may inform."""
    said = understanding.Said(thread_ts, ts, ts, text)
    return _take_in(session, actor, channel, understanding.heard, said, at)


def reply_edited(
    session: Session, actor: Actor, channel: str, thread_ts: str, ts: str, edited_ts: str, text: str, *, at: datetime
) -> Told | None:
    """Follow the edit of a reply in a card's thread."""
    said = understanding.Said(thread_ts, ts, edited_ts, text)
    return _take_in(session, actor, channel, understanding.edited, said, at)


def reply_deleted(
    session: Session, actor: Actor, channel: str, thread_ts: str, ts: str, *, at: datetime
) -> Hint | None:
    """Take back what a deleted reply did."""
    found = _any_card(session, actor, channel, thread_ts)
    return None if found is None else understanding.deleted(session, actor, found.id, thread_ts, ts, at=at)


def _take_in(
    session: Session, actor: Actor, channel: str, follow: Callable[..., Told | None], said: Said, at: datetime
) -> Told | None:
    """Hand words to the request under whose card they stand; others are no business of ours."""
    found = queries.request_of_message(session, actor.tenant_id, channel, said.thread_ts)
    return None if found is None else follow(session, actor, found.id, said, at=at)


def source_of(card_ts: str, reaction: str) -> str:
    """Names one reaction of one card, so that removing it finds what it did: two skin tones are two reactions."""
    return f"{card_ts}:{reaction}"


def mark_of(source_ts: str) -> str:
    """What a source names: a reaction as Slack names it, or the time stamp of a reply."""
    card_or_reply, _colon, reaction = source_ts.partition(":")
    return reaction or card_or_reply


def _meaning(session: Session, request: ExpediteRequest, reaction: str) -> Gesture | None:
    """What a reaction means at the desk of a request."""
    kept = session.scalars(sa.select(Desk.reactions).where(Desk.id == request.desk_id)).one()
    return Reactions.from_json(kept).meaning_of(reaction)


def _any_card(session: Session, actor: Actor, channel: str, ts: str) -> ExpediteRequest | None:
    """The request whose card is or was that message: what was done there is taken back there."""
    live = queries.request_of_message(session, actor.tenant_id, channel, ts)
    return live or queries.request_of_message(session, actor.tenant_id, channel, ts, is_live=False)


def _left_behind(session: Session, actor: Actor, channel: str, ts: str, reaction: str) -> Hint | None:
    """Say where a request went, to who reacts to the card it left behind."""
    found = queries.request_of_message(session, actor.tenant_id, channel, ts, is_live=False)
    if found is None or _meaning(session, found, reaction) is None:
        return None
    desk = session.get_one(Desk, found.desk_id)
    sentence = _("Your reaction was not counted: {label} went to {desk}. It is answered on its card there.")
    return Hint(sentence.format(label=found.label, desk=desk.name), found.id)


def _act(
    session: Session, actor: Actor, found: ExpediteRequest, gesture: Gesture, *, source_ts: str, at: datetime
) -> Hint | None:
    if gesture is Gesture.DECLINE:
        sentence = _("A decline needs a reason and an alternative, so that {label} does not end in a bare no.")
        return Hint(sentence.format(label=found.label), found.id, offers=Move.DECLINE)
    if gesture is Gesture.ASK_INFORMATION:
        question = _("{name} needs more information; the question follows in the thread.").format(name=actor.name)
        negotiation.ask_information(session, actor, found.id, question, at=at, how=How.REACTION, source_ts=source_ts)
        sentence = _("{label} now waits for Sales. Write your question in its thread, or ask it here.")
        return Hint(sentence.format(label=found.label), found.id, offers=Move.ASK_INFORMATION)
    act = negotiation.acknowledge if gesture is Gesture.ACKNOWLEDGE else negotiation.commit_as_asked
    act(session, actor, found.id, at=at, how=How.REACTION, source_ts=source_ts)
    return None
