"""The days in a reply: dates, bare ordinals ("the 23rd any good?"), and those told from the request.

"Your date" is the day asked for, "two days later" counts from it, "the week after" is the Friday after it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.reader.calendar_words import WEEKDAYS
from bot.reader.dates import calendar_of, dates_in
from bot.reader.day_numbers import FRIDAY, WEEK, monday, next_numbered, weekday_after
from bot.reader.replies_pieces import Kind, Piece
from bot.reader.tokens import low
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from bot.reader.replies_pieces import Asked
    from bot.reader.tokens import Token

_NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_BARE = re.compile(r"[12]?\d|3[01]")
_NO_DAY_AFTER = word_set(
    "shift line floor time gen generation party street ave class container truck batch of operation"
)
_SHORT_DAYS = word_set("mon tue tues wed thu thur thurs fri sat sun")
_AFTER_SHORT_DAY = word_set("it works yes no ok is then or morning am pm afternoon night first latest , . ? ! )") | {""}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_COUNT = rf"(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}})"

_SAME_DAY = re.compile(
    r"(?:your|the same|same|that|the requested|requested|their|wished) (?:date|day|"
    r"wish)(?! (?:stays?|remains?))|the date you (?:asked|want|need)"
    r"|as (?:booked|requested|wished|asked)|on time|by then"
)
_SHIFTED = re.compile(rf"{_COUNT} ?(?:extra |more )?(?P<span>day|week|wk)s? (?:later|late|after|more|on)(?! end)")
_EXTRA = re.compile(rf"(?:extra|need|another|by) {_COUNT} (?P<span>day|week)s?(?: more| extra)?")
_WEEK_AFTER = re.compile(r"(?:the )?(?:week after|following week|week later)(?! next)")
_DAY_AFTER = re.compile(r"the (?:next day|day after)(?! tomorrow)")


def days_in(tokens: list[Token], now: datetime, asked: Asked) -> list[Piece]:
    """Find every day a reply tells, in its order."""
    calendar = calendar_of(tokens, now)
    found = [
        Piece(
            read.first,
            read.after,
            Kind.DAY,
            day=read.day,
            spans_week=read.form == "week" or read.is_vague,
            is_weekday=read.form == "weekday",
        )
        for read in dates_in(tokens, calendar)
    ]
    found += _free(_short_ones(tokens, calendar.today, asked), found)
    if asked.needed is not None:
        found += _free(_told_from(tokens, asked.needed, found), found)
    return sorted(found)


def _free(more: Iterator[Piece], found: Sequence[Piece]) -> list[Piece]:
    """Keep what says no token again."""
    taken = {i for piece in found for i in range(piece.first, piece.after)}
    return [piece for piece in more if piece.first not in taken and piece.after - 1 not in taken]


def _short_ones(tokens: list[Token], today: date, asked: Asked) -> Iterator[Piece]:
    for i, token in enumerate(tokens):
        day = _numbered(tokens, i, today, asked) if token.low[0].isdigit() else None
        if token.low in _SHORT_DAYS and _stands_as_day(tokens, i):
            day = weekday_after(WEEKDAYS[token.low], today)
        if day:
            yield Piece(i, i + 1, Kind.DAY, day=day, is_weekday=token.low in _SHORT_DAYS)
        elif token.low == "morning" and low(tokens, i - 1) == "this":
            yield Piece(i - 1, i + 1, Kind.DAY, day=today)


def _stands_as_day(tokens: list[Token], i: int) -> bool:
    """Tell "30 sat 15 mon" and "sat morning" from "we sat down"."""
    return low(tokens, i + 1) in _AFTER_SHORT_DAY or low(tokens, i + 1).isdigit() or low(tokens, i - 1).isdigit()


def _numbered(tokens: list[Token], i: int, today: date, asked: Asked) -> date | None:
    """Read "the 23rd" anywhere, and "for the 17." where nothing else was counted."""
    nth = _NTH.fullmatch(tokens[i].low)
    if nth:
        return next_numbered(int(nth[1]), today) if low(tokens, i + 1) not in _NO_DAY_AFTER else None
    bare = _BARE.fullmatch(tokens[i].low)
    led = low(tokens, i - 1) == "the" and low(tokens, i - 2) in {"for", "on", "by"}
    ends = not low(tokens, i + 1) or not low(tokens, i + 1)[0].isalnum()
    if not bare or not led or not ends or asked.quantity == int(bare[0]):
        return None
    return next_numbered(int(bare[0]), today)


def _told_from(tokens: list[Token], needed: date, found: Sequence[Piece]) -> Iterator[Piece]:
    """Find the days that are counted from the day asked for, or from the one told before."""
    text, starts = _joined(tokens)
    for form, moved in _FORMS:
        for hit in form.finditer(text):
            first = starts.get(hit.start())
            if first is None:
                continue
            before = [piece.day for piece in found if piece.day and piece.first < first]
            since = before[-1] if before and form is not _SAME_DAY else needed
            yield Piece(first, first + hit[0].count(" ") + 1, Kind.DAY, day=moved(hit, since))


def _joined(tokens: list[Token]) -> tuple[str, dict[int, int]]:
    """The words with one space between, and the token that begins at each place."""
    starts, length = {}, 0
    for i, token in enumerate(tokens):
        starts[length] = i
        length += len(token.low) + 1
    return " ".join(token.low for token in tokens), starts


def _same(_hit: re.Match[str], since: date) -> date:
    return since


def _moved(hit: re.Match[str], since: date) -> date:
    count = _COUNTS.get(hit["count"]) or int(hit["count"])
    return since + timedelta(days=count * (1 if hit["span"] == "day" else WEEK))


def _friday_after(_hit: re.Match[str], since: date) -> date:
    return monday(since) + timedelta(days=WEEK + FRIDAY)


def _day_after(_hit: re.Match[str], since: date) -> date:
    return since + timedelta(days=1)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (_SAME_DAY, _same),
    (_SHIFTED, _moved),
    (_EXTRA, _moved),
    (_WEEK_AFTER, _friday_after),
    (_DAY_AFTER, _day_after),
)
