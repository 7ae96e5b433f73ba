"""An order book as a CSV file: whatever an ERP exports, read line by line; each line that cannot be read is named.

The first line heads the columns. Known names, in any case: order, line, item, customer, quantity, unit, requested date,
promise date, and what ERPs call them. Comma, semicolon and tab separate; dates are ISO (2026-12-11) or day first with
dots (11.12.2026). Pure: text in, rows and sentences out.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from models.i18n import _
from models.order_fields import LIMITS, day_in, quantity_in
from models.order_row import OrderRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMES = {
    "order_number": ("order", "order number", "order no", "sales order", "so", "po", "document", "auftrag"),
    "line_number": ("line", "line number", "line no", "position", "pos", "item no"),
    "item": ("item", "item number", "part", "part number", "material", "sku", "article", "product"),
    "customer": ("customer", "customer name", "sold to", "ship to", "account"),
    "quantity": ("quantity", "qty", "open quantity", "open qty", "order quantity"),
    "unit": ("unit", "uom", "unit of measure"),
    "requested_date": ("requested date", "requested", "request date", "required date", "need date"),
    "promise_date": ("promise date", "promised date", "promised", "confirmed date", "confirmed", "ship date"),
}
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}
SEPARATORS = ",;\t"


class OrderFileRefused(ValueError):
    """The file as a whole is no order book; the sentence says why."""


def rows_in(lines: Iterable[str]) -> Iterator[OrderRow | str]:
    """Read a file: a row for each line that makes sense, a sentence with its number for each that does not.

    Raises :class:`OrderFileRefused` when the first line names no order number.
    """
    text = iter(lines)
    head = next(text, "").lstrip("\ufeff")
    separator = max(SEPARATORS, key=head.count)
    columns = [_column(name) for name in next(csv.reader([head], delimiter=separator), [])]
    if "order_number" not in columns:
        raise OrderFileRefused(
            _("The first line must name the columns, and one of them the order: order, line, item, customer, quantity.")
        )
    reader = csv.reader(text, delimiter=separator)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as refused:
            yield _("Line {n} cannot be read ({reason}).").format(n=reader.line_num + 1, reason=refused)
            continue
        if any(cell.strip() for cell in cells):
            yield _row(dict(zip(columns, cells, strict=False)), reader.line_num + 1)


def _column(name: str) -> str:
    return _FIELD_OF.get(re.sub(r"[\s_.\-]+", " ", name).strip().lower(), "")


def _row(cells: dict[str, str], number: int) -> OrderRow | str:
    said: dict[str, Any] = {name: " ".join(cells.get(name, "").split()) for name in NAMES}
    if not said["order_number"]:
        return _("Line {n} has no order number.").format(n=number)
    too_long = [name for name, limit in LIMITS.items() if len(said[name]) > limit]
    if too_long:
        return _("Line {n} is longer than a card can show ({what}).").format(n=number, what=too_long[0])
    try:
        read: dict[str, Any] = {
            "quantity": quantity_in(said.pop("quantity")),
            "requested_date": day_in(said.pop("requested_date")),
            "promise_date": day_in(said.pop("promise_date")),
        }
    except ValueError as refused:
        return _("Line {n}: {reason}").format(n=number, reason=refused)
    return OrderRow(**said, **read)
