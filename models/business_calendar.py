"""Working time of a desk: when it is open, and how much open time lies between two instants. Pure.

Four rules decide what the wall clock leaves open:

- a time the clocks skip in spring is the moment they skip to; a time they show twice in autumn is its first pass
- a shift over midnight belongs to the day it starts, so a closed date removes the shift that starts on it
- working time is elapsed time: a night shift may last seven or nine hours
- where nothing opens within two years, asking raises :class:`NoWorkingTimeAhead`; nothing ever loops

Instants come in aware and go out in UTC. :meth:`BusinessCalendar.add` and :meth:`BusinessCalendar.between` are exact
inverses of each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from models.errors import ExpediteError
from models.i18n import _
from models.open_time import EPOCH, ONE_DAY, SECOND, OpenTime, open_time
from models.weekly_hours import Window, parse_week, spell_week

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BusinessCalendar", "NoWorkingTimeAhead", "Span", "Window", "hours_in", "spell_week", "weekly"]

DAYS_AHEAD = 2 * 366

Kind = Literal["open", "closed", "holiday", "weekend"]


class NoWorkingTimeAhead(ExpediteError):
    """The calendar has no open hours within two years of the day asked about."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(
            _(
                "The desk's calendar has no open hours within two years of {day}. "
                "Ask an admin to check its working hours and closed dates."
            ).format(day=day.isoformat())
        )


@dataclass(frozen=True)
class Span:
    """A piece of time of one kind, in whole seconds; ``name`` is the holiday's, else empty."""

    kind: Kind
    starts: datetime
    ends: datetime
    seconds: int
    name: str = ""


