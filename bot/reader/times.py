"""Moments in running text: a day with an hour, an hour alone, "in 45 min". Used where an answer is promised.

A day alone, EOD, COB and the afternoon end at 17:00; noon, lunchtime and the morning at 12:00; an hour alone is the
next such hour, and 1 to 6 without am or pm are in the afternoon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.reader.calendar_words import COUNTS, WEEKDAYS
from bot.reader.dates import calendar_of, dates_in
from bot.reader.tokens import low, tokenize
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reader.dates import DateRead
    from bot.reader.tokens import Token

DAY_END, MIDDAY, EVENING = time(17), time(12), time(20)
_PARTS_OF_DAY = {
    "noon": MIDDAY, "midday": MIDDAY, "lunch": MIDDAY, "lunchtime": MIDDAY, "lunch-time": MIDDAY, "morning": MIDDAY,
    "afternoon": DAY_END, "arvo": DAY_END, "eod": DAY_END, "cob": DAY_END, "evening": EVENING, "midnight": time(23, 59),
}  # fmt: skip
_CLOCK = re.compile(r"(\d{1,2})(?:[:h.](\d\d))? ?(?:([ap])\.?m|h|hrs?|uhr)?")
_MERIDIEM = re.compile(r"([ap])\.?m\.?")
_BEFORE_HOUR = word_set("by at before until till til around ~ about approx latest than @ after 'til from to come")
_AFTER_HOUR = word_set(
    "am pm a.m p.m today tomorrow tmrw tonight on latest sharp my your our central est pst cst et pt ct gmt cet "
    "o'clock uhr local time and or if then with thanks thx pls please but so i we you max hopefully for from ish at"
)
_NEAR = word_set(
    "at by on before until till latest around , - the first thing in of this about ~ for ( no later than max"
)
_MINUTES = word_set("min mins minute minutes m'")
_HOURS = word_set("hour hours hr hrs h")
_AFTERNOON_UNTIL, _NOON = 6, 12
_HOURS_OF_DAY, _MINUTES_OF_HOUR = 24, 60
_REACH = 4


@dataclass(frozen=True)
class Moment:
    """A moment, aware in the writer's zone, and the characters that say it; ``form`` is day, clock, part or duration.

    ``has_day`` and ``has_time`` say what was written; the other half is assumed as the module tells.
    """

    start: int
    stop: int
    at: datetime
    form: str
    has_day: bool
    has_time: bool


class _Hour(NamedTuple):
    first: int
    after: int
    at: time
    form: str
    is_sure: bool


def find_moments(text: str, *, now: datetime) -> tuple[Moment, ...]:
    """Find the moments of a text in its order; ``now`` is aware and in the writer's zone."""
    tokens = tokenize(text)
    days, hours = dates_in(tokens, calendar_of(tokens, now)), list(_hours(tokens))
    found = [*_durations(tokens, now)]
    for hour in hours:
        day = _beside(tokens, hour, days)
        found.append(_joined(tokens, hour, day, now))
    joined = {(_day.start, _day.stop) for hour in hours if (_day := _beside(tokens, hour, days))}
    found += [_whole_day(day, now) for day in days if (day.start, day.stop) not in joined]
    return tuple(sorted(found, key=lambda moment: moment.start))


def _hours(tokens: list[Token]) -> Iterator[_Hour]:
    for i, token in enumerate(tokens):
        part = _PARTS_OF_DAY.get(token.low)
        if part:
            yield _Hour(i, i + 1, part, "part", is_sure=True)
        elif token.low == "end" and (low(tokens, i + 1), low(tokens, i + 2)) == ("of", "day"):
            yield _Hour(i, i + 3, DAY_END, "part", is_sure=True)
        elif token.low[0].isdigit():
            yield from _clock(tokens, i)


def _clock(tokens: list[Token], i: int) -> Iterator[_Hour]:
    written = _CLOCK.fullmatch(tokens[i].low)
    if not written:
        return
    hour, minute = int(written[1]), int(written[2] or 0)
    apart = _MERIDIEM.fullmatch(low(tokens, i + 1))
    meridiem = written[3] or (apart and apart[1]) or ""
    bare = written[0].strip().isdigit() and not meridiem
    if hour >= _HOURS_OF_DAY or minute >= _MINUTES_OF_HOUR or (written[2] and "." in written[0] and not meridiem):
        return
    if bare and not _is_bare_hour(tokens, i, hour):
        return
    yield _Hour(i, i + 1 + bool(apart), _on_the_clock(hour, minute, meridiem), "clock", is_sure=not bare)


