"""Delivering: events at least once with retries, commands and clicks exactly one time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.sandbox import events
from bot.sandbox.delivery.answers import EVENTS, Answer, Attempt

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.sandbox.delivery.answers import Transport
    from bot.sandbox.faults import Fault
    from bot.sandbox.world import World

Json = dict[str, Any]
NOT_THERE = "connection_failed"
REORDER_PATIENCE = 0.5  # seconds that a held-back event waits for another one to overtake it


class Dispatch:
    """Hands deliveries to Socket Mode, or to signed HTTP when the world has a request URL."""

    def __init__(self, world: World, sockets: Transport, http: Transport) -> None:
        self._world, self._sockets, self._http = world, sockets, http
        self._tasks: set[asyncio.Task[Any]] = set()
        self._held: list[Json] = []
        self.retry_after: tuple[float, ...] = (0.1, 1.0, 5.0)  # Slack: at once, a minute, five minutes
        self.asking = 0

    @property
    def is_quiet(self) -> bool:
        """Whether everything was delivered and acknowledged, or given up."""
        return not self._tasks and not self._held and self.asking == 0

    def emit(self, event: Json) -> None:
        """Take an event for delivery, if the app subscribed to it."""
        subscribed = self._world.subscribed
        if subscribed is not None and events.subscription(event) not in subscribed:
            return
        payload = events.envelope(self._world, event)
        fault = self._world.faults.strike_delivery(f"event:{event['type']}")
        if fault is None:
            self._deliver(payload)
            self._release()
        else:
            self._disturbed(fault, payload)

    def _disturbed(self, fault: Fault, payload: Json) -> None:
        if fault.kind == "duplicate":
            self._deliver(payload)
            self._deliver(payload)
        elif fault.kind == "reorder":
            self._held.append(payload)
            self._start(self._release_later())

    def _release(self) -> None:
        held, self._held = self._held, []
        for payload in held:
            self._deliver(payload)

    async def _release_later(self) -> None:
        await asyncio.sleep(REORDER_PATIENCE)
        self._release()

    def _deliver(self, payload: Json) -> None:
        self._start(self._until_acknowledged(payload))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _until_acknowledged(self, payload: Json) -> None:
        reason = ""
        for number, delay in enumerate((0.0, *self.retry_after)):
            await asyncio.sleep(delay)
            answer = await self._send(Attempt(EVENTS, payload, number, reason))
            if answer.ok or not answer.retry:
                return
            reason = answer.reason

    async def ask(self, kind: str, payload: Json) -> Answer:
        """Deliver a command or an interaction once and return what the app answered."""
        fault = self._world.faults.strike_delivery(f"request:{kind}")
        self.asking += 1
        try:
            if fault is not None and fault.kind == "duplicate":
                self._start(self._once_more(Attempt(kind, payload)))
            return await self._send(Attempt(kind, payload))
        finally:
            self.asking -= 1

    def tell(self, kind: str, payload: Json) -> None:
        """Deliver once without waiting for the answer."""
        self._start(self._once_more(Attempt(kind, payload)))

    async def _once_more(self, attempt: Attempt) -> None:
        await self._send(attempt)

    async def _send(self, attempt: Attempt) -> Answer:
        answer = Answer(ok=False, reason=NOT_THERE) if self._world.outage.is_on else await self._carried(attempt)
        status = "acknowledged" if answer.ok else answer.reason
        self._world.wire.add("out", _label(attempt), status, {"payload": attempt.payload, "answer": answer.body})
        return answer

    async def _carried(self, attempt: Attempt) -> Answer:
        return await (self._http if self._world.request_url else self._sockets).send(attempt)

    async def stop(self) -> None:
        """Give up whatever is still under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _label(attempt: Attempt) -> str:
    if attempt.kind == EVENTS:
        retry = f" (retry {attempt.number})" if attempt.number else ""
        return f"event:{attempt.payload['event']['type']}{retry}"
    name = attempt.payload.get("command") or attempt.payload.get("type")
    return f"{attempt.kind}:{name}"
