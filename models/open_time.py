"""Open hours as a line of seconds: each desk's windows become intervals of UTC, kept with running sums. Pure.

The line is cut into blocks of about a year, built when first asked for. Inside a block every question is a bisection.
All numbers are whole seconds since 1970 (UTC); intervals are half open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.weekly_hours import Window

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ONE_DAY = timedelta(days=1)
BLOCK_DAYS = 366
BLOCK = BLOCK_DAYS * 86_400
# Zone rules far out are guesses, and the end of datetime's range must never be met: beyond 1900–2200 nothing is open.
KNOWN_BLOCKS = range(-70, 230)
# The block asked about and two more: at least two years ahead, then there is nothing to wait for.
BLOCKS_AHEAD = 3


class Block(NamedTuple):
    """The open intervals of one block, in order and apart; ``passed[i]`` is the open time before interval i."""

    starts: list[int]
    ends: list[int]
    passed: list[int]

    @property
    def total(self) -> int:
        return self.passed[-1]

    def passed_by(self, second: int) -> int:
        """Open seconds from the start of the block up to this second."""
        i = bisect_right(self.starts, second) - 1
        return 0 if i < 0 else self.passed[i] + min(second, self.ends[i]) - self.starts[i]

    def reach(self, passed: int, *, partial: bool) -> int:
        """Return the first second with so much open time before it; partial: and open itself."""
        i = bisect_left(self.passed, passed + partial) - 1
        return self.starts[i] + passed - self.passed[i]


class OpenTime:
    """All open time of one set of windows in one zone, less the windows that start on closed dates."""

    def __init__(self, zone: ZoneInfo, windows: tuple[Window, ...], closed: frozenset[date]) -> None:
        self.zone = zone
        self.closed = closed
        self.minutes: dict[int, list[tuple[int, int]]] = {}
        for window in windows:
            self.minutes.setdefault(window.weekday, []).append(window.minutes)
        self._blocks: dict[int, Block] = {}
        self._midnights: dict[date, int] = {}

    def is_open(self, second: int) -> bool:
        block = self._block(second // BLOCK)
        i = bisect_right(block.starts, second) - 1
        return i >= 0 and second < block.ends[i]

    def opens_from(self, second: int) -> int | None:
        """Return this second if open, else the next opening; None when nothing opens within two years."""
        if self.is_open(second):
            return second
        for block in self._blocks_from(second):
            i = bisect_right(block.starts, second)
            if i < len(block.starts):
                return block.starts[i]
        return None

    def closes_from(self, second: int) -> int | None:
        """Return the end of the open stretch around an open second; None when it lasts two years."""
        for block in self._blocks_from(second):
            i = bisect_right(block.starts, second) - 1
            second = block.ends[i]
            if not self.is_open(second):
                return second
        return None

    def after(self, second: int, seconds: int, *, partial: bool) -> int | None:
        """Return the first second after so much more open time; None when two years bring none of it."""
        number, empty = second // BLOCK, 0
        block = self._block(number)
        wanted = block.passed_by(second) + seconds
        while wanted + partial > block.total:
            wanted -= block.total
            empty = 0 if block.total else empty + 1
            if empty == BLOCKS_AHEAD:
                return None
            number += 1
            block = self._block(number)
        return block.reach(wanted, partial=partial)

    def between(self, earlier: int, later: int) -> int:
        """Open seconds between two seconds in order."""
        first, last = earlier // BLOCK, later // BLOCK
        block = self._block(first)
        passed = -block.passed_by(earlier)
        for number in range(first, last):
            passed += block.total
            block = self._block(number + 1)
        return passed + block.passed_by(later)

    def stretches(self, earlier: int, later: int) -> Iterator[tuple[int, int]]:
        """Yield the open intervals between two seconds in order, cut to them."""
        for number in range(earlier // BLOCK, later // BLOCK + 1):
            block = self._block(number)
            for i in range(bisect_right(block.ends, earlier), bisect_left(block.starts, later)):
                yield max(block.starts[i], earlier), min(block.ends[i], later)

    def shifts(self, day: date) -> list[tuple[int, int]]:
        """Return the intervals of the windows that start on this local day; a window inside a clock change vanishes."""
        if day in self.closed:
            return []
        edges = [
            (second_of(day, opens, self.zone), second_of(day, closes, self.zone))
            for opens, closes in self.minutes.get(day.weekday(), ())
        ]
        return [(opens, closes) for opens, closes in edges if opens < closes]

    def midnight(self, day: date) -> int:
        """Return the second at which a local day begins."""
        second = self._midnights.get(day)
        if second is None:
            second = self._midnights[day] = second_of(day, 0, self.zone)
        return second

    def _block(self, number: int) -> Block:
        block = self._blocks.get(number)
        if block is None:
            block = self._blocks[number] = self._built(number)
        return block

    def _blocks_from(self, second: int) -> Iterator[Block]:
        first = second // BLOCK
        return (self._block(number) for number in range(first, first + BLOCKS_AHEAD))

    def _built(self, number: int) -> Block:
        starts: list[int] = []
        ends: list[int] = []
        passed = [0]
        for opens, closes in _united(self._shifts_of_block(number)):
            starts.append(opens)
            ends.append(closes)
            passed.append(passed[-1] + closes - opens)
        return Block(starts, ends, passed)

    def _shifts_of_block(self, number: int) -> list[tuple[int, int]]:
        if number not in KNOWN_BLOCKS or not self.minutes:
            return []
        from_second, to_second = number * BLOCK, (number + 1) * BLOCK
        first = (EPOCH + from_second * SECOND).date()
        # Local days begin up to a day off UTC, and a shift lasts up to a day: three days reach over either edge.
        days = (first + ONE_DAY * offset for offset in range(-3, BLOCK_DAYS + 3))
        shifts = (shift for day in days for shift in self.shifts(day))
        cut = ((max(opens, from_second), min(closes, to_second)) for opens, closes in shifts)
        return sorted((opens, closes) for opens, closes in cut if opens < closes)


@lru_cache(maxsize=256)
def open_time(zone: str, windows: tuple[Window, ...], closed: frozenset[date]) -> OpenTime:
    """Share one table between all equal calendars of this process."""
    return OpenTime(ZoneInfo(zone), windows, closed)


def second_of(day: date, minutes: int, zone: ZoneInfo) -> int:
    """Turn a wall clock time, in minutes past a day's first midnight, into a second of UTC.

    A time the clocks skip is the moment they skip to; a time they show twice is its first pass.
    """
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minutes)
    before, after = _offset(wall), _offset(wall.replace(fold=1))
    naive = (wall.replace(tzinfo=UTC) - EPOCH) // SECOND
    return naive - before if after <= before else _end_of_gap(naive - after, naive - before, zone)


def _end_of_gap(early: int, late: int, zone: ZoneInfo) -> int:
    """Find the second in (early, late] at which the zone's offset changes."""
    offset = _offset_at(late, zone)
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (early, middle) if _offset_at(middle, zone) == offset else (middle, late)
    return late


def _offset_at(second: int, zone: ZoneInfo) -> int:
    return _offset((EPOCH + second * SECOND).astimezone(zone))


def _offset(at: datetime) -> int:
    offset = at.utcoffset()
    assert offset is not None
    return offset // SECOND


def _united(shifts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join shifts that touch or overlap, so that no second counts twice."""
    united: list[tuple[int, int]] = []
    for opens, closes in shifts:
        if united and opens <= united[-1][1]:
            united[-1] = (united[-1][0], max(closes, united[-1][1]))
        else:
            united.append((opens, closes))
    return united
