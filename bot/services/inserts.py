"""Inserts that do nothing when the row is already there: the unique key decides, without a savepoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa
    from sqlalchemy.orm import Session


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
        result: Any = session.execute(self._statement(session), row)
        return bool(result.rowcount == 1)

    def all(self, session: Session, rows: Sequence[dict[str, Any]]) -> None:
        """Insert those rows that are new. All rows name the same columns."""
        session.execute(self._statement(session), rows)

    def _statement(self, session: Session) -> sa.Insert:
        return self._by_dialect[session.get_bind().dialect.name]
