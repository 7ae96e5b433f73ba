"""Kills processes at random while Slack misbehaves, then counts what people see.

    python -m tests.chaos.run [--seconds 20] [--database sqlite|postgresql] [--workers 1] [--seed 5]

Prints how many requests were acknowledged to people, how many of their messages were lost or doubled, and fails on any.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import sys
import tempfile
import time
import traceback
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.database import make_engine
from models import OutboxMessage
from models.outbox import Delivery, Surface
from tests.chaos.grounds import create, drop
from tests.chaos.hostile_slack import HostileSlack
from tests.chaos.worker import Worker
from tests.postgres import new_database

LONGEST_RECOVERY = 90
KILL_AFTER = (0.8, 2.2)
"""Seconds a process lives, at least and at most."""


@dataclass(frozen=True)
class Arena:
    """Where it happens."""

    database_url: str
    listener: socket.socket
    folder: Path

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/api/"

    @property
    def acknowledged(self) -> Path:
        return self.folder / "acknowledged"

    @property
    def log(self) -> Path:
        return self.folder / "slack.log"

    def worker(self, name: str) -> Worker:
        return Worker(self.database_url, self.api_url, self.acknowledged, name)


@dataclass(frozen=True)
class Verdict:
    """What was counted. ``unsettled`` rows are neither shown nor known to be refused."""

    acknowledged: int
    lost: int
    doubled: int
    unsettled: int
    messages: int

    @property
    def is_clean(self) -> bool:
        return self.acknowledged > 0 and not (self.lost or self.doubled or self.unsettled)


def main(args: list[str]) -> int:
    told = _arguments(args)
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as listener:
        arena = Arena(_database(told.database, Path(name)), listener, Path(name))
        create(arena.database_url)
        slack = _fork(lambda: asyncio.run(HostileSlack(arena.log, told.seed, is_dark=told.dark).serve(listener)))
        try:
            kills = _rage(arena, told)
            took = _recover(arena)
        finally:
            _kill(slack)
        verdict = _judge(arena)
        drop(arena.database_url)
    print(
        f"{told.database} {told.seconds:g} s, seed {told.seed}: kills {kills} | acknowledged {verdict.acknowledged} | "
        f"messages {verdict.messages} | lost {verdict.lost} | doubled {verdict.doubled} | "
        f"unsettled {verdict.unsettled} | settled after {took:.1f} s",
        flush=True,
    )
    return 0 if verdict.is_clean else 1


def _rage(arena: Arena, told: argparse.Namespace) -> int:
    """Keep workers asking and sending, and kill one after the other; gives the number of kills."""
    chance = random.Random(told.seed)
    pids = [_start(arena, f"w{index}.0") for index in range(told.workers)]
    kills = 0
    ends = time.monotonic() + told.seconds
    while time.monotonic() < ends:
        time.sleep(chance.uniform(*KILL_AFTER))
        index = chance.randrange(told.workers)
        _kill(pids[index])
        kills += 1
        pids[index] = _start(arena, f"w{index}.{kills}")
    for pid in pids:
        _kill(pid)
    return kills


def _recover(arena: Arena) -> float:
    """Let one courier finish against a calm Slack; gives the seconds it took."""
    urllib.request.urlopen(arena.api_url + "calm", timeout=5).close()
    started = time.monotonic()
    pid = _fork(lambda: asyncio.run(arena.worker("last").run(asks=False)))
    while _unsettled(arena) and time.monotonic() - started < LONGEST_RECOVERY:
        time.sleep(0.3)
    _kill(pid)
    return time.monotonic() - started


def _judge(arena: Arena) -> Verdict:
    """Count: each row is one message, and each acknowledged request has its card and its receipt."""
    shown = Counter(_key(json.loads(line)) for line in arena.log.read_text().splitlines())
    acknowledged = arena.acknowledged.read_text().split()
    promised = {f"1:{kind}:{request_id}" for request_id in acknowledged for kind in ("card", "receipt")}
    written = {f"1:{key}" for key in _keys(arena)}
    return Verdict(
        acknowledged=len(acknowledged),
        lost=len((promised | written) - set(shown)),
        doubled=sum(times > 1 for times in shown.values()) + len(set(shown) - written),
        unsettled=_unsettled(arena),
        messages=sum(shown.values()),
    )


def _key(message: dict[str, dict[str, dict[str, str]]]) -> str:
    return message["metadata"]["event_payload"]["key"]


def _keys(arena: Arena) -> list[str]:
    return _column(arena, sa.select(OutboxMessage.key).where(OutboxMessage.surface != Surface.HOME))


def _unsettled(arena: Arena) -> int:
    return len(_column(arena, sa.select(OutboxMessage.key).where(OutboxMessage.state != Delivery.SENT)))


def _column(arena: Arena, asked: sa.Select[str]) -> list[str]:
    engine = make_engine(arena.database_url)
    with engine.connect() as connection:
        found = list(connection.scalars(asked))
    engine.dispose()
    return found


def _start(arena: Arena, name: str) -> int:
    return _fork(lambda: asyncio.run(arena.worker(name).run(asks=True)))


def _fork(work: Callable[[], None]) -> int:
    """Run it in a process of its own. The parent has neither threads nor connections, so this is safe and quick."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException:  # noqa: BLE001 the child must never return into the parent's code
        traceback.print_exc()
        os._exit(1)


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _database(kind: str, folder: Path) -> str:
    return f"sqlite:///{folder / 'chaos.db'}" if kind == "sqlite" else new_database(f"chaos_{os.getpid()}")


def _arguments(args: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.run", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--dark", action="store_true", help="Slack finds nothing: the judge must see doubled messages")
    return parser.parse_args(args)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
