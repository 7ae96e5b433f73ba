"""The need date of a command: read where it is sure, left to people where it is not.

A date counts only from a marked place ("by Friday", "needed 12 Dec", "in 3 days") or as the last words of the text.
What can mean two days, 12/5 and "next Friday", is left unread, and so is what only names a span ("next week").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.reader.calendar_words import MONTHS, WEEKDAYS
from bot.reader.date_reading import Reading, Risk
from bot.reader.date_spans import read_counted, read_day
from bot.reader.day_numbers import Calendar
from bot.reader.tokens import low, tokenize
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.reader.tokens import Token

STRONG = word_set("by before until till needed latest than")
WEAK = word_set("on for")
# What stands around a marker and says the same again.
ECHOES = word_set("needed need required latest than later no at the")
COURTESIES = word_set("please pls plz thanks thx thank you latest asap")
# A date after or before one of these is a part of something else: "Friday after next", "the week of 12 Dec".
TAIL_SPOILERS = word_set("next after week weeks fortnight")
HEAD_SPOILERS = (
    STRONG
    | WEAK
    | word_set("next last previous or to and - – after since following every each not of from week month w/c wc was")
)
# These tell of the date ops has, not of the one that is needed.
PROMISES = word_set(
    "promised confirmed committed acknowledged scheduled planned booked ordered placed offered told due shows currently"
)
_HOURS = word_set("eod cob noon midday morning afternoon evening")
_CLOCK = re.compile(r"\d{1,2}(?::\d\d)? ?[ap]m")
_SOME_DAY = date(2026, 1, 1)
RANGES = word_set("or to - – through thru and")
LONGEST = 9
# What may be meant as a date behind a marker, though it could not be read.
_A_DAY = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|[/.-].*)?$|\d{4}-|(?:next|this|early|mid|late)$", re.IGNORECASE
)


@dataclass(frozen=True)
class DateFound:
    """A date and the words, from ``start`` up to ``stop``, that say it together with their marker."""

    day: date
    start: int
    stop: int


def find_date(words: Sequence[str], today: date) -> DateFound | None:
    """Find the one date the words name, without punctuation at their ends; None when none or several are named."""
    for look in (_after_strong, _after_weak, _at_the_end):
        found = list(look(words, today))
        if found:
            return found[0] if len({reading.day for reading in found}) == 1 else None
    return None


def read_date(words: Sequence[str], today: date, *, marked: bool = True) -> tuple[date, int] | None:
    """Read a date from the very first words on: the date and how many words it takes."""
    text = " ".join(words[:LONGEST])
    tokens = tokenize(text)
    first = _after_hours(tokens, 0)
    first += low(tokens, first) in {"on", "the"}
    first = first if first < len(tokens) else 0
    reading = read_day(tokens, first, Calendar(today)) if tokens else None
    if reading is None or not _is_sure(reading, today) or (reading.risk == Risk.MARKED and not marked):
        return None
    end = tokens[_after_hours(tokens, reading.stop) - 1].stop
    count = text.count(" ", 0, end) + 1
    # A date that ends in the middle of a word is no date: "12 Dec-B7".
    is_whole = end == len(text) or text[end] in " .,"
    return (reading.days[0], count) if is_whole and not _spoilt(words[count:], today) else None


def is_date_shaped(word: str) -> bool:
    """Tell whether a single word is written like a date, whatever day it means."""
    tokens = tokenize(word)
    reading = read_day(tokens, 0, Calendar(_SOME_DAY)) if tokens else None
    return reading is not None and reading.stop == len(tokens)


def _after_hours(tokens: list[Token], i: int) -> int:
    """Step over "noon", "5pm" and the like."""
    return i + 1 if low(tokens, i) in _HOURS or _CLOCK.fullmatch(low(tokens, i)) else i


def _is_sure(reading: Reading, today: date) -> bool:
    """Tell whether the words name one day ahead; a written year may name any."""
    if len(reading.days) != 1 or reading.last or reading.risk == Risk.VAGUE or reading.form == "week_begin":
        return False
    return reading.days[0] >= today or reading.form == "iso"


def _after_strong(words: Sequence[str], today: date) -> Iterator[DateFound]:
    return _after_markers(words, today, STRONG)


def _after_weak(words: Sequence[str], today: date) -> Iterator[DateFound]:
    yield from _after_markers(words, today, WEAK)
    # "in 3 days" marks itself.
    for i in range(len(words) - 2):
        found = (
            read_counted(tokenize(" ".join(words[i : i + 3])), 0, Calendar(today)) if _begins_count(words[i]) else None
        )
        if found and _is_sure(found, today):
            yield DateFound(found.days[0], i, i + 3)


def _begins_count(word: str) -> bool:
    return word.lower() in {"in", "within"}


def _after_markers(words: Sequence[str], today: date, markers: frozenset[str]) -> Iterator[DateFound]:
    for i, word in enumerate(words):
        if word.lower() not in markers or not _is_marking(words, i):
            continue
        reading = read_date(words[i + 1 :], today, marked=markers is STRONG)
        # "for Friday Harbor" names a customer; "for Friday, please" a day.
        if reading and (word.lower() != "for" or _is_end(words[i + 1 + reading[1] :])):
            yield DateFound(reading[0], _with_echoes(words, i), i + 1 + reading[1])


def _is_marking(words: Sequence[str], i: int) -> bool:
    """Tell "no later than Friday" from "sooner than Friday", and the need from what was promised."""
    before = words[i - 1].lower() if i else ""
    return before == "later" if words[i].lower() == "than" else before not in PROMISES


def _at_the_end(words: Sequence[str], today: date) -> Iterator[DateFound]:
    if _has_unread_marker(words):
        return
    end = len(words)
    while end and words[end - 1].lower() in COURTESIES:
        end -= 1
    for start in range(max(0, end - LONGEST), end):
        reading = read_date(words[start:end], today, marked=False)
        if reading and start + reading[1] == end:
            if not start or not _is_part_of_more(words[start - 1].lower(), words[start].lower()):
                yield DateFound(reading[0], start, end)
            return


def _has_unread_marker(words: Sequence[str]) -> bool:
    """Tell whether a date was meant that could not be read: then no other may take its place."""
    meant = (words[i + 1] for i in range(len(words) - 1) if words[i].lower() in STRONG)
    return any(_A_DAY.match(word) or word.lower() in MONTHS or word.lower() in WEEKDAYS for word in meant)


def _is_part_of_more(before: str, first: str) -> bool:
    """Tell whether the word before a date changes it: "next Fri", "due 12 Dec", the wrong weekday, "12 Dec 26"."""
    if before in HEAD_SPOILERS | PROMISES or before in WEEKDAYS:
        return True
    return before.isdecimal() and first in MONTHS


def _with_echoes(words: Sequence[str], start: int) -> int:
    while start and words[start - 1].lower() in ECHOES:
        start -= 1
    return start


def _is_end(words: Sequence[str]) -> bool:
    return not words or words[0].lower() in STRONG | WEAK | COURTESIES or words[0][:1].isdigit()


def _spoilt(rest: Sequence[str], today: date) -> bool:
    if not rest:
        return False
    first = rest[0].lower()
    if first in RANGES:
        return read_date(rest[1:], today) is not None
    return first in TAIL_SPOILERS
