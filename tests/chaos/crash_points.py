"""Ends the process at every point of a scenario, one by one, starts it again, and judges what Slack shows in the end.

    python -m tests.chaos.crash_points --database sqlite|postgresql [--most 100] [scenario …]

A point lies after every SQL statement, before every commit, and before and after every call of Slack. The parent stays
without threads and connections, so that forking is safe and a run costs milliseconds, not the second an import takes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.database import make_engine
from models import ExpediteRequest, OutboxMessage, TimelineEntry
from models.outbox import Delivery, Surface
from tests.builders import NOON
from tests.chaos.grounds import Ground, PostgresGround, SqliteGround, drop
from tests.chaos.kept_slack import KeptClock, KeptSlack
from tests.chaos.scenarios import FOR_THE_JUDGE, SCENARIOS, Scenario, Stage

CRASHED = 77
LIMIT = 100_000


def main(args: list[str]) -> int:
    told = _arguments(args)
    with tempfile.TemporaryDirectory() as name:
        ground = GROUNDS[told.database](Path(name))
        try:
            failures = [_judge_all(Path(name), ground, scenario, told) for scenario in told.scenario or SCENARIOS]
        finally:
            drop(ground.url)
    return 1 if any(failures) else 0


def _judge_all(folder: Path, ground: Ground, name: str, told: argparse.Namespace) -> int:
    """Run one scenario as often as it has points; gives the number of runs that ended wrong."""
    started = time.perf_counter()
    stage = folder / name
    scenario = {**SCENARIOS, **FOR_THE_JUDGE}[name]
    _prepare(stage, ground, scenario)
    points = _count_points(stage, ground, scenario)
    expected = _outcome(stage, ground)
    chosen = _spread(points, told.most)
    failures = 0
    for point in chosen:
        got = _interrupted(stage, ground, scenario, point)
        if got != expected:
            failures += 1
            print(f"  {name}: ended at point {point}: expected {expected}, got {got}")
            if name in FOR_THE_JUDGE:
                break  # seen once, it is seen
    took = time.perf_counter() - started
    which = "each of" if len(chosen) == points else f"{len(chosen)} evenly out of"
    shown = sum(expected.shown.values())
    print(
        f"{told.database:10} {name:8} ended at {which} {points} points, {shown} messages each: "
        f"{failures} wrong, {took:.1f} s",
        flush=True,
    )
    return failures


@dataclass(frozen=True)
class Outcome:
    """What there is once everything has settled. Numbers are left out of the keys: a rolled back insert skips some."""

    doubled: tuple[str, ...]
    shown: Counter[str]
    rows: Counter[str]
    unsettled: int
    requests: int
    entries: int


def _prepare(stage: Path, ground: Ground, scenario: Scenario) -> None:
    stage.mkdir()
    ground.begin()
    _run(stage, ground, scenario.before)
    ground.keep()
    shutil.copytree(stage, _kept(stage))


def _count_points(stage: Path, ground: Ground, scenario: Scenario) -> int:
    counted = stage / "points"
    _run(stage, ground, scenario.story, crash_at=LIMIT, counted=counted)
    return int(counted.read_text())


def _interrupted(stage: Path, ground: Ground, scenario: Scenario, point: int) -> Outcome:
    shutil.rmtree(stage)
    shutil.copytree(_kept(stage), stage)
    ground.restore()
    code = _run(stage, ground, scenario.story, crash_at=point)
    if code != CRASHED:
        print(f"  point {point} was not reached this time")
    _run(stage, ground, scenario.story)
    return _outcome(stage, ground)


def _run(
    stage: Path, ground: Ground, story: Callable[[Stage], Any], *, crash_at: int = 0, counted: Path | None = None
) -> int:
    """Run a story in a process of its own, to its end or to a point; gives how the process ended."""
    pid = os.fork()
    if pid:
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code not in (0, CRASHED):
            raise RuntimeError(f"the story broke by itself: {code}")
        return code
    try:
        passed = _play(stage, ground, story, crash_at)
        if counted is not None:
            counted.write_text(str(passed))
        os._exit(0)
    except BaseException:  # noqa: BLE001 the forked child must never return into the parent's code
        traceback.print_exc()
        os._exit(1)


def _play(stage: Path, ground: Ground, story: Callable[[Stage], Any], crash_at: int) -> int:
    passed = 0

    def point(_where: str) -> None:
        nonlocal passed
        passed += 1
        if passed == crash_at:
            os._exit(CRASHED)

    async def play() -> None:
        here = Stage.over(stage, ground.url, point)
        # Whoever starts again does so a little later.
        here.clock.advance(1)
        await story(here)
        await here.recover()

    asyncio.run(play())
    return passed


def _outcome(stage: Path, ground: Ground) -> Outcome:
    slack = KeptSlack(stage / "slack", KeptClock(stage / "clock", NOON), lambda _where: None)
    shown = Counter(shown.key for shown in slack.messages)
    engine = make_engine(ground.url)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(OutboxMessage.key, OutboxMessage.surface, OutboxMessage.state)).all()
        requests, entries = (
            connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in (ExpediteRequest, TimelineEntry)
        )
    engine.dispose()
    messages = [row.key for row in rows if row.surface is not Surface.HOME]
    unsettled = sum(row.state is not Delivery.SENT for row in rows)
    doubled = tuple(key for key, times in shown.items() if times > 1)
    return Outcome(doubled, _kinds(shown), _kinds(messages), unsettled, requests, entries)


def _kinds(keys: Iterable[str]) -> Counter[str]:
    return Counter(re.sub(r"\d+", "", key) for key in keys)


def _spread(points: int, most: int) -> list[int]:
    """Up to ``most`` of the points, evenly: the first and the last are always among them."""
    if points <= most:
        return list(range(1, points + 1))
    return sorted({1 + round(index * (points - 1) / (most - 1)) for index in range(most)})


def _kept(stage: Path) -> Path:
    return stage.with_suffix(".kept")


def _arguments(args: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.crash_points", description=__doc__)
    parser.add_argument("scenario", nargs="*", help=f"{', '.join(SCENARIOS)}; all unless named")
    parser.add_argument("--database", choices=list(GROUNDS), default="sqlite")
    parser.add_argument("--most", type=int, default=LIMIT, help="points to try in each scenario, spread evenly")
    return parser.parse_args(args)


GROUNDS: dict[str, Callable[[Path], Ground]] = {"sqlite": SqliteGround, "postgresql": PostgresGround}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
