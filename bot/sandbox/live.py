"""Live news for open pages: what changed, in batches, so that two windows stay in step."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.sandbox.world import World

BATCH = 0.04  # seconds


class Live:
    """Pushes {"changed": [topics]} to every page that listens."""

    def __init__(self, world: World) -> None:
        self._pages: set[web.WebSocketResponse] = set()
        self._topics: set[str] = set()
        self._flush: asyncio.Task[None] | None = None
        world.on_change.append(self._noted)

    def _noted(self, topic: str) -> None:
        if not self._pages:
            return
        self._topics.add(topic)
        if self._flush is None or self._flush.done():
            self._flush = asyncio.get_running_loop().create_task(self._send())

    async def _send(self) -> None:
        while self._topics:
            await asyncio.sleep(BATCH)
            topics, self._topics = sorted(self._topics), set()
            for page in list(self._pages):
                with contextlib.suppress(ConnectionError):
                    await page.send_json({"changed": topics})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Keep one page informed until it leaves."""
        page = web.WebSocketResponse(heartbeat=30)
        await page.prepare(request)
        self._pages.add(page)
        try:
            async for _ in page:
                pass  # pages only listen
        finally:
            self._pages.discard(page)
        return page

    async def close(self) -> None:
        if self._flush is not None:
            self._flush.cancel()
        for page in list(self._pages):
            await page.close()
