"""The database's schema: brought up to date, taken back, looked at. Alembic is imported only where it is used.

Replicas may call :func:`upgrade` at the same time: they wait for each other.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from bot.database import make_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa
    from alembic.config import Config

# Beside this package, in a checkout as in an installed wheel; the working directory does not matter.
SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"


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
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 see upgrade

    with _connected(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """Tell the revision this version of the product wants."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 see upgrade

    head = ScriptDirectory(str(SCRIPTS)).get_current_head()
    assert head is not None, "the product ships its migrations"
    return head


def is_current(url: str) -> bool:
    """Whether the database has the schema this version of the product wants."""
    return current(url) == newest()


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
