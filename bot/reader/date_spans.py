"""Days told by weeks, months, their ends, and by counting from today, each read from one token on."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.reader import calendar_words as words
from bot.reader.date_forms import read_month, read_numbers, read_weekday
from bot.reader.date_reading import Reading, Risk
from bot.reader.day_numbers import (
    FRIDAY,
    MONTHS_OF_YEAR,
    WEEK,
    Calendar,
    end_of_named_month,
    friday_of_week,
    monday,
    month_end,
    weekday_after,
    work_days_after,
)
from bot.reader.tokens import bare, low
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reader.tokens import Token

_WEEK_NUMBER = re.compile(r"(?:week|wk|cw|kw|w|sem|s)[-.#]?(\d{1,2})")
_BARE_WEEK = re.compile(r"#?(\d{1,2})")
_BEFORE_WEEK = word_set(
    "in by to until till from of instead wk week not for before on end latest now ( : , than conf due"
)
_NEXT = word_set("next nxt following coming próxima nächste nächsten")
_THIS = word_set("this current diese dieser esta")
_MONTH_LEADS = word_set(
    "in by until till for of end before during this next instead from since to not end-of ende fin fine than or mid"
)
_MOST_DAYS = 366
_MOST_WEEKS = 60


def read_week(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "week 34", "CW34", "wk no. 34": its Friday."""
    joined = _WEEK_NUMBER.fullmatch(tokens[i].low)
    if joined:
        short = tokens[i].low[0] in "ws" and tokens[i].low[1].isdigit()
        return _friday(int(joined[1]), i + 1, seen, Risk.MARKED if short else Risk.PLAIN)
    j = i + 1 + (low(tokens, i) == "calendar" and low(tokens, i + 1) == "week")
    while low(tokens, j) in {"no", "nr", "number", ".", "#"} and j < i + 4:
        j += 1
    number = _BARE_WEEK.fullmatch(low(tokens, j))
    if not number or low(tokens, i - 1).isdigit():
        return None
    return _friday(int(number[1]), j + 1, seen, Risk.PLAIN)


def _friday(number: int, stop: int, seen: Calendar, risk: Risk) -> Reading | None:
    day = friday_of_week(number, seen.today)
    return Reading(stop, (day,), "week", risk) if day else None


