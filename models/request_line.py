"""The lines of a request beyond its first, which is the request's own columns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.ask import AskedLine
from models.base import BIG_ID, QUANTITY, Base


class RequestLine(Base, kw_only=True):
    """Line 2 or later of a request: negotiated together with the others, answered by itself."""

    __tablename__ = "request_lines"
    __table_args__ = (sa.UniqueConstraint("request_id", "position"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("expedite_requests.id"))
    position: Mapped[int]
    """From 2 on, without gaps. Lots of offers and commitments name it as their ``line``."""
    line_number: Mapped[str] = mapped_column(sa.String(24), default="")
    """The line of the order, as the order book calls it."""
    item: Mapped[str] = mapped_column(sa.String(120))
    quantity: Mapped[Decimal] = mapped_column(QUANTITY)
    unit: Mapped[str] = mapped_column(sa.String(24))
    needed_ship_date: Mapped[date]

    @property
    def asked(self) -> AskedLine:
        return AskedLine(
            item=self.item,
            quantity=self.quantity,
            unit=self.unit,
            needed_ship_date=self.needed_ship_date,
            line_number=self.line_number,
        )
