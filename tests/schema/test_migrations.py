"""The migrations make what the models say, both ways, on both databases, however many replicas start at once."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot import migrating
from bot.database import make_engine
from models import Base

ROOT = Path(migrating.SCRIPTS).parent
VERSIONS = sorted((migrating.SCRIPTS / "versions").glob("*.py"))
REVISIONS = [script.revision for script in ScriptDirectory(str(migrating.SCRIPTS)).walk_revisions()]


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory(str(migrating.SCRIPTS)).get_heads()) == 1


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_is_frozen(path: Path) -> None:
    """It imports nothing of ours: tomorrow's models must not change what was made today."""
    imports = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports for alias in node.names} | {getattr(node, "module", "") for node in imports}

    assert not {name for name in names if name and name.split(".")[0] in {"models", "bot", "handlers"}}


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_is_dated(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_\d\d_\d\d_\d{4}_[a-z_]+\.py", path.name)


def test_migrated_tables_are_the_models(bare_url: str) -> None:
    migrating.upgrade(bare_url)

    assert _differences(bare_url) == []


def test_every_constraint_of_the_models_is_there_by_name(bare_url: str) -> None:
    """Autogenerate does not look at checks, names and conditions of indexes: compared with tables made directly."""
    migrating.upgrade(bare_url)
    migrated = _constraints(bare_url)
    migrating.downgrade(bare_url, "base")
    engine = make_engine(bare_url)
    Base.metadata.create_all(engine)
    engine.dispose()

    assert migrated == _constraints(bare_url)


def test_every_constraint_is_named_by_the_convention(bare_url: str) -> None:
    """A constraint without a name cannot be changed later, and SQLite's batches drop it silently."""
    migrating.upgrade(bare_url)

    for table, found in _constraints(bare_url).items():
        for kind, rows in found.items():
            for name, *_ in rows:
                assert name is not None, (table, kind)
                assert re.match(rf"(?:{kind}|uq)_(?:{table}_|offers_one_open|outbox_waiting|{table}$)", name), name


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_migration_can_be_undone_and_redone(bare_url: str, revision: str) -> None:
    migrating.upgrade(bare_url, revision)
    migrating.downgrade(bare_url, "-1")
    migrating.upgrade(bare_url)

    assert migrating.is_current(bare_url)
    assert _differences(bare_url) == []


def test_all_the_way_down_nothing_is_left(bare_url: str) -> None:
    migrating.upgrade(bare_url)
    migrating.downgrade(bare_url, "base")

    assert _inspected(bare_url, lambda inspector: inspector.get_table_names()) == ["alembic_version"]
    assert migrating.current(bare_url) is None


def test_a_database_without_migrations_is_not_current(bare_url: str) -> None:
    assert migrating.current(bare_url) is None
    assert not migrating.is_current(bare_url)


def test_upgrading_twice_changes_nothing(bare_url: str) -> None:
    migrating.upgrade(bare_url)
    migrating.upgrade(bare_url)

    assert migrating.is_current(bare_url)


def test_replicas_that_start_together_upgrade_once(bare_url: str, tmp_path: Path) -> None:
    """Also shows that the working directory does not matter."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    code = f"from bot.migrating import upgrade; upgrade({bare_url!r})"
    command = [sys.executable, "-W", "error", "-c", code]
    replicas = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]

    assert [(replica.communicate(timeout=60)[1], replica.returncode) for replica in replicas] == [("", 0)] * 3
    assert migrating.is_current(bare_url)


def test_a_folder_for_the_file_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'var' / 'expedite.db'}"

    migrating.upgrade(url)

    assert migrating.is_current(url)


def test_without_an_address_the_environment_decides(tmp_path: Path) -> None:
    """``alembic upgrade head`` from the checkout uses the same DATABASE_URL as the app."""
    url = f"sqlite:///{tmp_path / 'named.db'}"
    command = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=True, capture_output=True)

    assert migrating.is_current(url)


def test_the_statements_can_be_printed_for_a_database_administrator(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "alembic", "upgrade", "head", "--sql"]
    environment = {**os.environ, "DATABASE_URL": "postgresql+psycopg://example.com/expedite"}
    printed = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    assert all(f"CREATE TABLE {table} " in printed for table in Base.metadata.tables)


def _differences(url: str) -> list[Any]:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    return found


def _constraints(url: str) -> dict[str, dict[str, list[tuple[Any, ...]]]]:
    return _inspected(
        url, lambda inspector: {table: _constraints_of(inspector, table) for table in Base.metadata.tables}
    )


def _constraints_of(inspector: sa.Inspector, table: str) -> dict[str, list[tuple[Any, ...]]]:
    key = inspector.get_pk_constraint(table)
    return {
        "pk": [(key["name"], key["constrained_columns"])],
        "fk": sorted((one["name"], one["referred_table"]) for one in inspector.get_foreign_keys(table)),
        "uq": sorted((one["name"], *one["column_names"]) for one in inspector.get_unique_constraints(table)),
        "ck": sorted((one["name"], one["sqltext"]) for one in inspector.get_check_constraints(table)),
        "ix": sorted(
            (one["name"], *one["column_names"], one["unique"], _where(one)) for one in inspector.get_indexes(table)
        ),
    }


def _where(index: Any) -> str:
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


def _inspected(url: str, look: Any) -> Any:
    engine = make_engine(url)
    try:
        return look(sa.inspect(engine))
    finally:
        engine.dispose()
