"""Inserts by prepared statements: into a table that may have the row already, and of new objects.

They go to the session's connection directly. That leaves out the unit of work, which costs a submission more than the
database does; so nothing is flushed before them either.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from models import Base


class InsertOnce:
    """One prepared ``INSERT … ON CONFLICT DO NOTHING`` for each database."""

    def __init__(self, table: Any) -> None:
        # Without the option the count of an INSERT is -1 on PostgreSQL, which would read as "new" for ever.
        self._by_dialect: dict[str, sa.Insert] = {
            name: dialect.insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
            for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
        }

    def one(self, session: Session, row: dict[str, Any]) -> bool:
        """Insert the row; False when it was there before."""
        result: Any = session.connection().execute(self._statement(session), row)
        return bool(result.rowcount == 1)

    def all(self, session: Session, rows: Sequence[dict[str, Any]]) -> None:
        """Insert those rows that are new. All rows name the same columns."""
        session.connection().execute(self._statement(session), rows)

    def _statement(self, session: Session) -> sa.Insert:
        return self._by_dialect[session.get_bind().dialect.name]


def put(session: Session, thing: Base) -> None:
    """Insert a new object now: the same as adding and flushing it."""
    statement, names = _insert_of(type(thing))
    row = {name: getattr(thing, name) for name in names}
    thing.id = session.connection().execute(statement, row).scalar_one()  # type: ignore[attr-defined]
    make_transient_to_detached(thing)
    session.add(thing)


@cache
def _insert_of(kind: type[Base]) -> tuple[sa.Insert, tuple[str, ...]]:
    """The statement for one kind of object, and the columns it takes from it."""
    table: Any = kind.__table__
    counted = {table.c.id.key} | {column.key for column in [sa.inspect(kind).version_id_col] if column is not None}
    names = tuple(column.key for column in table.c if column.key not in counted)
    first = dict.fromkeys(counted - {table.c.id.key}, 1)
    return sa.insert(table).values(first).returning(table.c.id), names
