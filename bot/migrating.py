"""The database's schema: brought up to date, taken back, looked at. Alembic is imported only where it is used.

Replicas may call :func:`upgrade` at the same time: they wait for each other.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot.database import make_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config
    from sqlalchemy.orm import Session

# Beside this package, in a checkout as in an installed wheel; the working directory does not matter.
SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"
REVISION = re.compile(r'^revision\b.*= "(\w+)"', re.MULTILINE)
BUILDS_ON = re.compile(r'^down_revision\b.*= "(\w+)"', re.MULTILINE)


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the schema up to date; a database that does not exist yet is made (SQLite)."""
    from alembic import command  # noqa: PLC0415 a tenth of a second that only these commands pay

    _make_folder(url)
    command.upgrade(_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the schema back to a revision; ``base`` is an empty database. Data in dropped columns is gone."""
    from alembic import command  # noqa: PLC0415 see upgrade

    command.downgrade(_config(url), revision)


def current(url: str) -> str | None:
    """Tell the revision the database is at; None when nothing was ever migrated."""
    with _connected(url) as connection:
        return revision_in(connection)


def revision_in(connection: sa.Connection) -> str | None:
    """The same for a connection that is open. Plain SQL: Alembic would cost a serving process a tenth of a second."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def newest() -> str:
    """Tell the revision this version of the product wants: the one that no other builds on."""
    scripts = [path.read_text(encoding="utf-8") for path in (SCRIPTS / "versions").glob("*.py")]
    made = {found for script in scripts for found in REVISION.findall(script)}
    head: str
    (head,) = made - {found for script in scripts for found in BUILDS_ON.findall(script)}
    return head


def is_current(url: str) -> bool:
    """Whether the database has the schema this version of the product wants."""
    return current(url) == newest()


def is_current_in(session: Session) -> bool:
    return revision_in(session.connection()) == newest()


def _config(url: str) -> Config:
    from alembic.config import Config  # noqa: PLC0415 see upgrade

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["url"] = url
    return config


@contextmanager
def _connected(url: str) -> Iterator[sa.Connection]:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _make_folder(url: str) -> None:
    """SQLite makes the file, never the folder it lies in."""
    if url.startswith("sqlite") and (path := make_url(url).database):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
