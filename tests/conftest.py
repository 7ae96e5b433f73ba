"""Fixtures every folder shares: real databases (SQLite and PostgreSQL), a clock one can move, a furnished workspace."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot import logs
from bot.database import Database, make_engine
from models import Base
from tests.builders import NOON, Workspace, furnish
from tests.fakes import FakeClock
from tests.postgres import database_of_this_worker, forget_safety

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A database of this worker's own on a real server, with every table in it."""
    forget_safety()
    url = database_of_this_worker()
    engine = make_engine(url)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with every table in it; tests copy it."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: each test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        return sqlite_copy(request.getfixturevalue("sqlite_template"), tmp_path)
    url: str = request.getfixturevalue("postgres_url")
    empty(url)
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty SQLite database, for tests whose rule has nothing to do with the database."""
    return sqlite_copy(sqlite_template, tmp_path)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def workspace(database: Database) -> Workspace:
    """A workspace with one desk, people in every role, and working hours."""
    return database.run_now(furnish)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON)


def sqlite_copy(template: Path, folder: Path) -> str:
    path = folder / "test.db"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


def empty(url: str) -> None:
    engine = make_engine(url)
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(sa.text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def _logging() -> None:
    """The product's own logging: a library's default would print the values of variables."""
    logs.configure("ERROR")
