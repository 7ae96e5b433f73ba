"""The database: one engine, one transaction per interaction, one hop to a thread for each.

SQLite gets exactly one writer thread (a fair queue; several writer connections cost hundreds of milliseconds at the
tail) and immediate transactions (the driver's default loses concurrent updates silently). PostgreSQL gets a few
threads.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

POSTGRES_THREADS = 4
CHANGED = "something to send"
"""Key of ``session.info`` that a service sets when the courier should look."""


class Database:
    """Runs plain functions on a session, each in one transaction that commits or leaves nothing behind."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        threads = 1 if self.is_sqlite else POSTGRES_THREADS
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` on the event loop after each commit that left something to send."""
        self._listeners.append(listener)

    async def run(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run ``work(session, …)`` in one transaction; its error rolls everything back and is raised here."""
        loop = asyncio.get_running_loop()
        result, changed = await loop.run_in_executor(self._threads, lambda: self._transact(work, args, kwargs))
        if changed:
            self._tell()
        return result

    def run_now(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """The same without an event loop: for commands and tests."""
        return self._transact(work, args, kwargs)[0]

    def close(self) -> None:
        self._threads.shutdown(wait=True)
        self.engine.dispose()

    def _transact(self, work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[T, bool]:
        with self._sessions.begin() as session:
            result = work(session, *args, **kwargs)
            changed = bool(session.info.get(CHANGED))
        return result, changed

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def make_engine(url: str) -> sa.Engine:
    """An engine with the settings every connection of ours needs. Errors never quote what people typed."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_size=2, max_overflow=0, hide_parameters=True)
        _make_sqlite_safe(engine)
        return engine
    return sa.create_engine(
        _with_psycopg(url), pool_size=POSTGRES_THREADS + 1, max_overflow=2, pool_pre_ping=True, hide_parameters=True
    )


def _with_psycopg(url: str) -> str:
    """Hosting platforms hand out ``postgres://``; SQLAlchemy wants the driver named."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _make_sqlite_safe(engine: sa.Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connected(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None  # sqlite3 must neither begin nor commit for us
        cursor = dbapi.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _began(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


__all__ = ["CHANGED", "Database", "Session", "make_engine"]
