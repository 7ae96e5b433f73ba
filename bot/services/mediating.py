"""A mediator at work: one question to a side, its answer back, both sides called together.

Nothing of it moves the request: no status changes and no clock stops, whoever's turn it is keeps it. Every step is an
entry of the timeline and a line in the card's thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.case import in_thread
from bot.services.last_step import last_step
from bot.services.standing_in import is_standing_in, stand_in
from bot.services.texts import required
from models import OutboxMessage, TimelineEntry, queries
from models.errors import Field, MoveNotAllowed, NotYours, RequestUnknown
from models.i18n import _
from models.lifecycle import How, Move, Status, refusal
from models.mediation import Step, answer_to, called_people, step_of, steps
from models.outbox import Notice, Surface
from models.service_level import Holder
from models.tenant import Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import ExpediteRequest
    from models.picture import Picture
    from models.tenant import Actor

MOST_ADDRESSED = 8
"""Members of a desk that are addressed while nobody of them has taken the request."""

_REACHED = sa.select(OutboxMessage.channel).where(
    OutboxMessage.request_id == sa.bindparam("request_id"),
    OutboxMessage.notice == Notice.MEDIATION,
    OutboxMessage.surface == Surface.DIRECT,
)
_QUESTIONS = (
    sa.select(TimelineEntry)
    .where(
        TimelineEntry.request_id == sa.bindparam("request_id"),
        TimelineEntry.move.in_([Move.MEDIATE, Move.ASK_INFORMATION]),
        TimelineEntry.undone_at.is_(None),
    )
    .order_by(TimelineEntry.id)
)


def picture_for_asking(session: Session, actor: Actor, request_id: int, *, at: datetime) -> Picture:
    """The request as the form for a question shows it; raises what asking itself would."""
    return queries.picture(session, _taken(session, actor, request_id, at))


def ask(
    session: Session, actor: Actor, request_id: int, side: Holder, question: str, *, at: datetime, how: How
) -> TimelineEntry:
    """Put one question to a side: the person who has it in hand there is written to, the thread hears of it.

    Raises :class:`NotYours`, :class:`MoveNotAllowed` once the request is closed, :class:`FormRefused`.
    """
    request = _taken(session, actor, request_id, at)
    asked = required(question, Field.QUESTION, _("Write your question: it reaches them as you write it."))
    people = _people_of(session, request, side, at)
    facts = {"step": Step.ASK.value, "side": side.value, "question": asked, "to": people}
    entry = _note(session, request, actor, facts, at=at, how=how)
    if side is Holder.REQUESTER or request.owner is not None:
        for person in people:
            _write_to(session, request, person, Notice.MEDIATOR_ASKS, entry)
    return entry


def picture_for_answering(
    session: Session, actor: Actor, request_id: int, entry_id: int, *, at: datetime
) -> tuple[Picture, TimelineEntry]:
    """The request and the mediator's question, for the form that answers it; raises what answering would."""
    request = queries.request(session, actor.tenant_id, request_id)
    asked = _question(session, actor, request, entry_id, at)
    return queries.picture(session, request), asked


def answer(
    session: Session,
    actor: Actor,
    request_id: int,
    entry_id: int,
    words: str,
    *,
    at: datetime,
    how: How,
) -> TimelineEntry:
    """Answer a mediator's question: it goes back to them. Raises :class:`NotYours`, and :class:`MoveNotAllowed`."""
    request = queries.request(session, actor.tenant_id, request_id)
    asked = _question(session, actor, request, entry_id, at)
    told = required(words, Field.INFORMATION, _("Write the answer to the question."))
    return _answered(session, actor, request, asked, told, at=at, how=how)


def answer_by_reply(
    session: Session, actor: Actor, request: ExpediteRequest, words: str, *, ts: str, at: datetime
) -> bool:
    """Take a reply in the thread as the answer to a mediator's open question; False when it answers none.

    Where Ops has asked something since, the requester's reply answers that.
    """
    entries = session.scalars(_QUESTIONS, {"request_id": request.id}).all()
    waiting = [entry for entry in _open_questions(entries) if _is_asked(session, actor, request, entry, at)]
    if not waiting or not words:
        return False
    later = [entry for entry in entries if entry.move is Move.ASK_INFORMATION and entry.id > waiting[-1].id]
    if later and actor.slack_id == request.requester and request.status is Status.INFO_NEEDED:
        return False
    _answered(session, actor, request, waiting[-1], words, at=at, how=How.REPLY, source_ts=ts)
    return True


def take_back_answer(session: Session, actor: Actor, request_id: int, ts: str, *, at: datetime) -> None:
    """Forget an answer whose reply was deleted by its author: the question is open again."""
    request = queries.request(session, actor.tenant_id, request_id)
    for entry in session.scalars(_QUESTIONS, {"request_id": request.id}).all():
        if entry.move is Move.MEDIATE and entry.source_ts == ts and entry.by == actor.slack_id:
            entry.undone_at = at
            session.flush()
            surfaces.redraw_messages(session, request.id, at)


