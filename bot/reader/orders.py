"""Order and line numbers in running text, as they are written there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reader.amounts import COUNTED
from bot.reader.tokens import low
from bot.reader.words import word_set

if TYPE_CHECKING:
    from bot.reader.tokens import Token

_JOINED = re.compile(r"(?:so|po|ord|wo|sto|co)(?:[-#/_](?=[a-z/_-]*\d)|(?=\d))[a-z0-9/_-]*\d[a-z0-9/_-]*")
_NUMBERED = re.compile(r"(?=(?:[a-z/_-]*\d){3})[a-z0-9][a-z0-9/_-]*")
_LONG = re.compile(r"\d{7,10}")
_LABELLED = re.compile(r"(?=(?:[a-z/_-]*\d){3})[a-z0-9][a-z0-9/_-]*")
_LINK_LABEL = re.compile(r"<[^<>|]*\|([^<>|]+)>")
_LINE = re.compile(r"#?\d{1,6}(?:\.\d{1,3})?")
_JOINED_LINE = re.compile(r"(?:line|ln|pos)#?(\d{1,6})")
_PREFIXES = word_set("so po")
_ORDER_WORDS = word_set(
    "order orders ref reference bestellung auftrag commande pedido ordine o/c order# ordr po# so# ords"
)
_FILLERS = word_set("no nr number num # : . of our your ref reference -")
_LINE_WORDS = word_set("line ln lines pos position")
_NO_ORDERS = word_set(
    "tel phone fax ext lot batch serial s/n sn invoice inv ticket rma quote quotation cell mobile inc customer"
)
_MACHINES = word_set("production assembly packing the their our its customer's on stop stopped down")
_FEW_DIGITS = 4
_MOST_FILLERS = 3


@dataclass(frozen=True)
class OrderRead:
    """An order number, tokens ``first`` to ``after``, with its line where one is named."""

    first: int
    after: int
    number: str
    line: str | None = None


def orders_in(tokens: list[Token]) -> tuple[OrderRead, ...]:
    """Find the orders of a text that has been cut, in its order."""
    found: list[OrderRead] = []
    i = 0
    while i < len(tokens):
        order = _order(tokens, i)
        if order:
            found.append(order)
        i = order.after if order else i + 1
    return tuple(found)


def _order(tokens: list[Token], i: int) -> OrderRead | None:
    token = tokens[i]
    label = _LINK_LABEL.fullmatch(token.text)
    if label:
        return _read(tokens, i, i + 1, label[1]) if _JOINED.fullmatch(label[1].lower()) else None
    if _JOINED.fullmatch(token.low) and sum(map(str.isdigit, token.low)) >= _FEW_DIGITS - 1:
        return _read(tokens, i, i + 1, token.text)
    if token.low in _PREFIXES:
        return _prefixed(tokens, i)
    if token.low in _ORDER_WORDS:
        return _named(tokens, i)
    if token.text == "#" and _LABELLED.fullmatch(low(tokens, i + 1)) and tokens[i].stop == tokens[i + 1].start:
        return _read(tokens, i, i + 2, tokens[i + 1].text) if low(tokens, i - 1) not in _NO_ORDERS else None
    if (
        _LONG.fullmatch(token.low)
        and low(tokens, i - 1) not in _NO_ORDERS | {"#", "+", "$"}
        and _stands_alone(tokens, i)
    ):
        return _read(tokens, i, i + 1, token.text)
    return None


def _stands_alone(tokens: list[Token], i: int) -> bool:
    return low(tokens, i + 1) not in COUNTED and low(tokens, i - 2) not in _NO_ORDERS


def _prefixed(tokens: list[Token], i: int) -> OrderRead | None:
    """Read "SO 48213" as written; a form's label "PO: 4471-A" is left out of the number."""
    j = _after_fillers(tokens, i + 1)
    number = low(tokens, j)
    if not _NUMBERED.fullmatch(number) or low(tokens, j + 1) in COUNTED:
        return None
    if tokens[i].text == "so" and (number.isdigit() and len(number) < _FEW_DIGITS):
        return None
    label = any(tokens[k].low in {":", "-", "no", "nr", "number"} for k in range(i + 1, j))
    text = tokens[j].text if label else _as_written(tokens, i, j)
    return _read(tokens, i, j + 1, text)


def _as_written(tokens: list[Token], i: int, j: int) -> str:
    """Write the pieces again with the spaces they had."""
    rest = range(i + 1, j + 1)
    return tokens[i].text + "".join(" " * (tokens[k].start > tokens[k - 1].stop) + tokens[k].text for k in rest)


def _named(tokens: list[Token], i: int) -> OrderRead | None:
    """Read "order 1120993" and "ref CB/0316": the number alone."""
    j = _after_fillers(tokens, i + 1)
    number = low(tokens, j)
    digits = sum(map(str.isdigit, number))
    if not _LABELLED.fullmatch(number) or low(tokens, j + 1) in COUNTED or _JOINED.fullmatch(number):
        return None
    is_joined = any(sign in number for sign in "-/_")
    is_labelled = j > i + 1
    if digits < _FEW_DIGITS and not (is_joined or is_labelled):
        return None
    return _read(tokens, i, j + 1, tokens[j].text)


def _after_fillers(tokens: list[Token], j: int) -> int:
    stop = j + _MOST_FILLERS
    while j < stop and low(tokens, j) in _FILLERS:
        j += 1
    return j


def _read(tokens: list[Token], first: int, after: int, number: str) -> OrderRead:
    line, stop = _line(tokens, after)
    return OrderRead(first, stop, number, line)


def _line(tokens: list[Token], i: int) -> tuple[str | None, int]:
    """Find "line 3" behind an order, perhaps behind a comma."""
    j = i + (low(tokens, i) in {",", "-", "/", "("})
    joined = _JOINED_LINE.fullmatch(low(tokens, j))
    if joined:
        return joined[1], j + 1
    k = j + 1
    while k < j + _MOST_FILLERS and low(tokens, k) in {"no", "nr", "#", ".", ":", "item"}:
        k += 1
    if low(tokens, j) in _LINE_WORDS and _LINE.fullmatch(low(tokens, k)):
        return low(tokens, k).lstrip("#"), k + 1
    return None, i


def line_alone(tokens: list[Token]) -> str | None:
    """Find a line named apart from its order: "line 3", unless it is a machine's: "line 3 is down"."""
    for i, token in enumerate(tokens):
        if token.low in {"line", "ln"} and _LINE.fullmatch(low(tokens, i + 1)):
            after = low(tokens, i + 2)
            if low(tokens, i - 1) not in _MACHINES and after not in {
                "is",
                "down",
                "stopped",
                "stops",
                "stands",
                "idle",
            }:
                return low(tokens, i + 1).lstrip("#")
    return None