def _is_bare_hour(tokens: list[Token], i: int, hour: int) -> bool:
    after = low(tokens, i + 1)
    ends = not after or not (after[0].isalnum() or after in "%$€£/-–:#x+") or after in _AFTER_HOUR or after in WEEKDAYS
    return 0 < hour <= _NOON and low(tokens, i - 1) in _BEFORE_HOUR and ends


def _on_the_clock(hour: int, minute: int, meridiem: str) -> time:
    if meridiem == "p" or (not meridiem and 0 < hour <= _AFTERNOON_UNTIL and minute < _MINUTES_OF_HOUR):
        return time(hour % _NOON + _NOON, minute)
    return time(hour % _NOON if meridiem == "a" else hour, minute)


def _beside(tokens: list[Token], hour: _Hour, days: tuple[DateRead, ...]) -> DateRead | None:
    """Find the day an hour belongs to: the nearest with nothing but small words between them."""
    near = [(gap, day) for day in days if (gap := _gap(tokens, hour, day)) is not None]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _gap(tokens: list[Token], hour: _Hour, day: DateRead) -> int | None:
    if day.first < hour.after and hour.first < day.after:
        return 0
    between = range(day.after, hour.first) if day.after <= hour.first else range(hour.after, day.first)
    return len(between) if len(between) < _REACH and all(tokens[i].low in _NEAR for i in between) else None


def _joined(tokens: list[Token], hour: _Hour, day: DateRead | None, now: datetime) -> Moment:
    first, last = tokens[hour.first], tokens[hour.after - 1]
    if day:
        moment = _evening(hour.at, day.day, tokens[day.first].low, now)
        return Moment(
            min(day.start, first.start), max(day.stop, last.stop), moment, hour.form, has_day=True, has_time=True
        )
    moment = datetime.combine(now.date(), hour.at, now.tzinfo)
    in_the_morning = first.low == "morning" and low(tokens, hour.first - 1) == "the"
    if moment <= now or in_the_morning:
        later = moment + timedelta(hours=_NOON)
        moment = later if not hour.is_sure and later > now else moment + timedelta(days=1)
    return Moment(first.start, last.stop, moment, hour.form, has_day=False, has_time=True)


def _evening(at: time, day: date, word: str, now: datetime) -> datetime:
    """Put an hour into its day; "6 tonight" and "9 tonight" are in the evening."""
    moment = datetime.combine(day, at, now.tzinfo)
    late = word in {"tonight", "tonite"} and at < MIDDAY
    return moment + timedelta(hours=_NOON) if late else moment


def _whole_day(day: DateRead, now: datetime) -> Moment:
    return Moment(
        day.start, day.stop, datetime.combine(day.day, DAY_END, now.tzinfo), "day", has_day=True, has_time=False
    )


def _durations(tokens: list[Token], now: datetime) -> Iterator[Moment]:
    """Find "45 min", "in 2 hours", "half an hour", "within the hour", counted from now."""
    for i, token in enumerate(tokens):
        unit = token.low
        if i and unit in _MINUTES | _HOURS:
            length = _length(tokens, i, unit)
            if length:
                first = tokens[max(0, i - 2 if low(tokens, i - 2) == "half" else i - 1)]
                yield Moment(first.start, token.stop, now + length, "duration", has_day=False, has_time=True)
        elif glued := re.fullmatch(r"(\d{1,3})(min|mins|h|hrs?)", unit):
            size = timedelta(minutes=int(glued[1])) if glued[2][0] == "m" else timedelta(hours=int(glued[1]))
            if size < timedelta(days=2) and low(tokens, i - 1) in {"in", "within", "me", "~"}:
                yield Moment(token.start, token.stop, now + size, "duration", has_day=False, has_time=True)


def _length(tokens: list[Token], i: int, unit: str) -> timedelta | None:
    written = low(tokens, i - 1)
    if written in {"an", "the", "a"} and low(tokens, i - 2) == "half":
        return timedelta(minutes=30)
    if written == "the":
        return timedelta(hours=1) if low(tokens, i - 2) == "within" else None
    number = COUNTS.get(written) or (int(written) if written.isascii() and written.isdigit() else 0)
    size = timedelta(hours=1) if unit in _HOURS else timedelta(minutes=1)
    return number * size if 0 < number <= 600 and number * size <= timedelta(days=2) else None  # noqa: PLR2004
