"""Looking into the order book by the beginning of what somebody typed: an order, else an item, else a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models.aftermath import order_key
from models.order_line import OrderLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

MOST = 20
"""Lines offered at once: a person reads no more, and types another character instead."""
_END = "\U0010ffff"
"""Sorts behind every character that can follow."""

_table: Any = OrderLine.__table__
COLUMNS = (
    _table.c.id,
    _table.c.order_number,
    _table.c.line_number,
    _table.c.item,
    _table.c.customer,
    _table.c.quantity,
    _table.c.unit,
    _table.c.promise_date,
)


def _beginning_with(column: Any, *then: Any) -> sa.Select[Any]:
    return (
        sa.select(*COLUMNS)
        .where(
            _table.c.tenant_id == sa.bindparam("tenant"),
            column >= sa.bindparam("first"),
            column < sa.bindparam("last"),
        )
        .order_by(column, *then)
        .limit(MOST)
    )


BY_ORDER = _beginning_with(_table.c.order_key, _table.c.line_number)
_SEARCHES = (
    BY_ORDER,
    _beginning_with(_table.c.item_key, _table.c.order_key),
    _beginning_with(_table.c.customer_key, _table.c.order_key),
)


def lines_like(session: Session, tenant_id: int, typed: str) -> Sequence[Any]:
    """Lines whose order number, else item, else customer begins with that; none for an empty text."""
    first = order_key(typed)
    if not first:
        return []
    known = {"tenant": tenant_id, "first": first, "last": first + _END}
    for search in _SEARCHES:
        found = session.connection().execute(search, known).all()
        if found:
            return found
    return []


def line_by_id(session: Session, tenant_id: int, line_id: int) -> OrderLine | None:
    """One line of this workspace."""
    return session.scalar(sa.select(OrderLine).where(OrderLine.id == line_id, OrderLine.tenant_id == tenant_id))


def has_lines(session: Session, tenant_id: int) -> bool:
    """Whether there is an order book at all."""
    return session.scalar(sa.select(OrderLine.id).where(OrderLine.tenant_id == tenant_id).limit(1)) is not None
