"""Where the rows live: SQLite in a file of the disk, or a PostgreSQL server beside us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.database import make_engine
from models import Base

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("sqlite", "postgresql")
TITLES = {"sqlite": "SQLite (WAL, synchronous=FULL)", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Place:
    """One kind of database; ``folder`` takes what is kept in files."""

    kind: str
    folder: Path

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    def empty(self, name: str) -> str:
        """Make an empty database with every table in it; gives its address."""
        url = self._sqlite(name) if self.kind == "sqlite" else _postgresql(f"bench_{name}")
        engine = make_engine(url)
        Base.metadata.create_all(engine)
        engine.dispose()
        return url

    def _sqlite(self, name: str) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{self.folder / name}.db"


def _postgresql(name: str) -> str:
    from tests.postgres import new_database  # noqa: PLC0415 starts a server

    return new_database(name)
