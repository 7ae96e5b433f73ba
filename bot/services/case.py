"""One request in somebody's hands: locked, checked, moved, and told of. What every move has in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import holding, mornings, surfaces, turns
from bot.services.last_step import last_step
from bot.services.standing_in import INSTEAD_OF, is_standing_in
from bot.services.terms import terms_of
from models import Desk, OutboxMessage, TimelineEntry, queries
from models.errors import MoveNotAllowed, NotYours
from models.i18n import _
from models.lifecycle import NEXT, How, Move, Status, allows, refusal
from models.outbox import Notice, Surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.services.terms import Terms
    from models import ExpediteRequest, RequestClock
    from models.tenant import Actor

UNDOABLE = frozenset({How.REACTION, How.REPLY})
"""What was done in passing can be taken back in passing; buttons and forms were meant."""
SALES_MOVES = frozenset(
    {
        Move.GIVE_INFORMATION,
        Move.ACCEPT,
        Move.REFUSE,
        Move.COUNTER,
        Move.WITHDRAW,
        Move.CANCEL,
        Move.TAKE_NEW_DATE,
        Move.EDIT,
        Move.ASK_ANEW,
    }
)
QUIET = frozenset(
    {Move.NAME_ANSWER_TIME, Move.REPORT_OUTCOME, Move.REPORT_RISK, Move.RECOMMIT, Move.TAKE_NEW_DATE, Move.NAME_BUMPED}
    | {Move.HAND_OVER, Move.TAKE, Move.STILL_ON_IT, Move.EDIT}
)
"""Moves after which it is still the same side's turn: no direct message is over."""
STATE = (
    "status",
    "owner",
    "first_responded_at",
    "answered_at",
    "answer_due_at",
    "agreed_at",
    "closed_at",
    "question",
    "information",
    "decline_reason",
    "alternative",
    "closing_word",
    "ended_because",
)
"""What moves change of a request; the ask itself is changed by an edit alone, and that is not taken back."""

