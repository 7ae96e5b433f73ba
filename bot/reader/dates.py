"""Dates in running text: a closed grammar that returns what it cannot decide as a doubt, or says nothing.

:func:`find_dates` finds every date of a message with its place and all it can mean; "12/5" and "next Friday" come back
with two days. A weekday is the next one strictly after today; "before" a day names that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.reader import calendar_words
from bot.reader.date_reading import Reading, Risk
from bot.reader.date_spans import read_day
from bot.reader.day_numbers import Calendar
from bot.reader.tokens import low, tokenize
from bot.reader.words import word_set

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.reader.tokens import Token

_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](?:20)?\d\d)?")
_MOST_MONTHS = 12
_AMERICAS = (timedelta(hours=-10), timedelta(hours=-4))
_JAPAN = timedelta(hours=9)
_DASHES = frozenset({"-", "–", "—", "until", "through", "thru"})
_BETWEEN_MARKER_AND_DAY = word_set(
    "the eod cob noon latest morning end-of about around approx 5pm 3pm 12pm , then next : of early * _ ~ ( \" ' “ ‘ no"
)


@dataclass(frozen=True)
class DateRead:
    """A date in a text: characters ``start`` to ``stop``, tokens ``first`` to ``after``, and the days it can mean.

    ``days`` has the likeliest first; ``last`` is set where it begins a range. ``form`` is one of weekday, numeric,
    dotted, iso, day_month, ordinal, week, week_begin, today, tomorrow, relative, end, month. ``is_vague`` tells of a
    span ("next week", "March") whose last day was taken.
    """

    start: int
    stop: int
    first: int
    after: int
    days: tuple[date, ...]
    form: str
    last: date | None = None
    is_vague: bool = False

    @property
    def day(self) -> date:
        """The likeliest day."""
        return self.days[0]

    @property
    def is_ambiguous(self) -> bool:
        return len(self.days) > 1


def writes_day_first(now: datetime) -> bool:
    """Tell from the writer's offset whether 12/5 is more likely 12 May (most of the world) or December 5."""
    offset = now.utcoffset() or timedelta()
    return not (_AMERICAS[0] <= offset <= _AMERICAS[1] or offset == _JAPAN)


def calendar_of(tokens: list[Token], now: datetime, day_first: bool | None = None) -> Calendar:
    """Say from where days are counted; ``day_first`` is the writer's locale where it is known.

    Other dates of the same text decide: in "from 4/30 to 5/6" the month comes first.
    """
    pairs = [(int(hit[1]), int(hit[2])) for token in tokens if (hit := _SLASHED.fullmatch(token.low))]
    shows_day_first = any(a > _MOST_MONTHS >= b for a, b in pairs)
    shows_month_first = any(b > _MOST_MONTHS >= a for a, b in pairs)
    if shows_day_first != shows_month_first:
        return Calendar(now.date(), shows_day_first, is_order_known=True)
    return Calendar(now.date(), writes_day_first(now) if day_first is None else day_first)


def find_dates(text: str, *, now: datetime, day_first: bool | None = None) -> tuple[DateRead, ...]:
    """Find every date of a text in its order; ``now`` is aware and in the writer's zone."""
    tokens = tokenize(text)
    return dates_in(tokens, calendar_of(tokens, now, day_first))


def dates_in(tokens: list[Token], seen: Calendar) -> tuple[DateRead, ...]:
    """Find the dates of a text that has been cut already."""
    found: list[DateRead] = []
    i = 0
    while i < len(tokens):
        reading = read_day(tokens, i, seen)
        if reading is None:
            i += 1
            continue
        if reading.days and _is_supported(tokens, i, reading):
            _add(found, tokens, i, reading)
        i = reading.stop
    return tuple(found)


def _is_supported(tokens: list[Token], i: int, reading: Reading) -> bool:
    """Tell whether a day that could be a size or a count stands where days stand."""
    if reading.risk != Risk.MARKED or reading.form == "end":
        return True
    before = _word_before(tokens, i)
    if reading.form == "numeric":
        return before not in calendar_words.NUMBERED_THINGS
    return not before or before in calendar_words.BEFORE_A_DAY or _ends_there(tokens, reading.stop)


def _word_before(tokens: list[Token], i: int) -> str:
    j = i - 1
    while j >= 0 and j > i - 4 and tokens[j].low in _BETWEEN_MARKER_AND_DAY:
        j -= 1
    return low(tokens, j) if tokens[j].text != "\n" else ""


def _ends_there(tokens: list[Token], stop: int) -> bool:
    after = low(tokens, stop)
    return not after or after in ",;.!?)\n" or after in calendar_words.AFTER_A_DAY


def _add(found: list[DateRead], tokens: list[Token], i: int, reading: Reading) -> None:
    """Add a reading; behind a dash it ends the range the one before began."""
    start, stop = tokens[i].start, tokens[reading.stop - 1].stop
    before = found[-1] if found else None
    day = reading.days[0]
    if before and before.after == i and tokens[i].low in {"eod", "cob", "end", "close"} and reading.form == "today":
        found[-1] = replace(before, stop=stop, after=reading.stop)
        return
    if before and before.after == i - 1 and tokens[i - 1].low in _DASHES and before.day < day and not before.last:
        found[-1] = DateRead(before.start, stop, before.first, reading.stop, before.days, before.form, day)
        return
    vague = reading.risk == Risk.VAGUE
    found.append(DateRead(start, stop, i, reading.stop, reading.days, reading.form, reading.last, vague))
