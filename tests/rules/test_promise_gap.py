"""The promise gap: told against committed, in units and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ask import AskedLine, Told
from models.commitment import Outcome
from models.promise_gap import promise_gap
from tests.builders import FRIDAY, NEXT_FRIDAY, an_ask
from tests.pictures import a_lot

TOLD = an_ask(told=Told.FIRM_DATE, told_date=FRIDAY, told_quantity=Decimal(100))
LATER = {"committed_ship_date": NEXT_FRIDAY}


def test_who_was_told_nothing_has_no_gap() -> None:
    assert promise_gap(an_ask(told=Told.NOTHING), []) is None


@pytest.mark.parametrize("told", [Told.SOFT_DATE, Told.FIRM_DATE])
def test_told_and_nothing_committed_is_a_gap_of_everything_without_an_end(told: Told) -> None:
    gap = promise_gap(replace(TOLD, told=told), [])

    assert gap is not None
    assert (gap.units, gap.days) == (Decimal(100), None)


def test_committed_as_told_is_no_gap() -> None:
    assert promise_gap(TOLD, [a_lot(amount=100)]) is None


def test_more_than_told_is_no_gap() -> None:
    assert promise_gap(TOLD, [a_lot(amount=60), a_lot(2, 60)]) is None


def test_a_lot_that_comes_later_leaves_its_units_and_its_days() -> None:
    gap = promise_gap(TOLD, [a_lot(amount=40), a_lot(2, 60, **LATER)])

    assert gap is not None
    assert (gap.units, gap.days, gap.covered_on) == (Decimal(60), 7, NEXT_FRIDAY)


def test_less_than_told_in_all_never_ends() -> None:
    gap = promise_gap(TOLD, [a_lot(amount=40)])

    assert gap is not None
    assert (gap.units, gap.days) == (Decimal(60), None)


def test_the_whole_quantity_was_told_unless_another_was_named() -> None:
    gap = promise_gap(replace(TOLD, quantity=Decimal(70), told_quantity=None), [])

    assert gap is not None
    assert gap.told_quantity == Decimal(70)


def test_what_shipped_counts_as_it_shipped() -> None:
    """A lot that was late counts from the day it left, a part by its part, a miss not at all."""
    late = a_lot(amount=50, outcome=Outcome.LATE, actual_ship_date=NEXT_FRIDAY, actual_quantity=Decimal(50))
    part = a_lot(2, 50, outcome=Outcome.IN_PART, actual_ship_date=FRIDAY, actual_quantity=Decimal(20))
    missed = a_lot(3, 50, outcome=Outcome.MISSED)

    gap = promise_gap(TOLD, [late, part, missed])

    assert gap is not None
    assert (gap.units, gap.days) == (Decimal(80), None)


LOTS = st.lists(st.tuples(st.integers(1, 150), st.integers(-10, 40)), max_size=6)


@given(LOTS)
def test_another_lot_never_widens_the_gap(amounts: list[tuple[int, int]]) -> None:
    lots = [
        a_lot(n, amount, committed_ship_date=FRIDAY + timedelta(days=days))
        for n, (amount, days) in enumerate(amounts, 1)
    ]
    units = [0 if (gap := promise_gap(TOLD, lots[:n])) is None else gap.units for n in range(len(lots) + 1)]

    assert units == sorted(units, reverse=True)


@given(LOTS)
def test_a_gap_with_an_end_ends_after_the_told_day(amounts: list[tuple[int, int]]) -> None:
    lots = [
        a_lot(n, amount, committed_ship_date=FRIDAY + timedelta(days=days))
        for n, (amount, days) in enumerate(amounts, 1)
    ]
    gap = promise_gap(TOLD, lots)

    assert gap is None or gap.days is None or gap.days > 0


def test_of_several_lines_the_one_furthest_behind_is_named() -> None:
    second = AskedLine(item="SEAL-7", quantity=Decimal(40), unit="m", needed_ship_date=FRIDAY)
    ask = replace(TOLD, more_lines=(second,))
    assert promise_gap(ask, [a_lot(amount=100), a_lot(2, 40, line=2)]) is None
    gap = promise_gap(ask, [a_lot(amount=40), a_lot(2, 60, **LATER), a_lot(3, 30, line=2)])
    assert gap is not None
    assert (gap.line, gap.told_quantity, gap.units, gap.days) == (2, Decimal(40), Decimal(10), None)