def decide_together(session: Session, actor: Actor, request_id: int, *, at: datetime, how: How) -> TimelineEntry:
    """Call both sides together in the card's thread, once; raises :class:`MoveNotAllowed` the second time."""
    request = _taken(session, actor, request_id, at)
    timeline = queries.timeline(session, request.id)
    called = [entry for entry in steps(timeline) if step_of(entry) is Step.TOGETHER]
    if called:
        name = queries.names(session, request.tenant_id, [called[-1].by]).get(called[-1].by or "", "")
        raise MoveNotAllowed(
            _("{name} has called both sides together already: go on in the thread of {label}.").format(
                name=name or called[-1].by, label=request.label
            )
        )
    sides = (Holder.REQUESTER, Holder.DESK)
    people = [person for side in sides for person in _people_of(session, request, side, at)]
    everybody = list(dict.fromkeys([*people, actor.slack_id]))
    return _note(session, request, actor, {"step": Step.TOGETHER.value, "to": everybody}, at=at, how=how)


def _taken(session: Session, actor: Actor, request_id: int, at: datetime) -> ExpediteRequest:
    """The request, locked, for somebody who may mediate in it while it is open."""
    request = queries.request(session, actor.tenant_id, request_id)
    if not _may_mediate(session, actor, request, at):
        raise NotYours(
            _("Only leaders, or who was called in, can mediate on {label}. Ask one of them to press it.").format(
                label=request.label
            )
        )
    if not request.status.is_open:
        last = last_step(session, request, actor, at)
        raise MoveNotAllowed(refusal(request.status, label=request.label, last=last))
    return request


def _may_mediate(session: Session, actor: Actor, request: ExpediteRequest, at: datetime) -> bool:
    if Role.LEADER in actor.roles:
        return True
    reached = session.scalars(_REACHED, {"request_id": request.id}).all()
    called = {*reached, *called_people(queries.timeline(session, request.id))}
    return any(actor.slack_id == person or is_standing_in(session, actor, person, at) for person in called)


def _people_of(session: Session, request: ExpediteRequest, side: Holder, at: datetime) -> list[str]:
    """Who speaks for a side: the requester; who has it at the desk, or some of the desk while nobody has."""
    person = request.requester if side is Holder.REQUESTER else request.owner
    if person is not None:
        return [stand_in(session, request.tenant_id, person, at)]
    return sorted(queries.desk_member_ids(session, request.desk_id))[:MOST_ADDRESSED]


def _open_questions(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    asked = [entry for entry in steps(entries) if step_of(entry) is Step.ASK]
    return [entry for entry in asked if answer_to(entries, entry) is None]


def _is_asked(session: Session, actor: Actor, request: ExpediteRequest, asked: TimelineEntry, at: datetime) -> bool:
    """Whether this person may answer: who was addressed or stands in for them, the requester, anybody of the desk."""
    if asked.facts.get("side") == Holder.DESK and actor.is_on_desk(request.desk_id):
        return True
    people = [*asked.facts.get("to", []), *([request.requester] if asked.facts.get("side") != Holder.DESK else [])]
    return any(actor.slack_id == person or is_standing_in(session, actor, person, at) for person in people)


def _question(session: Session, actor: Actor, request: ExpediteRequest, entry_id: int, at: datetime) -> TimelineEntry:
    timeline = queries.timeline(session, request.id)
    asked = next((entry for entry in steps(timeline) if entry.id == entry_id), None)
    if asked is None:
        raise RequestUnknown(request.label)
    if not _is_asked(session, actor, request, asked, at):
        raise NotYours(
            _("This question on {label} went to somebody else: only they can answer it.").format(label=request.label)
        )
    if answer_to(timeline, asked) is not None:
        raise MoveNotAllowed(
            _("This question on {label} is answered already; the thread shows how.").format(label=request.label)
        )
    return asked


def _answered(
    session: Session,
    actor: Actor,
    request: ExpediteRequest,
    asked: TimelineEntry,
    words: str,
    *,
    at: datetime,
    how: How,
    source_ts: str | None = None,
) -> TimelineEntry:
    facts = {"step": Step.ANSWER.value, "asked": asked.id, "answer": words, "leader": asked.by}
    entry = _note(session, request, actor, facts, at=at, how=how, source_ts=source_ts)
    leader = stand_in(session, request.tenant_id, str(asked.by), at)
    _write_to(session, request, leader, Notice.MEDIATOR_TOLD, entry)
    return entry


def _note(
    session: Session,
    request: ExpediteRequest,
    actor: Actor,
    facts: dict[str, Any],
    *,
    at: datetime,
    how: How,
    source_ts: str | None = None,
) -> TimelineEntry:
    """Write a step down, say it in the thread, and draw again what shows it."""
    entry = TimelineEntry(
        tenant_id=request.tenant_id,
        request_id=request.id,
        at=at,
        by=actor.slack_id,
        how=how,
        move=Move.MEDIATE,
        source_ts=source_ts,
        facts=facts,
    )
    session.add(entry)
    session.flush()
    note = {"key": f"mediation:{entry.id}", "notice": Notice.MEDIATION_NOTE, "facts": {"entry": entry.id}}
    surfaces.post(session, **in_thread(session, request), **note, at=at)
    surfaces.redraw_messages(session, request.id, at)
    return entry


def _write_to(
    session: Session,
    request: ExpediteRequest,
    person: str,
    notice: Notice,
    entry: TimelineEntry,
) -> None:
    surfaces.post(
        session,
        tenant_id=request.tenant_id,
        key=f"{notice}:{entry.id}:{person}",
        surface=Surface.DIRECT,
        notice=notice,
        channel=person,
        at=entry.at,
        request_id=request.id,
        facts={"entry": entry.id},
        is_live=True,
    )
