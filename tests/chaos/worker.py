"""One process of the app under chaos: people who ask and answer, and the courier. Ended without warning."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from bot.adapters.slack_gateway import SlackGatewayHttp
from bot.clock import SystemClock
from bot.courier import Courier
from bot.database import Database
from bot.services import negotiation
from bot.services.acting import Caller, act
from models.errors import ExpediteError
from models.lifecycle import How
from models.tenant import Actor
from tests.builders import JONAS, MARA, TEAM, an_ask

CALL_SECONDS = 1.0
PATIENCE = {"settle": 2.5, "lease": 3.0, "longest_call": 1.2, "pace": 0.0}
"""Production's 10, 30 and 60 seconds scaled down; their order is what matters."""


@dataclass
class Worker:
    """Asks, answers and sends; writes down the key of each request that somebody was told is in."""

    database_url: str
    api_url: str
    acknowledged: Path
    name: str
    clock: SystemClock = field(default_factory=SystemClock)

    async def run(self, *, asks: bool) -> None:
        database = Database(self.database_url)
        gateway = SlackGatewayHttp(_token, self.api_url, call_seconds=CALL_SECONDS)
        courier = Courier(database, gateway, self.clock, **PATIENCE)
        async with asyncio.TaskGroup() as work:
            work.create_task(courier.run())
            work.create_task(_reconcile(courier))
            if asks:
                work.create_task(self._ask_and_answer(database))

    async def _ask_and_answer(self, database: Database) -> None:
        chance = random.Random(self.name)
        for number in count(1):
            key = f"{self.name}:{number}"
            request_id = await self._do(database, MARA, key, _submit)
            if request_id is None:
                continue
            # Only now, after the commit, does anybody hear that it is in.
            with self.acknowledged.open("a") as heard:
                heard.write(f"{request_id}\n")
            await asyncio.sleep(chance.random() * 0.08)
            await self._do(database, JONAS, f"{key}:seen", _acknowledge, request_id)

    async def _do(self, database: Database, who: str, key: str, *use_case: object) -> int | None:
        try:
            return await database.run(act, Caller(TEAM, who), key, self.clock.now(), *use_case)
        except ExpediteError:
            return None


def _submit(session: Session, actor: Actor, *, at) -> int:
    ask = an_ask(needed_ship_date=(at + timedelta(days=10)).date())
    return negotiation.submit(session, actor, ask, at=at, how=How.FORM).id


def _acknowledge(session: Session, actor: Actor, request_id: int, *, at) -> int:
    return negotiation.acknowledge(session, actor, request_id, at=at, how=How.BUTTON).id


async def _reconcile(courier: Courier) -> None:
    while True:
        await asyncio.sleep(0.5)
        await courier.reconcile()


async def _token(_team_id: str) -> str:
    return "xoxb-chaos"
