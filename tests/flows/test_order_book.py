"""The order book: taken over whole, looked into by the beginning of what is typed, never a condition for asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.services import drafts, order_book
from bot.services.order_file import OrderFileRefused
from models import Tenant
from models.errors import OrderLineGone
from tests.builders import DAY, NOON

if TYPE_CHECKING:
    from datetime import datetime

    from bot.database import Database
    from tests.builders import Workspace

HEAD = "order,line,item,customer,quantity,unit,promise date\n"
BOOK = [
    HEAD,
    "4711,10,BRK-2040,Acme,100,pcs,2026-12-11\n",
    "4711,20,VLV-7,Acme,5,pcs,\n",
    "4799,10,GSK-7,Contoso,,,\n",
]


def take_over(database: Database, tenant_id: int, lines: list[str], at: datetime = NOON) -> order_book.Imported:
    return database.run_now(order_book.import_file, tenant_id, lines, at=at)


def offered(database: Database, workspace: Workspace, typed: str) -> list[tuple[str, str]]:
    found = database.run_now(order_book.suggest, workspace.mara, typed, at=NOON)
    return [(line.order_number, line.line_number) for line in found]


@pytest.fixture(autouse=True)
def _book(database: Database, workspace: Workspace) -> None:
    assert take_over(database, workspace.tenant_id, BOOK).lines == 3


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("47", [("4711", "10"), ("4711", "20"), ("4799", "10")]),
        ("4711", [("4711", "10"), ("4711", "20")]),
        ("gsk", [("4799", "10")]),
        ("ACME", [("4711", "10"), ("4711", "20")]),
        ("711", []),
        ("%", []),
        ("_", []),
        ("  ", []),
        ("'; DROP TABLE order_lines; --", []),
    ],
)
def test_lines_are_found_by_the_beginning_of_order_item_or_customer(
    database: Database, workspace: Workspace, typed: str, lines: list[tuple[str, str]]
) -> None:
    assert offered(database, workspace, typed) == lines


def test_a_new_file_is_the_whole_truth(database: Database, workspace: Workspace) -> None:
    done = take_over(database, workspace.tenant_id, [HEAD, "4711,10,BRK-2040,Acme,80,pcs,\n"], NOON + DAY)

    assert (done.lines, done.removed) == (1, 2)
    assert offered(database, workspace, "47") == [("4711", "10")]


def test_a_file_without_a_readable_line_changes_nothing(database: Database, workspace: Workspace) -> None:
    done = take_over(database, workspace.tenant_id, [HEAD, ",,,,,,x\n"], NOON + DAY)
    with pytest.raises(OrderFileRefused):
        take_over(database, workspace.tenant_id, ["<html>\n"], NOON + DAY)

    assert (done.lines, done.refused, done.removed) == (0, 1, 0)
    assert len(offered(database, workspace, "47")) == 3


def test_of_a_line_that_is_named_twice_the_last_one_counts(database: Database, workspace: Workspace) -> None:
    twice = [HEAD, "1,1,A,Acme,,,\n", "1,1,B,Acme,,,\n"]

    take_over(database, workspace.tenant_id, twice, NOON + DAY)

    (line,) = database.run_now(order_book.suggest, workspace.mara, "1", at=NOON)
    assert line.item == "B"


def test_no_workspace_sees_the_orders_of_another(database: Database, workspace: Workspace) -> None:
    def other(session: Any) -> int:
        tenant = Tenant(team_id="T0OTHER", name="Other", installed_at=NOON)
        session.add(tenant)
        session.flush()
        return int(tenant.id)

    theirs = database.run_now(other)
    take_over(database, theirs, [HEAD, "4711,99,SECRET,Rival,,,\n"])

    assert ("4711", "99") not in offered(database, workspace, "4711")
    stolen = database.run_now(lambda session: _line(session, theirs))
    draft = database.run_now(drafts.start, workspace.mara, {}, at=NOON)
    with pytest.raises(OrderLineGone):
        database.run_now(order_book.pick, workspace.mara, draft.id, stolen, {}, at=NOON)


def test_a_picked_line_fills_what_it_knows_and_leaves_the_rest(database: Database, workspace: Workspace) -> None:
    draft = database.run_now(drafts.start, workspace.mara, {}, at=NOON)
    line = database.run_now(order_book.suggest, workspace.mara, "4799", at=NOON)[0]
    typed = {"quantity": "7 boxes", "reason_code": "line_down", "item": "typed"}

    database.run_now(order_book.pick, workspace.mara, draft.id, line.id, typed, at=NOON)

    kept = database.run_now(drafts.get, workspace.mara, draft.id).answers
    assert (kept["order_number"], kept["item"], kept["customer"]) == ("4799", "GSK-7", "Contoso")
    assert (kept["quantity"], kept["reason_code"]) == ("7 boxes", "line_down")


def _line(session: Any, tenant_id: int) -> int:
    from models import OrderLine  # noqa: PLC0415 only here

    return int(session.query(OrderLine.id).filter(OrderLine.tenant_id == tenant_id).scalar())
