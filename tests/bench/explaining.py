"""Explaining a clock of sixty days beside a thousand additions in the same calendar: a press must not wait for it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.blocks.clock_lines import story_lines
from models.clock_story import Stretch, tell
from models.service_level import ClockKind, Holder
from tests.bench.figures import Case, Line, interleave
from tests.builders import DAY, HOUR, NOON, a_calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.places import Place
    from tests.bench.plans import Plan

DAYS = 60
ADDS = 1_000
AIM = 1.0
CALENDAR = replace(
    a_calendar("Mon-Fri 07:00-12:00,12:30-17:00"),
    closed_dates=((date(2026, 12, 25), "Christmas"), (date(2027, 1, 1), "New Year")),
)
WHOLE, BY_TURNS, ADDED = f"explain {DAYS} days", f"explain {DAYS} days of 120 turns", f"{ADDS:,} adds"


def whole() -> int:
    """One side held it all the time: told by days."""
    return _explained(1)


def by_turns() -> int:
    """Both sides answered each other twice a day: folded."""
    return _explained(2 * DAYS)


def adds() -> int:
    return sum(CALENDAR.add(NOON + n * HOUR, 3_600 + n).second for n in range(ADDS))


def _explained(turns: int) -> int:
    """From what the database holds to the lines a person reads."""
    length = DAYS * DAY / turns
    stretches = [
        Stretch(
            holder=(Holder.DESK, Holder.REQUESTER)[n % 2],
            kind=ClockKind.ANSWER,
            desk="Plant 3 desk",
            calendar=CALENDAR,
            starts=NOON + n * length,
            ends=NOON + (n + 1) * length,
            secs=0,
        )
        for n in range(turns)
    ]
    return len(story_lines(tell(stretches)))


def case(name: str, work: Callable[[], int]) -> Case:
    async def once() -> float:
        started = time.perf_counter()
        assert work() > 0
        return time.perf_counter() - started

    return Case(name, once)


async def measure(plan: Plan, place: Place) -> list[Line]:
    del place  # nothing is stored
    cases = [case(WHOLE, whole), case(BY_TURNS, by_turns), case(ADDED, adds)]
    found = await interleave(cases, rounds=plan.rounds, each=plan.each)
    aims = {WHOLE: AIM, BY_TURNS: None}
    return [Line(what, found[what], {ADDED: found[ADDED]}, aim) for what, aim in aims.items()]
