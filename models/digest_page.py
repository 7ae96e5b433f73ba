"""One week as leadership reads it: everything its page and the notes under it show, stored as it was sent.

The figures themselves are the scorecard's (:mod:`models.scorecards.figures`); here is what stands beside them: the
weeks they are held against, what waits for a decision, the cases worth knowing, and the names people had then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from models.cases import Case
from models.scorecard import HALF, OpenDecision, nearest_rank
from models.scorecards.figures import Part, Scorecard

FEWEST_WEEKS = 3
"""Of fewer weeks with a value there is no usual one."""
MOST_AGAIN = 3
OFTEN = 3
"""Fewest requests in thirteen weeks that make a customer or an item come back."""


class FigureKind(StrEnum):
    """The five figures of the first table."""

    REQUESTS = "requests"
    WITHIN_TARGET = "within_target"
    RESPONSE = "response"
    KEPT = "kept"
    OVER_PROMISED = "over_promised"


class Direction(StrEnum):
    """What a change means."""

    BETTER = "better"
    WORSE = "worse"
    MORE = "more"
    FEWER = "fewer"
    SAME = "same"
    UNKNOWN = "unknown"


GOOD_IF_LESS = frozenset({FigureKind.RESPONSE, FigureKind.OVER_PROMISED})


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure beside what it was. Values are a count, whole per cent, or working seconds, by its kind."""

    kind: FigureKind
    value: int | None = None
    """None where there was too little to speak of."""
    before: int | None = None
    """The week before."""
    usual: int | None = None
    """The median of the twelve weeks before, by nearest rank; None of fewer than :data:`FEWEST_WEEKS` weeks."""

    @property
    def direction(self) -> Direction:
        """Where it moved against what is usual; against the week before while nothing is."""
        held_against = self.before if self.usual is None else self.usual
        if self.value is None or held_against is None:
            return Direction.UNKNOWN
        if self.value == held_against:
            return Direction.SAME
        is_more = self.value > held_against
        if self.kind is FigureKind.REQUESTS:
            return Direction.MORE if is_more else Direction.FEWER
        return Direction.WORSE if is_more is (self.kind in GOOD_IF_LESS) else Direction.BETTER


@dataclass(frozen=True)
class WeekPoint:
    """One week of the chart: requests asked, and those answered within target."""

    monday: date
    requests: int
    within_target: int


@dataclass(frozen=True)
class Again:
    """A customer or an item that keeps coming back."""

    name: str
    requests: int
    """In the thirteen weeks that end with this one."""


class PromiseState(StrEnum):
    """How far an agreement is."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What was agreed at a summit, and how far it is."""

    what: str
    who: str
    """By Slack id."""
    by: date
    state: PromiseState


@dataclass(frozen=True, kw_only=True)
class DigestPage:
    """Everything a digest shows. ``card.as_of`` is when it was made: what it says of open things was so then."""

    card: Scorecard
    figures: tuple[Figure, ...] = ()
    weeks: tuple[WeekPoint, ...] = ()
    """The twelve weeks before and this one, the earliest first."""
    decisions: tuple[OpenDecision, ...] = ()
    """Longest overdue first; may be cut short."""
    decisions_open: int = 0
    """All of them, shown or not."""
    stories: tuple[Case, ...] = ()
    customers: tuple[Again, ...] = ()
    items: tuple[Again, ...] = ()
    agreements: tuple[Promise, ...] = ()
    pairs_made: int = 0
    """Pairs of the month in which the week began, for knowing each other's day."""
    pairs_met: int = 0
    words: str = ""
    """What the company is there for, as it was said then; empty where nobody did."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Display names by Slack id, as they were."""
    desks: Mapping[str, str] = field(default_factory=dict)
    """Names by id, as they were; JSON knows only text as keys."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Where the cards are, by request id."""

    @property
    def is_quiet(self) -> bool:
        """Nothing happened, and nothing waits for a decision: there is nothing to read."""
        return self.card.is_quiet and not self.decisions_open

    def to_json(self) -> dict[str, Any]:
        stored: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> DigestPage:
        """The inverse of :meth:`to_json`; what an older page did not have yet is empty."""
        return _adapter().validate_python(dict(stored))


@cache
def _adapter() -> TypeAdapter[DigestPage]:
    return TypeAdapter(DigestPage)


def five_figures(card: Scorecard, before: list[Scorecard]) -> tuple[Figure, ...]:
    """Hold a week's figures against the weeks before it, the earliest first."""
    return tuple(_figure(kind, card, before) for kind in FigureKind)


def _figure(kind: FigureKind, card: Scorecard, before: list[Scorecard]) -> Figure:
    known = [value for one in before if not one.is_quiet and (value := value_of(kind, one)) is not None]
    last = before[-1] if before else None
    return Figure(
        kind=kind,
        value=value_of(kind, card),
        before=None if last is None or last.is_quiet else value_of(kind, last),
        usual=nearest_rank(known, HALF) if len(known) >= FEWEST_WEEKS else None,
    )


def value_of(kind: FigureKind, card: Scorecard) -> int | None:
    """Return a figure as one number: a count, whole per cent, or the median in working seconds."""
    if kind is FigureKind.KEPT:
        reported = card.commitments_due - card.commitments_unreported
        return round(100 * card.commitments_kept / reported) if reported else None
    return {
        FigureKind.REQUESTS: card.requests,
        FigureKind.WITHIN_TARGET: card.within_target.percent,
        FigureKind.RESPONSE: card.response.median,
        FigureKind.OVER_PROMISED: card.over_promised.hits if card.over_promised.of else None,
    }[kind]


def coming_back(parts: tuple[Part, ...]) -> tuple[Again, ...]:
    """Return the names with most requests, of those that came often enough."""
    often = [Again(part.key, part.requests) for part in parts if part.requests >= OFTEN and part.key.strip()]
    return tuple(often[:MOST_AGAIN])
