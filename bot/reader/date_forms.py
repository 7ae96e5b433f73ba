"""The ways to write a day in numbers and names, each with the day or days it can mean, read from one token on."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.reader import calendar_words as words
from bot.reader.date_reading import Reading, Risk
from bot.reader.day_numbers import (
    WEEK,
    Calendar,
    dated,
    in_either_order,
    monday,
    next_numbered,
    valid,
    weekday_after,
)
from bot.reader.tokens import bare, low, touches

if TYPE_CHECKING:
    from bot.reader.tokens import Token

_ISO = re.compile(r"(20\d\d)([-/.])(\d{1,2})\2(\d{1,2})")
_TRIPLE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(20\d\d|(?<=[/.])\d\d)")
_PAIR = re.compile(r"(\d{1,2})([/.])(\d{1,2})")
_SPAN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-–/](\d{1,2})(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|°|º|er)")
_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?")
_JOINED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?-?([a-zä-û]{3,9})(?:-?(20\d\d|(?<=-)\d\d))?")
_JOINED_BACK = re.compile(r"([a-zä-û]{3,9})-?(\d{1,2})(?:st|nd|rd|th)?(?:-(20\d\d))?")
_YEAR = re.compile(r"20\d\d")
_PREFIXES = frozenset("$€£#/-+.,")
_CLAUSE_SIGNS = frozenset(",;:.!?()[]\n\"'”“’*_~|—–-/<>…+=^")


def read_numbers(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read a day that begins with a digit."""
    if (i and tokens[i - 1].text in _PREFIXES and touches(tokens, i - 1, i)) or _is_size(tokens, i):
        return None
    chunk = tokens[i].low
    return (
        _iso(chunk, i)
        or _triple(chunk, i, seen)
        or _before_month(tokens, i, seen)
        or _pair(tokens, i, seen)
        or _joined(chunk, i, seen)
        or _ordinal(tokens, i, seen)
    )


def _is_size(tokens: list[Token], i: int) -> bool:
    after = low(tokens, i + 1)
    if after in {'"', "”", "″"}:
        # 3/8" is a size; the quote behind 4/18" ends what somebody said.
        return touches(tokens, i, i + 1) and not any(token.text in '"“' for token in tokens[max(0, i - 60) : i])
    return after in words.SIZES_AFTER


def _iso(chunk: str, i: int) -> Reading | None:
    found = _ISO.fullmatch(chunk)
    day = valid(int(found[1]), int(found[3]), int(found[4])) if found else None
    return Reading(i + 1, (day,), "iso") if day else None


def _triple(chunk: str, i: int, seen: Calendar) -> Reading | None:
    found = _TRIPLE.fullmatch(chunk)
    if not found:
        return None
    if found[2] != ".":
        days = in_either_order(int(found[1]), int(found[3]), found[4], seen)
    else:
        day = dated(int(found[1]), int(found[3]), found[4], seen.today)
        days = (day,) if day else ()
    return Reading(i + 1, days, "numeric") if days else None


