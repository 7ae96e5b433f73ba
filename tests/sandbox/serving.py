"""`expedite-desk serve` as a process of its own, against a stand-in that outlives it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.builders import LEADERS, PLANT3

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

    from bot.sandbox import Sandbox

PATIENCE = 30


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_for(slack: Sandbox, database_url: str) -> dict[str, str]:
    """An installation in this workspace with a desk that never closes: its clock is the machine's."""
    return {
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": slack.app.bot_token,
        "SLACK_API_URL": slack.api_url,
        "OPS_CHANNEL": PLANT3,
        "LEADERSHIP_CHANNEL": LEADERS,
        "DESK_NAME": "Plant 3 desk",
        "DESK_HOURS": "Mon-Sun 00:00-24:00",
        "PORT": str(a_free_port()),
    }


async def begin(settings: dict[str, str], folder: Path) -> Process:
    """Start to serve; what the app logs is kept in `served.log`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(Path.cwd()), **settings}
    command = (sys.executable, "-m", "bot", "serve")
    with (folder / "served.log").open("ab") as log:
        return await asyncio.create_subprocess_exec(*command, env=environment, cwd=folder, stderr=log)


@asynccontextmanager
async def served(settings: dict[str, str], folder: Path) -> AsyncIterator[Process]:
    """The running app; at the end it is asked to stop, and must do so by itself."""
    process = await begin(settings, folder)
    try:
        yield process
        process.terminate()
        assert 0 == await asyncio.wait_for(process.wait(), PATIENCE)
    finally:
        await end_at_once(process)


async def end_at_once(process: Process) -> None:
    """`kill -9`: no handler runs, nothing is drained."""
    if process.returncode is None:
        process.kill()
        await process.wait()
