"""What was measured, and how it stands against its floors."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

MILLI = 1e3
COLUMN = 42


@dataclass
class Times:
    """Seconds that one thing took, again and again."""

    seconds: list[float] = field(default_factory=list)

    @property
    def n(self) -> int:
        return len(self.seconds)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p99(self) -> float:
        """Nearest rank; the worst while there are less than a hundred."""
        return sorted(self.seconds)[math.ceil(self.n * 0.99) - 1]

    def __str__(self) -> str:
        return f"{self.median * MILLI:.2f} ms (p99 {self.p99 * MILLI:.1f}, n {self.n})"


@dataclass(frozen=True)
class Case:
    """One thing to measure: ``once`` does it and gives the seconds that count."""

    name: str
    once: Callable[[], Awaitable[float]]


@dataclass(frozen=True)
class Line:
    """A figure beside the sum of its floors. Without an aim it is only shown."""

    what: str
    figure: Times
    floors: dict[str, Times]
    aim: float | None = None

    @property
    def ratio(self) -> float:
        return self.figure.median / sum(floor.median for floor in self.floors.values())

    @property
    def verdict(self) -> str:
        return _verdict(self.ratio, self.aim)

    def __str__(self) -> str:
        floors = " + ".join(f"{name} {floor}" for name, floor in self.floors.items())
        aim = f", aim {self.aim:g}: {self.verdict}" if self.aim else ""
        return f"  {self.what:{COLUMN}} {self.figure} against {floors} = {self.ratio:.2f}{aim}"


@dataclass(frozen=True)
class SizeLine(Line):
    """A figure in megabytes; its aim is a size, not a ratio."""

    megabytes: float = 0.0

    @property
    def ratio(self) -> float:
        return self.megabytes

    def __str__(self) -> str:
        return f"  {self.what:{COLUMN}} {self.megabytes:.0f} MB, aim {self.aim:g}: {self.verdict}"


async def interleave(cases: Sequence[Case], *, rounds: int, each: int) -> dict[str, Times]:
    """Take every case ``each`` times a round, in turn; a first round warms up and is not counted."""
    found = {case.name: Times() for case in cases}
    for turn in range(rounds + 1):
        for case in cases:
            took = [await case.once() for _repeat in range(each)]
            if turn:
                found[case.name].seconds += took
    return found


def _verdict(figure: float, aim: float | None) -> str:
    if aim is None:
        return ""
    return "within" if figure <= aim else "above"
