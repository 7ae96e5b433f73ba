"""The fields of an order line as others write them: numbers as text or not, dates in a few forms. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from models.ask import LARGEST_QUANTITY, NAME_LIMIT, UNIT_LIMIT
from models.i18n import _
from models.order_row import OrderRow

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMITS = {
    "order_number": NAME_LIMIT,
    "line_number": UNIT_LIMIT,
    "item": NAME_LIMIT,
    "customer": NAME_LIMIT,
    "unit": UNIT_LIMIT,
}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def row_from(said: Mapping[str, Any]) -> OrderRow | None:
    """Read one entry of somebody else's list; what makes no sense is left out, a line without a number is none."""
    texts: dict[str, Any] = {name: _text(said.get(name), limit) for name, limit in LIMITS.items()}
    if not texts["order_number"]:
        return None
    read: dict[str, Any] = {
        "quantity": _or_none(quantity_in, said.get("quantity")),
        "requested_date": _or_none(day_in, said.get("requested_date")),
        "promise_date": _or_none(day_in, said.get("promise_date")),
    }
    return OrderRow(**texts, **read)


def quantity_in(text: str) -> Decimal | None:
    """Read a quantity; None for an empty text. Raises ValueError with a sentence."""
    if not text:
        return None
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text.replace(" ", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise ValueError(_("“{text}” is not a quantity.").format(text=text[:40])) from None
    if not value.is_finite() or not 0 <= value <= LARGEST_QUANTITY:
        raise ValueError(_("“{text}” is not a quantity.").format(text=text[:40]))
    return value


def day_in(text: str) -> date | None:
    """Read a day, ISO or day first with dots; None for an empty text. Raises ValueError with a sentence."""
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d"):
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    raise ValueError(_("“{text}” is not a date like 2026-12-11 or 11.12.2026.").format(text=text[:40]))


def _text(value: Any, limit: int) -> str:
    """A text or a whole number; anything else, or what no card can show, is nothing."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    said = " ".join(str(value).split()) if not isinstance(value, int) or abs(value) < 10**limit else ""
    return said if len(said) <= limit else ""


def _or_none(reader: Any, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        return reader(str(value).strip()[:60])
    except ValueError:
        return None
