"""Has a figure moved? A week held against the weeks before it. Pure.

The rule: a figure has moved when it lies outside the *middle half* of the :data:`LOOKS_BACK` weeks before, which
reaches from the value at the 25th to the value at the 75th of a hundred (nearest rank). A share or a time counts in a
week only with at least :data:`FEWEST` requests behind it, and nothing is said about it with fewer than
:data:`FEWEST_WEEKS` such weeks: three busy Mondays are no trend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.scorecard import nearest_rank
from models.scorecards.figures import FEWEST, Scorecard, Share

FEWEST_WEEKS = 6
LOWER, UPPER = 25, 75


class Figure(StrEnum):
    """What is held against the weeks before. Shares are whole per cent, times are working seconds."""

    REQUESTS = "requests"
    WITHIN_TARGET = "within_target"
    MEDIAN = "median"
    NINE_IN_TEN = "nine_in_ten"
    DESK_TIME = "desk_time"
    """The desk's part of all the time."""
    TO_REQUEST = "to_request"
    OTIF = "otif"
    OVER_PROMISED = "over_promised"
    LOOP = "loop"

    @property
    def is_time(self) -> bool:
        return self in {Figure.MEDIAN, Figure.NINE_IN_TEN}


GOOD_HIGH = frozenset({Figure.WITHIN_TARGET, Figure.TO_REQUEST, Figure.OTIF})
"""More of these is better; of the requests themselves, neither more nor less is."""


class Moved(StrEnum):
    """Where a figure lies."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Trend:
    """One figure, now and in the weeks before, the earliest first; None where too little lay behind it."""

    figure: Figure
    now: int | None
    weeks: tuple[int | None, ...]

    @property
    def usual(self) -> tuple[int, int] | None:
        """The middle half of the weeks before; None with too few of them."""
        known = [one for one in self.weeks if one is not None]
        low, high = nearest_rank(known, LOWER), nearest_rank(known, UPPER)
        return None if low is None or high is None or len(known) < FEWEST_WEEKS else (low, high)

    @property
    def moved(self) -> Moved | None:
        """Outside the usual, or None."""
        if self.usual is None or self.now is None:
            return None
        low, high = self.usual
        if self.now > high:
            return Moved.UP
        return Moved.DOWN if self.now < low else None

    @property
    def is_better(self) -> bool | None:
        """Whether the move is a good one; None where it did not move, or neither way is good."""
        if self.moved is None or self.figure is Figure.REQUESTS:
            return None
        return (self.moved is Moved.UP) == (self.figure in GOOD_HIGH)


def trends_of(now: Scorecard, weeks: Sequence[Scorecard]) -> tuple[Trend, ...]:
    """Hold every figure of a week against the weeks before, the earliest first."""
    values, before = _values(now), [_values(week) for week in weeks]
    return tuple(Trend(figure, values[figure], tuple(week[figure] for week in before)) for figure in Figure)


def _values(week: Scorecard) -> dict[Figure, int | None]:
    return {
        Figure.REQUESTS: week.requests,
        Figure.WITHIN_TARGET: _percent(week.within_target),
        Figure.MEDIAN: week.response.median,
        Figure.NINE_IN_TEN: week.response.p90,
        Figure.DESK_TIME: _desk_time(week),
        Figure.TO_REQUEST: _percent(week.to_request),
        Figure.OTIF: _percent(week.otif),
        Figure.OVER_PROMISED: _percent(week.over_promised),
        Figure.LOOP: _percent(week.loop.share),
    }


def _percent(share: Share) -> int | None:
    return share.percent if share.of >= FEWEST else None


def _desk_time(week: Scorecard) -> int | None:
    return Share(week.held.desk_secs, week.held.total).percent if week.requests >= FEWEST else None
