"""Rows of the outbox to test the courier with, drawn as one plain line each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.courier import Courier
from bot.database import CHANGED
from bot.ports import Message
from models import OutboxMessage
from models.outbox import Delivery, Notice, Surface
from tests.builders import NOON, PLANT3

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database import Database
    from bot.ports import View
    from tests.fakes import FakeClock, FakeSlack


def in_plain_words(_session: Session, row: OutboxMessage, _at: datetime) -> Message | View:
    """Show which row at which revision."""
    if row.surface is Surface.HOME:
        return {"type": "home", "blocks": [], "private_metadata": str(row.wanted)}
    return Message(f"{row.key} r{row.wanted}")


@dataclass
class Post:
    """An outbox, its courier and the Slack it serves."""

    database: Database
    slack: FakeSlack
    clock: FakeClock
    tenant_id: int
    options: dict[str, Any] = field(default_factory=dict)
    courier: Courier = field(init=False)

    def __post_init__(self) -> None:
        options = {"render": in_plain_words, **self.options}
        self.courier = Courier(self.database, self.slack, self.clock, **options)

    def put(self, key: str, **facts: Any) -> int:
        """Write a row; by default a live card for the desk's channel. Gives its id."""
        usual = {"surface": Surface.CARD, "notice": Notice.CARD, "channel": PLANT3, "is_live": True}
        at = self.clock.now()
        row = OutboxMessage(
            **{**usual, "tenant_id": self.tenant_id, "key": key, "not_before": at, "made_at": at, **facts}
        )

        def add(session: Session) -> int:
            session.add(row)
            session.flush()
            session.info[CHANGED] = True
            return row.id

        return self.database.run_now(add)

    def row(self, row_id: int) -> OutboxMessage:
        return self.database.run_now(lambda session: session.get_one(OutboxMessage, row_id))

    def wants_another_look(self, row_id: int) -> None:
        """Change what the row should show, as a change of its request does."""
        state = sa.case((OutboxMessage.state == Delivery.SENT, Delivery.STALE), else_=OutboxMessage.state)
        due = sa.case((OutboxMessage.state == Delivery.SENT, self.clock.now()), else_=OutboxMessage.not_before)
        change = sa.update(OutboxMessage).where(OutboxMessage.id == row_id)
        values = {"wanted": OutboxMessage.wanted + 1, "state": state, "not_before": due}
        self.database.run_now(lambda session: session.execute(change.values(values)))

    async def send_all(self) -> int:
        """Send whatever may go now, until nothing may."""
        sent = 0
        while begun := await self.courier.send_due():
            sent += begun
        return sent


__all__ = ["NOON", "Post", "in_plain_words"]
