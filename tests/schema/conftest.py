"""Databases without any table, and a copy of the migrations to which a test can add one of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from textwrap import dedent

import psycopg
import pytest
from alembic import command
from alembic.config import Config

from bot import migrating
from tests.postgres import new_database, server

NUMBERS = count(1)


class Scripts:
    """The product's migrations and the ones a test added after them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.head = migrating.newest()

    def add(self, revision: str, upgrade: str) -> None:
        body = dedent(upgrade).strip().replace("\n", "\n    ")
        text = f"""\
import sqlalchemy as sa
from alembic import op

revision = {revision!r}
down_revision = {self.head!r}


def upgrade():
    {body}


def downgrade():
    pass
"""
        (self.folder / "versions" / f"{revision}.py").write_text(text)
        self.head = revision

    def run(self, url: str) -> None:
        config = Config()
        config.set_main_option("script_location", str(self.folder))
        config.attributes["url"] = url
        command.upgrade(config, "head")


@pytest.fixture
def scripts(tmp_path: Path) -> Scripts:
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Scripts(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest) -> str:
    """The address of a database in which nothing was ever made."""
    url: str = request.getfixturevalue(f"bare_{request.param}")
    return url


@pytest.fixture
def bare_sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bare.db'}"


@pytest.fixture
def bare_postgresql() -> Iterator[str]:
    name = f"bare_{os.getpid()}_{next(NUMBERS)}"
    yield new_database(name)
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
