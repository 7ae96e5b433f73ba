"""Quantities with their units: strict for an answer in a form, choosy about where a number counts in a sentence."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.reader.words import word_set
from models.i18n import _

LARGEST = Decimal(9_999_999)
DECIMALS = 3

UNITS = word_set(
    "pc pcs piece pieces ea each unit units nos set sets kit kits pair pairs dozen "
    "box boxes case cases cs carton cartons ctn ctns bag bags drum drums pail pails bottle bottles cans tote totes "
    "roll rolls reel reels spool spools coil coils sheet sheets bundle bundles batch batches crate crates "
    "pallet pallets plt skid skids truck trucks load loads "
    "kg lb lbs t ton tons tonne tonnes mt m meter meters metre metres ft gal gallon gallons liter liters litre litres"
)
MOST_SHOWN = 40

_NUMBER = (
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?P<thousands>[kK](?![A-Za-z]))?"
)
_QUANTITY = re.compile(rf"(?P<minus>[-−]\s*)?{_NUMBER}\s*(?P<unit>[A-Za-z]+)?\.?")


class QuantityRefused(ValueError):
    """An answer that is no quantity; ``sentence`` tells the person what to write."""

    @property
    def sentence(self) -> str:
        return str(self)


class QuantityMissing(QuantityRefused):
    """Nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("Write a quantity, for example 100 or 1,500 pcs."))


class QuantityUnreadable(QuantityRefused):
    """Not a number in digits, or a unit nobody uses."""

    def __init__(self, text: str) -> None:
        self.text = text
        shown = text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
        super().__init__(
            _("“{text}” is no quantity. Write digits, for example 100, 1,500, 2.5 kg or 10k.").format(text=shown)
        )


class QuantityNotPositive(QuantityRefused):
    """Zero or less."""

    def __init__(self) -> None:
        super().__init__(_("The quantity must be more than zero."))


class QuantityTooFine(QuantityRefused):
    """More decimals than are kept."""

    def __init__(self) -> None:
        super().__init__(_("Write the quantity with at most {count} decimals.").format(count=DECIMALS))


class QuantityTooLarge(QuantityRefused):
    """More than a request can ask for."""

    def __init__(self) -> None:
        super().__init__(
            _("The quantity can be at most {largest}. Choose a larger unit.").format(largest=f"{LARGEST:,}")
        )


def parse_quantity(text: str) -> tuple[Decimal, str | None]:
    """Read a form's answer: the amount and, when one was written with it, the unit as written.

    Raise a :class:`QuantityRefused` whose ``sentence`` says what to do.
    """
    written = text.strip()
    if not written:
        raise QuantityMissing
    found = _QUANTITY.fullmatch(written)
    if found is None or not _is_unit(found["unit"]):
        raise QuantityUnreadable(written)
    amount = Decimal(found["number"].replace(",", "")) * (1000 if found["thousands"] else 1)
    if found["minus"] or not amount:
        raise QuantityNotPositive
    return _checked(amount), found["unit"]


def _is_unit(word: str | None) -> bool:
    return word is None or word.lower() in UNITS


def _checked(amount: Decimal) -> Decimal:
    if amount > LARGEST:
        raise QuantityTooLarge
    if amount != round(amount, DECIMALS):
        raise QuantityTooFine
    # Without trailing zeros and without an exponent: what is shown is what was meant.
    return Decimal(f"{amount.normalize():f}")


def try_quantity(text: str) -> tuple[Decimal, str | None] | None:
    """Read a quantity where there may be none."""
    try:
        return parse_quantity(text)
    except QuantityRefused:
        return None