def read_week_begin(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "w/c 20th", "week commencing 14 July", "week of the 12th": the day named; of "w/c wk 34" the Monday."""
    j = i + 1
    while low(tokens, j) in {"commencing", "beginning", "starting", "of", "the", "ending", "."} and j < i + 4:
        j += 1
    if bare(low(tokens, j)) in words.WEEKDAYS:
        return read_weekday(tokens, j, seen)
    chunk = low(tokens, j)
    if not chunk:
        return None
    found = read_numbers(tokens, j, seen) if chunk[0].isdigit() else read_month(tokens, j, seen)
    if found and found.days:
        return found._replace(form="week_begin", risk=Risk.PLAIN)
    week = read_week(tokens, j, seen)
    return week._replace(days=tuple(map(monday, week.days)), form="week_begin") if week else None


def read_today(tokens: list[Token], i: int, seen: Calendar) -> Reading:
    return (
        _ending_day(tokens, i + 1, seen) if tokens[i].low in {"eod", "cob"} else Reading(i + 1, (seen.today,), "today")
    )


def _ending_day(tokens: list[Token], stop: int, seen: Calendar) -> Reading:
    """Read "EOD Friday" and "close of business on the 12th" as that day, a lone "EOD" as today."""
    j = stop + (low(tokens, stop) in {"on", "of", "this"})
    named = read_day(tokens, j, seen) if j < len(tokens) else None
    return named if named and named.days else Reading(stop, (seen.today,), "today")


def read_tomorrow(_tokens: list[Token], i: int, seen: Calendar) -> Reading:
    return Reading(i + 1, (seen.today + timedelta(days=1),), "tomorrow")


def read_after_tomorrow(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    words_of_it = 1 if low(tokens, i) != "day" else 3
    if words_of_it > 1 and not (low(tokens, i + 1) == "after" and low(tokens, i + 2) in words.TOMORROWS):
        return None
    return Reading(i + words_of_it, (seen.today + timedelta(days=2),), "relative")


def read_end(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "end of the week", "end of next week", "end of June", "close of business"."""
    if low(tokens, i) == "close" and low(tokens, i + 1) != "of":
        return None
    j = i + 1
    while low(tokens, j) in {"of", "the", "-", "this"} and j < i + 4:
        j += 1
    ahead = low(tokens, j) in _NEXT
    j += ahead
    span = bare(low(tokens, j))
    if span in {"day", "business", "play"} and not ahead:
        return _ending_day(tokens, j + 1, seen)
    if span in {"week", "wk"} and not low(tokens, j + 1).isdigit():
        return _this_friday(j + 1, seen, ahead=ahead, risk=Risk.PLAIN)
    if span in words.WEEK_WORDS or _WEEK_NUMBER.fullmatch(span):
        return read_week(tokens, j, seen)
    return _end_of_longer(span, j + 1, seen, ahead=ahead)


def _end_of_longer(span: str, stop: int, seen: Calendar, *, ahead: bool) -> Reading | None:
    today = seen.today
    if span == "month":
        return Reading(stop, (_month_end(today, ahead),), "end")
    if span == "year" and not ahead:
        return Reading(stop, (date(today.year, MONTHS_OF_YEAR, 31),), "end")
    if span in {"quarter", "qtr"} and not ahead:
        return Reading(stop, (month_end(today.year, (today.month + 2) // 3 * 3),), "end")
    if span in words.MONTHS:
        return Reading(stop, (end_of_named_month(words.MONTHS[span], today),), "end")
    return None


def _month_end(today: date, ahead: bool) -> date:
    month = today.month + ahead
    return month_end(today.year + (month > MONTHS_OF_YEAR), (month - 1) % MONTHS_OF_YEAR + 1)


def _this_friday(stop: int, seen: Calendar, *, ahead: bool, risk: Risk) -> Reading:
    friday = monday(seen.today) + timedelta(days=FRIDAY + WEEK * ahead)
    if friday < seen.today:
        # On a weekend "this week" has no working day left; the coming one is likelier than none.
        return Reading(stop, (friday + timedelta(days=WEEK),), "end", Risk.VAGUE)
    return Reading(stop, (friday,), "end", risk)


def read_eow(_tokens: list[Token], i: int, seen: Calendar) -> Reading:
    return _this_friday(i + 1, seen, ahead=False, risk=Risk.PLAIN)


def read_eom(_tokens: list[Token], i: int, seen: Calendar) -> Reading:
    return Reading(i + 1, (_month_end(seen.today, ahead=False),), "end")


def read_month_end(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "month end", "month's end"; "week's end" is its Friday."""
    stop = i + 2 + (low(tokens, i + 1) == "-")
    if low(tokens, stop - 1) != "end":
        return None
    if bare(low(tokens, i)).startswith("month"):
        return Reading(stop, (_month_end(seen.today, ahead=False),), "end")
    return _this_friday(stop, seen, ahead=False, risk=Risk.PLAIN)


def read_weekend(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "the weekend": before and by it is Friday."""
    if low(tokens, i - 1)[:1].isdigit():
        return None
    return _this_friday(i + 1, seen, ahead=False, risk=Risk.MARKED)


def read_this(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "this week", "this Friday", "this month"."""
    after = bare(low(tokens, i + 1))
    if after in {"week", "wk", "weekend"}:
        return _this_friday(i + 2, seen, ahead=False, risk=Risk.MARKED)
    if after == "month":
        return Reading(i + 2, (_month_end(seen.today, ahead=False),), "month", Risk.VAGUE)
    if after not in words.WEEKDAYS:
        return None
    found = read_weekday(tokens, i + 1, seen)
    if found and len(found.days) == 1 and found.days[0] == seen.today + timedelta(days=WEEK) and found.stop == i + 2:
        # "This Friday", said on a Friday, may be today.
        return found._replace(days=(seen.today, found.days[0]))
    return found


def read_next(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "next week", "next month", "next week Friday" and "next Friday", whose week is in doubt."""
    after = bare(low(tokens, i + 1))
    if after in {"week", "wk", "woche", "semana"}:
        j = i + 2 + (low(tokens, i + 2) in {"on", "by"})
        weekday = words.WEEKDAYS.get(bare(low(tokens, j)))
        if weekday is not None:
            return Reading(j + 1, (monday(seen.today) + timedelta(days=WEEK + weekday),), "weekday")
        return _this_friday(i + 2, seen, ahead=True, risk=Risk.VAGUE)
    if after == "month":
        return Reading(i + 2, (_month_end(seen.today, ahead=True),), "month", Risk.VAGUE)
    if after in words.WEEKDAYS:
        return _next_weekday(tokens, i, words.WEEKDAYS[after], seen)
    return None


def _next_weekday(tokens: list[Token], i: int, number: int, seen: Calendar) -> Reading | None:
    dated_too = read_weekday(tokens, i + 1, seen)
    if dated_too and dated_too.stop > i + 2:
        return dated_too
    soon = weekday_after(number, seen.today)
    later = monday(seen.today) + timedelta(days=WEEK + number)
    if low(tokens, i) == "coming":
        later = soon
    return Reading(i + 2, tuple(dict.fromkeys((later, soon))), "weekday")


def read_past(tokens: list[Token], i: int, _seen: Calendar) -> Reading | None:
    """Skip "last Friday", "every Monday": nobody needs goods there."""
    return Reading(i + 2, (), "other") if bare(low(tokens, i + 1)) in words.WEEKDAYS else None


def read_lone_month(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read a month alone, where a word before it says that it is one: its last day."""
    month = words.MONTHS.get(bare(tokens[i].low))
    before = low(tokens, i - 1)
    if not month or before not in _MONTH_LEADS or (before == "mid" or tokens[i].text == "may"):
        return None
    year = low(tokens, i + 1)
    if len(year) == len("2026") and year.isdigit():
        return Reading(i + 2, (month_end(int(year), month),), "month", Risk.VAGUE)
    return Reading(i + 1, (end_of_named_month(month, seen.today),), "month", Risk.VAGUE)


def read_counted(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "in 3 days", "within two weeks", "over the next 10 days", "in 5 working days"."""
    j = i + 1
    while low(tokens, j) in {"the", "next", "coming", "about"} and j < i + 3:
        j += 1
    return _counted_from(tokens, j, seen)


def _counted_from(tokens: list[Token], j: int, seen: Calendar) -> Reading | None:
    written = low(tokens, j)
    count = words.COUNTS.get(written) or (int(written) if written.isascii() and written.isdigit() else 0)
    working = low(tokens, j + 1) in {"working", "business", "work"}
    span = bare(low(tokens, j + 1 + working))
    if not 0 < count <= _MOST_DAYS:
        return None
    stop = j + 2 + working
    if span in words.DAY_SPANS:
        day = work_days_after(count, seen.today) if working else seen.today + timedelta(days=count)
        return Reading(stop, (day,), "relative", Risk.VAGUE if working else Risk.PLAIN)
    if span in words.WEEK_SPANS and count <= _MOST_WEEKS:
        return Reading(stop + (low(tokens, stop) == "time"), (seen.today + timedelta(days=WEEK * count),), "relative")
    return None


def read_from_now(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "3 days from now", "two weeks from today"."""
    found = _counted_from(tokens, i, seen)
    is_from_now = found and low(tokens, found.stop) == "from" and low(tokens, found.stop + 1) in {"now", "today"}
    return found._replace(stop=found.stop + 2) if found and is_from_now else None


_STARTERS: dict[str, Callable[[list[Token], int, Calendar], Reading | None]] = {
    **dict.fromkeys(words.TODAYS, read_today),
    **dict.fromkeys(words.TOMORROWS, read_tomorrow),
    **dict.fromkeys(words.AFTER_TOMORROW | {"day"}, read_after_tomorrow),
    **dict.fromkeys(words.EOWS, read_eow),
    **dict.fromkeys(words.EOMS, read_eom),
    **dict.fromkeys(words.ENDS | {"end-of"}, read_end),
    **dict.fromkeys(("month", "month's", "week's", "months"), read_month_end),
    **dict.fromkeys(_THIS, read_this),
    **dict.fromkeys(_NEXT, read_next),
    **dict.fromkeys(("last", "past", "every", "each", "previous"), read_past),
    **dict.fromkeys(("in", "within", "over"), read_counted),
    **dict.fromkeys(("w/c", "w/b", "wc", "w/e", "w/k"), read_week_begin),
    **dict.fromkeys(words.COUNTS, read_from_now),
    "weekend": read_weekend,
}


def read_words(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read a day that begins with a letter."""
    word = bare(tokens[i].low)
    if word in words.WEEKDAYS:
        return read_weekday(tokens, i, seen)
    starter = _STARTERS.get(tokens[i].low) or _STARTERS.get(word)
    if starter:
        return starter(tokens, i, seen)
    if word in words.MONTHS:
        return read_month(tokens, i, seen) or read_lone_month(tokens, i, seen)
    if word in words.WEEK_WORDS:
        begins = low(tokens, i + 1) in {"commencing", "beginning", "starting", "of"}
        return read_week_begin(tokens, i, seen) if begins else read_week(tokens, i, seen)
    if word[-1].isdigit():
        return read_week(tokens, i, seen) or read_month(tokens, i, seen)
    return None


def read_day(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read the day written from this token on, with all it can mean; None where none is."""
    first = tokens[i].low[0]
    if first.isdigit():
        return read_numbers(tokens, i, seen) or read_from_now(tokens, i, seen)
    return read_words(tokens, i, seen) if first.isalpha() else None
