"""The text after /expedite as answers to the form's first questions: "100 pcs BRK-2040 for Acme by Friday".

Each reader takes the words it is sure of, in the order of how sure it can be; the rest is handed back unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reader.calendar_words import SIZES
from bot.reader.command_dates import find_date, is_date_shaped
from bot.reader.names import customer_name, item_phrase
from bot.reader.quantities import try_quantity
from bot.reader.words import Words, word_set

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

_ORDER = re.compile(r"(?:so|po|ord)(?:[-#/_](?=[a-z/_-]*\d)|(?=\d))[a-z0-9/_-]+", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"#[a-z]{0,4}-?\d{3}[\w/-]*", re.IGNORECASE)
_NUMBERED = re.compile(r"#?(?=[a-z/_-]*\d)[a-z0-9][a-z0-9/_-]*", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"#?(\d{1,6}(?:\.\d{1,3})?)")
_LINE = re.compile(r"(?:line|ln)#?(\d{1,6}(?:\.\d{1,3})?)", re.IGNORECASE)
_NUMBER_WORDS = word_set("no nr number num #")
_MACHINES = word_set("production assembly packing the their our its customer's")
_STOPPAGES = word_set("is down stopped stops stands idle")

_CODE = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9]+(?:[-_/][A-Za-z0-9]+)*")
_CALENDAR_WORD = re.compile(r"(?:q[1-4]|h[12]|fy\d+|c?wk?-?\d+)(?:-.*)?|\d{4}-w\d+", re.IGNORECASE)
_ITEM_WORDS = word_set("item part sku p/n pn material")
_LONG_CODE = 5
_MANY_DIGITS = 3

_ORDER_DIGITS = 5
_LABELS = word_set("qty quantity")
_ASKS = word_set("need needs want wants expedite ship another extra additional")
_NO_COUNTS = SIZES | word_set(
    "% v volt volts w kw hp a amp amps psi bar degrees axis way pin day days week weeks hour hours h month months "
    "min minutes usd eur gbp dollars euros $ € £ x by"
)


@dataclass(frozen=True)
class Prefill:
    """What the text says, to be shown in the form and confirmed there; ``rest`` is what was not read."""

    quantity: Decimal | None = None
    unit: str | None = None
    item: str | None = None
    customer: str | None = None
    order_number: str | None = None
    line_number: str | None = None
    needed_date: date | None = None
    rest: str = ""


def read_command(text: str, *, now: datetime) -> Prefill:
    """Read a command's text; ``now`` is aware and in the writer's zone, so that "Friday" is theirs."""
    words, today = Words(text), now.date()
    needed_date = _needed_date(words, today)
    order_number = _order_number(words)
    line_number = _line_number(words)
    code_at = _code_place(words)
    quantity, unit, stop = _quantity(words, code_at)
    item = _item(words, code_at, stop)
    customer = customer_name(words)
    return Prefill(quantity, unit, item, customer, order_number, line_number, needed_date, words.rest)


def _needed_date(words: Words, today: date) -> date | None:
    found = find_date(words.plain, today)
    if found is None:
        return None
    words.take(found.start, found.stop)
    return found.day


def _order_number(words: Words) -> str | None:
    for i in range(len(words)):
        word = words.at(i)
        if _ORDER.fullmatch(word):
            return _taken(words, i, i + 1, word.upper())
        if _NUMBER_SIGN.fullmatch(word):
            return _taken(words, i, i + 1, word.removeprefix("#"))
        if word in {"SO", "PO"} and _is_order_digits(words, i + 1):
            return _taken(words, i, i + 2, f"{word} {words.at(i + 1)}")
        if word.lower() == "order" and (number_at := _after_order(words, i + 1)):
            return _taken(words, i, number_at + 1, words.at(number_at).removeprefix("#"))
    return None


def _after_order(words: Words, i: int) -> int | None:
    """Find the number behind the word "order", which may also be the verb: "order 100 pcs", "order BRK-2040"."""
    if words.low(i) in _NUMBER_WORDS and _NUMBERED.fullmatch(words.at(i + 1)):
        return i + 1
    is_long = sum(letter.isdigit() for letter in words.at(i)) >= _ORDER_DIGITS
    return i if words.at(i)[:1].isdigit() and is_long and _is_order_digits(words, i) else None


def _is_order_digits(words: Words, i: int) -> bool:
    """Tell whether a word is an order's number and not "100 pcs" or another count."""
    word = words.at(i)
    counts = words.at(i + 1) and try_quantity(f"{word} {words.at(i + 1)}")
    return bool(_NUMBERED.fullmatch(word)) and sum(letter.isdigit() for letter in word) >= _MANY_DIGITS and not counts


