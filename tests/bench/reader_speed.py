"""What reading costs: beside Bolt's dispatch of the same message in one run, and against the length of the text."""

from __future__ import annotations

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
from tests.builders import MARA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slack_bolt.async_app import AsyncAck, AsyncApp

    from tests.reader.replies_corpus import Labelled

SECRET = "invented-signing-secret"
MESSAGE, REPLY, DISPATCH = "reading a message", "reading a reply", "Bolt's dispatch of it"
LENGTHS = (500, 5_000, 10_000, 20_000, 40_000)
MOST_GROWTH = 1.0
"""Twice the text may cost at most twice the time."""


@dataclass(frozen=True)
class SpeedLine:
    """Reading beside dispatch; it is to be the cheaper one, also in the worst of a hundred."""

    what: str
    figure: Times
    dispatch: Times

    @property
    def verdict(self) -> str:
        cheaper = self.figure.median < self.dispatch.median and self.figure.p99 < self.dispatch.p99
        return "within" if cheaper else "above"

    def __str__(self) -> str:
        p50, p99 = self.figure.median / self.dispatch.median, self.figure.p99 / self.dispatch.p99
        ratios = f"p50 {p50:.2f}, p99 {p99:.2f}, aim 1"
        return f"  {self.what:24} {self.figure} against {DISPATCH} {self.dispatch} = {ratios}: {self.verdict}"


@dataclass(frozen=True)
class LengthLine:
    """What texts cost by their length; ``growth`` is the time's growth by the length's, from the first to the worst."""

    what: str
    medians: dict[int, float]

    @property
    def growth(self) -> float:
        (short, least), *longer = self.medians.items()
        return max((seconds / least) / (length / short) for length, seconds in longer)

    @property
    def verdict(self) -> str:
        return "within" if self.growth <= MOST_GROWTH else "above"

    def __str__(self) -> str:
        told = ", ".join(f"{length:,}: {seconds * MILLI:.2f} ms" for length, seconds in self.medians.items())
        return f"  {self.what:24} {told}; growth by length {self.growth:.2f}, aim {MOST_GROWTH:g}: {self.verdict}"


class Reading:
    """The texts, one after the other, read and dispatched; every text is met by both."""

    def __init__(self, replies: Sequence[Labelled], messages: Sequence[tuple[str, Any]]) -> None:
        self._replies, self._messages = cycle(replies), cycle(messages)
        self._bodies = cycle([json.dumps(payloads.reply(MARA, text, "1.1")) for text, _now in messages])
        self._bolt = _listening_app()

    async def message(self) -> float:
        text, now = next(self._messages)
        started = time.perf_counter()
        read_message(text, now=now)
        return time.perf_counter() - started

    async def reply(self) -> float:
        reply = next(self._replies)
        started = time.perf_counter()
        read_reply(reply.text, now=reply.now, asked=reply.asked)
        return time.perf_counter() - started

    async def dispatch(self) -> float:
        body = next(self._bodies)
        headers = _signed(body)
        started = time.perf_counter()
        response = await self._bolt.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
        took = time.perf_counter() - started
        assert response.status == 200, response.body
        return took


async def measure_beside(reading: Reading, *, rounds: int, each: int) -> list[SpeedLine]:
    """Take reading and dispatch in turn, so that a slow moment of the machine hits both."""
    cases = [Case(MESSAGE, reading.message), Case(REPLY, reading.reply), Case(DISPATCH, reading.dispatch)]
    found = await interleave(cases, rounds=rounds, each=each)
    return [SpeedLine(name, found[name], found[DISPATCH]) for name in (MESSAGE, REPLY)]


def measure_lengths(
    replies: Sequence[Labelled], messages: Sequence[tuple[str, Any]], *, turns: int
) -> list[LengthLine]:
    """Read texts of every length, made of the labelled ones one after the other."""
    now = replies[0].now
    novel = " ".join(text for text, _now in messages)
    answers = " ".join(reply.text for reply in replies)
    by_message, by_reply = {}, {}
    for length in LENGTHS:
        by_message[length] = _median(turns, partial(read_message, _long(novel, length), now=now))
        by_reply[length] = _median(turns, partial(read_reply, _long(answers, length), now=now))
    return [LengthLine("a message by length", by_message), LengthLine("a reply by length", by_reply)]


def _long(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _median(turns: int, call: Any) -> float:
    times = Times()
    for _turn in range(turns):
        started = time.perf_counter()
        call()
        times.seconds.append(time.perf_counter() - started)
    return times.median


def _listening_app() -> AsyncApp:
    app = idle_app(SECRET, process_before_response=True)
    app.event("message")(_acknowledge)
    return app


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


def _signed(body: str) -> dict[str, Any]:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    return {
        "content-type": "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }
