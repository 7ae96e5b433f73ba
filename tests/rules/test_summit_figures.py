"""Whether a figure moved: to its better side, beyond what chance makes, and only where there are enough requests."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.scorecards import Breakdown, Loop, Part, Period, Scorecard, Share, Spread
from models.summit_figures import Figure, Moved, Movement, figures_of
from tests.builders import FRIDAY, NOON, ZONE


def moved(figure: Figure, then: int | None, now: int | None) -> Moved:
    values = (None if value is None else Decimal(value) for value in (then, now))
    return Movement(figure, *values).moved


@pytest.mark.parametrize("figure", Figure)
def test_a_figure_of_too_few_requests_did_not_move_as_far_as_anybody_knows(figure: Figure) -> None:
    assert moved(figure, None, 50) is moved(figure, 50, None) is Moved.UNKNOWN


def test_more_kept_is_better_and_more_in_the_loop_is_worse() -> None:
    assert moved(Figure.OTIF, 60, 70) is Moved.BETTER
    assert moved(Figure.OTIF, 70, 60) is Moved.WORSE
    assert moved(Figure.LOOP, 20, 30) is Moved.WORSE
    assert moved(Figure.FIRST_RESPONSE, 7200, 3600) is Moved.BETTER
    assert moved(Figure.REQUESTS, 30, 29) is Moved.BETTER


def test_a_point_and_five_minutes_are_no_move() -> None:
    assert moved(Figure.OTIF, 60, 61) is moved(Figure.FIRST_RESPONSE, 3600, 3300) is Moved.SAME
    assert moved(Figure.OTIF, 60, 62) is Moved.BETTER


def test_a_share_of_fewer_than_five_is_no_figure() -> None:
    card = Scorecard(
        period=Period.week_of(FRIDAY, ZONE),
        as_of=NOON,
        requests=8,
        within_target=Share(3, 8),
        otif=Share(4, 4),
        response=Spread.of([60, 120, 180, 240, 300]),
        loop=Loop(share=Share(2, 8)),
        by_cause=Breakdown((Part(key="customer", requests=6), Part(key="us", requests=2))),
    )
    found = figures_of(card)

    assert found[Figure.WITHIN_TARGET] == 38
    assert found[Figure.OTIF] is None
    assert (found[Figure.FIRST_RESPONSE], found[Figure.LOOP], found[Figure.CUSTOMER_LATE]) == (180, 25, 75)
    assert found[Figure.REQUESTS] == 8
