"""Taking back what a reaction or a reply did: the request stands exactly where it stood before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import holding, surfaces, turns
from bot.services.agreement import cancel_lots
from bot.services.case import UNDOABLE, restore, tell_story
from bot.services.last_step import sentence_of
from bot.services.terms import terms_of
from models import Offer, RequestClock, TimelineEntry, queries
from models.errors import CannotUndo
from models.i18n import _
from models.lifecycle import Move
from models.offer import OfferState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import ExpediteRequest
    from models.tenant import Actor

_CLOCK_STEPS = (Move.WARN, Move.BREACH, Move.ESCALATE, Move.ASK_OUTCOME, Move.ASK_AGAIN, Move.MEDIATE)
_BESIDE = (Move.VOUCH, Move.CORRECT)
# What people did and what still holds: a later one builds on the earlier. A mediator and an author move nothing.
_STANDING = (
    sa.select(TimelineEntry)
    .where(
        TimelineEntry.request_id == sa.bindparam("request_id"),
        TimelineEntry.undone_at.is_(None),
        TimelineEntry.move.not_in((*_CLOCK_STEPS, *_BESIDE, Move.UNDO, Move.SNOOZE)),
    )
    .order_by(TimelineEntry.id.desc())
)


def undo(
    session: Session, actor: Actor, request_id: int, *, source_ts: str, move: Move | None = None, at: datetime
) -> bool:
    """Take back what this person's reaction or reply did; False when it did nothing.

    Raises :class:`CannotUndo` when somebody has built on it.
    """
    request = queries.request(session, actor.tenant_id, request_id)
    standing = session.scalars(_STANDING, {"request_id": request.id}).all()
    entry = next((entry for entry in standing if _is_theirs(entry, actor, source_ts, move)), None)
    if entry is None:
        return False
    if standing[0] is not entry:
        raise CannotUndo(_too_late(session, request, standing[0], actor, at))
    _take_back(session, request, entry, at)
    _record(session, request, entry, at)
    return True


def _is_theirs(entry: TimelineEntry, actor: Actor, source_ts: str, move: Move | None) -> bool:
    is_gesture = entry.how in UNDOABLE and entry.source_ts == source_ts and entry.by == actor.slack_id
    # The sign that commits says “possible” about a question before a promise.
    means = Move.COMMIT if entry.move is Move.ANSWER else entry.move
    return is_gesture and move in {None, entry.move, means}


def _take_back(session: Session, request: ExpediteRequest, entry: TimelineEntry, at: datetime) -> None:
    before = entry.facts["before"]
    # Every gesture ends all waits and starts its own: whatever runs now is its doing.
    turns.stop(queries.open_clocks(session, request.id), at)
    session.flush()
    stopped = sa.select(RequestClock).where(RequestClock.id.in_(before["stopped"]))
    turns.reopen(session.scalars(stopped).all())
    cancel_lots(session, request.id)
    _take_offer_back(session, entry, at)
    for offer_id in _closed_by(before):
        offer = session.get_one(Offer, offer_id)
        offer.state, offer.closed_by, offer.closed_at = OfferState.OPEN, None, None
    restore(request, before["request"])
    entry.undone_at = at
    holding.settle(session, request, terms_of(session, request), at=at, anew=True)


def _closed_by(before: dict[str, Any]) -> list[int]:
    """The proposal that this ended; history of before there were alternatives names one offer, or none."""
    one = before.get("offer")
    return list(before.get("offers") or ([] if one is None else [one]))


def _take_offer_back(session: Session, entry: TimelineEntry, at: datetime) -> None:
    """Close the offer that this made, before the one it replaced opens again: one is open at a time."""
    if entry.move is Move.OFFER:
        for offer_id in entry.facts.get("offers") or [entry.facts["offer"]]:
            session.get_one(Offer, offer_id).close(OfferState.CLOSED, by=entry.by, at=at)
        session.flush()


def _record(session: Session, request: ExpediteRequest, undone: TimelineEntry, at: datetime) -> None:
    facts: dict[str, Any] = {"entry": undone.id, "move": undone.move.value}
    entry = TimelineEntry(
        tenant_id=request.tenant_id,
        request_id=request.id,
        at=at,
        by=undone.by,
        how=undone.how,
        move=Move.UNDO,
        source_ts=undone.source_ts,
        facts=facts,
    )
    session.add(entry)
    session.flush()
    surfaces.revive(session, request)
    surfaces.redraw(session, request, at)
    tell_story(session, request, entry)


def _too_late(session: Session, request: ExpediteRequest, later: TimelineEntry, actor: Actor, at: datetime) -> str:
    name = queries.names(session, request.tenant_id, [later.by]).get(later.by or "")
    return _("This can no longer be taken back on {label}: {last} Use the card to go on from here.").format(
        label=request.label, last=sentence_of(later, name, actor, at)
    )
