"""Databases that can be put back to an earlier moment, quickly: a file is copied, PostgreSQL gets its rows back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, Protocol

import psycopg
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.database import make_engine
from models import Base
from tests.builders import furnish
from tests.postgres import new_database, server

Rows = dict[sa.Table, list[dict[str, Any]]]
_TABLES = Base.metadata.sorted_tables


class Ground(Protocol):
    """One database under test. No connection stays open between calls: the parent forks."""

    url: str

    def begin(self) -> None:
        """Put back the furnished, otherwise empty workspace."""

    def keep(self) -> None:
        """Remember this moment."""

    def restore(self) -> None:
        """Put back the moment that was kept."""


class SqliteGround:
    def __init__(self, folder: Path) -> None:
        self._empty, self._kept, self._work = (folder / f"{name}.db" for name in ("empty", "kept", "work"))
        self.url = f"sqlite:///{self._work}"
        create(f"sqlite:///{self._empty}")

    def begin(self) -> None:
        _copy(self._empty, self._work)

    def keep(self) -> None:
        _copy(self._work, self._kept)

    def restore(self) -> None:
        _copy(self._kept, self._work)


class PostgresGround:
    """Keeps the rows in memory: a workspace is a few dozen, and cloning a database takes half a second."""

    def __init__(self, _folder: Path) -> None:
        self.url = new_database(f"crash_{os.getpid()}")
        create(self.url)
        self._empty = self._rows()
        self._kept = self._empty

    def begin(self) -> None:
        self._put(self._empty)

    def keep(self) -> None:
        self._kept = self._rows()

    def restore(self) -> None:
        self._put(self._kept)

    def _rows(self) -> Rows:
        engine = make_engine(self.url)
        with engine.connect() as connection:
            rows = {table: [dict(row) for row in connection.execute(sa.select(table)).mappings()] for table in _TABLES}
        engine.dispose()
        return rows

    def _put(self, rows: Rows) -> None:
        engine = make_engine(self.url)
        with engine.begin() as connection:
            for table in reversed(_TABLES):
                connection.execute(sa.delete(table))
            for table, kept in rows.items():
                if kept:
                    connection.execute(sa.insert(table), kept)
        engine.dispose()


def create(url: str) -> None:
    """Make the tables and the furnished workspace."""
    engine = make_engine(url)
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        furnish(session)
    engine.dispose()


def drop(url: str) -> None:
    """Leave nothing behind on a server that other tests go on using; a file goes with its folder."""
    address = sa.make_url(url)
    if address.get_backend_name() == "postgresql":
        with psycopg.connect(server().get_uri(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{address.database}" WITH (FORCE)')


def _copy(source: Path, target: Path) -> None:
    # A killed process leaves its log beside the file: the two belong together.
    for ending in ("", "-wal"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
        if Path(f"{source}{ending}").exists():
            shutil.copy(f"{source}{ending}", f"{target}{ending}")
    Path(f"{target}-shm").unlink(missing_ok=True)
