"""A Slack on loopback that says yes to everything, as quickly as it can: what is left is our own time and HTTP's."""

from __future__ import annotations

import asyncio
import time
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from tests.builders import BOT, TEAM

PEOPLE = {"ok": True, "members": [], "response_metadata": {"next_cursor": ""}}


class StandIn:
    """Remembers what came last, and the moment at which each message was accepted, by the key in its metadata."""

    def __init__(self) -> None:
        self.base_url = ""
        self.views: list[dict[str, Any]] = []
        self.cards: list[dict[str, Any]] = []
        self.connected = asyncio.Event()
        self._accepted: dict[str, asyncio.Future[float]] = {}
        self._numbers = count(1)
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        site = web.Application()
        site.router.add_route("*", "/api/{method}", self._answer)
        site.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(site, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}/api/"

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def accepted(self, key: str) -> asyncio.Future[float]:
        """The moment (``time.perf_counter``) at which the message with this key was taken."""
        return self._accepted.setdefault(key, asyncio.get_running_loop().create_future())

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = await request.json() if request.can_read_body and request.content_type == "application/json" else {}
        return web.json_response(self._said(method, body))

    def _said(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        if method == "chat.postMessage":
            return self._posted(body)
        if method.startswith("views."):
            self.views[:] = [body["view"]]
            return {"ok": True, "view": {"id": "V0001"}}
        if method == "auth.test":
            return {"ok": True, "team_id": TEAM, "team": "Northbridge", "user_id": BOT, "bot_id": "B0DESKBOT"}
        if method == "apps.connections.open":
            return {"ok": True, "url": self.base_url.replace("http", "ws", 1).replace("/api/", "/socket")}
        return PEOPLE

    def _posted(self, body: dict[str, Any]) -> dict[str, Any]:
        key = body["metadata"]["event_payload"]["key"]
        if not (moment := self.accepted(key)).done():
            moment.set_result(time.perf_counter())
        if ":card:" in key:
            self.cards[:] = [body]
        return {"ok": True, "channel": body["channel"], "ts": f"1795000000.{next(self._numbers):06}"}

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """Socket Mode: say hello, then only listen."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.connected.set()
        async for message in socket:
            if message.type is WSMsgType.ERROR:
                break
        return socket
