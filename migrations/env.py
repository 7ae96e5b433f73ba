"""Runs the migrations: the whole way in one transaction, one process at a time.

The database is the connection or the ``url`` in the configuration's attributes, else ``DATABASE_URL`` (see bot.config).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

from bot.config import Settings
from bot.database import make_engine
from models import Base

if TYPE_CHECKING:
    from sqlalchemy import Connection

ONE_AT_A_TIME = 5_318_008_311
"""Key of PostgreSQL's advisory lock: replicas that start together wait for the first of them."""
WAITS_FOR_ANOTHER = 60_000
"""Milliseconds for which a replica waits while another brings the schema up to date: SQLite locks the whole file."""
LOCK_TIMEOUT = "5s"
"""A migration that waits longer for a table would hold up everybody behind it: better to fail and be tried again."""


def run() -> None:
    if context.is_offline_mode():
        _write_sql()
        return
    given = context.config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    engine = make_engine(_url())
    try:
        with engine.connect() as connection:
            _migrate(connection)
    finally:
        engine.dispose()


def _url() -> str:
    given: str | None = context.config.attributes.get("url")
    return given or Settings().database_url


def _write_sql() -> None:
    """Print the statements instead of running them: ``alembic upgrade head --sql``."""
    context.configure(url=_url(), target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        _migrate_sqlite(connection)
    else:
        _migrate_postgresql(connection)


def _migrate_postgresql(connection: Connection) -> None:
    with connection.begin():
        # The wait for other replicas comes first: the time-out is for tables only.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        _run_on(connection)


def _migrate_sqlite(connection: Connection) -> None:
    """With foreign keys off: a batch migration drops the old table, and that would delete its children.

    SQLite ignores the switch inside a transaction, so the driver is told before one begins.
    """
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute(f"PRAGMA busy_timeout={WAITS_FOR_ANOTHER}")
    try:
        with connection.begin():
            _run_on(connection)
            _check_references(connection)
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise RuntimeError(f"the migration left {len(broken)} rows that point to nothing, in: {tables}; undone")


def _run_on(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
    )
    context.run_migrations()


run()
