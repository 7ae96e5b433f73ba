"""The hours of a desk's week as people write them: "Mon-Fri 07:00-12:00,12:30-17:00; Sat 08:00-12:00". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from itertools import groupby, pairwise
from operator import attrgetter
from typing import cast

from models.i18n import _

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MINUTES_A_DAY = 24 * 60

_DAY_NUMBER = {
    spelled: number
    for number, names in enumerate(
        (
            "mon monday",
            "tue tues tuesday",
            "wed wednesday",
            "thu thur thurs thursday",
            "fri friday",
            "sat saturday",
            "sun sunday",
        )
    )
    for spelled in names.split()
}
_PART = re.compile(r"\s*(?P<days>[^\d]+?)\s*(?P<hours>\d.*)", re.DOTALL)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True)
class Window:
    """Open hours that begin on one weekday (0 = Monday), in whole minutes of the wall clock.

    Closing at or before the opening time means the next day: the shift belongs to the day it starts, and 00:00–00:00
    is the whole day.
    """

    weekday: int
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise ValueError(_("A weekday is a number from 0 (Monday) to 6 (Sunday)."))
        if any(edge != time(edge.hour, edge.minute) for edge in (self.opens, self.closes)):
            raise ValueError(_("Opening hours are whole minutes of the local wall clock."))

    @property
    def minutes(self) -> tuple[int, int]:
        """Opening and closing in minutes past the first midnight; an overnight closing lies past 1440."""
        opens = self.opens.hour * 60 + self.opens.minute
        closes = self.closes.hour * 60 + self.closes.minute
        return opens, closes if closes > opens else closes + MINUTES_A_DAY


def parse_week(text: str) -> tuple[Window, ...]:
    """Read the hours of a week; raise ValueError with a sentence that says what to write instead."""
    windows = [window for part in text.split(";") if part.strip() for window in _windows_of(part)]
    if not windows:
        raise ValueError(_("Write at least one day with its hours, for example “Mon-Fri 08:00-17:00”."))
    windows.sort(key=lambda window: (window.weekday, window.minutes))
    for earlier, later in pairwise(windows):
        if earlier.weekday == later.weekday and later.minutes[0] < earlier.minutes[1]:
            raise ValueError(
                _("The hours {first} and {second} on {day} overlap. Write each hour once.").format(
                    first=_spelled(earlier), second=_spelled(later), day=DAY_NAMES[later.weekday]
                )
            )
    return tuple(windows)


def spell_week(windows: tuple[Window, ...]) -> str:
    """Write the hours so that :func:`parse_week` reads them back; days with equal hours share one entry."""
    week = sorted(windows, key=lambda window: (window.weekday, window.minutes))
    hours_of = {
        day: ",".join(_spelled(window) for window in shifts) for day, shifts in groupby(week, key=attrgetter("weekday"))
    }
    days_with: dict[str, list[int]] = {}
    for day, hours in hours_of.items():
        days_with.setdefault(hours, []).append(day)
    return "; ".join(f"{_spelled_days(days)} {hours}" for hours, days in days_with.items())


def _windows_of(part: str) -> list[Window]:
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(
            _("“{text}” needs days and hours, for example “Mon-Fri 08:00-17:00”.").format(text=part.strip())
        )
    hours = [_hours_in(span) for span in _dashed(found["hours"]).split(",")]
    return [Window(day, opens, closes) for day in _days_in(found["days"]) for opens, closes in hours]


def _days_in(text: str) -> list[int]:
    return [day for span in _dashed(text).split(",") for day in _day_span(span)]


def _day_span(text: str) -> list[int]:
    ends = [_DAY_NUMBER.get(name.strip().lower().rstrip(".:")) for name in text.split("-")]
    match ends:
        case [int(day)]:
            return [day]
        case [int(first), int(last)]:
            return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    raise ValueError(_("“{text}” is not a day. Write Mon, Tue, Wed, Thu, Fri, Sat or Sun.").format(text=text.strip()))


def _hours_in(text: str) -> tuple[time, time]:
    opens, dash, closes = text.partition("-")
    # 24:00 is how people write the end of a day; the clock calls it 00:00 of the next.
    edges = _clock_time(opens), _clock_time("00:00" if closes.strip() == "24:00" else closes)
    if not dash or None in edges:
        raise ValueError(_("“{text}” is not a span of hours. Write them like 08:00-17:00.").format(text=text.strip()))
    return cast("tuple[time, time]", edges)


def _clock_time(text: str) -> time | None:
    found = _CLOCK.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def _dashed(text: str) -> str:
    return text.replace("–", "-").replace("—", "-")


def _spelled(window: Window) -> str:
    return f"{window.opens:%H:%M}-{window.closes:%H:%M}"


def _spelled_days(days: list[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(DAY_NAMES[run[0]] if len(run) == 1 else f"{DAY_NAMES[run[0]]}-{DAY_NAMES[run[-1]]}" for run in runs)
