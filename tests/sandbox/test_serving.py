"""`expedite-desk serve` as a process of its own: both ways of being reached, refusals at start, an orderly end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from bot import migrating
from bot.config import Mode
from bot.manifest import manifest
from bot.sandbox import Sandbox, SandboxClock, World
from tests.builders import JONAS, MARA, PLANT3, SALES
from tests.sandbox.person import Person
from tests.sandbox.serving import PATIENCE, begin, served, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(World.seeded(SandboxClock(datetime.now(UTC))), port=0)
    sandbox.world.install(manifest(Mode.SOCKET))
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def settings(slack: Sandbox, tmp_path: Path) -> dict[str, str]:
    url = f"sqlite:///{tmp_path / 'served.db'}"
    await asyncio.to_thread(migrating.upgrade, url)
    return settings_for(slack, url)


async def ask(slack: Sandbox) -> Person:
    """Mara sends a request; gives Jonas, who sees its card."""
    async with asyncio.timeout(PATIENCE):
        http = httpx.AsyncClient(base_url=slack.url, timeout=PATIENCE)
        mara, jonas = Person(http, MARA), Person(http, JONAS)
        await mara.types(SALES, "/expedite 100 pcs BRK-2040 for Acme by Friday")
        await mara.submits(reason_code="line_down")
        await mara.submits()
        await mara.submits()
        while not await jonas.from_the_desk(PLANT3):
            await asyncio.sleep(0.05)
    return jonas


async def test_served_in_socket_mode(slack: Sandbox, settings: dict[str, str], tmp_path: Path) -> None:
    async with served({**settings, "SLACK_APP_TOKEN": slack.app.app_token}, tmp_path):
        async with httpx.AsyncClient(base_url=slack.url) as http, asyncio.timeout(PATIENCE):
            while not (await http.get("/sandbox/api/state")).json()["connections"]:
                await asyncio.sleep(0.05)
        jonas = await ask(slack)

        assert "EXP-1" in (await jonas.from_the_desk(PLANT3))[0]["text"]
        await jonas.http.aclose()


async def test_served_over_http(slack: Sandbox, settings: dict[str, str], tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{settings['PORT']}"
    async with served({**settings, "SLACK_SIGNING_SECRET": slack.app.signing_secret}, tmp_path):
        async with httpx.AsyncClient() as http, asyncio.timeout(PATIENCE):
            while not await is_well(http, address):
                await asyncio.sleep(0.05)
        slack.world.request_url = f"{address}/slack/events"
        jonas = await ask(slack)

        assert "EXP-1" in (await jonas.from_the_desk(PLANT3))[0]["text"]
        await jonas.http.aclose()


async def is_well(http: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await http.get(f"{address}/healthz")).json() == {"ok": True}
    except httpx.TransportError:
        return False


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"}, "Keep one"),
        ({"SLACK_APP_TOKEN": "xapp-1", "OPS_CHANNEL": ""}, "OPS_CHANNEL"),
        ({"SLACK_APP_TOKEN": "xapp-1", "DATABASE_URL": "sqlite:///empty.db"}, "expedite-desk db upgrade"),
        ({"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN"),
    ],
)
async def test_wrong_settings_end_with_a_sentence(
    settings: dict[str, str], tmp_path: Path, changed: dict[str, str], named: str
) -> None:
    process = await begin({**settings, **changed}, tmp_path)
    ended = await asyncio.wait_for(process.wait(), PATIENCE)
    told = (tmp_path / "served.log").read_text()

    assert (2, True) == (ended, named in told), told
    assert "Traceback" not in told
