"""Kept or not: against what was asked, first committed and last committed, kept apart."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Commitment
from models.ask import AskedLine
from models.commitment import Outcome
from models.kept import Ending, lateness, measure
from models.lifecycle import EndedBecause, Status
from tests.builders import FRIDAY, NEXT_FRIDAY, an_ask
from tests.pictures import a_lot, a_request


def shipped(amount: int, day: date = FRIDAY, *, position: int = 1, **facts: object) -> Commitment:
    """A lot that shipped in full on that day."""
    late = day > facts.get("committed_ship_date", FRIDAY)
    outcome = Outcome.LATE if late else Outcome.IN_FULL
    actual = {"actual_quantity": Decimal(amount), "actual_ship_date": day}
    return a_lot(position, amount, outcome=outcome, **actual, **facts)


def test_an_open_request_is_not_measured() -> None:
    assert measure(a_request(Status.AGREED), [a_lot()]) is None


def test_all_on_the_day_is_kept_in_every_way() -> None:
    found = measure(a_request(Status.FULFILLED), [shipped(100)])

    assert found is not None
    assert (found.ending, found.to_request, found.to_original, found.to_latest, found.otif) == (
        Ending.KEPT,
        True,
        True,
        True,
        True,
    )


def test_a_kept_counter_offer_is_late_to_the_request_and_kept_to_the_commitment() -> None:
    lot = shipped(100, NEXT_FRIDAY, original_ship_date=NEXT_FRIDAY, committed_ship_date=NEXT_FRIDAY)

    found = measure(a_request(Status.FULFILLED), [lot])

    assert found is not None
    assert (found.ending, found.to_request, found.to_original) == (Ending.KEPT, False, True)


def test_a_moved_day_that_is_kept_is_not_on_time_to_the_first_one() -> None:
    lot = shipped(100, NEXT_FRIDAY, committed_ship_date=NEXT_FRIDAY)

    found = measure(a_request(Status.FULFILLED), [lot])

    assert found is not None
    assert (found.to_original, found.to_latest, found.otif, found.ending) == (False, True, False, Ending.KEPT)


def test_late_is_in_full_but_on_time_to_nothing() -> None:
    found = measure(a_request(Status.FULFILLED), [shipped(100, FRIDAY + timedelta(days=1))])

    assert found is not None
    assert (found.ending, found.in_full, found.to_latest) == (Ending.LATE, True, False)


def test_a_part_whose_rest_followed_is_in_full_and_late_to_the_first_day() -> None:
    part = a_lot(1, 100, outcome=Outcome.IN_PART, actual_quantity=Decimal(30), actual_ship_date=FRIDAY)
    rest = shipped(70, NEXT_FRIDAY, position=2, committed_ship_date=NEXT_FRIDAY, balance_of=part.id)

    found = measure(a_request(Status.FULFILLED), [part, rest])

    assert found is not None
    assert (found.in_full, found.to_original, found.to_latest) == (True, False, True)


def test_a_part_whose_rest_will_not_ship_is_partly() -> None:
    part = a_lot(1, 100, outcome=Outcome.IN_PART, actual_quantity=Decimal(30), actual_ship_date=FRIDAY)

    found = measure(a_request(Status.PARTLY_FULFILLED), [part])

    assert found is not None
    assert (found.ending, found.in_full, found.otif) == (Ending.PARTLY, False, False)


def test_nothing_shipped_is_missed() -> None:
    found = measure(a_request(Status.MISSED), [a_lot(outcome=Outcome.MISSED)])

    assert found is not None
    assert found.ending is Ending.MISSED


@pytest.mark.parametrize(
    ("status", "because", "ending"),
    [
        (Status.DECLINED, None, Ending.DECLINED),
        (Status.WITHDRAWN, None, Ending.WITHDRAWN),
        (Status.WITHDRAWN, EndedBecause.EVAPORATED, Ending.EVAPORATED),
        (Status.CANCELLED, EndedBecause.CUSTOMER_CANCELLED, Ending.CANCELLED),
    ],
)
@pytest.mark.parametrize("lots", [[], [a_lot(outcome=Outcome.CANCELLED)]])
def test_what_was_called_off_is_measured_against_no_date(
    status: Status, because: EndedBecause | None, ending: Ending, lots: list[Commitment]
) -> None:
    request = a_request(status)
    request.ended_because = because

    found = measure(request, lots)

    assert found is not None
    assert (found.ending, found.to_request, found.to_original, found.otif) == (ending, None, None, None)


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=5))
def test_on_time_to_the_first_day_means_in_full_and_on_time_to_any_later_one(
    lots: list[tuple[int, int, int]],
) -> None:
    """Recommitting moves days out only: who keeps the first curve keeps the last."""
    rows = [
        shipped(
            amount,
            FRIDAY + timedelta(days=actual),
            position=n,
            original_ship_date=FRIDAY + timedelta(days=first),
            committed_ship_date=FRIDAY + timedelta(days=first + 3),
        )
        for n, (amount, first, actual) in enumerate(lots, 1)
    ]

    found = measure(a_request(Status.FULFILLED), rows)

    assert found is not None
    assert not found.to_original or (found.in_full and found.to_latest)


def test_lateness_counts_days_to_each_target_and_says_where_it_was_never_met() -> None:
    moved = shipped(100, NEXT_FRIDAY, committed_ship_date=NEXT_FRIDAY)
    part = a_lot(1, 100, outcome=Outcome.IN_PART, actual_quantity=Decimal(60), actual_ship_date=FRIDAY)

    late = lateness(a_request(Status.FULFILLED), [moved])
    short = lateness(a_request(Status.PARTLY_FULFILLED), [part])
    early = lateness(a_request(Status.FULFILLED), [shipped(100, FRIDAY - timedelta(days=3))])

    assert late is not None
    assert (late.to_request, late.to_original, late.to_latest) == (7, 7, 0)
    assert short is not None
    assert (short.to_request, short.to_original, short.to_latest) == (None, None, None)
    assert early is not None
    assert (early.to_request, early.to_original, early.to_latest) == (0, 0, 0)
    assert lateness(a_request(Status.AGREED), [a_lot()]) is None


def test_more_of_one_line_makes_no_other_line_kept() -> None:
    """Every line is measured by itself: lots of different items are not added up."""
    second = AskedLine(item="SEAL-7", quantity=Decimal(40), unit="m", needed_ship_date=FRIDAY)
    request = a_request(Status.FULFILLED, ask=an_ask(more_lines=(second,)))
    both = measure(request, [shipped(100), shipped(40, position=2, line=2)])
    one = measure(request, [shipped(200), a_lot(2, 40, outcome=Outcome.MISSED, line=2)])

    assert both is not None
    assert one is not None
    assert (both.to_request, both.otif, both.ending) == (True, True, Ending.KEPT)
    assert (one.to_request, one.otif, one.ending) == (False, False, Ending.PARTLY)
