"""The command that takes over an order book: sentences, and no traceback whatever it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import migrating
from bot.config import Settings, SettingsRefused
from bot.database import Database
from bot.ordering import import_orders
from models import Tenant
from tests.builders import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A migrated database with one workspace."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    migrating.upgrade(url)
    install(url, "T0NORTHBR")
    return Settings(_env_file=None, database_url=url)


def install(url: str, team: str) -> None:
    def add(session: Session) -> None:
        session.add(Tenant(team_id=team, name="Northbridge Valves", installed_at=NOON))

    database = Database(url)
    database.run_now(add)
    database.close()


def a_file(folder: Path, text: str | bytes) -> Path:
    file = folder / "orders.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_the_command_says_how_much_it_took_over_and_what_it_left_out(settings: Settings, tmp_path: Path) -> None:
    file = a_file(tmp_path, "order,item,qty\n4711,BRK,5\n4712,VLV,many\n")

    assert import_orders(settings, file, "") == [
        "Line 3: “many” is not a quantity.",
        "1 order line is in the book now. 1 could not be read and were left out.",
    ]


@pytest.mark.parametrize(
    ("text", "says"), [("<html>", "first line must name the columns"), (b"order\n\xff\xfe", "cannot be read")]
)
def test_what_is_no_order_book_ends_with_a_sentence(
    settings: Settings, tmp_path: Path, text: str | bytes, says: str
) -> None:
    with pytest.raises(SettingsRefused, match=says):
        import_orders(settings, a_file(tmp_path, text), "")


def test_a_file_that_is_not_there_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match=r"missing\.csv cannot be read"):
        import_orders(settings, tmp_path / "missing.csv", "")


def test_of_several_workspaces_one_has_to_be_named(settings: Settings, tmp_path: Path) -> None:
    install(settings.database_url, "T0OTHER")
    file = a_file(tmp_path, "order\n4711\n")

    with pytest.raises(SettingsRefused, match=r"--team: .*T0NORTHBR"):
        import_orders(settings, file, "")
    assert "1 order line" in import_orders(settings, file, "T0OTHER")[-1]
