"""When both sides meet: a weekday of each month, moved off closed days, announced a week before. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from models.business_calendar import BusinessCalendar

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
NOTICE = WEEK
"""How long before a summit its page is posted, at least."""


class SummitWeek(StrEnum):
    """Which one of a month's days of that name; never: there is no summit."""

    NEVER = "never"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"


_NTH = {SummitWeek.FIRST: 0, SummitWeek.SECOND: 1, SummitWeek.THIRD: 2, SummitWeek.FOURTH: 3}


@dataclass(frozen=True)
class SummitTime:
    """The first Wednesday at 14:00 for an hour, unless admins say otherwise; 0 is Monday."""

    week: SummitWeek = SummitWeek.FIRST
    weekday: int = 2
    at: time = time(14)
    minutes: int = 60


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    return month_of(month + timedelta(days=31))


def summit_day(rule: SummitTime, month: date, calendar: BusinessCalendar) -> date | None:
    """The day of that month's summit; None where there is none.

    On a day on which the desk is closed it moves to the next working day of the month, else back to the one before. A
    month in which the desk never works has none.
    """
    wanted = _by_rule(rule, month)
    if wanted is None or calendar.is_working_day(wanted):
        return wanted
    later = calendar.next_working_day(wanted)
    moved = later if month_of(later) == month else calendar.last_working_day_on_or_before(wanted)
    return moved if month_of(moved) == month else None


def begins(rule: SummitTime, day: date, zone: str) -> datetime:
    """The instant at which a summit of that day begins, by the clocks of the zone."""
    return datetime.combine(day, rule.at, ZoneInfo(zone)).astimezone(UTC)


def announced_on(day: date, calendar: BusinessCalendar) -> date:
    """The day on which its page is posted: a week before, or the last working day before that."""
    return calendar.last_working_day_on_or_before(day - NOTICE)


def _by_rule(rule: SummitTime, month: date) -> date | None:
    if rule.week is SummitWeek.NEVER:
        return None
    first = month + (rule.weekday - month.weekday()) % 7 * DAY
    if rule.week is SummitWeek.LAST:
        last = month.replace(day=monthrange(month.year, month.month)[1])
        return first + (last - first) // WEEK * WEEK
    return first + _NTH[rule.week] * WEEK
