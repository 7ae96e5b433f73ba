"""Very many rows, quickly: the database itself multiplies one that the app wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models import ExpediteRequest, OutboxMessage, RequestClock
from models.outbox import Notice

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NUMBERS = {
    "sqlite": "(WITH RECURSIVE numbers(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM numbers WHERE i < {most}) "
    "SELECT i FROM numbers)",
    "postgresql": "(SELECT generate_series(2, {most}) AS i)",
}
LATER = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', due_at, '+' || (i % 500000) || ' seconds') || '000'",
    "postgresql": "due_at + (i % 500000) * interval '1 second'",
}
"""The waits are due within days from now, each at its own second."""


def gather(session: Session, most: int) -> None:
    """Multiply the first request and its clock until there are so many."""
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        # The rows are sound: each foreign key is the first row's.
        session.execute(sa.text("SET LOCAL session_replication_role = replica"))
    multiply(session, ExpediteRequest, most, id="i", number="i")
    multiply(session, RequestClock, most, id="i", request_id="i", due_at=LATER[dialect])


def post_cards(session: Session, request_ids: list[int]) -> None:
    """Give these requests a card like the first one's: notes hang under it."""
    card = session.scalars(sa.select(OutboxMessage).where(OutboxMessage.notice == Notice.CARD)).one()
    names = ("tenant_id", "surface", "notice", "channel", "not_before", "made_at", "facts", "is_live", "state")
    common = {name: getattr(card, name) for name in names}
    rows = [{**common, "key": f"card:{one}", "request_id": one} for one in request_ids if one != card.request_id]
    if rows:
        session.execute(sa.insert(OutboxMessage), rows)


def settle(engine: sa.Engine) -> None:
    """Let the database look at what it has, as it does by itself after a while."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def multiply(session: Session, mapped: Any, most: int, **changed: str) -> None:
    """Write the first row again until there are so many; ``changed`` are expressions over its number ``i``."""
    table = mapped.__table__
    numbers = NUMBERS[session.get_bind().dialect.name].format(most=most)
    columns = [column.name for column in table.columns]
    values = ", ".join(changed.get(name, f"seed.{name}") for name in columns)
    session.execute(
        sa.text(
            f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {values.replace(':', chr(92) + ':')} "
            f"FROM {numbers} AS numbers, {table.name} AS seed WHERE seed.id = 1"
        )
    )
