"""The figures of a week: percentiles by nearest rank, what counts as within target, and that they survive storage."""

from __future__ import annotations

import json
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scorecard import OpenDecision, Response, WeekFigures, Why, nearest_rank, responsiveness
from tests.builders import NOON

SECONDS = st.lists(st.integers(min_value=0, max_value=10**7), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([], 50, None),
        ([7], 50, 7),
        ([7], 90, 7),
        ([1, 2], 50, 1),
        ([1, 2, 3], 50, 2),
        ([4, 3, 2, 1], 50, 2),
        (list(range(1, 11)), 90, 9),
        (list(range(1, 12)), 90, 10),
        (list(range(1, 101)), 90, 90),
        ([1, 2, 3], 0, 1),
        ([1, 2, 3], 100, 3),
    ],
)
def test_a_percentile_is_the_value_at_its_rank(values: list[int], percent: int, expected: int | None) -> None:
    assert nearest_rank(values, percent) == expected


@given(SECONDS, st.integers(min_value=1, max_value=100))
def test_at_least_so_many_waited_no_longer(values: list[int], percent: int) -> None:
    """And the value is the smallest of which this is true: somebody really waited that long."""
    value = nearest_rank(values, percent)

    assert value in values
    assert sum(one <= value for one in values) * 100 >= percent * len(values)
    assert sum(one < value for one in values) * 100 < percent * len(values)


@given(SECONDS)
def test_the_median_is_the_lower_middle(values: list[int]) -> None:
    assert nearest_rank(values, 50) == median_low(values)


def test_a_response_on_the_last_second_is_within_target() -> None:
    assert Response(3600, 3600).is_within_target
    assert not Response(3601, 3600).is_within_target
    assert not Response(None, 3600).is_within_target


def test_what_still_waits_counts_as_a_request_not_as_a_response_time() -> None:
    figures = responsiveness([Response(60, 3600), Response(7200, 3600), Response(None, 3600)])

    assert figures == {
        "requests": 3,
        "answered": 2,
        "answered_within_target": 1,
        "median_secs": 60,
        "p90_secs": 7200,
        "n": 2,
    }


def test_without_requests_there_are_no_times() -> None:
    figures = WeekFigures(**responsiveness([]))

    assert (figures.median_secs, figures.p90_secs, figures.n) == (None, None, 0)
    assert figures.is_quiet


@pytest.mark.parametrize(
    "happened", [{"requests": 1}, {"commitments_due": 1}, {"closed": {"withdrawn": 1}}, {"decisions_open": 1}]
)
def test_a_week_in_which_anything_happened_is_not_quiet(happened: dict[str, object]) -> None:
    assert not WeekFigures(**happened).is_quiet


def test_figures_read_back_as_they_were_stored() -> None:
    decision = OpenDecision(
        request_id=7, number=12, customer="Acme", item="BRK-2040", why=Why.OFFER_LAPSED, since=NOON, is_escalated=True
    )
    figures = WeekFigures(
        requests=3, answered=2, median_secs=60, closed={"fulfilled": 2}, decisions=(decision,), decisions_open=1
    )

    back = WeekFigures.from_json(json.loads(json.dumps(figures.to_json())))

    assert back == figures
    assert back.decisions[0].label == "EXP-12"
    assert back.decisions[0].why is Why.OFFER_LAPSED