@dataclass(frozen=True)
class BusinessCalendar:
    """Weekly open hours in a time zone, less closed dates (each with the name people know it by).

    Raise ValueError for a zone that does not exist. Naive datetimes are refused with TypeError by every method.
    """

    zone: str
    windows: tuple[Window, ...]
    closed_dates: tuple[tuple[date, str], ...] = ()
    version: int = 1

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):
            raise ValueError(
                _("“{zone}” is not a time zone. Write one like “America/Chicago”.").format(zone=self.zone)
            ) from None

    def is_open(self, at: datetime) -> bool:
        return self._time.is_open(_second(at))

    def next_open(self, at: datetime) -> datetime:
        """Return the instant itself when open, else the next opening."""
        second = _second(at)
        opens = self._time.opens_from(second)
        if opens is None:
            raise NoWorkingTimeAhead(self.local_day(at))
        return at.astimezone(UTC) if opens == second else _instant(opens)

    def next_close(self, at: datetime) -> datetime | None:
        """Return the end of the open stretch around the instant, or of the next one; None when it never closes."""
        closes = self._time.closes_from(_second(self.next_open(at)))
        return None if closes is None else _instant(closes)

    def add(self, at: datetime, seconds: int) -> datetime:
        """Return the earliest instant at which so many open seconds (zero or more) have passed."""
        if seconds < 0:
            raise ValueError(_("Working time is added forwards: the seconds must be zero or more."))
        if seconds == 0:
            return at.astimezone(UTC)
        second = _second(at)
        # The fraction of a second has begun only if the desk is open; otherwise the count starts with the opening.
        fraction = at.microsecond if at.microsecond and self._time.is_open(second) else 0
        reached = self._time.after(second, seconds, partial=fraction > 0)
        if reached is None:
            raise NoWorkingTimeAhead(self.local_day(at))
        return _instant(reached) + timedelta(microseconds=fraction) if fraction else _instant(reached)

    def between(self, a: datetime, b: datetime) -> int:
        """Count the open seconds from a to b, negative when b comes first; fractions of a second are cut off."""
        earlier, later = _second(a), _second(b)
        if later < earlier:
            return -self._time.between(later, earlier)
        return self._time.between(earlier, later)

    def in_zone(self, zone: str) -> BusinessCalendar:
        """The same hours by the clocks of another zone; unchanged for none, and for one this machine does not know."""
        if not zone or zone == self.zone:
            return self
        try:
            return replace(self, zone=zone)
        except ValueError:
            return self

    def local_day(self, at: datetime) -> date:
        """Return the desk's own date at this instant."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def closing_time(self, day: date) -> datetime | None:
        """Return when the last shift that starts on this day ends; None on a closed day."""
        closings = [closes for _opens, closes in self._time.shifts(day)]
        return _instant(max(closings)) if closings else None

    def opening_time(self, day: date) -> datetime | None:
        """Return when the first shift that starts on this day begins; None on a closed day."""
        openings = [opens for opens, _closes in self._time.shifts(day)]
        return _instant(min(openings)) if openings else None

    def is_working_day(self, day: date) -> bool:
        return bool(self._time.shifts(day))

    def next_working_day(self, day: date) -> date:
        """Return the first working day strictly after this one."""
        return self._working_day(day, range(1, DAYS_AHEAD + 1))

    def last_working_day_on_or_before(self, day: date) -> date:
        return self._working_day(day, range(0, -DAYS_AHEAD - 1, -1))

    def explain(self, a: datetime, b: datetime) -> list[Span]:
        """Tell what the time from a to b was: its open seconds sum to ``between(a, b)``; empty when b is not later."""
        earlier, later = _second(a), _second(b)
        pieces = _joined(self._pieces(earlier, later)) if earlier < later else []
        return [
            Span(kind, _instant(starts), _instant(ends), ends - starts, name) for starts, ends, kind, name in pieces
        ]

    def to_json(self) -> dict[str, Any]:
        return {
            "zone": self.zone,
            "windows": [[w.weekday, f"{w.opens:%H:%M}", f"{w.closes:%H:%M}"] for w in self.windows],
            "closed_dates": [[day.isoformat(), name] for day, name in self.closed_dates],
            "version": self.version,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> BusinessCalendar:
        return cls(
            zone=stored["zone"],
            windows=tuple(
                Window(weekday, time.fromisoformat(opens), time.fromisoformat(closes))
                for weekday, opens, closes in stored["windows"]
            ),
            closed_dates=tuple((date.fromisoformat(day), name) for day, name in stored.get("closed_dates", ())),
            version=stored.get("version", 1),
        )

    @cached_property
    def _time(self) -> OpenTime:
        return open_time(self.zone, self.windows, frozenset(self._names))

    @cached_property
    def _names(self) -> dict[date, str]:
        return dict(self.closed_dates)

    def _working_day(self, day: date, offsets: range) -> date:
        for offset in offsets:
            candidate = day + offset * ONE_DAY
            if self.is_working_day(candidate):
                return candidate
        raise NoWorkingTimeAhead(day)

    def _pieces(self, earlier: int, later: int) -> Iterator[_Piece]:
        reached = earlier
        for opens, closes in self._time.stretches(earlier, later):
            yield from self._closed_pieces(reached, opens)
            yield opens, closes, "open", ""
            reached = closes
        yield from self._closed_pieces(reached, later)

    def _closed_pieces(self, earlier: int, later: int) -> Iterator[_Piece]:
        """Cut closed time at the local midnights: each day has its own reason to be closed.

        A day more than the ends name is cut: a midnight shown twice lies before the end of its own day.
        """
        if earlier >= later:
            return
        first, last = self.local_day(_instant(earlier)), self.local_day(_instant(later))
        days = [first + offset * ONE_DAY for offset in range((last - first).days + 3)]
        midnights = pairwise(map(self._time.midnight, days))
        for day, (starts, ends) in zip(days, midnights, strict=False):
            if max(starts, earlier) < min(ends, later):
                yield max(starts, earlier), min(ends, later), *self._why_closed(day)

    def _why_closed(self, day: date) -> tuple[Kind, str]:
        if day.weekday() not in self._time.minutes:
            return "weekend", ""
        return ("holiday", self._names[day]) if day in self._names else ("closed", "")


_Piece = tuple[int, int, Kind, str]


def weekly(zone: str, text: str) -> BusinessCalendar:
    """Build a calendar from configuration text like ``Mon-Fri 07:00-12:00,12:30-17:00; Sat 08:00-12:00``.

    Raise ValueError with a sentence for the person who wrote it. :func:`spell_week` writes the hours back.
    """
    return BusinessCalendar(zone, parse_week(text))


def hours_in(hours: dict[str, Any], zone: str) -> BusinessCalendar:
    """A stored calendar, read in a person's zone; in its own where they have none that is known."""
    return BusinessCalendar.from_json(hours).in_zone(zone)


def _second(at: datetime) -> int:
    return (at - EPOCH) // SECOND


def _instant(second: int) -> datetime:
    return EPOCH + second * SECOND


def _joined(pieces: Iterator[_Piece]) -> list[_Piece]:
    """Join neighbours of the same kind, as over a weekend or the edge of a block."""
    joined: list[_Piece] = []
    for starts, ends, kind, name in pieces:
        if joined and joined[-1][1:] == (starts, kind, name):
            joined[-1] = (joined[-1][0], ends, kind, name)
        else:
            joined.append((starts, ends, kind, name))
    return joined
