"""How fast the stand-in for Slack answers: its calls beside an endpoint of the same HTTP server that does nothing.

Both listen in this process and are asked over one kept connection each, by a client that hardly costs anything.
A quarter of the empty endpoint's rate is four times its time.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox import Sandbox, SandboxClock, World
from tests.bench.figures import Case, Line, interleave

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bench.places import Place
    from tests.bench.plans import Plan

AIM = 4.0  # times the empty endpoint: a quarter of its rate
BATCH = 20  # calls a sample
POST = "/api/chat.postMessage"
EMPTY = "empty endpoint"
PLAIN, CARD = "stand-in, a plain post", "stand-in, a card"
WORDS = "*Harbor Dairy* needs 40 ball valves DN50 by Friday, 13 March"


@dataclass(frozen=True)
class Caller:
    """One kept connection to one address."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    head: str

    async def once(self, body: dict[str, Any]) -> None:
        sent = json.dumps(body).encode()
        self.writer.write(f"{self.head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        answer = await self.reader.readexactly(length)
        assert b'"ok": true' in answer, answer


async def measure(plan: Plan, _place: Place) -> list[Line]:
    """A plain post and a card, against nothing."""
    async with _stand_in() as (port, token), _empty() as floor, _calling(port, token) as own, _calling(floor) as bare:
        numbers = count(1)
        cases = [
            Case(EMPTY, lambda: _batch(bare, numbers, _plain)),
            Case(PLAIN, lambda: _batch(own, numbers, _plain)),
            Case(CARD, lambda: _batch(own, numbers, _card)),
        ]
        found = await interleave(cases, rounds=plan.rounds, each=plan.each)
    floors = {EMPTY: found[EMPTY]}
    return [
        Line(f"{BATCH} times {PLAIN}", found[PLAIN], floors, AIM),
        Line(f"{BATCH} times {CARD}", found[CARD], floors, AIM),
    ]


async def _batch(caller: Caller, numbers: count[int], body: Any) -> float:
    """Seconds for a batch; every message is another one, so that nothing can be answered from memory."""
    bodies = [body(next(numbers)) for _ in range(BATCH)]
    started = time.perf_counter()
    for one in bodies:
        await caller.once(one)
    return time.perf_counter() - started


def _plain(number: int) -> dict[str, Any]:
    return {"channel": "C0SALES", "text": f"{WORDS} ({number})"}


def _card(number: int) -> dict[str, Any]:
    def button(name: str) -> dict[str, Any]:
        words = {"type": "plain_text", "text": name}
        return {"type": "button", "action_id": name, "value": str(number), "text": words}

    told = {"type": "mrkdwn", "text": f"{WORDS} ({number})"}
    blocks = [
        {"type": "section", "text": told},
        {"type": "context", "elements": [told]},
        {"type": "actions", "elements": [button("accept"), button("refuse")]},
    ]
    return _plain(number) | {"blocks": blocks}


@asynccontextmanager
async def _stand_in() -> AsyncIterator[tuple[int, str]]:
    sandbox = Sandbox(World.seeded(SandboxClock()))
    sandbox.world.rate_limits, sandbox.world.subscribed = False, frozenset()
    await sandbox.start()
    try:
        yield int(sandbox.url.rpartition(":")[2]), sandbox.app.bot_token
    finally:
        await sandbox.stop()


@asynccontextmanager
async def _empty() -> AsyncIterator[int]:
    async def nothing(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_post(POST, nothing)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _calling(port: int, token: str = "none") -> AsyncIterator[Caller]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    host = f"POST {POST} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
    try:
        yield Caller(reader, writer, f"{host}Content-Type: application/json\r\n")
    finally:
        writer.close()
        await writer.wait_closed()
