"""What reading costs: beside Bolt's dispatch of the same message in one run, and against the length of the text."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, Any

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.reader.messages import read_message
from bot.reader.replies import read_reply
from tests import payloads
from tests.bench.figures import MILLI, Case, Times, interleave
from tests.bench.floors import idle_app
from tests.bench.workplace import SECRET
from tests.builders import MARA

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from slack_bolt.async_app import AsyncAck, AsyncApp

    from tests.reader.replies_corpus import Labelled

NOTICING, MESSAGE, REPLY, DISPATCH, BARE = (
    "noticing a message",
    "reading a message",
    "reading a reply",
    "Bolt's dispatch",
    "without authorization",
)
LENGTHS = (500, 5_000, 10_000, 20_000, 40_000)
PATIENCE = 10
MOST_GROWTH = 1.0
"""Twice the text may cost at most twice the time."""


@dataclass(frozen=True)
class SpeedLine:
    """Reading beside Bolt's dispatch of the same message to a listener that does nothing, up to that listener's end.

    Reading is to be cheaper in the worst of a hundred.
    ``dispatch`` finds the workspace's token as the app does, ``bare`` is handed one.
    """

    what: str
    figure: Times
    dispatch: Times
    bare: Times

    @property
    def verdict(self) -> str:
        return "within" if self.figure.p99 < self.dispatch.p99 else "above"

    def __str__(self) -> str:
        p50, p99 = self.figure.median / self.dispatch.median, self.figure.p99 / self.dispatch.p99
        floors = f"{DISPATCH} {self.dispatch} ({BARE} {self.bare})"
        return f"  {self.what:20} {self.figure} against {floors} = p50 {p50:.2f}, p99 {p99:.2f}, aim 1: {self.verdict}"


@dataclass(frozen=True)
class LengthLine:
    """Processor seconds by the length of the text; ``growth`` is theirs by the length's, the worst of all."""

    what: str
    least: dict[int, float]

    @property
    def growth(self) -> float:
        (short, least), *longer = self.least.items()
        return max((seconds / least) / (length / short) for length, seconds in longer)

    @property
    def verdict(self) -> str:
        return "within" if self.growth <= MOST_GROWTH else "above"

    def __str__(self) -> str:
        told = ", ".join(f"{length:,}: {seconds * MILLI:.2f} ms" for length, seconds in self.least.items())
        return f"  {self.what:24} {told}; growth by length {self.growth:.2f}, aim {MOST_GROWTH:g}: {self.verdict}"


class Reading:
    """The texts, one after the other, read and dispatched; every text is met by all."""

    def __init__(self, bolt: AsyncApp, replies: Sequence[Labelled], messages: Sequence[tuple[str, Any]]) -> None:
        self._replies, self._messages, self._noticed = cycle(replies), cycle(messages), cycle(messages)
        bodies = [json.dumps(payloads.reply(MARA, text, "1.1")) for text, _now in messages]
        self._bodies, self._bare_bodies = cycle(bodies), cycle(bodies)
        self._bolt, self._bare = bolt, idle_app(SECRET, process_before_response=False)
        self._heard = asyncio.Event()
        for app in (self._bolt, self._bare):
            app.event("message")(self._listener())

    async def message(self) -> float:
        text, now = next(self._messages)
        started = time.perf_counter()
        read_message(text, now=now)
        return time.perf_counter() - started

    async def noticing(self) -> float:
        """What every message of a watched channel costs: whether it asks, and why."""
        text, now = next(self._noticed)
        started = time.perf_counter()
        read_message(text, now=now, with_fields=False)
        return time.perf_counter() - started

    async def reply(self) -> float:
        reply = next(self._replies)
        started = time.perf_counter()
        read_reply(reply.text, now=reply.now, asked=reply.asked)
        return time.perf_counter() - started

    async def dispatch(self) -> float:
        return await self._timed(self._bolt, next(self._bodies))

    async def bare(self) -> float:
        return await self._timed(self._bare, next(self._bare_bodies))

    async def _timed(self, bolt: AsyncApp, body: str) -> float:
        """Bolt answers an event before it calls the listener: the work is over when that was called."""
        headers = _signed(body)
        self._heard.clear()
        started = time.perf_counter()
        response = await bolt.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
        await asyncio.wait_for(self._heard.wait(), PATIENCE)
        took = time.perf_counter() - started
        assert response.status == 200, response.body
        return took

    def _listener(self) -> Callable[[AsyncAck], Awaitable[None]]:
        # A function: Bolt reads the argument names.
        async def hear(ack: AsyncAck) -> None:
            await ack()
            self._heard.set()

        return hear


async def measure_beside(reading: Reading, *, rounds: int, each: int) -> list[SpeedLine]:
    """Take reading and dispatch in turn, so that a slow moment of the machine hits both."""
    cases = [
        Case(NOTICING, reading.noticing),
        Case(MESSAGE, reading.message),
        Case(REPLY, reading.reply),
        Case(DISPATCH, reading.dispatch),
        Case(BARE, reading.bare),
    ]
    found = await interleave(cases, rounds=rounds, each=each)
    return [SpeedLine(name, found[name], found[DISPATCH], found[BARE]) for name in (NOTICING, MESSAGE, REPLY)]


def measure_lengths(
    replies: Sequence[Labelled], messages: Sequence[tuple[str, Any]], *, turns: int
) -> list[LengthLine]:
    """Read texts of every length, made of the labelled ones one after the other."""
    now = replies[0].now
    novel = " ".join(text for text, _now in messages)
    answers = " ".join(reply.text for reply in replies)
    by_message, by_reply = {}, {}
    for length in LENGTHS:
        by_message[length] = _least(turns, partial(read_message, _long(novel, length), now=now))
        by_reply[length] = _least(turns, partial(read_reply, _long(answers, length), now=now))
    return [LengthLine("a message by length", by_message), LengthLine("a reply by length", by_reply)]


def _long(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _least(turns: int, call: Callable[[], object]) -> float:
    """The least of the processor's time: what else the machine does is no part of it."""
    took = []
    for _turn in range(turns):
        started = time.thread_time()
        call()
        took.append(time.thread_time() - started)
    return min(took)


def _signed(body: str) -> dict[str, Any]:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    return {
        "content-type": "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }
