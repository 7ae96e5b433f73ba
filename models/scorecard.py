"""What waits for somebody to step in, and the percentile that every figure uses. Pure.

- an *open decision* is an open request whose turn ran out: somebody has to step in
- percentiles go by nearest rank: always a value that somebody really met
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from models.lifecycle import label_of
from models.service_level import ClockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

HALF, NINE_IN_TEN = 50, 90


class Why(StrEnum):
    """Why a request needs somebody to step in."""

    NOBODY_ANSWERED = "nobody_answered"
    INFORMATION_MISSING = "information_missing"
    OFFER_LAPSED = "offer_lapsed"
    OUTCOME_UNKNOWN = "outcome_unknown"


WHY = {
    ClockKind.FIRST_RESPONSE: Why.NOBODY_ANSWERED,
    ClockKind.ANSWER: Why.NOBODY_ANSWERED,
    ClockKind.INFORMATION: Why.INFORMATION_MISSING,
    ClockKind.DECISION: Why.OFFER_LAPSED,
    ClockKind.OUTCOME: Why.OUTCOME_UNKNOWN,
}


@dataclass(frozen=True, kw_only=True)
class OpenDecision:
    """An open request whose turn ran out. ``since`` is when it should have been done."""

    request_id: int
    number: int
    customer: str
    item: str
    why: Why
    since: datetime
    is_escalated: bool = False

    @property
    def label(self) -> str:
        return label_of(self.number)


def nearest_rank(values: Iterable[int], percent: int) -> int | None:
    """The smallest value that at least ``percent`` of 100 do not exceed; None without values."""
    ordered = sorted(values)
    if not ordered:
        return None
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(rank, 1) - 1]
