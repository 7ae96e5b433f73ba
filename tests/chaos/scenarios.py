"""The small stories that are interrupted at every point. Each can be begun again from its start, as after a crash."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.courier import Courier
from bot.database import Database
from bot.services import digest, negotiation, surfaces, watch
from bot.services.acting import Caller, act
from models import ExpediteRequest
from models.lifecycle import How
from tests.builders import JONAS, MARA, NOON, TEAM, an_ask
from tests.chaos.kept_slack import KeptClock, KeptSlack, Point

NEXT_MONDAY = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
STEP_MINUTES = (31, 95)
"""After half of the first hour, and once the leadership must hear: all steps in between are overtaken."""


@dataclass
class Stage:
    """One process: the app's parts around a database and a Slack that outlive it."""

    database: Database
    slack: KeptSlack
    clock: KeptClock
    courier: Courier

    @classmethod
    def over(cls, folder: Path, url: str, point: Point) -> Stage:
        database = Database(url)
        event.listen(database.engine, "connect", _without_waiting_for_the_disk)
        event.listen(database.engine, "after_cursor_execute", lambda *_: point("statement"))
        event.listen(database.engine, "commit", lambda *_: point("before commit"))
        clock = KeptClock(folder / "clock", NOON)
        slack = KeptSlack(folder / "slack", clock, point)
        return cls(database, slack, clock, Courier(database, slack, clock))

    async def act(self, who: str, key: str, use_case: Callable[..., Any], /, *args: Any, **facts: Any) -> None:
        """Do what a person does; Slack delivers it again after a crash, under the same key."""
        await self.database.run(act, Caller(TEAM, who), key, self.clock.now(), use_case, *args, **facts)

    async def send(self, seconds: int = 3) -> None:
        for _ in range(seconds):
            while await self.courier.send_due():
                pass
            self.clock.advance(1)

    async def recover(self) -> None:
        """Run for as long as the longest lease and doubt last."""
        for _ in range(6):
            if await self.courier.is_idle():
                return
            self.clock.advance(61)
            await self.courier.reconcile()
            await self.send()


async def nothing(_stage: Stage) -> None:
    """The workspace as it was furnished."""


async def asked(stage: Stage) -> None:
    """Mara asks; the desk gets a card, she gets her receipt."""
    await stage.act(MARA, "home", surfaces.open_home)
    await stage.act(MARA, "submit", negotiation.submit, an_ask(), how=How.FORM)
    await stage.send()


async def acknowledged(stage: Stage) -> None:
    """Jonas takes it: the card is drawn again, its thread gets a note."""
    request_id = await stage.database.run(_the_request)
    await stage.act(JONAS, "acknowledge", negotiation.acknowledge, request_id, how=How.BUTTON)
    await stage.send()


async def unanswered(stage: Stage) -> None:
    """Nobody acts, and each step of the clock is told as it falls due."""
    for minutes in STEP_MINUTES:
        stage.clock.set(NOON + timedelta(minutes=minutes))
        while await stage.database.run(watch.sweep, stage.clock.now()):
            pass
        await stage.send()


async def monday(stage: Stage) -> None:
    """A week later the leadership gets its digest."""
    stage.clock.set(NEXT_MONDAY)
    await stage.database.run(digest.digest_due, stage.clock.now())
    await stage.send()


async def asked_in_the_dark(stage: Stage) -> None:
    """Mara asks, and whoever looks for what was posted finds nothing: shows that the judge sees a doubled message."""
    stage.slack.is_blind = True
    await asked(stage)


def _without_waiting_for_the_disk(connection: Any, _record: Any) -> None:
    """What a process wrote outlives it without reaching the disk: only a loss of power would need that."""
    setting = "PRAGMA synchronous=OFF" if "sqlite3" in type(connection).__module__ else "SET synchronous_commit=off"
    connection.cursor().execute(setting)


def _the_request(session: Session) -> int:
    return session.scalars(sa.select(ExpediteRequest.id)).one()


@dataclass(frozen=True)
class Scenario:
    """What happens undisturbed, and then the story that is interrupted."""

    before: Callable[[Stage], Awaitable[None]]
    story: Callable[[Stage], Awaitable[None]]


SCENARIOS = {
    "submit": Scenario(nothing, asked),
    "answer": Scenario(asked, acknowledged),
    "sweep": Scenario(asked, unanswered),
    "digest": Scenario(asked, monday),
}
FOR_THE_JUDGE = {"dark": Scenario(nothing, asked_in_the_dark)}
