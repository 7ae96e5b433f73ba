"""When a digest comes: a weekday and a time of the workspace, moved on where the desk has a holiday then. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.scorecards.period import WEEK, Period

if TYPE_CHECKING:
    from models.business_calendar import BusinessCalendar

LATEST_START = timedelta(days=3)
"""A digest that could not be made for longer is skipped: by then people wait for the next one."""
WEEKS_LOOKED_BACK = 4
"""A closure of so many weeks at most still gets its digests afterwards."""


@dataclass(frozen=True)
class DigestSlot:
    """One digest's day, and the week it tells about: the last full one before the day it was meant for."""

    day: date
    at: time
    week: Period

    def in_zone(self, zone: str) -> datetime:
        """Return the instant at which the clocks of a zone show that day and time, in UTC."""
        return datetime.combine(self.day, self.at, ZoneInfo(zone)).astimezone(UTC)

    @property
    def instant(self) -> datetime:
        return self.in_zone(self.week.zone)


def due_slots(weekday: int, at: time, zone: str, hours: BusinessCalendar | None, now: datetime) -> list[DigestSlot]:
    """Return the slots that came within the last three days, the earliest first; 0 is Monday."""
    today = now.astimezone(ZoneInfo(zone)).date()
    newest = today - timedelta(days=(today.weekday() - weekday) % 7)
    days = [newest - weeks * WEEK for weeks in reversed(range(WEEKS_LOOKED_BACK + 1))]
    slots = [DigestSlot(_moved(day, hours), at, Period.week_of(day - WEEK, zone)) for day in days]
    return [slot for slot in slots if timedelta(0) <= now - slot.instant <= LATEST_START]


def _moved(day: date, hours: BusinessCalendar | None) -> date:
    """Return the day itself, or the next working day where the desk is closed on it by name: a holiday.

    A weekday on which the desk never works was chosen by somebody, and stays.
    """
    if hours is None or day not in dict(hours.closed_dates):
        return day
    return hours.next_working_day(day)