_CARD = sa.select(OutboxMessage.id, OutboxMessage.channel).where(
    OutboxMessage.request_id == sa.bindparam("request_id"),
    OutboxMessage.surface == Surface.CARD,
    # A request that went to another desk left a card behind; that one tells where to and is drawn no more.
    OutboxMessage.is_live,
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A request for the length of one move, with who moves, when and how."""

    session: Session
    actor: Actor
    request: ExpediteRequest
    terms: Terms
    at: datetime
    how: How
    source_ts: str | None = None
    state_before: dict[str, Any]
    desk_before: int
    """The desk that had it when the move began."""
    instead_of: str | None = None
    """The person who is away and for whom the actor does this."""
    stopped: list[int] = field(default_factory=list)
    """Clocks that this move stopped."""


def open_case(
    session: Session,
    actor: Actor,
    request_id: int,
    move: Move,
    *,
    at: datetime,
    how: How,
    source_ts: str | None = None,
) -> Case:
    """Take a request for a move that this person may make and that is possible now.

    Raises :class:`RequestUnknown`, :class:`NotYours`, or :class:`MoveNotAllowed` with who did what before.
    """
    request = queries.request(session, actor.tenant_id, request_id)
    require_role(session, actor, request, move, at)
    require_possible(session, actor, request, move, at)
    return Case(
        session=session,
        actor=actor,
        request=request,
        terms=terms_of(session, request),
        at=at,
        how=how,
        source_ts=source_ts,
        state_before=state_of(request),
        desk_before=request.desk_id,
        instead_of=_instead_of(session, actor, request, move, at),
    )


def require_role(session: Session, actor: Actor, request: ExpediteRequest, move: Move, at: datetime) -> None:
    """Raise :class:`NotYours`, naming who may: a deputy may what the one who is away may."""
    if move in SALES_MOVES:
        if actor.slack_id != request.requester and not is_standing_in(session, actor, request.requester, at):
            name = queries.names(session, request.tenant_id, [request.requester]).get(request.requester, "")
            raise NotYours(
                _("{label} was asked by {name}: only they can do this.").format(
                    label=request.label, name=name or request.requester
                )
            )
    elif not actor.is_on_desk(request.desk_id):
        desk = session.get_one(Desk, request.desk_id).name
        raise NotYours(
            _("Only members of {desk} can answer {label}. Join its channel, or ask a member there.").format(
                desk=desk, label=request.label
            )
        )


def _instead_of(session: Session, actor: Actor, request: ExpediteRequest, move: Move, at: datetime) -> str | None:
    """For whom a deputy makes a move: the requester, or the desk member who holds the request."""
    person = request.requester if move in SALES_MOVES else request.owner
    return person if person is not None and is_standing_in(session, actor, person, at) else None


def require_possible(session: Session, actor: Actor, request: ExpediteRequest, move: Move, at: datetime) -> None:
    """Raise :class:`MoveNotAllowed` when the request is past this move: the sentence tells who was first."""
    if not allows(request.status, move):
        last = last_step(session, request, actor, at)
        raise MoveNotAllowed(refusal(request.status, label=request.label, last=last))


def stop_clocks(case: Case) -> Sequence[RequestClock]:
    """End every wait that runs, and remember which for taking it back."""
    running = queries.open_clocks(case.session, case.request.id)
    turns.stop(running, case.at)
    case.stopped.extend(clock.id for clock in running)
    return running


def responded(case: Case, *, answered: bool) -> None:
    """The desk spoke: whoever did holds it now, and the first time counts. A deputy holds it for who is away."""
    request = case.request
    request.owner = case.instead_of or case.actor.slack_id
    request.first_responded_at = request.first_responded_at or case.at
    if answered:
        request.answered_at = request.answered_at or case.at
        request.answer_due_at = None


def record(case: Case, move: Move, facts: dict[str, Any] | None = None, *, closed: Sequence[int] = ()) -> TimelineEntry:
    """Move the request on, and tell of it: a line of history, a note in the thread, everything redrawn.

    ``closed`` are the alternatives of a proposal that this move ended.
    """
    session, request = case.session, case.request
    request.status = NEXT[case.state_before["status"], move]
    if not request.status.is_open:
        request.closed_at = case.at
    noted = dict(facts or {}) | ({INSTEAD_OF: case.instead_of} if case.instead_of else {})
    if case.how in UNDOABLE:
        noted["before"] = _before(case, closed)
    entry = _entry(case, move, noted)
    session.add(entry)
    session.flush()
    holding.settle(session, request, case.terms, at=case.at)
    if case.state_before["status"] is Status.AGREED:
        mornings.redraw(session, request, case.terms.calendar, case.at)
    if move in QUIET:
        surfaces.redraw_messages(session, request.id, case.at)
    else:
        surfaces.retire(session, request, case.at)
    surfaces.redraw_homes(session, [request], case.at, desks=[case.desk_before])
    tell_story(session, request, entry)
    return entry


def tell_story(session: Session, request: ExpediteRequest, entry: TimelineEntry) -> None:
    """Put a line of history into the thread of the request's card."""
    surfaces.post(
        session,
        **in_thread(session, request),
        key=f"story:{entry.id}",
        notice=Notice.STORY,
        at=entry.at,
        facts={"entry": entry.id},
    )


def in_thread(session: Session, request: ExpediteRequest) -> dict[str, Any]:
    """Where a note under the request's card goes: where the card is, even if the desk has moved since."""
    card, channel = session.execute(_CARD, {"request_id": request.id}).one()
    return {
        "tenant_id": request.tenant_id,
        "request_id": request.id,
        "surface": Surface.NOTE,
        "channel": channel,
        "thread_of": card,
    }


def tell(case: Case, person: str | None, notice: Notice, entry: TimelineEntry, **facts: Any) -> None:
    """Write to a person directly: only when it is their turn now, or what they waited for is decided."""
    if person is None:
        return
    surfaces.post(
        case.session,
        tenant_id=case.request.tenant_id,
        key=f"{notice}:{entry.id}",
        surface=Surface.DIRECT,
        notice=notice,
        channel=person,
        at=case.at,
        request_id=case.request.id,
        facts={"entry": entry.id, **facts},
        is_live=True,
    )


def state_of(request: ExpediteRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in STATE}


def restore(request: ExpediteRequest, before: dict[str, Any]) -> None:
    """Put back what :func:`record` noted."""
    for name, value in before.items():
        setattr(request, name, _read(name, value))


def _entry(case: Case, move: Move, facts: dict[str, Any]) -> TimelineEntry:
    return TimelineEntry(
        tenant_id=case.request.tenant_id,
        request_id=case.request.id,
        at=case.at,
        by=case.actor.slack_id,
        how=case.how,
        move=move,
        status_before=case.state_before["status"],
        source_ts=case.source_ts,
        facts=facts,
    )


def _before(case: Case, closed: Sequence[int]) -> dict[str, Any]:
    """What taking this move back needs: the fields as they were, the clocks that ran, the proposal that was open."""
    changed = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in case.state_before.items()
        if value != getattr(case.request, name)
    }
    return {"request": changed, "stopped": case.stopped, "offers": list(closed)}


def _read(name: str, value: Any) -> Any:
    if name == "status":
        return Status(value)
    return datetime.fromisoformat(value) if name.endswith("_at") and value is not None else value
