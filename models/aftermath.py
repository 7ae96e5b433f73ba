"""What a request leaves behind: orders that were pushed back for it, and thanks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime


class Follows(StrEnum):
    """Why one request exists because of another: the emergency loop."""

    BUMPED = "bumped"
    """Its order was pushed back for the other one."""
    MISSED = "missed"
    """We missed what we had committed for the same order."""


class BumpedOrder(Base, kw_only=True):
    """An order that the desk pushed back to keep a commitment."""

    __tablename__ = "bumped_orders"
    __table_args__ = (sa.Index(None, "request_id"), sa.Index(None, "tenant_id", "order_key"))

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("expedite_requests.id"))
    order_number: Mapped[str] = mapped_column(sa.String(120))
    order_key: Mapped[str] = mapped_column(sa.String(120))
    """The order number as it is compared: see :func:`order_key`."""
    days: Mapped[int]
    """Working days by which it ships later."""
    owner: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    """Who answers for that order on Sales' side, and is told."""
    named_by: Mapped[str] = mapped_column(SLACK_ID)
    named_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Thanks(Base, kw_only=True):
    """A line of thanks from the requester to those who kept a commitment; once a request."""

    __tablename__ = "thanks"
    __table_args__ = (sa.UniqueConstraint("request_id", "by"), sa.Index(None, "tenant_id", "said_at"))

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("expedite_requests.id"))
    by: Mapped[str] = mapped_column(SLACK_ID)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(sa.Text, default="")


def order_key(order_number: str) -> str:
    """Return an order number as it is compared: without spaces around it, and in one case."""
    return order_number.strip().casefold()[:120]
