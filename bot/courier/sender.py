"""Sends what waits in the outbox. Any number of couriers may run: claims keep them apart.

What stays possible: a process that stalls exactly between its last look at the lease and the socket, or a message that
Slack shows later than ``settle``, could be posted twice.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.blocks.charts import without_charts
from bot.courier import claims, doubts, results
from bot.courier.claims import Patience
from bot.courier.rendering import draw
from bot.ports import File, Message, NotAccepted, Refused, SlackFault, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.courier.claims import Errand, Render, Rendered
    from bot.courier.doubts import Doubt
    from bot.database import Database
    from bot.ports import Clock, Posted, SlackGateway

log = structlog.get_logger()

AT_ONCE = 8
"""Calls under way at the same time: one channel that hangs must not hold up the others."""
LONGEST_SLEEP = 2.0
SHORT_SLEEP = 0.2
SHORTEST_SLEEP = 0.02


class Courier:
    """Keeps Slack true to the outbox. ``settle``, ``lease`` and ``pace`` are seconds, as in :class:`Patience`."""

    def __init__(
        self,
        database: Database,
        gateway: SlackGateway,
        clock: Clock,
        *,
        settle: float = 30,
        lease: float = 60,
        pace: float = 1,
        longest_call: float = 12,
        render: Render = draw,
    ) -> None:
        self._database, self._gateway, self._clock = database, gateway, clock
        self.patience = Patience(settle=settle, lease=lease, pace=pace, longest_call=longest_call)
        self._render = render
        self._woken = asyncio.Event()
        self._claiming = asyncio.Lock()
        self._under_way: set[asyncio.Task[None]] = set()
        self._is_stopping = False
        database.on_change(self.poke)

    def poke(self) -> None:
        """Something may be due: look now. Called on the event loop."""
        self._woken.set()

    async def run(self) -> None:
        """Send until :meth:`drain` is called; a database that is away for a while only delays."""
        while not self._is_stopping:
            self._woken.clear()
            try:
                begun = await self._begin_due(AT_ONCE - len(self._under_way))
                # Each of them pokes when it is done; a look at the rest right now would only slow them down.
                pause = SHORT_SLEEP if begun else await self._until_next()
            except Exception:  # the loop outlives whatever broke; the rows are still there
                with suppress(Exception):  # and a log that cannot be written must not end it either
                    log.exception("courier stumbled", action="send")
                pause = LONGEST_SLEEP
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), pause)

    async def send_due(self) -> int:
        """Send once what may go now, and wait for the answers; tells how many that were."""
        begun = await self._begin_due(claims.BATCH)
        await asyncio.gather(*begun)
        return len(begun)

    async def reconcile(self) -> int:
        """Look for messages of which nobody knows; tells how many were looked for."""
        found = await self._database.run(doubts.take, at=self._clock.now(), patience=self.patience)
        for doubt in found:
            await self._look_for(doubt)
        self.poke()
        return len(found)

    async def drain(self, timeout: float = 15) -> bool:  # noqa: ASYNC109 the caller's patience, not a scope
        """Begin nothing more and wait for the calls under way, ``timeout`` seconds at most; False if some were left."""
        self._is_stopping = True
        self.poke()
        async with self._claiming:
            pass  # what is being claimed right now is under way once the claim is through
        if not self._under_way:
            return True
        _done, left = await asyncio.wait(self._under_way, timeout=timeout)
        # Their rows stay claimed; whoever starts next looks in Slack what became of them.
        for task in left:
            task.cancel()
        return not left

    async def is_idle(self) -> bool:
        """Tell whether everything that can be shown is shown."""
        if self._under_way:
            return False
        return not await self._database.run(claims.is_anything_open, at=self._clock.now(), patience=self.patience)

    async def _begin_due(self, most: int) -> list[asyncio.Task[None]]:
        async with self._claiming:
            if self._is_stopping or most < 1:
                return []
            errands = await self._database.run(
                claims.claim, at=self._clock.now(), render=self._render, patience=self.patience, most=most
            )
            begun = [asyncio.create_task(self._carry_out(errand)) for errand in errands]
            for task in begun:
                self._under_way.add(task)
                task.add_done_callback(self._finished)
            return begun

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.poke()

    async def _until_next(self) -> float:
        due = await self._database.run(claims.next_due)
        if due is None or len(self._under_way) >= AT_ONCE:
            return LONGEST_SLEEP
        seconds = (due - self._clock.now()).total_seconds()
        return min(LONGEST_SLEEP, max(SHORTEST_SLEEP, seconds))

    async def _carry_out(self, errand: Errand) -> None:
        try:
            await self._attempt(errand)
        except Exception:  # the row stays claimed and is looked for when its lease is over
            log.exception("result could not be written", action="send", key=errand.key)

    async def _attempt(self, errand: Errand) -> None:
        if not self._lease_allows_a_call(errand):
            log.warning("lease too short for a call", action="send", key=errand.key)
            return
        try:
            posted, remark = await self._show(errand)
        except SlackFault as fault:
            await self._report(errand, fault)
        except Exception as error:  # a fault of ours: what Slack made of it is unknown all the same
            log.exception("gateway broke", action="send", key=errand.key)
            await self._report(errand, Unknown(type(error).__name__))
        else:
            await self._database.run(results.sent, errand, posted, at=self._clock.now(), remark=remark)

    def _lease_allows_a_call(self, errand: Errand) -> bool:
        return self._clock.now() + timedelta(seconds=self.patience.longest_call) <= errand.lease_ends

    async def _show(self, errand: Errand) -> tuple[Posted | None, str]:
        """Show it; of blocks that Slack refuses first the charts are left out, then all: what is left says the same."""
        try:
            return await self._call(errand, errand.rendered), ""
        except Refused as fault:
            refused = fault
        for plainer, remark in _plainer(errand, refused):
            if not self._lease_allows_a_call(errand):
                break
            log.warning("blocks refused", action="send", key=errand.key, error=refused.error, shown=remark)
            try:
                return await self._call(errand, plainer), f"{remark}: {refused.error}"
            except Refused as fault:
                refused = fault
        raise refused

    async def _call(self, errand: Errand, rendered: Rendered) -> Posted | None:
        if isinstance(rendered, File):
            await self._gateway.upload(
                errand.team_id, errand.channel, rendered, key=errand.key, thread_ts=errand.thread_ts
            )
            return None
        if not isinstance(rendered, Message):
            await self._gateway.publish_home(errand.team_id, errand.channel, rendered)
            return None
        if errand.posted is not None:
            await self._gateway.update(errand.team_id, errand.posted, rendered)
            return None
        return await self._gateway.post(
            errand.team_id, errand.channel, rendered, key=errand.key, thread_ts=errand.thread_ts
        )

    async def _report(self, errand: Errand, fault: SlackFault) -> None:
        at = self._clock.now()
        if isinstance(fault, NotAccepted):
            await self._database.run(results.put_off, errand, fault, at=at)
        elif isinstance(fault, Refused):
            log.error("message refused", action="send", key=errand.key, error=fault.error)
            await self._database.run(results.give_up, errand, fault, at=at)
        else:
            await self._database.run(results.leave_unsure, errand, fault, at=at, patience=self.patience)

    async def _look_for(self, doubt: Doubt) -> None:
        try:
            posted = await self._gateway.find_posted(
                doubt.team_id, doubt.channel, doubt.key, since=doubt.since, thread_ts=doubt.thread_ts
            )
        except SlackFault as fault:
            seconds = (
                self.patience.second_look if isinstance(fault, Refused) else fault.retry_after or self.patience.settle
            )
            until = self._clock.now() + timedelta(seconds=seconds)
            await self._database.run(doubts.wait, doubt, fault, until=until)
        else:
            await self._database.run(doubts.settle, doubt, posted, at=self._clock.now())


def _plainer(errand: Errand, fault: Refused) -> Iterator[tuple[Message, str]]:
    """Yield what can be shown in place of refused blocks, with how that is called in the row."""
    message = errand.rendered
    if not fault.error.startswith("invalid_blocks") or not isinstance(message, Message) or not message.blocks:
        return
    calm = without_charts(message)
    if calm.blocks and len(calm.blocks) < len(message.blocks):
        yield calm, "shown without charts"
    yield Message(message.text), "shown as text"
