"""Asks at intervals what is due. The rows know; nothing is kept here, so a restart forgets nothing.

The scheduler only ticks: a late or doubled tick finds either something due or nothing.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import SystemClock
from bot.services import absences, digest, downtime, inbox, mornings, pairs, summits, watch
from bot.services.downtime import CaughtUp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from bot.courier import Courier
    from bot.database import Database
    from bot.ports import Clock
    from bot.services.downtime import Away

    CatchUp = Callable[[Away], Awaitable[CaughtUp]]

SWEEP_SECONDS = 10
SWEEP_BATCH = 25
"""Clocks a transaction: after a long downtime people's own clicks must get their turn in between."""
SEND_SECONDS = 2
RECONCILE_SECONDS = 5
DIGEST_SECONDS = 5 * 60
BEAT_SECONDS = 30
HOLD_SECONDS = 60
"""How long reminders wait after a downtime until what people answered meanwhile is read."""
log = structlog.get_logger()


class Ticker:
    """Runs the sweep, the digest and the courier's net."""

    def __init__(self, database: Database, courier: Courier, clock: Clock, catch_up: CatchUp | None = None) -> None:
        """``catch_up`` reads what people did while nobody listened."""
        self._database, self._courier, self._clock, self._catch_up = database, courier, clock, catch_up
        self._coming_back: asyncio.Task[None] | None = None
        self._may_remind = asyncio.Event()
        self._may_remind.set()
        self._sweeping = asyncio.Lock()
        self._is_alive = False
        # Ticks may come late but never pile up: one missed tick and a hundred mean the same.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(job_defaults=defaults, timezone="UTC")
        self._under_way: set[asyncio.Future[None]] = set()

    def start(self) -> None:
        """Begin to tick, with a first tick of everything at once. Needs a running event loop."""
        self._may_remind.clear()
        self._coming_back = asyncio.create_task(self._come_back())
        asyncio.get_running_loop().call_later(HOLD_SECONDS, self._may_remind.set)
        self._every(SWEEP_SECONDS, self._sweep)
        self._every(SEND_SECONDS, self._send)
        self._every(RECONCILE_SECONDS, self._reconcile)
        self._every(DIGEST_SECONDS, self._digest)
        self._every(BEAT_SECONDS, self._beat)
        self._scheduler.start()

    async def stop(self) -> None:
        """Begin no tick any more and let the running ones finish: a shutdown would cut them off."""
        self._scheduler.pause()
        await self._stop_coming_back()
        if self._under_way:
            await asyncio.wait(self._under_way)
        self._scheduler.shutdown(wait=False)
        await self._beat()

    @property
    def is_catching_up(self) -> bool:
        """Whether what happened during a downtime is still being read."""
        return self._coming_back is not None and not self._coming_back.done()

    async def tick_now(self) -> None:
        """Do at once what is due: the clock was moved."""
        await self._sweep()
        await self._digest()
        await self._beat()
        await self._courier.reconcile()

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
        await self._may_remind.wait()
        # One at a time: beside another that holds the rows this would end at once, with nothing done.
        async with self._sweeping:
            # Before the clocks: what they tell goes to whoever is there.
            while await self._database.run(absences.begin_and_end, self._clock.now()):
                pass
            while await self._database.run(watch.sweep, self._clock.now(), limit=SWEEP_BATCH):
                pass
            while await self._database.run(mornings.tell_due, self._clock.now()):
                pass

    async def _come_back(self) -> None:
        """Catch up on the time in which nobody listened; what breaks off is resumed at the next start."""
        try:
            away = await self._database.run(downtime.came_back, self._clock.now())
            self._is_alive = True
            if away is not None:
                await self._make_up_for(away)
            await self._database.run(downtime.finished)
        except Exception:
            log.exception("could not catch up", action="come_back")
        finally:
            self._may_remind.set()

    async def _make_up_for(self, away: Away) -> None:
        due = await self._database.run(downtime.overdue, away.until)
        if not away.is_worth_telling:
            self._may_remind.set()
        caught = await self._catch_up(away) if self._catch_up is not None else CaughtUp()
        self._may_remind.set()
        await self._sweep()
        await self._database.run(downtime.tell, away, due, caught, at=self._clock.now())

    async def _stop_coming_back(self) -> None:
        self._may_remind.set()
        if self._coming_back is not None:
            self._coming_back.cancel()
            await asyncio.gather(self._coming_back, return_exceptions=True)

    async def _beat(self) -> None:
        if self._is_alive:
            await self._database.run(downtime.beat, self._clock.now())

    async def _digest(self) -> None:
        await self._database.run(digest.digest_due, self._clock.now())
        await self._database.run(summits.summits_due, self._clock.now())
        await self._database.run(pairs.pairs_due, self._clock.now())
        await self._database.run(inbox.forget_old, self._clock.now())

    async def _send(self) -> None:
        self._courier.poke()

    async def _reconcile(self) -> None:
        await self._courier.reconcile()
