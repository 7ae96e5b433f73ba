"""Replies in a card's thread, read: what the desk's words mean is said back to their writer, who confirms it.

Nothing is decided by what was read. Only a time by which somebody will answer is noted at once, and can be taken back.
Each reply has one row with its newest reading: an edit replaces it, a deletion ends it, and what Slack tells late or
twice finds it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.reader.replies import read_reply
from bot.reader.replies_model import Meaning
from bot.reader.replies_pieces import Asked
from bot.services import mediating, read_offers, replies, undo
from bot.services.answering import name_answer_time
from bot.services.hints import Hint, SaidBack
from bot.services.texts import shortened
from models import ReplyProposal, TimelineEntry, queries
from models.errors import CannotUndo, FormRefused
from models.i18n import _
from models.lifecycle import How, Move, Status, allows
from models.reply_proposal import Means, ProposalState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.reader.replies import ReplyReading
    from bot.services.hints import Told
    from models import ExpediteRequest
    from models.tenant import Actor

    Read = tuple[Means, dict[str, Any]]

MOVE_OF = {
    Means.ANSWER_TIME: Move.NAME_ANSWER_TIME,
    Means.COMMIT: Move.COMMIT,
    Means.OFFER: Move.OFFER,
    Means.DECLINE: Move.DECLINE,
    Means.QUESTION: Move.ASK_INFORMATION,
}
"""What a meaning does to the request, once it is confirmed."""
TALK: Read = (Means.TALK, {})

_OF_REPLY = sa.select(ReplyProposal).where(
    ReplyProposal.request_id == sa.bindparam("request"), ReplyProposal.reply_ts == sa.bindparam("ts")
)
_NEWEST = sa.select(sa.func.max(TimelineEntry.id)).where(TimelineEntry.request_id == sa.bindparam("request"))


@dataclass(frozen=True)
class Said:
    """Words in a card's thread; ``said_ts`` is when they were written, the edit's time if they were edited."""

    thread_ts: str
    ts: str
    said_ts: str
    text: str


def heard(session: Session, actor: Actor, request_id: int, said: Said, *, at: datetime) -> Told | None:
    """Take in a reply: what it does by itself is done, and what it may mean is said back."""
    request = queries.request(session, actor.tenant_id, request_id)
    if _row_of(session, request, said.ts) is not None:
        return None  # its edit or its deletion was told first, or it is told again
    row = _begin(session, actor, request, said.ts, said.said_ts, at)
    was_asked = request.status is Status.INFO_NEEDED
    is_counted = replies.reply_received(session, actor, request.id, ts=said.ts, text=said.text, at=at)
    if not _speaks_for_desk(actor, request) or (is_counted and was_asked):
        return None
    return _propose(session, actor, request, row, said, _read(actor, request, said, at), at)


def edited(session: Session, actor: Actor, request_id: int, said: Said, *, at: datetime) -> Told | None:
    """Follow an edit: the new words are read instead of the old ones."""
    request = queries.request(session, actor.tenant_id, request_id)
    row = _row_of(session, request, said.ts)
    if row is None:
        return heard(session, actor, request_id, said, at=at)
    if row.state is ProposalState.DELETED or Decimal(row.said_ts) >= Decimal(said.said_ts):
        return None
    row.said_ts = said.said_ts
    if not _speaks_for_desk(actor, request):
        replies.reply_edited(session, actor, request, ts=said.ts, text=said.text, at=at)
        return None
    return _read_again(session, actor, request, row, said, at)


def deleted(session: Session, actor: Actor, request_id: int, thread_ts: str, ts: str, *, at: datetime) -> Hint | None:
    """Follow a deletion: nothing can be confirmed any more, and what the reply did is taken back.

    The hint tells who has built on it, where that keeps it from being taken back.
    """
    request = queries.request(session, actor.tenant_id, request_id)
    row = _row_of(session, request, ts) or _begin(session, actor, request, ts, ts, at)
    row.state, row.facts = ProposalState.DELETED, {}
    mediating.take_back_answer(session, actor, request_id, ts, at=at)
    is_taken_back = False
    try:
        # One reply may have done two things, one after the other. What others built on the first stays.
        while undo.undo(session, actor, request_id, source_ts=ts, at=at):
            is_taken_back = True
    except CannotUndo as refused:
        return None if is_taken_back else Hint(refused.sentence, request.id, thread_ts=thread_ts)
    return None


def _read(actor: Actor, request: ExpediteRequest, said: Said, at: datetime) -> Read:
    asked = Asked(request.quantity, request.unit, request.item, request.needed_ship_date)
    reading = read_reply(said.text, now=at.astimezone(ZoneInfo(actor.zone)), asked=asked)
    means, facts = _meant(request, reading, said)
    return (means, facts) if means in MOVE_OF and allows(request.status, MOVE_OF[means]) else TALK


def _meant(request: ExpediteRequest, reading: ReplyReading, said: Said) -> Read:
    words = {"text": shortened(said.text)}
    if reading.meaning is Meaning.ACKNOWLEDGE and reading.answer_by is not None:
        return Means.ANSWER_TIME, {"answer_by": reading.answer_by.isoformat()}
    if reading.meaning is Meaning.COMMIT and read_offers.is_as_asked(reading.offer, request):
        return Means.COMMIT, {}
    if reading.meaning in {Meaning.COMMIT, Meaning.COUNTER}:
        return Means.OFFER, {"lots": read_offers.lots_said(reading.offer), **words}
    if reading.meaning is Meaning.DECLINE:
        return Means.DECLINE, words
    return (Means.QUESTION, words) if reading.meaning is Meaning.NEED_INFO else TALK


def _read_again(
    session: Session, actor: Actor, request: ExpediteRequest, row: ReplyProposal, said: Said, at: datetime
) -> Told | None:
    read = _read(actor, request, said, at)
    if read == (row.means, _without_place(row.facts)):
        return None
    if row.means is Means.ANSWER_TIME and row.state is ProposalState.CONFIRMED:
        undo.undo(session, actor, request.id, source_ts=said.ts, move=Move.NAME_ANSWER_TIME, at=at)
    elif row.state is ProposalState.CONFIRMED:
        if _is_the_same(row, read):
            return None
        if read == TALK:
            return _stands(request, said)
    return _propose(session, actor, request, row, said, read, at)


def _is_the_same(row: ReplyProposal, read: Read) -> bool:
    """Whether an edit leaves alone what was confirmed: other words around the same lots change no offer."""
    means, facts = read
    return means is row.means is Means.OFFER and facts["lots"] == row.facts["lots"]


def _stands(request: ExpediteRequest, said: Said) -> Hint:
    sentence = _(
        "What you confirmed on {label} stands: your edit changes nothing. Delete the reply to take it back, or use "
        "the card to go on from here."
    )
    return Hint(sentence.format(label=request.label), request.id, thread_ts=said.thread_ts)


def _propose(
    session: Session, actor: Actor, request: ExpediteRequest, row: ReplyProposal, said: Said, read: Read, at: datetime
) -> Told | None:
    if read[0] is Means.ANSWER_TIME and datetime.fromisoformat(read[1]["answer_by"]) == request.answer_due_at:
        read = TALK  # it is due by then anyway
    row.means, facts = read
    row.version, row.state, row.made_at = row.version + 1, ProposalState.OPEN, at
    if row.means is Means.ANSWER_TIME:
        refused = _note_time(session, actor, request, row, said, facts, at)
        if refused is not None:
            return refused
    row.facts = {**facts, "thread_ts": said.thread_ts, "seen": session.scalar(_NEWEST, {"request": request.id})}
    session.flush()
    if row.means is Means.TALK:
        return None
    offered = read_offers.proposal_of(session, request, facts, at=at) if row.means is Means.OFFER else None
    lots = offered.lots if offered else ()
    return SaidBack(row, queries.picture(session, request, at), said.thread_ts, lots)


def _note_time(
    session: Session,
    actor: Actor,
    request: ExpediteRequest,
    row: ReplyProposal,
    said: Said,
    facts: dict[str, Any],
    at: datetime,
) -> Hint | None:
    """Record by when the answer comes; a time that cannot be is said, with the form to name another."""
    due = datetime.fromisoformat(facts["answer_by"])
    try:
        name_answer_time(session, actor, request.id, due, at=at, how=How.REPLY, source_ts=said.ts)
    except FormRefused as refused:
        row.means, row.facts = TALK
        (sentence,) = refused.problems.values()
        return Hint(sentence, request.id, offers=Move.NAME_ANSWER_TIME, thread_ts=said.thread_ts)
    row.state = ProposalState.CONFIRMED
    return None


def _speaks_for_desk(actor: Actor, request: ExpediteRequest) -> bool:
    """Whoever asked speaks for Sales, even where they are on the desk."""
    return actor.is_on_desk(request.desk_id) and actor.slack_id != request.requester


def _row_of(session: Session, request: ExpediteRequest, ts: str) -> ReplyProposal | None:
    return session.scalar(_OF_REPLY, {"request": request.id, "ts": ts})


def _begin(
    session: Session, actor: Actor, request: ExpediteRequest, ts: str, said_ts: str, at: datetime
) -> ReplyProposal:
    row = ReplyProposal(
        tenant_id=request.tenant_id,
        request_id=request.id,
        by=actor.slack_id,
        reply_ts=ts,
        said_ts=said_ts,
        made_at=at,
    )
    session.add(row)
    session.flush()
    return row


def _without_place(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if name not in {"thread_ts", "seen"}}
