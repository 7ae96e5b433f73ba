"""What a clock says and where: in the card's thread, to the person whose turn it is, and up the escalation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.standing_in import readdressed
from models import OutboxMessage, Tenant
from models.lifecycle import Move
from models.outbox import Notice, Surface
from models.service_level import Audience, Holder, Step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import ExpediteRequest, RequestClock
    from models.service_level import EscalationStep

_CARDS = sa.select(OutboxMessage.request_id, OutboxMessage.id, OutboxMessage.channel).where(
    OutboxMessage.request_id.in_(sa.bindparam("requests", expanding=True)), OutboxMessage.surface == Surface.CARD
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing a clock says."""

    clock: RequestClock
    request: ExpediteRequest
    move: Move
    step: int
    """The step it takes, or the one it reminds of when a snooze is over."""
    key: str
    """The outbox and its unique key see to it that nothing is told twice."""
    rung: EscalationStep | None = None
    facts: dict[str, Any]
    is_silent: bool = False
    """Only written down: something weightier is told of the same request at the same time."""

    @property
    def weight(self) -> int:
        """Of several things to say about one request the weightiest is told."""
        return 0 if self.move is Move.ASK_AGAIN else self.step


class Threads:
    """Where the cards of some requests are: notes go under the card, even if the desk has moved since."""

    def __init__(self, session: Session, request_ids: Iterable[int]) -> None:
        rows = session.execute(_CARDS, {"requests": list(request_ids)})
        self._cards = {request_id: (card, channel) for request_id, card, channel in rows}

    def under(self, request_id: int) -> dict[str, Any]:
        card, channel = self._cards[request_id]
        return {"surface": Surface.NOTE, "channel": channel, "thread_of": card}


def message(session: Session, said: Said, threads: Threads, entry: int, at: datetime) -> dict[str, Any]:
    """The row of the outbox that tells it."""
    surface = {
        "tenant_id": said.request.tenant_id,
        "request_id": said.request.id,
        "key": said.key,
        "at": at,
        "facts": {**said.facts, "entry": entry},
        **_where(session, said, threads),
    }
    return surfaces.row(**readdressed(session, surface))


def _where(session: Session, said: Said, threads: Threads) -> dict[str, Any]:
    request = said.request
    if said.rung is not None:
        return _climbed(session, said, said.rung, threads)
    if said.move is Move.ASK_OUTCOME:
        return _direct(request.owner or request.requester, Notice.OUTCOME_WANTED)
    if said.move is Move.ASK_AGAIN:
        return {**threads.under(request.id), "notice": Notice.FOLLOW_UP, "is_live": True}
    if said.step == Step.WARN_MOST and said.clock.holder is Holder.REQUESTER:
        return _direct(request.requester, Notice.TURN_WARNING)
    return {**threads.under(request.id), "notice": Notice.CLOCK}


def _climbed(session: Session, said: Said, rung: EscalationStep, threads: Threads) -> dict[str, Any]:
    """Whom a rung of the escalation reaches. Without a leader and a leadership channel the thread has to do."""
    request, thread = said.request, threads.under(said.request.id)
    if rung.audience in {Audience.DESK, Audience.GROUP}:
        return {**thread, "notice": Notice.CLOCK}
    notice = Notice.MEDIATION if rung.audience is Audience.MEDIATOR else Notice.ESCALATION
    if rung.audience is Audience.CHANNEL:
        return {"surface": Surface.CHANNEL, "channel": rung.target, "notice": notice}
    if rung.target:
        return _direct(rung.target, notice)
    leaders = session.get_one(Tenant, request.tenant_id).leadership_channel
    there = {"surface": Surface.CHANNEL, "channel": leaders} if leaders else thread
    return {**there, "notice": notice, "is_live": True}


def _direct(person: str, notice: Notice) -> dict[str, Any]:
    return {"surface": Surface.DIRECT, "channel": person, "notice": notice, "is_live": True}
