"""An order book as a file: what ERPs export is read, and every line that cannot be is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.order_file import OrderFileRefused, rows_in
from models.order_row import OrderRow

HEAD = "Order,Line,Item,Customer,Qty,UoM,Promise date\n"


def test_a_line_says_what_the_form_needs() -> None:
    (row,) = rows_in([HEAD, "4711,10,BRK-2040,Acme,100,pcs,2026-12-11\n"])

    assert row == OrderRow(
        order_number="4711",
        line_number="10",
        item="BRK-2040",
        customer="Acme",
        quantity=Decimal(100),
        unit="pcs",
        promise_date=date(2026, 12, 11),
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_the_first_line_uses(separator: str) -> None:
    lines = [line.replace(",", separator) for line in (HEAD, "4711,10,BRK,Acme,1,pcs,\n")]

    (row,) = rows_in(lines)

    assert isinstance(row, OrderRow)
    assert (row.order_number, row.customer) == ("4711", "Acme")


@pytest.mark.parametrize(
    "head", ["sales order;pos;material", "\ufeffSO;Position;SKU", "Order_Number; LINE ;Part-Number"]
)
def test_columns_go_by_the_names_erps_give_them(head: str) -> None:
    (row,) = rows_in([head + "\n", "4711;10;BRK\n"])

    assert isinstance(row, OrderRow)
    assert (row.order_number, row.line_number, row.item) == ("4711", "10", "BRK")


def test_columns_that_mean_nothing_here_are_left_alone() -> None:
    (row,) = rows_in(["Order,Colour,Item\n", "4711,red,BRK\n"])

    assert row == OrderRow(order_number="4711", item="BRK")


@pytest.mark.parametrize("text", ["", "<!doctype html><html>\n", "customer,item\nAcme,BRK\n"])
def test_what_is_no_order_book_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(OrderFileRefused, match="first line must name the columns"):
        list(rows_in(text.splitlines(keepends=True)))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (",10,BRK,Acme,1,pcs,\n", "Line 2 has no order number."),
        ("4711,10,BRK,Acme,many,pcs,\n", "Line 2: “many” is not a quantity."),
        ("4711,10,BRK,Acme,1e999,pcs,\n", "is not a quantity"),
        ("4711,10,BRK,Acme,NaN,pcs,\n", "is not a quantity"),
        ("4711,10,BRK,Acme,-5,pcs,\n", "is not a quantity"),
        ("4711,10,BRK,Acme,1,pcs,12/11/2026\n", "is not a date like 2026-12-11 or 11.12.2026"),
        ("4711,10," + "x" * 200 + ",Acme,1,pcs,\n", "longer than a card can show (item)"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_count(line: str, says: str) -> None:
    bad, good = rows_in([HEAD, line, "4712,,,,,,\n"])

    assert isinstance(bad, str)
    assert says in bad
    assert good == OrderRow(order_number="4712")


@pytest.mark.parametrize(("typed", "value"), [("1,250", 1250), ("12.5", "12.5"), ("1 000", 1000), ("", None)])
def test_quantities_are_read_as_they_are_written(typed: str, value: object) -> None:
    (row,) = rows_in(["order;qty\n", f"1;{typed}\n"])

    assert isinstance(row, OrderRow)
    assert row.quantity == (None if value is None else Decimal(str(value)))


@given(st.text(max_size=300))
def test_no_file_breaks_the_reading(text: str) -> None:
    """Every line gives a row or a sentence."""
    found = list(rows_in([HEAD, *text.splitlines(keepends=True)]))

    assert all(isinstance(row, (OrderRow, str)) for row in found)