def _pair(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    found = _PAIR.fullmatch(bare(tokens[i].low))
    if not found:
        return None
    if found[2] == ".":
        return _dotted(tokens, i, found, seen)
    first, second = int(found[1]), int(found[3])
    days = in_either_order(first, second, None, seen)
    fraction = first < second and (second & (second - 1) == 0 or second == 3) and (first % 2 or second == 3)  # noqa: PLR2004
    doubtful = fraction or (first, second) == (24, 7)
    if not days or (doubtful and not _is_date_not_fraction(tokens, i)):
        return None
    return Reading(i + 1, days, "numeric", Risk.PLAIN if low(tokens, i - 1) == "the" and not fraction else Risk.MARKED)


def _is_date_not_fraction(tokens: list[Token], i: int) -> bool:
    """Tell 3/16 the day from 3/16 the size: behind "by", or behind a weaker marker at the end of a clause."""
    before, after = low(tokens, i - 1), low(tokens, i + 1)
    ends = not after or after in _CLAUSE_SIGNS - {'"', "”", "-"} or after in words.AFTER_A_DAY
    return before in words.FRACTION_MARKERS or (
        ends and before in words.BEFORE_A_DAY | {"them", "him", "her", "you", "us"}
    )


def _dotted(tokens: list[Token], i: int, found: re.Match[str], seen: Calendar) -> Reading | None:
    """Read 31.10. and 31.10: the day is first; a decimal number is one where nothing marks the day."""
    day = dated(int(found[1]), int(found[3]), None, seen.today)
    closed = low(tokens, i + 1) == "." and touches(tokens, i, i + 1)
    two_digits = len(found[3]) == len("10")
    if not day or not (two_digits or closed):
        return None
    open_end = i + 2 < len(tokens) and tokens[i + 2].text != "\n"
    plain = closed and (open_end or low(tokens, i - 1) in words.BEFORE_A_DAY)
    return Reading(i + 1 + (closed and open_end), (day,), "dotted", Risk.PLAIN if plain else Risk.MARKED)


def _before_month(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "12 Dec", "3rd of May", "12. März", "22-23 Nov"."""
    chunk = tokens[i].low
    span = _SPAN.fullmatch(chunk)
    number = _NUMBER.fullmatch(span[1] if span else chunk)
    if not number:
        return None
    j, last = i + 1, span[2] if span else None
    if not last and (reach := _second_day(tokens, j)):
        last, j = reach
    while j < i + 4 and (low(tokens, j) in words.MONTH_JOINERS or low(tokens, j) in {"st", "nd", "rd", "th"}):
        j += 1
    month = words.MONTHS.get(bare(low(tokens, j)))
    if not month or (low(tokens, j) == "may" and tokens[j].text == "may" and _is_verb_after(tokens, j)):
        return None
    year, stop = _year_at(tokens, j + 1, seen)
    day = dated(int(number[1]), month, year, seen.today)
    end = dated(int(last), month, year, seen.today) if last else None
    return Reading(stop, (day,), "day_month", _risk_of(year), end) if day else None


def _second_day(tokens: list[Token], j: int) -> tuple[str, int] | None:
    """Find the "– 23" of "22 – 23 Nov"."""
    if low(tokens, j) not in {"-", "–", "to", "and", "&"}:
        return None
    number = _NUMBER.fullmatch(low(tokens, j + 1))
    return (number[1], j + 2) if number and low(tokens, j + 2) in words.MONTHS else None


def _is_verb_after(tokens: list[Token], j: int) -> bool:
    return low(tokens, j + 1) in {"be", "have", "need", "not", "come", "get"}


def _year_at(tokens: list[Token], j: int, seen: Calendar) -> tuple[str | None, int]:
    """Find the year behind a day; two digits are one where they count nothing and name a year nearby."""
    k = j + (low(tokens, j) == ",")
    written = low(tokens, k)
    if _YEAR.fullmatch(written):
        return written, k + 1
    is_nearby = written in {f"{(seen.today.year + i) % 100:02}" for i in (0, 1)}
    after = low(tokens, k + 1)
    is_end = not after or after in _CLAUSE_SIGNS or after in words.AFTER_A_DAY
    return (written, k + 1) if is_nearby and is_end and k == j else (None, j)


def _risk_of(year: str | None) -> Risk:
    return Risk.VAGUE if year and len(year) == len("26") else Risk.PLAIN


def _joined(chunk: str, i: int, seen: Calendar) -> Reading | None:
    found = _JOINED.fullmatch(chunk)
    month = words.MONTHS.get(found[2]) if found else None
    day = dated(int(found[1]), month, found[3], seen.today) if found and month else None
    return Reading(i + 1, (day,), "day_month", Risk.PLAIN if found and found[3] else Risk.MARKED) if day else None


def _ordinal(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "the 14th", unless a noun behind it is counted: "the 2nd shift"."""
    found = _ORDINAL.fullmatch(bare(tokens[i].low))
    day = next_numbered(int(found[1]), seen.today) if found else None
    after = low(tokens, i + 1)
    free = not after or after in words.AFTER_A_DAY or after in _CLAUSE_SIGNS or after[0].isdigit() or after[0] in ":<"
    possessed = tokens[i].low.endswith("'s")
    before = low(tokens, i - 1)
    if not day or not (free or possessed or not after[0].isascii()) or before in {"$", "every"}:
        return None
    return Reading(i + 1, (day,), "ordinal", Risk.PLAIN if before == "the" else Risk.MARKED)


def read_month(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read "Dec 12th", "December 12, 2026", "Sep-12", and "by March", which is its last day."""
    month = words.MONTHS.get(bare(tokens[i].low))
    if not month:
        return _joined_back(tokens[i].low, i, seen)
    j = i + 1 + (low(tokens, i + 1) == "." and touches(tokens, i, i + 1))
    number = _NUMBER.fullmatch(low(tokens, j)) or _SPAN.fullmatch(low(tokens, j))
    if number and not _counts_something(tokens, j):
        year, stop = _year_at(tokens, j + 1, seen)
        day = dated(int(number[1]), month, year, seen.today)
        last = dated(int(number[2]), month, year, seen.today) if number.re is _SPAN else None
        if day:
            return Reading(stop, (day,), "day_month", _risk_of(year), last)
    return None


def _counts_something(tokens: list[Token], j: int) -> bool:
    """Tell "may 5 pcs" and "Sept 12 of them" from a day: a number that is too large is none either."""
    return low(tokens, j + 1) in {"%", "pcs", "units", "x"} or (low(tokens, j + 1) == "/" and touches(tokens, j, j + 1))


def _joined_back(chunk: str, i: int, seen: Calendar) -> Reading | None:
    found = _JOINED_BACK.fullmatch(chunk)
    month = words.MONTHS.get(found[1]) if found else None
    day = dated(int(found[2]), month, found[3], seen.today) if found and month else None
    return Reading(i + 1, (day,), "day_month", Risk.MARKED) if day else None


def read_weekday(tokens: list[Token], i: int, seen: Calendar) -> Reading | None:
    """Read a weekday: the next one after today, or the date written with it."""
    number = words.WEEKDAYS[bare(tokens[i].low)]
    j = i + 1 + (low(tokens, i + 1) == "." and touches(tokens, i, i + 1))
    dated_too = _with_date(tokens, j, number, seen)
    if dated_too:
        return dated_too
    if tokens[i].low in words.DOUBTFUL_DAYS and not _is_meant_as_day(tokens, i):
        return None
    upcoming = weekday_after(number, seen.today)
    return _moved(tokens, j, number, upcoming, seen) or Reading(i + 1, (upcoming,), "weekday")


def _is_meant_as_day(tokens: list[Token], i: int) -> bool:
    before = low(tokens, i - 1)
    return (
        tokens[i].text[0].isupper()
        or before in words.BEFORE_A_DAY
        or before in {"do", "next", "last", "come", "fri", "?"}
    )


def _moved(tokens: list[Token], j: int, number: int, upcoming: date, seen: Calendar) -> Reading | None:
    """Read what stands behind a weekday: "next week", "week" (a week later), "after next"."""
    of = low(tokens, j) in {"of", "in", "the"}
    first, second = low(tokens, j + of), low(tokens, j + of + 1)
    if first in {"next", "following"} and bare(second) in words.WEEK_SPANS:
        return Reading(j + of + 2, (monday(seen.today) + timedelta(days=WEEK + number),), "weekday")
    if (first, second) == ("after", "next"):
        return Reading(j + of + 2, (upcoming + timedelta(days=WEEK),), "weekday", Risk.VAGUE)
    if first == "this" and second == "week":
        day = monday(seen.today) + timedelta(days=number)
        return Reading(j + of + 2, (day if day >= seen.today else upcoming,), "weekday")
    if first == "week" and not of and not second.isdigit():
        return Reading(j + 1, (upcoming + timedelta(days=WEEK),), "weekday", Risk.VAGUE)
    return None


def _with_date(tokens: list[Token], j: int, number: int, seen: Calendar) -> Reading | None:
    """Read the date behind a weekday; where the two disagree, both are possible."""
    while low(tokens, j) in {",", "the", "den", "le", "("} and j < len(tokens):
        j += 1
    chunk = low(tokens, j)
    if not chunk or not (chunk[0].isdigit() or bare(chunk) in words.MONTHS):
        return None
    found = read_numbers(tokens, j, seen) if chunk[0].isdigit() else read_month(tokens, j, seen)
    if found is None or not found.days:
        return _with_bare_number(tokens, j, number, seen)
    agreeing = tuple(day for day in found.days if day.weekday() == number)
    upcoming = weekday_after(number, seen.today)
    if found.risk and not agreeing:
        return None
    return found._replace(days=agreeing or (*found.days, upcoming), risk=Risk.PLAIN)


def _with_bare_number(tokens: list[Token], j: int, number: int, seen: Calendar) -> Reading | None:
    """Read "Friday 27" where the 27th is a Friday."""
    chunk = low(tokens, j)
    day = next_numbered(int(chunk), seen.today) if chunk.isdigit() and len(chunk) <= len("31") else None
    after = low(tokens, j + 1)
    is_end = not after or after in _CLAUSE_SIGNS or after in words.AFTER_A_DAY
    return Reading(j + 1, (day,), "weekday") if day and day.weekday() == number and is_end else None
