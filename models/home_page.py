"""The parts of an App Home beside the work list: a page of a long list, a desk's week, what leaders look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.digest_page import DigestPage, Promise
    from models.picture import HomeLine, Picture

PAGE = 12
"""Lines of a page: with a desk's week below, all of it stays within a Home's 100 blocks."""
MOST_LOTS = 8


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """One page of the open requests of a side, by time left; ``total`` counts the lines of all pages."""

    lines: Sequence[HomeLine] = ()
    total: int = 0
    number: int = 0
    """From zero."""
    side: Holder = Holder.REQUESTER
    for_customers: Mapping[int, Picture] = field(default_factory=dict)
    """What is needed to say what customers may be told, by request; only of one's own requests."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        """The number of the first line shown, from one."""
        return self.number * PAGE + 1


@dataclass(frozen=True, kw_only=True)
class DeskWeek:
    """What a desk has promised: the lots of this week, and those that may slip. Lists may be cut, totals are whole."""

    meters: Sequence[tuple[str, int, int]] = ()
    """Each desk with its open requests and its hot places."""
    due: Sequence[HomeLine] = ()
    due_total: int = 0
    at_risk: Sequence[HomeLine] = ()
    at_risk_total: int = 0


@dataclass(frozen=True, kw_only=True)
class LeadersPart:
    """What leaders look at between two digests."""

    mediations: HomePage
    """Where a mediator was called in and the turn still runs, the longest overdue first."""
    week: DigestPage | None = None
    """The week of the newest digest, as it was stored."""
    agreements: Sequence[Promise] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    """Display names by Slack id."""
