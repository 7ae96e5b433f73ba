"""The amounts in a reply, told against what was asked for: "all", "half", "the rest", "the other 15", "one skid".

Numbers that count something else (money, hours, machines, names of parts) are left alone, and so is whatever is more
than was asked for: nobody offers more than that.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.reader.replies_pieces import Kind, Piece
from bot.reader.tokens import low
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reader.replies_pieces import Asked
    from bot.reader.tokens import Token

_NUMBER = re.compile(
    r"(\d{1,3}(?:[.,']\d{3})+|\d+(?:[.,]\d{1,2})?)(k)?"
    r"(?:m|t|kg|x|pcs|cs|ea|ctn|l|lbs?|pc|mt|nos|units?|cases|pallets|plt|sets?|rolls)?"
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,']\d{3})+")
_THREE = re.compile(r"\d{3}")
_THOUSAND, _GROUP = 1000, 3
_COUNTED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "hundred": 100, "dozen": 12,
}  # fmt: skip
_WHOLES = word_set("all full whole complete entire lot everything completely both")
_RESTS = word_set("rest balance remainder remaining others")
_SHARES = {"half": 2, "third": 3, "quarter": 4}
_TWO_THIRDS = word_set("two-thirds two-third 2/3")
_NO_COUNT_BEFORE = word_set(
    "line press dock room lot rev revision po order # sku week wk cw kw shift truck ext "
    "extension version tank oven mill "
    "$ € £ usd eur rs number no. step phase building gate bay hall zone at @ top plan option priority every per each "
    "temp model grade size rt highway"
)
_NO_COUNT_AFTER = word_set(
    "% day days hour hours hrs hr h min mins minutes week weeks wk wks month months year years "
    "o'clock am pm euro euros "
    "eur usd dollars bucks quid € $ £ shift shifts people guys men drivers customers customer orders order lines line "
    "times percent degrees mm cm inch in. ft bar volt hp km miles presses machines scenarios options questions slots "
    "jobs reasons x / deliveries shipments parts lots runs trucks other"
)
_ONES = word_set("skid pallet unit piec set batch drum cas box load roll no")
_NO_WHOLE_BEFORE = word_set("at after above parking not first is are is's in")
_NO_WHOLE_AFTER = word_set(
    "pallet pallets truck trucks good clear set yours booked day week stop capacity right "
    "other three over allocated gone the up time night story"
)


_ONE_LOT = word_set("was is has had number no needs failed passed")
_WHOLE_OF = word_set("qty quantity load lot order amount shipment")


def amounts_in(tokens: list[Token], asked: Asked, taken: set[int]) -> Iterator[Piece]:
    """Find every amount a reply tells; ``taken`` are the tokens that say days."""
    i = 0
    while i < len(tokens):
        piece = None if i in taken else _amount_at(tokens, i, asked)
        if piece:
            yield piece
        i = piece.after if piece else i + 1


def _amount_at(tokens: list[Token], i: int, asked: Asked) -> Piece | None:
    word = tokens[i].low
    if word[0].isdigit() and word not in _TWO_THIRDS:
        return _number(tokens, i, asked)
    if word in _COUNTED:
        return _counted(tokens, i, asked)
    if word in _RESTS:
        return Piece(i, i + 1, Kind.REST)
    if word in _WHOLES:
        return _whole(tokens, i, asked)
    return _share(tokens, i, asked) or _the_only_one(tokens, i, asked)


def _whole(tokens: list[Token], i: int, asked: Asked) -> Piece | None:
    """Read "all", "the full lot"; not "all good", "at all" or "fully booked"."""
    after, before = low(tokens, i + 1), low(tokens, i - 1)
    if after in _NO_WHOLE_AFTER or (before in _NO_WHOLE_BEFORE and tokens[i].low != "complete"):
        return None
    if tokens[i].low == "full" and after in _WHOLE_OF:
        return Piece(i, i + 1, Kind.WHOLE, asked.quantity)
    if tokens[i].low in {"lot", "full"} and before not in {"the", "whole", "full", "", ",", ".", "in", "with", ":"}:
        return None
    if tokens[i].low == "lot" and after in _ONE_LOT:
        return None
    if tokens[i].low == "both" and asked.quantity != Decimal(2):
        return None
    return Piece(i, i + 1, Kind.WHOLE, asked.quantity)


def _share(tokens: list[Token], i: int, asked: Asked) -> Piece | None:
    word, quantity = tokens[i].low, asked.quantity
    if quantity is None:
        return None
    if word in _TWO_THIRDS:
        return Piece(i, i + 1, Kind.AMOUNT, _whole_number(quantity * 2 / 3))
    if word != "half" or low(tokens, i - 1) in {"by", "at", "an", "in"} or low(tokens, i + 1) in {"an", "hour", "past"}:
        return None
    is_an_hour = low(tokens, i + 1).isdigit()
    return None if is_an_hour else Piece(i, i + 1, Kind.AMOUNT, _whole_number(quantity / 2))


def _whole_number(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == int(value) else value


def _the_only_one(tokens: list[Token], i: int, asked: Asked) -> Piece | None:
    """Read "10/17 for the skid", where one skid was asked for."""
    names = {_stem(asked.unit), _stem(asked.item)} - {""}
    if asked.quantity == 1 and low(tokens, i - 1) == "the" and _stem(tokens[i].low) in names:
        return Piece(i, i + 1, Kind.WHOLE, asked.quantity)
    return None


def _counted(tokens: list[Token], i: int, asked: Asked) -> Piece | None:
    after, before = low(tokens, i + 1), low(tokens, i - 1)
    value, units = Decimal(_COUNTED[tokens[i].low]), _ONES | {_stem(asked.unit), _stem(asked.item)}
    if _counts_else(after, asked) or before in _NO_COUNT_BEFORE or _exceeds(value, asked):
        return None
    is_named = bool(after) and _stem(after) in units
    is_one_of_them = before in {"second", "third", "first"} and asked.quantity is not None
    if value == 1 or asked.quantity is None:
        return Piece(i, i + 1, Kind.AMOUNT, value) if is_named or is_one_of_them else None
    return Piece(i, i + 1, Kind.AMOUNT, value)


def _stem(word: str | None) -> str:
    return (word or "").lower().rpartition(" ")[2].rstrip("s").removesuffix("e")


def _number(tokens: list[Token], i: int, asked: Asked) -> Piece | None:
    found = _NUMBER.fullmatch(tokens[i].low)
    if not found or _is_a_name(tokens, i) or _is_of_total(tokens, i):
        return None
    value, after = _value(found, asked), i + 1
    if _goes_on(tokens, i, found):
        joined = value * _THOUSAND + int(tokens[i + 1].low)
        value, after = (value, after) if _exceeds(joined, asked) else (joined, i + 2)
    if _counts_else(low(tokens, after), asked) or _exceeds(value, asked) or not value:
        return None
    return Piece(i, after, Kind.AMOUNT, value)


def _counts_else(after: str, asked: Asked) -> bool:
    """Tell hours and trucks from the goods, unless it was trucks that were asked for."""
    return after in _NO_COUNT_AFTER and _stem(after) not in {_stem(asked.unit), _stem(asked.item)} - {""}


def _is_a_name(tokens: list[Token], i: int) -> bool:
    before = low(tokens, i - 1)
    return before in _NO_COUNT_BEFORE or (before == "so" and tokens[i - 1].text == "SO")


def _goes_on(tokens: list[Token], i: int, found: re.Match[str]) -> bool:
    """Tell "1 500" from "12 400 g bags"."""
    joins = bool(_THREE.fullmatch(low(tokens, i + 1))) and len(found[1]) <= _GROUP and not found[2]
    return joins and tokens[i + 1].start == tokens[i].stop + 1


def _is_of_total(tokens: list[Token], i: int) -> bool:
    """Tell "500 of the 700": the second is what was asked for."""
    j = i - 2 if low(tokens, i - 1) == "the" else i - 1
    return low(tokens, j) == "of" and bool(_NUMBER.fullmatch(low(tokens, j - 1)))


def _value(found: re.Match[str], asked: Asked) -> Decimal:
    written = found[1].replace("'", "")
    if _GROUPED.fullmatch(found[1]) and not (asked.quantity and asked.quantity < _THOUSAND):
        written = re.sub(r"[.,]", "", written)
    return Decimal(written.replace(",", ".") if written.count(",") < 2 else "0") * (_THOUSAND if found[2] else 1)  # noqa: PLR2004


def _exceeds(value: Decimal, asked: Asked) -> bool:
    return asked.quantity is not None and value > asked.quantity
