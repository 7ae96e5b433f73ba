"""A negotiation played on a real database: each move one transaction, each look a fresh read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from bot.database import Database
from bot.services import negotiation, watch
from models import Commitment, ExpediteRequest, Offer, OutboxMessage, RequestClock, TimelineEntry, TurnInterval
from models.lifecycle import How
from models.offer import OfferShape, Proposal, ShipmentSplit
from models.outbox import Delivery, Notice
from models.request_clock import ClockState
from models.service_level import ClockKind
from models.tenant import Actor
from tests.builders import FRIDAY, NEXT_FRIDAY, NOON, Workspace, an_ask


@dataclass
class Table:
    """Where both sides sit: ``at`` is the time of the next move."""

    database: Database
    people: Workspace
    at: datetime = NOON

    def do(self, use_case: Any, actor: Actor, *args: Any, how: How | None = How.BUTTON, **facts: Any) -> Any:
        """Make one move; ``how=None`` for those that say by themselves how they came."""
        told = {} if how is None else {"how": how}
        return self.database.run_now(use_case, actor, *args, at=self.at, **told, **facts)

    def asked(self, **facts: Any) -> int:
        """Mara asks; gives the request's id."""
        return int(self.do(negotiation.submit, self.people.mara, an_ask(**facts), how=How.FORM).id)

    def offered(self, proposal: Proposal | None = None, **facts: Any) -> int:
        request_id = self.asked(**facts)
        self.do(negotiation.offer, self.people.jonas, request_id, proposal or a_part())
        return request_id

    def agreed(self, **facts: Any) -> int:
        request_id = self.asked(**facts)
        self.do(negotiation.commit_as_asked, self.people.jonas, request_id)
        return request_id

    def agreed_in_lots(self) -> int:
        request_id = self.offered(staged())
        self.do(negotiation.accept, self.people.mara, request_id)
        return request_id

    def sweep(self, at: datetime | None = None) -> int:
        self.at = at or self.at
        return self.database.run_now(watch.sweep, self.at)

    def request(self, request_id: int) -> ExpediteRequest:
        return self.database.run_now(lambda session: session.get_one(ExpediteRequest, request_id))

    def clocks(self, request_id: int) -> Sequence[RequestClock]:
        """The turns that run, without what asks again about a promised answer."""
        return [clock for clock in self._open(request_id) if clock.kind is not ClockKind.FOLLOW_UP]

    def follow_up(self, request_id: int) -> RequestClock | None:
        return next((clock for clock in self._open(request_id) if clock.kind is ClockKind.FOLLOW_UP), None)

    def _open(self, request_id: int) -> Sequence[RequestClock]:
        return [clock for clock in self.all_clocks(request_id) if clock.state is ClockState.OPEN]

    def clock(self, request_id: int) -> RequestClock:
        (clock,) = self.clocks(request_id)
        return clock

    def all_clocks(self, request_id: int) -> Sequence[RequestClock]:
        return self._rows(RequestClock, request_id)

    def intervals(self, request_id: int) -> Sequence[TurnInterval]:
        return self._rows(TurnInterval, request_id)

    def commitments(self, request_id: int) -> Sequence[Commitment]:
        return self._rows(Commitment, request_id)

    def offers(self, request_id: int) -> Sequence[Offer]:
        return self._rows(Offer, request_id)

    def story(self, request_id: int) -> Sequence[TimelineEntry]:
        return self._rows(TimelineEntry, request_id)

    def messages(self, request_id: int, *notices: Notice) -> Sequence[OutboxMessage]:
        rows = self._rows(OutboxMessage, request_id)
        return [row for row in rows if not notices or row.notice in notices]

    def everything_sent(self) -> None:
        """Act the courier: all that waits has reached Slack."""
        sent = sa.update(OutboxMessage).values(state=Delivery.SENT, shown=OutboxMessage.wanted)
        self.database.run_now(lambda session: session.execute(sent))

    def _rows(self, kind: Any, request_id: int) -> Any:
        wanted = sa.select(kind).where(kind.request_id == request_id).order_by(kind.id)
        return self.database.run_now(lambda session: session.scalars(wanted).all())


def a_part(quantity: int = 40, ship_date: date = FRIDAY, **frame: Any) -> Proposal:
    return _proposal(OfferShape.PART_ON_DATE, [(ship_date, quantity)], **frame)


def later(ship_date: date = NEXT_FRIDAY, quantity: int = 100, **frame: Any) -> Proposal:
    return _proposal(OfferShape.EVERYTHING_LATER, [(ship_date, quantity)], **frame)


def staged(*lots: tuple[date, int], **frame: Any) -> Proposal:
    return _proposal(OfferShape.STAGED_LOTS, lots or [(FRIDAY, 40), (NEXT_FRIDAY, 60)], **frame)


def instead(quantity: int = 100, ship_date: date = FRIDAY, **frame: Any) -> Proposal:
    return _proposal(OfferShape.INSTEAD, [(ship_date, quantity)], **frame)


def _proposal(shape: OfferShape, lots: Sequence[tuple[date, int]], **frame: Any) -> Proposal:
    splits = tuple(ShipmentSplit(day, Decimal(quantity)) for day, quantity in lots)
    return Proposal(shape=shape, lots=splits, **frame)
