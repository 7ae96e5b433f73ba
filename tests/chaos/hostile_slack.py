"""A Web API on loopback that means trouble: it takes messages and hangs, resets, lies, or answers too late.

Every message it takes is in its log before anybody hears of it: the log is what people would see. Edits, App Homes and
searches suffer too. After a call of ``/api/calm`` it behaves.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import struct
import time
import urllib.parse
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

TEMPERS = {
    "ok": 55,
    "accept then hang": 8,
    "accept late": 5,
    "accept then reset": 8,
    "accept then 500": 6,
    "500": 6,
    "429": 5,
    "reset": 4,
    "garbage": 3,
}
LATE = 1.4
"""Seconds until a message shows up that the client has stopped waiting for."""
HANG = 4.0
LIMITED = 0.3
"""Seconds for which every call is refused after a 429."""


@dataclass
class HostileSlack:
    """One server. ``log`` takes a line of JSON for each message; the seed decides who suffers what."""

    log: Path
    seed: int
    is_dark: bool = False
    """Finds nothing of what it took: whoever relies on a search must fail, and the judge must see it."""
    is_calm: bool = False
    limited_until: float = 0.0
    messages: list[dict[str, Any]] = field(default_factory=list)
    suffered: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._numbers = count(1)

    async def serve(self, listener: socket.socket) -> None:
        server = await asyncio.start_server(self._handle, sock=listener)
        async with server:
            await server.serve_forever()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            method, told = await _request(reader)
            await self._answer(method, told, writer)
        with suppress(ConnectionError):
            writer.close()

    async def _answer(self, method: str, told: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        if method == "calm":
            self.is_calm = True
            await _reply(writer, 200, {"ok": True})
        elif time.monotonic() < self.limited_until:
            await _reply(writer, 429, {"ok": False, "error": "ratelimited"}, retry_after=1)
        else:
            await self._in_a_temper(self._temper(), method, told, writer)

    def _temper(self) -> str:
        if self.is_calm:
            return "ok"
        [temper] = self._chance.choices(list(TEMPERS), list(TEMPERS.values()))
        self.suffered[temper] = self.suffered.get(temper, 0) + 1
        return temper

    async def _in_a_temper(self, temper: str, method: str, told: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        match temper:
            case "ok":
                await asyncio.sleep(self._chance.random() * 0.03)
                await _reply(writer, 200, self._done(method, told))
            case "accept then hang":
                self._done(method, told)
                await asyncio.sleep(HANG)
            case "accept late":
                await asyncio.sleep(LATE)
                self._done(method, told)
            case "accept then reset":
                self._done(method, told)
                _reset(writer)
            case "accept then 500":
                self._done(method, told)
                await _reply(writer, 500, "oops")
            case "500":
                await _reply(writer, 500, "oops")
            case "429":
                self.limited_until = time.monotonic() + LIMITED
                await _reply(writer, 429, {"ok": False, "error": "ratelimited"}, retry_after=1)
            case "reset":
                _reset(writer)
            case _:
                await _reply(writer, 200, "<html>a proxy's idea of an answer</html>")

    def _done(self, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Do what was asked, for good, and say what Slack would answer."""
        match method:
            case "chat.postMessage":
                return self._post(told)
            case "chat.update":
                return self._edit(told)
            case "conversations.open":
                return {"ok": True, "channel": {"id": _landing(told["users"])}}
            case "conversations.history" | "conversations.replies":
                return self._found(told)
            case _:
                return {"ok": True}

    def _post(self, told: dict[str, Any]) -> dict[str, Any]:
        message = {
            "ts": f"{time.time() + next(self._numbers) / 1_000_000:.6f}",
            "channel": _landing(told["channel"]),
            "thread_ts": told.get("thread_ts"),
            "text": told["text"],
            "metadata": told["metadata"],
        }
        self.messages.append(message)
        with self.log.open("a") as log:
            log.write(json.dumps(message) + "\n")
        return {"ok": True, "ts": message["ts"], "channel": message["channel"]}

    def _edit(self, told: dict[str, Any]) -> dict[str, Any]:
        for message in self.messages:
            if (message["channel"], message["ts"]) == (told["channel"], told["ts"]):
                return {"ok": True}
        return {"ok": False, "error": "message_not_found"}

    def _found(self, told: dict[str, Any]) -> dict[str, Any]:
        here = [
            message
            for message in reversed([] if self.is_dark else self.messages)
            if message["channel"] == told["channel"]
            and message["thread_ts"] == told.get("ts")
            and float(message["ts"]) >= float(told["oldest"])
        ]
        start, most = int(told.get("cursor", 0)), int(told["limit"])
        more = str(start + most) if len(here) > start + most else ""
        page = here[start : start + most]
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": more}}


async def _request(reader: asyncio.StreamReader) -> tuple[str, dict[str, Any]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    url = urllib.parse.urlsplit(head.split(" ", 2)[1])
    lengths = [line.split(":")[1] for line in head.split("\r\n") if line.lower().startswith("content-length:")]
    body = await reader.readexactly(int(lengths[0])) if lengths else b""
    told = json.loads(body) if body.startswith(b"{") else dict(urllib.parse.parse_qsl(url.query))
    return url.path.removeprefix("/api/"), told


async def _reply(
    writer: asyncio.StreamWriter, status: int, said: dict[str, Any] | str, *, retry_after: int | None = None
) -> None:
    body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
    kind = "text/html" if isinstance(said, str) else "application/json"
    wait = f"Retry-After: {retry_after}\r\n" if retry_after else ""
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{wait}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection the hard way, as a failing router does."""
    broken = writer.get_extra_info("socket")
    broken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _landing(channel: str) -> str:
    return f"D{channel[1:]}" if channel.startswith("U") else channel
