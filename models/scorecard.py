"""The figures of a week, as leadership reads them. Pure.

Definitions, the same wherever a figure is shown:

- a request belongs to the week in which it was *asked*; its figures are those known when the digest is made
- *answered* means that the desk responded at all: it acknowledged, asked a question, offered, committed or declined
- *response time* is the working time of the desk between the ask and that first response, by the calendar frozen on the
  request; *within target* compares it with the first-response target of the policy frozen on the request
- the median and the nine-in-ten time are nearest-rank percentiles: always a time that somebody really waited
- a commitment belongs to the week of its latest committed ship date; it is *kept* when all of it shipped by then, and
  *not reported yet* while nobody has said what became of it
- an *open decision* is an open request whose turn ran out: somebody has to step in
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from models.lifecycle import label_of
from models.service_level import ClockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


@dataclass(frozen=True, kw_only=True)
class WeekFigures:
    """One week of one workspace. Seconds are working time; ``n`` is the number of response times behind the two."""

    requests: int = 0
    answered: int = 0
    answered_within_target: int = 0
    median_secs: int | None = None
    p90_secs: int | None = None
    n: int = 0
    commitments_due: int = 0
    commitments_kept: int = 0
    commitments_unreported: int = 0
    caused_by_missed: int = 0
    """Requests that exist because an earlier commitment of ours was missed: the emergency loop."""
    closed: Mapping[str, int] = field(default_factory=dict)
    """Requests closed in the week, by the status they ended in; only statuses that occurred."""
    decisions: Sequence[OpenDecision] = ()
    """Longest overdue first; may be cut short."""
    decisions_open: int = 0
    """All of them, shown or not."""

    @property
    def is_quiet(self) -> bool:
        """Nothing happened, and nothing waits for a decision: there is nothing to read."""
        return not (self.requests or self.commitments_due or self.closed or self.decisions_open)

    def to_json(self) -> dict[str, Any]:
        stored = asdict(self)
        stored["closed"] = dict(self.closed)
        stored["decisions"] = [asdict(one) | {"since": one.since.isoformat()} for one in self.decisions]
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> WeekFigures:
        return cls(**{**stored, "decisions": tuple(_decision(one) for one in stored["decisions"])})


@dataclass(frozen=True)
class Response:
    """How long a request waited for its first response, in working seconds; None while it still waits."""

    waited_secs: int | None
    target_secs: int

    @property
    def is_within_target(self) -> bool:
        return self.waited_secs is not None and self.waited_secs <= self.target_secs


def responsiveness(responses: Iterable[Response]) -> dict[str, Any]:
    """The figures about how quickly the desk responded, by their names in :class:`WeekFigures`."""
    asked = list(responses)
    waits = [one.waited_secs for one in asked if one.waited_secs is not None]
    return {
        "requests": len(asked),
        "answered": len(waits),
        "answered_within_target": sum(one.is_within_target for one in asked),
        "median_secs": nearest_rank(waits, HALF),
        "p90_secs": nearest_rank(waits, NINE_IN_TEN),
        "n": len(waits),
    }


def nearest_rank(values: Iterable[int], percent: int) -> int | None:
    """The smallest value that at least ``percent`` of 100 do not exceed; None without values."""
    ordered = sorted(values)
    if not ordered:
        return None
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(rank, 1) - 1]


def _decision(stored: Mapping[str, Any]) -> OpenDecision:
    facts = {**stored, "why": Why(stored["why"]), "since": datetime.fromisoformat(stored["since"])}
    return OpenDecision(**facts)
