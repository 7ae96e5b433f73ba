"""Asks at intervals what is due. The rows know; nothing is kept here, so a restart forgets nothing.

The scheduler only ticks: a late or doubled tick finds either something due or nothing.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import SystemClock
from bot.services import absences, digest, inbox, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.courier import Courier
    from bot.database import Database
    from bot.ports import Clock

SWEEP_SECONDS = 10
SWEEP_BATCH = 25
"""Clocks a transaction: after a long downtime people's own clicks must get their turn in between."""
SEND_SECONDS = 2
RECONCILE_SECONDS = 5
DIGEST_SECONDS = 5 * 60


class Ticker:
    """Runs the sweep, the digest and the courier's net."""

    def __init__(self, database: Database, courier: Courier, clock: Clock) -> None:
        self._database, self._courier, self._clock = database, courier, clock
        # Ticks may come late but never pile up: one missed tick and a hundred mean the same.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(job_defaults=defaults, timezone="UTC")
        self._under_way: set[asyncio.Future[None]] = set()

    def start(self) -> None:
        """Begin to tick, with a first tick of everything at once. Needs a running event loop."""
        self._every(SWEEP_SECONDS, self._sweep)
        self._every(SEND_SECONDS, self._send)
        self._every(RECONCILE_SECONDS, self._reconcile)
        self._every(DIGEST_SECONDS, self._digest)
        self._scheduler.start()

    async def stop(self) -> None:
        """Begin no tick any more and let the running ones finish: a shutdown would cut them off."""
        self._scheduler.pause()
        if self._under_way:
            await asyncio.wait(self._under_way)
        self._scheduler.shutdown(wait=False)

    async def tick_now(self) -> None:
        """Do at once what is due: the clock was moved."""
        await self._sweep()
        await self._digest()
        self._courier.poke()

    def _every(self, seconds: int, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        # Ticking follows the machine's time, whatever the clock says that is asked about deadlines.
        self._scheduler.add_job(self._tick, "interval", [work], seconds=seconds, next_run_time=SystemClock().now())

    async def _tick(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        ticking = asyncio.ensure_future(work())
        self._under_way.add(ticking)
        try:
            await ticking
        finally:
            self._under_way.discard(ticking)

    async def _sweep(self) -> None:
        # Before the clocks: what they tell goes to whoever is there.
        while await self._database.run(absences.begin_and_end, self._clock.now()):
            pass
        while await self._database.run(watch.sweep, self._clock.now(), limit=SWEEP_BATCH):
            pass

    async def _digest(self) -> None:
        await self._database.run(digest.digest_due, self._clock.now())
        await self._database.run(inbox.forget_old, self._clock.now())

    async def _send(self) -> None:
        self._courier.poke()

    async def _reconcile(self) -> None:
        await self._courier.reconcile()
