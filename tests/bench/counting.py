"""Working time: adding and measuring beside the least that gives the same answers, and explaining beside adding.

The reference is bare: a list of UTC intervals with running sums and two bisections, whole seconds in and out, nothing
checked. It answers for one zone and one span of years that were laid out before.
"""

from __future__ import annotations

import random
import time
from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from models.business_calendar import BusinessCalendar, weekly
from tests.bench.figures import Case, Line, interleave

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.places import Place
    from tests.bench.plans import Plan

FIRST, YEARS = date(2024, 1, 1), 6
HOLIDAYS = tuple(
    (date(2024 + year, month, day), "Holiday") for year in range(YEARS) for month in (1, 5, 12) for day in (1, 25)
)
CALENDAR = BusinessCalendar("Europe/Berlin", weekly("UTC", "Mon-Fri 07:00-12:00,12:30-17:00").windows, HOLIDAYS)
ASKED = 1_000
"""Questions of one measurement."""
LONGEST_WAIT = 5 * 9 * 3600
EXPLAINED = timedelta(days=60)
TIMES_THE_REFERENCE, TIMES_THE_ADDS = 2.0, 1.0


class Reference:
    """Open intervals and their running sums, over the years laid out."""

    def __init__(self, calendar: BusinessCalendar) -> None:
        start = datetime.combine(FIRST, datetime.min.time(), UTC)
        spans = [span for span in calendar.explain(start, start + timedelta(days=366 * YEARS)) if span.kind == "open"]
        self.starts = [int(span.starts.timestamp()) for span in spans]
        self.ends = [int(span.ends.timestamp()) for span in spans]
        self.passed = [0, *accumulate(span.seconds for span in spans)]

    def elapsed(self, second: int) -> int:
        i = bisect_right(self.starts, second) - 1
        return 0 if i < 0 else self.passed[i] + min(second, self.ends[i]) - self.starts[i]

    def between(self, earlier: int, later: int) -> int:
        return self.elapsed(later) - self.elapsed(earlier)

    def add(self, second: int, seconds: int) -> int:
        wanted = self.elapsed(second) + seconds
        i = bisect_left(self.passed, wanted) - 1
        return self.starts[i] + wanted - self.passed[i]


async def measure(plan: Plan, place: Place) -> list[Line]:
    """Adding, measuring and explaining. The same instants go to both sides; both give instants back."""
    del place
    questions = _questions(random.Random(7))
    reference = Reference(CALENDAR)
    assert [CALENDAR.add(at, wait) for at, wait in questions] == _added(reference, questions)
    cases = [
        Case("add", _timed(lambda: [CALENDAR.add(at, wait) for at, wait in questions])),
        Case("reference add", _timed(lambda: _added(reference, questions))),
        Case("between", _timed(lambda: [CALENDAR.between(at, at + EXPLAINED) for at, _wait in questions])),
        Case("reference between", _timed(lambda: _measured(reference, questions))),
        Case("explain", _timed(lambda: CALENDAR.explain(questions[0][0], questions[0][0] + EXPLAINED))),
    ]
    took = await interleave(cases, rounds=plan.rounds, each=plan.each)
    return [
        Line(f"{ASKED:,} times add", took["add"], {"reference": took["reference add"]}, TIMES_THE_REFERENCE),
        Line(
            f"{ASKED:,} times between", took["between"], {"reference": took["reference between"]}, TIMES_THE_REFERENCE
        ),
        Line("explain a wait of 60 days", took["explain"], {f"{ASKED:,} times add": took["add"]}, TIMES_THE_ADDS),
    ]


def _questions(chance: random.Random) -> list[tuple[datetime, int]]:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    return [
        (start + timedelta(seconds=chance.randrange(3 * 365 * 86_400)), chance.randrange(1, LONGEST_WAIT))
        for _n in range(ASKED)
    ]


def _added(reference: Reference, questions: Sequence[tuple[datetime, int]]) -> list[datetime]:
    """Instants in, instants out: what the calendar is asked for."""
    return [datetime.fromtimestamp(reference.add(int(at.timestamp()), wait), UTC) for at, wait in questions]


def _measured(reference: Reference, questions: Sequence[tuple[datetime, int]]) -> list[int]:
    return [reference.between(int(at.timestamp()), int((at + EXPLAINED).timestamp())) for at, _wait in questions]


def _timed(work: Callable[[], object]) -> Callable[[], object]:
    async def once() -> float:
        started = time.thread_time()  # what others do on this machine meanwhile is not ours
        work()
        return time.thread_time() - started

    return once
