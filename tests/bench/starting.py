"""From the start of the process until it answers, and how much memory it then takes."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot import migrating
from tests.bench.figures import Case, Line, SizeLine, Times, interleave
from tests.bench.stand_in import StandIn
from tests.builders import PLANT3

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from tests.bench.places import Place
    from tests.bench.plans import Plan

ROOT = Path(__file__).resolve().parents[2]
AIM, MEGABYTES = 1.3, 110.0
PATIENCE = 60.0
LIBRARIES = (
    "aiohttp, apscheduler.schedulers.asyncio, cryptography.fernet, pydantic_settings, slack_bolt.async_app, "
    "slack_sdk.web.async_client, sqlalchemy.orm, sqlalchemy.dialects.sqlite, sqlalchemy.dialects.postgresql, "
    "structlog, typer"
)
MORE = {
    "Socket Mode": "slack_bolt.adapter.socket_mode.aiohttp",
    "HTTP": "slack_bolt.adapter.starlette.async_handler, starlette.applications, uvicorn, uvicorn.lifespan.on, "
    "uvicorn.protocols.http.auto, uvicorn.protocols.websockets.auto",
}
"""What each way of serving needs beside the common libraries. Only the schema's commands need Alembic."""


class Starting:
    """Starts the app as an operator does, against the stand-in."""

    def __init__(self, mode: str, place: Place, stand_in: StandIn) -> None:
        self.mode, self.stand_in, self.folder = mode, stand_in, place.folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database_url = f"sqlite:///{self.folder / 'starting.db'}"
        migrating.upgrade(self.database_url)
        self.resident: list[float] = []

    async def serve(self) -> float:
        """Start, wait until it would hear Slack, look at its memory, end it."""
        self.stand_in.connected.clear()
        port = _free_port()
        started = time.perf_counter()
        process = await _start("-m", "bot", "serve", folder=self.folder, env=self._settings(port))
        await asyncio.wait_for(self._ready(process, port), PATIENCE)
        took = time.perf_counter() - started
        self.resident.append(_resident(process.pid))
        await _end(process)
        return took

    async def libraries(self) -> float:
        """Only import what it needs, and say so."""
        code = f"import {LIBRARIES}, {MORE[self.mode]}; print('ready', flush=True)"
        started = time.perf_counter()
        process = await _start("-c", code, folder=self.folder, env=dict(os.environ))
        assert process.stdout is not None
        assert await asyncio.wait_for(process.stdout.readline(), PATIENCE) == b"ready\n"
        took = time.perf_counter() - started
        await process.wait()
        return took

    async def _ready(self, process: Process, port: int) -> None:
        if self.mode == "Socket Mode":
            heard = asyncio.ensure_future(self.stand_in.connected.wait())
            ended = asyncio.ensure_future(process.wait())
            await asyncio.wait({heard, ended}, return_when=asyncio.FIRST_COMPLETED)
            ended.cancel()
        else:
            while process.returncode is None and not await _answers(port):
                await asyncio.sleep(0.005)
        assert process.returncode is None, "the app ended while starting"

    def _settings(self, port: int) -> dict[str, str]:
        is_socket = self.mode == "Socket Mode"
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SLACK_APP_TOKEN" if is_socket else "SLACK_SIGNING_SECRET": "xapp-invented" if is_socket else "invented",
            "DATABASE_URL": self.database_url,
            "SLACK_BOT_TOKEN": "xoxb-invented",
            "SLACK_API_URL": self.stand_in.base_url,
            "OPS_CHANNEL": PLANT3,
            "PORT": str(port),
        }


async def measure(plan: Plan, place: Place) -> list[Line]:
    stand_in = StandIn()
    await stand_in.start()
    lines: list[Line] = []
    for mode in MORE:
        starting = Starting(mode, place, stand_in)
        cases = [Case("ready", starting.serve), Case("libraries", starting.libraries)]
        found = await interleave(cases, rounds=plan.starts, each=1)
        lines += _lines(starting, found)
    await stand_in.stop()
    return lines


def _lines(starting: Starting, found: dict[str, Times]) -> list[Line]:
    ready = Line(
        f"process start to ready, {starting.mode}",
        found["ready"],
        {"importing its libraries": found["libraries"]},
        AIM,
    )
    if not any(starting.resident):
        return [ready]
    most = max(starting.resident)
    what = f"memory when ready (resident), {starting.mode}"
    return [ready, SizeLine(what, found["ready"], {}, MEGABYTES, megabytes=most)]


async def _start(*words: str, folder: Path, env: dict[str, str]) -> Process:
    """In a folder without a ``.env``: a developer's own settings stay out of it."""
    pipe, null = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(sys.executable, *words, cwd=folder, env=env, stdout=pipe, stderr=null)


async def _end(process: Process) -> None:
    process.terminate()
    await asyncio.wait_for(process.communicate(), PATIENCE)


async def _answers(port: int) -> bool:
    try:
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _resident(pid: int) -> float:
    """Megabytes of the process in memory; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    rss = next(line for line in told.splitlines() if line.startswith("Rss:"))
    return int(rss.split()[1]) / 1024
