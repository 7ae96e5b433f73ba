"""Amounts in running text: numbers that count goods, with their units; never sizes, prices, shares, codes or times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.reader.calendar_words import MONTHS, WEEKDAYS
from bot.reader.quantities import LARGEST, UNITS
from bot.reader.tokens import bare, low, touches
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.reader.tokens import Token

COUNTED = UNITS | word_set(
    "bx bxs no nos. pcs. pieces. pce pces ctn ctns cart carts container containers cntr cntrs fcl fcls ftl ftls "
    "truckload truckloads trailer trailers lorry lorries van vans tank tanks tanker tankers ibc ibcs bigbag bigbags "
    "sack sacks bale bales tray trays tub tubs jar jars jug jugs jerrycan jerrycans keg kegs barrel barrels bbl "
    "pack packs packet packets packages pkg pkgs pkts bunch bunches block blocks bar bars panel panels slab slabs "
    "stack stacks unit(s) boxes. mt tonne tn to. kgs kilo kilos g grams lbs. pound pounds oz cwt hl l ltr ltrs lt "
    "qt quart quarts pint pints yd yds yard yards feet lf sqm sqft m2 m3 cbm km rm dz doz dozens gross lot lots run "
    "runs vial vials tube tubes ampoule ampoules cylinder cylinders plts plt. pal pals palette palettes paletten "
    "stk stück stuck colli collo cajas caisses karton kartons kartonnen fardos sacos bobinas satz each. skid. cs. "
    "layer layers"
)
NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80, "hundred": 100, "dozen": 12,
}  # fmt: skip
# Behind these a number tells a size, a span of time, a share or a price.
NO_COUNTS = word_set(
    "% percent pct pts points v volt volts w watt watts kw kva mva hp a amp amps hz psi bar° degrees deg °c °f c f mm cm "
    'inch inches in ″ " ” µm micron mil ga awg ply axis way pin pole ton? day days d wd week weeks wk wks month months '
    "mth year years yr yrs yo hour hours hr hrs h min mins minute minutes sec second seconds am pm usd eur gbp cad aud "
    "inr dollars euros euro bucks cents grand $ € £ ₹ x times th st nd rd working business calendar business-days shifts "
    "shift counties stores sites accounts customers people guys persons men heads stars steps options questions things "
    "minutes' o'clock km/h mph mb gb tb kb ppm rpm"
)
_BEFORE_CODES = word_set(
    "so po sku order ref no nr number # line ln lot rev part item p/n pn press plant building dock gate bay door "
    "floor room ext unit-no batch week wk cw kw invoice ticket case# version v release rma quote article art "
    "material drawing model type grade series phase stage level step option route highway i- exit site machine mold "
    "mould tank oven cell q1 q2 q3 q4 fy h1 h2 page row table pro# item# so# po# section tier zone area store shop "
    "hall warehouse wh dc"
)
_NUMBER = re.compile(
    r"x?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
    r"(?P<scale>k|mio)?(?P<unit>[a-zµ]{1,9})?"
)
_GROUP = re.compile(r"\d{3}")
_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_MONEY = frozenset("$€£₹¥")
_MOST_DIGITS = 7


@dataclass(frozen=True)
class Amount:
    """A number of goods: tokens ``first`` to ``after`` and the characters ``start`` to ``stop`` with its unit.

    ``unit`` is as written, None where the goods themselves are counted. ``is_times`` tells of "4x" and "x4".
    """

    start: int
    stop: int
    first: int
    after: int
    value: Decimal
    unit: str | None
    is_times: bool = False


def amounts_in(tokens: list[Token], *, taken: Collection[int] = (), dots_group: bool = True) -> tuple[Amount, ...]:
    """Find the amounts of a text that has been cut.

    ``taken`` are places of tokens that were read as something else (dates, orders); ``dots_group`` says that the
    writer groups thousands by dots (150.000), as in most of continental Europe.
    """
    found: list[Amount] = []
    i = 0
    while i < len(tokens):
        amount = None if i in taken else _amount(tokens, i, dots_group=dots_group)
        if amount:
            found.append(amount)
        i = amount.after if amount else i + 1
    return tuple(found)


def _amount(tokens: list[Token], i: int, *, dots_group: bool) -> Amount | None:
    token = tokens[i]
    if token.low in NUMBER_WORDS:
        return _in_words(tokens, i)
    written = _NUMBER.fullmatch(token.low) if token.low[0].isdigit() or token.low[0] == "x" else None
    if not written or _is_other(tokens, i):
        return None
    value, after = _value(tokens, i, written, dots_group=dots_group)
    if value is None:
        return None
    glued = written["unit"]
    if glued:
        times = glued == "x"
        if not times and glued not in COUNTED:
            return None
        return Amount(token.start, token.stop, i, after, value, None if times else _tail(token, glued), is_times=times)
    return _with_unit(tokens, i, after, value, is_times=token.low[0] == "x")


def _tail(token: Token, unit: str) -> str:
    return token.text[-len(unit) :]


def _with_unit(tokens: list[Token], i: int, after: int, value: Decimal, *, is_times: bool) -> Amount | None:
    """Take the unit behind a number, or see that it counts no goods."""
    extra = low(tokens, after) in {"more", "extra", "additional", "full", "whole", "further"}
    if (
        extra
        and low(tokens, after + 1) in COUNTED
        and low(tokens, after + 1) not in {"to", "no", "a", "in", "lot", "lots"}
    ):
        return Amount(tokens[i].start, tokens[after + 1].stop, i, after + 2, value, tokens[after + 1].text)
    follows = low(tokens, after)
    if follows in {"x", "×", "*"} and low(tokens, after + 1)[:1].isalnum():
        return Amount(tokens[i].start, tokens[after].stop, i, after + 1, value, None, is_times=True)
    if follows in COUNTED and not (follows in {"to", "no", "a", "in"} or _is_size_unit(tokens, after)):
        dot = follows == "no" and low(tokens, after + 1) == "."
        return Amount(tokens[i].start, tokens[after].stop, i, after + 1 + dot, value, tokens[after].text)
    if follows in NO_COUNTS or follows in MONTHS:
        return None
    return Amount(tokens[i].start, tokens[after - 1].stop, i, after, value, None, is_times=is_times)


def _is_size_unit(tokens: list[Token], after: int) -> bool:
    """Tell "20 kg bags" and "50 lb sacks" from an amount in kg: another unit follows."""
    return tokens[after].low in {"kg", "lb", "lbs", "l", "ltr", "g", "oz", "ml", "gal", "gallon", "ft", "m"} and low(
        tokens, after + 1
    ) in COUNTED - {"in", "to", "no"}


def _value(tokens: list[Token], i: int, written: re.Match[str], *, dots_group: bool) -> tuple[Decimal | None, int]:
    digits, after = written["number"], i + 1
    grouped = digits.isdigit() and len(digits) <= len("999") and digits[0] != "0"
    while grouped and not written["unit"] and not written["scale"] and _is_group(tokens, after):
        digits += tokens[after].low
        after += 1
    scale = 1000 if written["scale"] == "k" else 1_000_000 if written["scale"] else 1
    if written["scale"] is None and low(tokens, after) == "k" and touches(tokens, after - 1, after):
        scale, after = 1000, after + 1
    value = Decimal(_plain(digits, dots_group=dots_group)) * scale
    is_read = 0 < value <= LARGEST and len(digits.replace(",", "").replace(".", "")) <= _MOST_DIGITS
    return (Decimal(f"{value.normalize():f}") if is_read else None), after


def _is_group(tokens: list[Token], j: int) -> bool:
    """Tell whether a token goes on a number written as "2 000"."""
    return j < len(tokens) and _GROUP.fullmatch(tokens[j].low) is not None and tokens[j - 1].stop + 1 == tokens[j].start


def _plain(digits: str, *, dots_group: bool) -> str:
    if _DOTS.fullmatch(digits) and (dots_group or digits.count(".") > 1):
        return digits.replace(".", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", digits):
        return digits.replace(".", "").replace(",", ".")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return digits.replace(",", "")
    return digits.replace(",", ".")


def _is_other(tokens: list[Token], i: int) -> bool:
    """Tell a price, a code, a list number, a year or a part of something longer from an amount."""
    before = low(tokens, i - 1)
    if before in _MONEY or (before in {"#", "-", "/", "."} and touches(tokens, i - 1, i)):
        return True
    if before in _BEFORE_CODES or (before == "#" and low(tokens, i - 2) in _BEFORE_CODES):
        return True
    after = low(tokens, i + 1)
    if after in _MONEY | {"%", ")", "°"} and touches(tokens, i, i + 1):
        return after != ")" or before != "("
    is_year = re.fullmatch(r"20[1-4]\d", tokens[i].low) is not None and after not in COUNTED
    return is_year or (before in WEEKDAYS and after in {"am", "pm"})


def _in_words(tokens: list[Token], i: int) -> Amount | None:
    """Read "one skid", "two pallets", "a dozen": number words count only before a unit, or as a dozen."""
    value = Decimal(NUMBER_WORDS[tokens[i].low])
    scaled = low(tokens, i + 1)
    after = i + 1
    if scaled in {"hundred", "dozen", "thousand"}:
        value *= {"hundred": 100, "dozen": 12}.get(scaled, 1000)
        after += 1
    unit = bare(low(tokens, after))
    if unit in COUNTED - {"a", "in", "no", "to", "lot", "lots", "run", "each", "bar", "bars", "set", "case"}:
        return Amount(tokens[i].start, tokens[after].stop, i, after + 1, value, tokens[after].text)
    if scaled in {"hundred", "dozen"} or tokens[i].low in {"dozen", "hundred"}:
        return Amount(tokens[i].start, tokens[after - 1].stop, i, after, value, None)
    return None
