"""A clock, explained: what of a request's life counted for whom, day by day, and what did not count. Pure.

Days and hours are those of the calendar by which a stretch was charged. Nights and breaks are left out; weekends and
closed dates are told. A long story is folded by weeks, then by months, until it can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from models.business_calendar import BusinessCalendar
from models.business_calendar import Span as Piece
from models.service_level import ClockKind, Holder

MOST_LINES = 80
"""More than that nobody reads: days are folded into weeks, weeks into months."""
_INSTANT = timedelta(microseconds=1)


class Told(StrEnum):
    """What a line of the story is."""

    COUNTED = "counted"
    WEEKEND = "weekend"
    CLOSED_DATE = "closed_date"
    OUTSIDE = "outside"
    """A stretch that lay outside working hours altogether."""
    NOBODY = "nobody"


@dataclass(frozen=True)
class Stretch:
    """One stretch of a request's life, and the hours by which it is charged."""

    holder: Holder
    kind: ClockKind
    desk: str
    calendar: BusinessCalendar
    starts: datetime
    ends: datetime
    """The instant of asking where it still runs."""
    secs: int
    """Working seconds as charged."""

    @property
    def side(self) -> tuple[Holder, str]:
        """Whose time it is: that of Sales, or that of one desk."""
        return self.holder, self.desk if self.holder is Holder.DESK else ""


@dataclass(frozen=True)
class Line:
    """One line: what a day was, or what several were. Instants are in the zone by which it counts."""

    told: Told
    holder: Holder
    desk: str
    kind: ClockKind
    windows: tuple[tuple[datetime, datetime], ...]
    """The hours that counted; for what did not count, from when to when."""
    secs: int = 0
    days: int = 1
    """How many days it counts on; more than one where days were folded."""
    name: str = ""
    """Of closed dates, as people know them."""

    @property
    def starts(self) -> datetime:
        return self.windows[0][0]

    @property
    def ends(self) -> datetime:
        return self.windows[-1][1]

    @property
    def last_moment(self) -> datetime:
        """Within the last day: a weekend ends at a midnight that is Monday's already."""
        return self.ends - _INSTANT


@dataclass(frozen=True)
class ClockStory:
    """The lines in order, and what each side's time sums to."""

    lines: tuple[Line, ...]
    sums: tuple[tuple[Holder, str, int], ...]
    """Holder, the desk's name where it is a desk, working seconds; in order of first turn, without nobody's time."""
    left_out: int = 0
    """Lines in the middle that did not fit even so."""


def tell(stretches: Sequence[Stretch], *, most: int = MOST_LINES) -> ClockStory:
    """Explain these stretches, which follow each other."""
    lines = [line for stretch in stretches for line in _lines(stretch)]
    for unit in (_week, _month):
        if len(lines) > most:
            lines = _folded(lines, unit)
    left_out = max(0, len(lines) - most)
    if left_out:
        half = most // 2
        lines = [*lines[:half], *lines[len(lines) - (most - half) :]]
    return ClockStory(tuple(lines), _sums(stretches), left_out)


def _sums(stretches: Iterable[Stretch]) -> tuple[tuple[Holder, str, int], ...]:
    sums: dict[tuple[Holder, str], int] = {}
    for stretch in stretches:
        if stretch.holder is not Holder.NOBODY:
            sums[stretch.side] = sums.get(stretch.side, 0) + stretch.secs
    return tuple((holder, desk, secs) for (holder, desk), secs in sums.items())


def _lines(stretch: Stretch) -> list[Line]:
    if stretch.starts >= stretch.ends:
        return []
    if stretch.holder is Holder.NOBODY:
        return [_line(stretch, Told.NOBODY, stretch.starts, stretch.ends)]
    days = list(_days(stretch))
    return days or [_line(stretch, Told.OUTSIDE, stretch.starts, stretch.ends)]


def _days(stretch: Stretch) -> Iterator[Line]:
    """A line for each day that counted, with all its hours, and for each weekend and closed date in between."""
    zone = ZoneInfo(stretch.calendar.zone)
    pieces = [piece for piece in stretch.calendar.explain(stretch.starts, stretch.ends) if piece.kind != "closed"]

    def day_of(piece: Piece) -> Any:
        return piece.kind, piece.starts.astimezone(zone).date()

    for (kind, _day), same in groupby(pieces, day_of):
        found = list(same)
        if kind == "open":
            windows = tuple((piece.starts.astimezone(zone), piece.ends.astimezone(zone)) for piece in found)
            secs = sum(piece.seconds for piece in found)
            yield Line(Told.COUNTED, stretch.holder, stretch.desk, stretch.kind, windows, secs)
        else:
            told = Told.WEEKEND if kind == "weekend" else Told.CLOSED_DATE
            yield _line(stretch, told, found[0].starts, found[-1].ends, name=found[0].name)


def _line(stretch: Stretch, told: Told, starts: datetime, ends: datetime, *, name: str = "") -> Line:
    zone = ZoneInfo(stretch.calendar.zone)
    window = starts.astimezone(zone), ends.astimezone(zone)
    return Line(told, stretch.holder, stretch.desk, stretch.kind, (window,), name=name)


def _week(line: Line) -> Any:
    return line.starts.isocalendar()[:2]


def _month(line: Line) -> Any:
    return line.starts.year, line.starts.month


def _folded(lines: Sequence[Line], unit: Callable[[Line], Any]) -> list[Line]:
    """One line for each unit in which the same side held the same kind of turn."""

    def belongs(line: Line) -> Any:
        is_apart = line.told in {Told.NOBODY, Told.OUTSIDE}
        return line.holder, line.desk, line.kind, unit(line), line.told if is_apart else Told.COUNTED

    return [folded for _key, same in groupby(lines, belongs) for folded in _joined(list(same))]


def _joined(lines: Sequence[Line]) -> Iterator[Line]:
    counted = [line for line in lines if line.told is Told.COUNTED]
    if len(lines) == 1 or not counted:
        yield from lines
        return
    names = dict.fromkeys(line.name for line in lines if line.name)
    yield replace(
        counted[0],
        windows=((counted[0].starts, counted[-1].ends),),
        secs=sum(line.secs for line in counted),
        days=sum(line.days for line in counted),
        name=", ".join(names),
    )
