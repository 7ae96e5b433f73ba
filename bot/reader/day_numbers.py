"""Days out of numbers: which year, which order of day and month. Pure calendar, no text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

# A day named without its year that was over less than two months ago may be meant as the past.
FAR_AHEAD = timedelta(days=305)
FRIDAY = 4
WEEK = 7
MONTHS_OF_YEAR = 12
_CENTURY = 2000
_YEARS_AHEAD = 4


class Calendar(NamedTuple):
    """From where days are counted: the writer's day, and whether they write the day before the month.

    ``is_order_known`` says that the text itself shows the order; otherwise it is only likely.
    """

    today: date
    day_first: bool = True
    is_order_known: bool = False


def valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dated(day: int, month: int, year: str | None, today: date) -> date | None:
    """Put a day into its year; without one the next such day, or the past one if that was just now."""
    if year:
        number = int(year) + (_CENTURY if len(year) == len("26") else 0)
        return valid(number, month, day) if abs(number - today.year) <= _YEARS_AHEAD else None
    ahead = [found for found in (valid(today.year + i, month, day) for i in (0, 1)) if found and found >= today]
    if not ahead or ahead[0] - today <= FAR_AHEAD:
        return ahead[0] if ahead else None
    return valid(ahead[0].year - 1, month, day)


def in_either_order(first: int, second: int, year: str | None, seen: Calendar) -> tuple[date, ...]:
    """Read 12/5: one day where only one order can be, else both, the writer's likelier order first."""
    day_first, month_first = dated(first, second, year, seen.today), dated(second, first, year, seen.today)
    ordered = (day_first, month_first) if seen.day_first else (month_first, day_first)
    found = tuple(dict.fromkeys(day for day in ordered if day))
    return found[:1] if seen.is_order_known and ordered[0] else found


def next_numbered(day: int, today: date) -> date | None:
    """Find the next day with that number in its month, today included."""
    months = (divmod(today.month - 1 + i, MONTHS_OF_YEAR) for i in range(3))
    days = (valid(today.year + years, month + 1, day) for years, month in months)
    return next((found for found in days if found and found >= today), None)


def monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def weekday_after(number: int, today: date) -> date:
    """Find the weekday strictly after today."""
    return today + timedelta(days=(number - today.weekday() - 1) % WEEK + 1)


def friday_of_week(number: int, today: date) -> date | None:
    """Find the Friday of an ISO week: this year's, or next year's where this one's is long over."""
    for year in (today.year, today.year + 1):
        try:
            found = date.fromisocalendar(year, number, FRIDAY + 1)
        except ValueError:
            continue
        if found >= today - timedelta(days=60):
            return found
    return None


def month_end(year: int, month: int) -> date:
    years, index = divmod(month, MONTHS_OF_YEAR)
    return date(year + years, index + 1, 1) - timedelta(days=1)


def end_of_named_month(month: int, today: date) -> date:
    """Find the last day of the next such month, this one included."""
    return month_end(today.year + (month < today.month), month)


def work_days_after(count: int, today: date) -> date:
    """Count days from Monday to Friday; holidays are not known here."""
    day = today
    while count:
        day += timedelta(days=1)
        count -= day.weekday() <= FRIDAY
    return day
