"""From the sent form to the card that Slack took: the request is committed, claimed, drawn and posted."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import aiohttp

from bot.courier import Courier
from bot.courier.claims import wire_key
from tests.bench import floors
from tests.bench.figures import Case, Line, interleave
from tests.bench.stand_in import StandIn
from tests.bench.workplace import Workplace, dispatch, timed

if TYPE_CHECKING:
    from tests.bench.places import Place
    from tests.bench.plans import Plan

PATIENCE = 30.0
"""Seconds after which something is broken, not slow."""
CARD, SENT, CALL = "submission to card accepted by Slack", "submission", "bare chat.postMessage"


class Sending:
    """The app with its courier at work; beside it one without, for the submission alone."""

    def __init__(self, place: Place, stand_in: StandIn, session: aiohttp.ClientSession) -> None:
        self.stand_in = stand_in
        self.place = Workplace(place.empty("sending"), stand_in)
        self.silent = Workplace(place.empty("silent"), stand_in)
        self.courier = Courier(self.place.database, self.place.gateway, self.place.clock)
        self.call = floors.BareCall(stand_in.base_url, session)
        self._sent = 0
        self._running: asyncio.Task[None] | None = None

    async def prepare(self, plan: Plan) -> None:
        for place in (self.place, self.silent):
            await place.fill_in(plan.n + plan.each)
        self._running = asyncio.create_task(self.courier.run())
        await self.fall_quiet()

    async def close(self) -> None:
        await self.courier.drain()
        if self._running is not None:
            await self._running
        for place in (self.place, self.silent):
            await place.close()

    async def card(self) -> float:
        """Send a form and wait for its card; then let everything else arrive, so that the next one starts alike."""
        self._sent += 1
        accepted = self.stand_in.accepted(wire_key(self.place.workspace.tenant_id, f"card:{self._sent}"))
        body = self.place.next_form()
        started = time.perf_counter()
        await dispatch(self.place.bolt, body)
        async with asyncio.timeout(PATIENCE):
            took = await accepted - started
        await self.fall_quiet()
        return took

    async def submission(self) -> float:
        return await timed(self.silent.bolt, self.silent.next_form())

    async def post(self) -> float:
        """The card that was posted last, posted once more by nobody in particular."""
        body = {**self.stand_in.cards[0], "metadata": {"event_type": "bench", "event_payload": {"key": "again"}}}
        return await self.call.take("chat.postMessage", body)

    async def fall_quiet(self) -> None:
        """Move the clock past the channels' pace and wait until everything is shown."""
        async with asyncio.timeout(PATIENCE):
            while not await self.courier.is_idle():
                self.place.clock.advance(1)
                self.courier.poke()
                await asyncio.sleep(0.005)
        self.place.clock.advance(2)


async def measure(plan: Plan, place: Place) -> list[Line]:
    stand_in = StandIn()
    await stand_in.start()
    async with aiohttp.ClientSession() as session:
        sending = Sending(place, stand_in, session)
        await sending.prepare(plan)
        cases = [Case(CARD, sending.card), Case(SENT, sending.submission), Case(CALL, sending.post)]
        found = await interleave(cases, rounds=plan.rounds, each=plan.each)
        await sending.close()
    await stand_in.stop()
    return [Line(CARD, found[CARD], {SENT: found[SENT], CALL: found[CALL]}, 2.0)]
