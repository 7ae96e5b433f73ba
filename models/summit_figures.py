"""The figures that an agreement may be meant to move, and whether they did. Pure.

A share is in percent, a time in working seconds. Each has a side that is better; a move smaller than what chance makes
of so few requests is told as no change.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from models.ask import CausedBy
from models.scorecards.figures import FEWEST, Share

if TYPE_CHECKING:
    from models.scorecards.figures import Scorecard


class Figure(StrEnum):
    """What a summit may want to move; definitions in :mod:`models.scorecards.figures`."""

    WITHIN_TARGET = "within_target"
    """Share of requests whose first response came within its target."""
    FIRST_RESPONSE = "first_response"
    """Median working time of the first response."""
    TO_REQUEST = "to_request"
    """Share of requests that shipped whole by the day they were needed."""
    OTIF = "otif"
    """Share of requests that shipped on time to the first commitment, and in full."""
    OVER_PROMISED = "over_promised"
    """Share of requests whose customer was told more than was committed."""
    LOOP = "loop"
    """Share of requests that exist because a commitment of ours was missed, or pushed back for another one."""
    CUSTOMER_LATE = "customer_late"
    """Share of requests that the customer caused."""
    REQUESTS = "requests"
    """How many requests there were."""


LESS_IS_BETTER = frozenset(
    {Figure.FIRST_RESPONSE, Figure.OVER_PROMISED, Figure.LOOP, Figure.CUSTOMER_LATE, Figure.REQUESTS}
)
SPANS = frozenset({Figure.FIRST_RESPONSE})
COUNTS = frozenset({Figure.REQUESTS})
STILL = {Figure.FIRST_RESPONSE: Decimal(300), Figure.REQUESTS: Decimal(0)}
"""Up to this a figure did not move; of shares up to one percentage point."""
ONE_POINT = Decimal(1)


class Moved(StrEnum):
    """What became of a figure between two summits."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"
    """One of the two summits had too few requests for it."""


@dataclass(frozen=True)
class Movement:
    """A figure at the summit of the agreement, and at the one that evaluates it."""

    figure: Figure
    then: Decimal | None
    now: Decimal | None

    @property
    def moved(self) -> Moved:
        if self.then is None or self.now is None:
            return Moved.UNKNOWN
        if abs(self.now - self.then) <= STILL.get(self.figure, ONE_POINT):
            return Moved.SAME
        is_less = self.now < self.then
        return Moved.BETTER if is_less is (self.figure in LESS_IS_BETTER) else Moved.WORSE


def figures_of(card: Scorecard) -> dict[Figure, Decimal | None]:
    """Every figure of a scorecard that can be agreed on; None where too few requests make one."""
    customers = sum(part.requests for part in card.by_cause.parts if part.key == CausedBy.CUSTOMER)
    median = card.response.median
    return {
        Figure.WITHIN_TARGET: _percent(card.within_target),
        Figure.FIRST_RESPONSE: None if median is None else Decimal(median),
        Figure.TO_REQUEST: _percent(card.to_request),
        Figure.OTIF: _percent(card.otif),
        Figure.OVER_PROMISED: _percent(card.over_promised),
        Figure.LOOP: _percent(card.loop.share),
        Figure.CUSTOMER_LATE: _percent(Share(customers, card.requests)),
        Figure.REQUESTS: Decimal(card.requests),
    }


def _percent(share: Share) -> Decimal | None:
    return Decimal(share.percent) if share.of >= FEWEST and share.percent is not None else None
