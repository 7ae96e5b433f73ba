"""What cannot be in working hours: overlaps, a day that ends before it starts, too many closed dates. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

from models.business_calendar import NoWorkingTimeAhead, weekly
from models.closed_dates import is_known_region
from models.i18n import _
from models.settings.document import Hours
from models.weekly_hours import DAY_NAMES, MINUTES_A_DAY, Window

LONGEST_NIGHT = 12 * 60
"""Minutes of a shift over midnight; what is longer has its ends mixed up. The whole day is the exception."""
MOST_CLOSED_DATES = 300
LONGEST_NAME = 80
YEARS = range(2000, 2101)
A_WEEK = 7 * MINUTES_A_DAY

Problems = Iterator[tuple[str, str]]


def hours_problems(hours: Hours) -> Problems:
    """The mistakes of one side's hours, by their place in them."""
    yield from _zone(hours)
    yield from _week(hours.week)
    yield from _closed_dates(hours)
    if hours.region and not is_known_region(hours.region):
        sentence = _("No public holidays are known for “{region}”. Write a country and region like “DE-BY” or “US-CA”.")
        yield "holidays", sentence.format(region=hours.region)


def _zone(hours: Hours) -> Problems:
    try:
        weekly(hours.zone, "Mon 08:00-17:00")
    except ValueError as refused:
        yield "zone", str(refused)


def _week(week: tuple[Window, ...]) -> Problems:
    if not week:
        yield "week", _("Write at least one day with its hours, for example “Mon-Fri 08:00-17:00”.")
    for window in week:
        if _is_backwards(window):
            sentence = _(
                "{hours} on {day} ends before it starts. Write the earlier time first; "
                "a night shift lasts 12 hours at most."
            )
            yield "week", sentence.format(hours=_spelled(window), day=DAY_NAMES[window.weekday])
            return
    yield from _overlaps(week)


def _is_backwards(window: Window) -> bool:
    opens, closes = window.minutes
    return closes > MINUTES_A_DAY and window.opens != window.closes and closes - opens > LONGEST_NIGHT


def _overlaps(week: tuple[Window, ...]) -> Problems:
    """Also a night that runs into the next morning, and Sunday's into Monday's."""
    spans = sorted((_in_week(window), window) for window in week)
    around = [*spans, *(((start + A_WEEK, end + A_WEEK), window) for (start, end), window in spans[:1])]
    for ((_start, earlier_end), earlier), ((later_start, _end), later) in pairwise(around):
        if later_start < earlier_end:
            sentence = _("The hours {first} on {day} and {second} on {other} overlap. Write each hour once.")
            days = {"day": DAY_NAMES[earlier.weekday], "other": DAY_NAMES[later.weekday]}
            yield "week", sentence.format(first=_spelled(earlier), second=_spelled(later), **days)
            return


def _in_week(window: Window) -> tuple[int, int]:
    opens, closes = window.minutes
    return window.weekday * MINUTES_A_DAY + opens, window.weekday * MINUTES_A_DAY + closes


def _closed_dates(hours: Hours) -> Problems:
    if len(hours.closed_dates) > MOST_CLOSED_DATES:
        sentence = _(
            "These are {count} closed dates; {most} are possible. Drop the past ones, "
            "and take days that are always closed out of the week."
        )
        yield "closed_dates", sentence.format(count=len(hours.closed_dates), most=MOST_CLOSED_DATES)
        return
    for day, name in hours.closed_dates:
        if day.year not in YEARS:
            yield "closed_dates", _("{day} is too far away. Check its year.").format(day=day.isoformat())
        if len(name) > LONGEST_NAME:
            sentence = _("The name of {day} is too long: {most} characters are possible.")
            yield "closed_dates", sentence.format(day=day.isoformat(), most=LONGEST_NAME)
    yield from _never_open(hours)


def _never_open(hours: Hours) -> Problems:
    """Dates that close every single working day leave a clock nothing to count."""
    if not hours.closed_dates or not hours.week:
        return
    first = datetime.combine(hours.closed_dates[0][0], datetime.min.time(), UTC)
    try:
        hours.calendar.next_open(first)
    except NoWorkingTimeAhead:
        yield "closed_dates", _("With these dates nothing opens for two years. Keep some working days.")
    except (ValueError, OverflowError):  # the zone or the year has its own sentence
        return


def _spelled(window: Window) -> str:
    return f"{window.opens:%H:%M}-{window.closes:%H:%M}"
