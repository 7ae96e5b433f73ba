"""One line of an order as somebody told us: from a file or from an ERP. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class OrderRow:
    """What is known of an order line; what is not known is empty."""

    order_number: str
    line_number: str = ""
    item: str = ""
    customer: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    requested_date: date | None = None
    promise_date: date | None = None
