"""A started sandbox, an app's client, a script at the control interface, and a Bolt app on a real socket."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot import migrating
from bot.demo import Demo
from bot.sandbox import Sandbox, SandboxClock, World

TUESDAY = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
TUESDAY_AT_WORK = datetime(2026, 11, 24, 8, tzinfo=UTC)


@dataclass
class Script:
    """Speaks to the control interface as a script does."""

    session: aiohttp.ClientSession

    async def status(self, name: str, /, **body: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(f"/sandbox/api/{name}", json=body) as response:
            return response.status, await response.json()

    async def post(self, name: str, user: str | None = None, /, **body: Any) -> dict[str, Any]:
        _, answer = await self.status(name, **body, **({"as": user} if user else {}))
        return answer

    async def get(self, name: str, user: str | None = None, /, **query: Any) -> dict[str, Any]:
        async with self.session.get(f"/sandbox/api/{name}", params=query | ({"as": user} if user else {})) as response:
            return await response.json()

    async def last(self, user: str, channel: str, **query: Any) -> dict[str, Any]:
        return (await self.get("messages", user, channel=channel, **query))["messages"][-1]


@pytest.fixture
async def sandbox():
    sandbox = Sandbox(World.seeded(SandboxClock(TUESDAY)))
    sandbox.world.rate_limits = False
    sandbox.stage.dispatch.retry_after = (0.05, 0.1)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def script(sandbox):
    async with aiohttp.ClientSession(sandbox.url) as session:
        yield Script(session)


@pytest.fixture
def client(sandbox):
    return AsyncWebClient(token=sandbox.app.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
def bolt(sandbox, client):
    """A Bolt app that knows its workspace, not yet connected."""
    own = sandbox.app

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        ids = {"bot_id": own.bot_id, "bot_user_id": own.bot_user_id}
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=own.bot_token, **ids)

    return AsyncApp(client=client, authorize=authorize, process_before_response=True)


@pytest.fixture
def connected(sandbox, bolt):
    """Connect the Bolt app by Socket Mode for the length of a block."""

    @contextlib.asynccontextmanager
    async def connect():
        web_client = AsyncWebClient(token=sandbox.app.app_token, base_url=sandbox.api_url, retry_handlers=[])
        handler = AsyncSocketModeHandler(bolt, sandbox.app.app_token, web_client=web_client, ping_interval=1)
        await handler.connect_async()
        try:
            yield handler
        finally:
            await handler.close_async()

    return connect


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    await asyncio.to_thread(migrating.upgrade, url)
    demo = Demo(port=0, database_url=url, starts=TUESDAY_AT_WORK)
    await demo.start()
    yield demo
    await demo.stop()


@pytest.fixture
async def http(demo: Demo) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=demo.sandbox.url, timeout=40) as client:
        yield client
