"""The whole run: every measurement on every database it concerns, printed line by line as it is known."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import (
    asking,
    counting,
    explaining,
    looking,
    ordering,
    sandbox_rate,
    scorecards,
    sending,
    starting,
    sweeping,
)
from tests.bench.places import KINDS, Place
from tests.bench.plans import FULL, QUICK, Plan

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from tests.bench.figures import Line

    Measure = Callable[[Plan, Place], Awaitable[list[Line]]]

ON_EACH_DATABASE: dict[str, Measure] = {
    "asking": asking.measure,
    "sending": sending.measure,
    "sweeping": sweeping.measure,
    "ordering": ordering.measure,
    "scorecard": scorecards.measure,
    "looking": looking.measure,
}
ONCE: dict[str, Measure] = {
    "counting": counting.measure,
    "explaining": explaining.measure,
    "starting": starting.measure,
    "stand-in": sandbox_rate.measure,
}
NAMES = (*ON_EACH_DATABASE, *ONCE)


def main(words: Sequence[str] | None = None) -> int:
    """Print every line; 1 when a figure is above its aim."""
    asked = _parser().parse_args(words)
    logging.disable(logging.WARNING)
    _go_direct()
    plan = QUICK if asked.quick else FULL
    with tempfile.TemporaryDirectory(prefix="expedite-desk-bench-") as folder:
        print(_machine(Path(folder)), flush=True)
        lines = asyncio.run(measure_all(asked.only or NAMES, plan, Path(folder)))
    above = [line for line in lines if line.verdict == "above"]
    print(f"\n{len(lines)} figures, {len(above)} above their aim, {time.perf_counter() - asked.since:.0f} s.")
    return 1 if above else 0


async def measure_all(names: Sequence[str], plan: Plan, folder: Path) -> list[Line]:
    """Run the named measurements, one after the other, and print each as soon as it is done."""
    lines: list[Line] = []
    for name in names:
        for kind in KINDS if name in ON_EACH_DATABASE else KINDS[:1]:
            place = Place(kind, folder / name / kind)
            started = time.perf_counter()
            found = await (ON_EACH_DATABASE | ONCE)[name](plan, place)
            print(f"\n{name}, {place.title} ({time.perf_counter() - started:.0f} s)")
            for line in found:
                print(line, flush=True)
            lines += found
    return lines


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and fewer rows: rough, in under a minute")
    parser.add_argument("--only", action="append", choices=NAMES, metavar="NAME", help=f"one of {', '.join(NAMES)}")
    parser.set_defaults(since=time.perf_counter())
    return parser


def _machine(folder: Path) -> str:
    python = f"Python {platform.python_version()}, {os.cpu_count()} processors"
    return f"{python}, a disk sync takes {_sync_time(folder) * 1e3:.2f} ms. Medians; floors were measured in between."


def _sync_time(folder: Path) -> float:
    """How long this disk takes to keep a page for good: the part of every commit that is not ours."""
    took = []
    with (folder / "page").open("wb") as page:
        for _turn in range(50):
            page.write(b"." * 4096)
            page.flush()
            started = time.perf_counter()
            os.fsync(page.fileno())
            took.append(time.perf_counter() - started)
    return statistics.median(took)


def _go_direct() -> None:
    """Loopback calls go to the stand-in, whatever proxy the environment names."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)
