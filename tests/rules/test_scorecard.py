"""Percentiles by nearest rank: a value that somebody really met."""

from __future__ import annotations

from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scorecard import nearest_rank

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
