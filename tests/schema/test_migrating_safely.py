"""What the environment of the migrations guards: children of a rebuilt table, half-done changes, long waits."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot import migrating
from bot.database import Database, make_engine
from models import DeskMember, Tenant
from tests.builders import furnish
from tests.schema.conftest import Scripts

REBUILD_TENANTS = """
with op.batch_alter_table("tenants", recreate="always") as tenants:
    tenants.alter_column("name", existing_type=sa.String(200), type_=sa.String(300))
"""
ORPHAN_THE_DESKS = 'op.execute("DELETE FROM tenants")'


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(scripts: Scripts, bare_sqlite: str) -> None:
    """SQLite's batch drops the old table: with foreign keys on, every child would go with it."""
    members = _filled(bare_sqlite)
    scripts.add("rebuild", REBUILD_TENANTS)

    scripts.run(bare_sqlite)

    assert _count(bare_sqlite, DeskMember) == members > 0


def test_rebuilding_a_table_keeps_its_named_checks(scripts: Scripts, bare_sqlite: str) -> None:
    migrating.upgrade(bare_sqlite)
    scripts.add("rebuild", REBUILD_TENANTS.replace("tenants", "offers").replace('"name"', '"conditions"'))

    scripts.run(bare_sqlite)

    engine = make_engine(bare_sqlite)
    inspector = sa.inspect(engine)
    assert {check["name"] for check in inspector.get_check_constraints("offers")} == {"ck_offers_state"}
    assert "uq_offers_one_open" in {index["name"] for index in inspector.get_indexes("offers")}
    engine.dispose()


def test_a_migration_that_leaves_orphans_is_undone(scripts: Scripts, bare_sqlite: str) -> None:
    _filled(bare_sqlite)
    scripts.add("orphans", ORPHAN_THE_DESKS)

    with pytest.raises(RuntimeError, match=r"point to nothing, in: .*desks.*; undone"):
        scripts.run(bare_sqlite)

    assert _count(bare_sqlite, Tenant) == 1
    assert migrating.is_current(bare_sqlite)


def test_a_failing_migration_leaves_nothing_behind(scripts: Scripts, bare_url: str) -> None:
    """The whole way is one transaction, on SQLite too."""
    scripts.add("fails", 'op.create_table("half", sa.Column("id", sa.Integer()))\nraise ZeroDivisionError')

    with pytest.raises(ZeroDivisionError):
        scripts.run(bare_url)

    engine = make_engine(bare_url)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_migration_waits_seconds_for_a_table_not_for_ever(scripts: Scripts, bare_postgresql: str) -> None:
    """Whoever waits for a table holds up everybody who comes after."""
    scripts.add("asks", "op.execute(\"CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS lock_timeout\")")

    scripts.run(bare_postgresql)

    engine = make_engine(bare_postgresql)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT lock_timeout FROM seen").scalar() == "5s"
    engine.dispose()


def _filled(url: str) -> int:
    migrating.upgrade(url)
    database = Database(url)
    database.run_now(furnish)
    database.close()
    return _count(url, DeskMember)


def _count(url: str, mapped: type) -> int:
    database = Database(url)
    counted = database.run_now(lambda session: session.scalar(sa.select(sa.func.count()).select_from(mapped)))
    database.close()
    return counted or 0
