"""Socket Mode: one-time tickets, connections, envelopes and their acknowledgements."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from bot.sandbox.delivery.answers import EVENTS, TIME_LIMIT, Answer, Attempt

if TYPE_CHECKING:
    from bot.sandbox.world import World

MOST_CONNECTIONS = 10
FAREWELL = 0.2  # seconds between the announcement of a disconnect and the end of the connection


@dataclass(eq=False)
class Connection:
    """One open connection. While `silent_until` is ahead it looks alive and carries nothing."""

    socket: web.WebSocketResponse
    number: int
    transport: asyncio.Transport | None = None
    silent_until: float = 0.0
    leaving: bool = False

    @property
    def is_silent(self) -> bool:
        return time.monotonic() < self.silent_until


@dataclass
class Sockets:
    """Every connection of the app; each envelope goes to one of them in turn."""

    world: World
    time_limit: float = TIME_LIMIT
    connections: list[Connection] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    _turn: int = 0
    _opened: int = 0

    def ticket(self) -> str:
        """Return a ticket that opens one connection, once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def accept(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            raise web.HTTPUnauthorized(text="This ticket is unknown or was used before.")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await socket.close()
            return socket
        await self._serve(socket, request.transport)
        return socket

    async def _serve(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self._opened += 1
        connection = Connection(socket, self._opened, transport)
        self.connections.append(connection)
        self.world.touch("connections")
        try:
            await self._hello(connection)
            async for frame in socket:
                if frame.type is WSMsgType.TEXT and not connection.is_silent:
                    self._acknowledged(frame.data)
        finally:
            self.connections.remove(connection)
            self.world.touch("connections")

    async def _hello(self, connection: Connection) -> None:
        info = {"host": f"sandbox-{connection.number}", "build_number": 1, "approximate_connection_time": 18060}
        hello = {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": info,
            "connection_info": {"app_id": self.world.app.app_id},
        }
        await connection.socket.send_json(hello)
        self.world.wire.add("out", "hello", "sent", hello)

    def _acknowledged(self, data: str) -> None:
        with contextlib.suppress(ValueError):
            frame = json.loads(data)
            waiting = self._waiting.get(str(frame.get("envelope_id")))
            if waiting is not None and not waiting.done():
                waiting.set_result(frame.get("payload") or {})

    async def send(self, attempt: Attempt) -> Answer:
        connection = self._next()
        if connection is None:
            return Answer(ok=False, reason="connection_failed")
        envelope_id = secrets.token_hex(16)
        waiting: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            if not connection.is_silent:
                await connection.socket.send_json(self._envelope(envelope_id, attempt))
            body = await asyncio.wait_for(waiting, self.time_limit)
        except TimeoutError:
            return Answer(ok=False, reason="timeout")
        except ConnectionError:
            return Answer(ok=False, reason="connection_failed")
        finally:
            del self._waiting[envelope_id]
        return Answer(ok=True, body=body if isinstance(body, dict) else {})

    def _next(self) -> Connection | None:
        usable = [c for c in self.connections if not c.leaving and not c.socket.closed]
        if not usable:
            return None
        self._turn += 1
        return usable[self._turn % len(usable)]

    def _envelope(self, envelope_id: str, attempt: Attempt) -> dict[str, Any]:
        shape: dict[str, Any] = {"envelope_id": envelope_id, "type": attempt.kind, "payload": attempt.payload}
        shape["accepts_response_payload"] = attempt.kind != EVENTS
        if attempt.kind == EVENTS:
            shape |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
        return shape

    def silence(self, seconds: float) -> None:
        """Let every connection look alive and carry nothing for a while, as a half-open one does."""
        for connection in self.connections:
            connection.silent_until = time.monotonic() + seconds

    async def refresh(self) -> None:
        """End every connection as Slack does when it renews them: announce it, then close."""
        going = list(self.connections)
        message = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "sandbox"}}
        for connection in going:
            connection.leaving = True
            with contextlib.suppress(ConnectionError):
                await connection.socket.send_json(message)
            self.world.wire.add("out", "disconnect", "sent", message)
        await asyncio.sleep(FAREWELL)
        await self._close(going)

    def drop(self) -> None:
        """Cut every connection without a farewell, as a failing network does."""
        for connection in self.connections:
            connection.leaving = True
            if connection.transport is not None:
                connection.transport.abort()

    async def close(self) -> None:
        await self._close(list(self.connections))

    async def _close(self, going: list[Connection]) -> None:
        for connection in going:
            await connection.socket.close()
