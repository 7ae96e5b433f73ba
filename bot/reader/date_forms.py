"""The ways to write a day, each with the day it means seen from a given today; None where it could mean two."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.reader.quantities import UNITS
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = word_set("inch inches in mm cm m ft unf unc")
# A day named without its year that was over less than two months ago may be meant as the past: ask.
FAR_AHEAD = timedelta(days=305)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FRIDAY = 4
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}

_DAY = r"(?P<day>\d{1,2})"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)"
)
A_MONTH = re.compile(rf"{_MONTH}\b", re.IGNORECASE)
A_WEEKDAY = re.compile(rf"{_WEEKDAY}\b", re.IGNORECASE)
_HOUR = r"(?:eod|cob|noon|midday|morning|afternoon|evening|\d{1,2}(?::\d\d)?(?:am|pm))"


class Form(NamedTuple):
    """One way to write a date; ``marked`` ones are too weak to count without "by" and the like."""

    pattern: re.Pattern[str]
    day: Callable[[re.Match[str], date], date | None]
    marked: bool = False


def _iso(found: re.Match[str], _today: date) -> date | None:
    return _valid(int(found["year"]), int(found["month"]), int(found["day"]))


def _day_and_month(found: re.Match[str], today: date) -> date | None:
    month = _MONTHS.index(found["month"][:3]) + 1
    return _agreeing(found, _dated(int(found["day"]), month, found["year"], today))


def _in_slashes(found: re.Match[str], today: date) -> date | None:
    first, second = int(found["first"]), int(found["second"])
    readings = {_dated(first, second, found["year"], today), _dated(second, first, found["year"], today)} - {None}
    months = 12
    if first != second and first <= months and second <= months:
        return None
    return readings.pop() if readings else None


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    """Put a day into its year; without one the next such day, unless it may be meant as the past."""
    if year:
        return _valid(int(year), month, day)
    ahead = [found for found in (_valid(today.year + i, month, day) for i in (0, 1)) if found and found >= today]
    return ahead[0] if ahead and ahead[0] - today <= FAR_AHEAD else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _agreeing(found: re.Match[str], day: date | None) -> date | None:
    """Drop a date whose weekday is another than the one written with it."""
    weekday = found["weekday"]
    return day if day is None or not weekday or _number(weekday) == day.weekday() else None


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    """Read "the 12th": the next day with that number."""
    months = ((today.year + (today.month - 1 + i) // 12, (today.month - 1 + i) % 12 + 1) for i in range(3))
    days = (_valid(year, month, int(found["day"])) for year, month in months)
    return _agreeing(found, next((day for day in days if day and day >= today), None))


def _weekday(found: re.Match[str], today: date) -> date | None:
    ahead = (_number(found["weekday"]) - today.weekday() - 1) % 7 + 1
    # "This Friday", said on a Friday, may be today.
    return None if found["this"] and ahead == len(_WEEKDAYS) else today + timedelta(days=ahead)


def _weekday_next_week(found: re.Match[str], today: date) -> date:
    return _monday(today) + timedelta(days=7 + _number(found["weekday"]))


def _end_of_week(found: re.Match[str], today: date) -> date | None:
    friday = _monday(today) + timedelta(days=_FRIDAY + (7 if found["next"] else 0))
    return friday if friday >= today else None


def _end_of_month(_found: re.Match[str], today: date) -> date:
    return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def in_days(found: re.Match[str], today: date) -> date | None:
    count = _COUNTS.get(found["count"]) or int(found["count"])
    days = count * (7 if found["span"] == "week" else 1)
    return today + timedelta(days=days) if 0 < days <= 366 else None  # noqa: PLR2004 - a year


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _number(weekday: str) -> int:
    return _WEEKDAYS.index(weekday[:3])


def _form(pattern: str, day: Callable[[re.Match[str], date], date | None], *, marked: bool = False) -> Form:
    whole = rf"(?:(?:{_HOUR}|end of day|close of business)(?: on)? )?(?:on )?(?:{pattern})(?: {_HOUR})?(?= |$)"
    return Form(re.compile(whole), day, marked)


_YEAR = r"(?P<year>20\d\d)"
# Two digits behind a day may be its year, unless they count something.
_NO_SHORT_YEAR = rf"(?! '?\d\d(?:$| (?!(?:{'|'.join(sorted(UNITS))})(?: |$))))"
_NO_SIZE = rf"(?! (?:{'|'.join(sorted(SIZES))})(?: |$))"
_NAMED_DAY = rf"(?:{_WEEKDAY} )?(?:the )?"
IN_DAYS = _form(rf"(?:in|within) (?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}) (?P<span>day|week)s?", in_days)
FORMS = (
    _form(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
    _form(rf"{_NAMED_DAY}{_DAY}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: {_YEAR})?{_NO_SHORT_YEAR}", _day_and_month),
    _form(rf"{_NAMED_DAY}{_MONTH} {_DAY}(?:st|nd|rd|th)?(?: {_YEAR})?{_NO_SHORT_YEAR}", _day_and_month),
    _form(rf"{_NAMED_DAY}{_DAY}-?{_MONTH}-?{_YEAR}", _day_and_month),
    # Without a year "SEP-30" is as likely a part.
    _form(rf"{_NAMED_DAY}{_DAY}-?{_MONTH}(?P<year>){_NO_SHORT_YEAR}", _day_and_month, marked=True),
    _form(rf"{_NAMED_DAY}{_MONTH}-?{_DAY}(?P<year>){_NO_SHORT_YEAR}", _day_and_month, marked=True),
    _form(rf"{_NAMED_DAY}{_DAY}(?:st|nd|rd|th)", _day_of_month, marked=True),
    _form(rf"(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})(?:/{_YEAR})?{_NO_SIZE}", _in_slashes, marked=True),
    _form(rf"{_WEEKDAY} next week", _weekday_next_week),
    _form(rf"(?P<this>this )?{_WEEKDAY}", _weekday),
    _form(r"(?:the )?day after tomorrow", lambda _, today: today + timedelta(days=2)),
    _form(r"tomorrow|tmrw|tmr|tomorow|tommorow|tommorrow", lambda _, today: today + timedelta(days=1)),
    _form(r"(?:the )?end of (?:the |this )?(?P<next>next )?week|eow", _end_of_week),
    _form(r"(?P<next>)(?:the weekend|this week)", _end_of_week, marked=True),
    _form(r"(?:the )?end of (?:the |this )?month|month end|eom", _end_of_month),
    _form(r"today|tonight|eod|cob|end of (?:the )?day|close of business", lambda _, today: today),
    IN_DAYS,
)  # fmt: skip
