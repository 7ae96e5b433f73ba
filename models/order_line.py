"""The order book as it was last told to us: a convenience for the form, never a condition for asking."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, QUANTITY, Base, UtcDateTime

SEARCHED = sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")
"""What is searched by its beginning: compared byte by byte, so that an index answers it on both databases."""


class OrderLine(Base, kw_only=True):
    """One line of one customer's order."""

    __tablename__ = "order_lines"
    __table_args__ = (
        sa.UniqueConstraint("tenant_id", "order_key", "line_number"),
        sa.Index(None, "tenant_id", "item_key", "order_key"),
        sa.Index(None, "tenant_id", "customer_key", "order_key"),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    order_number: Mapped[str] = mapped_column(sa.String(120))
    line_number: Mapped[str] = mapped_column(sa.String(24), default="")
    item: Mapped[str] = mapped_column(sa.String(120), default="")
    customer: Mapped[str] = mapped_column(sa.String(120), default="")
    quantity: Mapped[Decimal | None] = mapped_column(QUANTITY, default=None)
    unit: Mapped[str] = mapped_column(sa.String(24), default="")
    requested_date: Mapped[date | None] = mapped_column(default=None)
    promise_date: Mapped[date | None] = mapped_column(default=None)
    order_key: Mapped[str] = mapped_column(SEARCHED)
    """The number as it is compared: :func:`models.aftermath.order_key`; the same for item and customer."""
    item_key: Mapped[str] = mapped_column(SEARCHED)
    customer_key: Mapped[str] = mapped_column(SEARCHED)
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