def _line_number(words: Words) -> str | None:
    for i in range(len(words)):
        number_at = i + 1 + (words.low(i + 1) in _NUMBER_WORDS)
        found = _LINE_NUMBER.fullmatch(words.at(number_at)) if words.low(i) in {"line", "ln", "pos"} else None
        if found and words.low(i - 1) not in _MACHINES and words.low(number_at + 1) not in _STOPPAGES:
            return _taken(words, i, number_at + 1, found[1])
        joined = _LINE.fullmatch(words.at(i))
        if joined:
            return _taken(words, i, i + 1, joined[1])
    return None


def _code_place(words: Words) -> int | None:
    """Find the item: the word after "item" or "part", else the first that looks like a part number."""
    for i in range(len(words)):
        if words.low(i) in _ITEM_WORDS and any(letter.isdigit() for letter in words.at(i + 1)):
            words.take(i, i + 1)
            return i + 1
    return next((i for i in range(len(words)) if _is_code(words.at(i))), None)


def _is_code(word: str) -> bool:
    if not _CODE.fullmatch(word) or _CALENDAR_WORD.fullmatch(word):
        return False
    if try_quantity(word) or is_date_shaped(word):
        return False
    joined = any(sign in word for sign in "-_/")
    if word[0].isdigit():
        # "7715-B" is a part, "24-hour" and "3-PIN" are not.
        return joined and sum(letter.isdigit() for letter in word) >= _MANY_DIGITS and word == word.upper()
    return joined or (len(word) >= _LONG_CODE and word[0].isupper())


def _quantity(words: Words, code_at: int | None) -> tuple[Decimal | None, str | None, int]:
    """Read the amount: a number with a unit anywhere, a bare one only where it must be a count."""
    for i in range(len(words)):
        joined = try_quantity(words.at(i)) if words.at(i) != "3M" else None
        apart = try_quantity(f"{words.at(i)} {words.at(i + 1)}") if joined and words.at(i + 1) else None
        found = apart if apart and apart[1] else joined
        if found is None or not (found[1] or _is_count(words, i, code_at)):
            continue
        stop = i + (2 if found is apart else 1)
        words.take(i - (words.low(i - 1) in _LABELS), stop)
        return *found, stop
    return None, None, 0


def _is_count(words: Words, i: int, code_at: int | None) -> bool:
    after = words.low(i + 1)
    if after in _NO_COUNTS or "/" in after:
        return False
    beside_code = code_at is not None and abs(code_at - i) == 1
    return i == 0 or beside_code or words.low(i - 1) in _LABELS | _ASKS


def _item(words: Words, code_at: int | None, after_quantity: int) -> str | None:
    of = after_quantity if words.low(after_quantity) == "of" else None
    if code_at is None:
        item = item_phrase(words, after_quantity + (of is not None)) if after_quantity else None
    else:
        item = _taken(words, code_at, code_at + 1, words.at(code_at)) or None
    if item and of is not None:
        words.take(of, of + 1)
    return item


def _taken(words: Words, start: int, stop: int, text: str) -> str:
    words.take(start, stop)
    return text
