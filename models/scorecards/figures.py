"""The figures of a scorecard and what each of them means, once.

Three rules say to which period something belongs, and nothing belongs to two periods:

- what tells of *asking* counts the requests **asked** in it: requests, answers, turns, promises, the emergency loop
- what tells of *ending* counts the requests **closed** in it: kept or not, OTIF, cost and value, saves, thanks
- what tells of *lots* counts those whose **latest committed ship date** lies in it

The figures are those known at ``as_of``: a later report can still change them. Spans are working seconds: of the desk,
by the calendar frozen on each request, unless something else is said. The definitions that people read are in
:mod:`models.scorecards.definitions`, one for each figure here; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from models.aftermath import Follows
from models.kept import Ending
from models.lifecycle import label_of
from models.scorecard import HALF, NINE_IN_TEN, nearest_rank
from models.scorecards.period import Filters, Period

FEWEST = 5
"""Below so many values a percentile would be one person's afternoon: the values themselves are shown."""
HUNDRED = 100


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    @property
    def percent(self) -> int | None:
        """Whole per cent, halves rounded up; None of nothing."""
        return (2 * HUNDRED * self.hits + self.of) // (2 * self.of) if self.of else None


@dataclass(frozen=True)
class Spread:
    """The middle and the nine-in-ten of some values, by nearest rank: always a value that somebody really met."""

    n: int = 0
    median: int | None = None
    p90: int | None = None
    listed: tuple[int, ...] = ()
    """All values in order, in place of the two, where there are fewer than :data:`FEWEST`."""

    @classmethod
    def of(cls, values: Iterable[int]) -> Spread:
        ordered = sorted(values)
        if len(ordered) < FEWEST:
            return cls(n=len(ordered), listed=tuple(ordered))
        return cls(len(ordered), nearest_rank(ordered, HALF), nearest_rank(ordered, NINE_IN_TEN))


@dataclass(frozen=True)
class Held:
    """Whose turn the time passed in: working seconds, each side's in its own hours."""

    desk_secs: int = 0
    sales_secs: int = 0
    nobody_secs: int = 0
    """A commitment was only waited for; in the desk's hours."""

    @property
    def total(self) -> int:
        return self.desk_secs + self.sales_secs + self.nobody_secs


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How far the promises that were broken reach beyond what is committed."""

    days: Spread = field(default_factory=Spread)
    """Calendar days from the told day to the one that covers all that was told, where such a day is committed."""
    never: int = 0
    """Promises that no committed day covers."""
    units: Mapping[str, Decimal] = field(default_factory=dict)
    """How much was missing on the told days, by unit: pieces and kilograms are not added up."""


@dataclass(frozen=True, kw_only=True)
class Money:
    """Amounts as people typed them: the product knows no currency, so they are comparable only where all use one."""

    extra_cost: Decimal = Decimal(0)
    """What the desk said that expediting costs."""
    costed: int = 0
    """Requests for which a cost was named."""
    value_kept: Decimal = Decimal(0)
    """Value at stake of the requests that were kept."""
    valued_kept: int = 0
    """Kept requests for which a value was named."""
    value_lost: Decimal = Decimal(0)
    """Value at stake of the requests that shipped late, in part or not at all, or were declined."""
    valued_lost: int = 0


@dataclass(frozen=True)
class Link:
    """One request in a chain of emergencies; ``why`` it follows the next one, None for the first of all."""

    request_id: int
    number: int
    customer: str
    item: str
    why: Follows | None = None

    @property
    def label(self) -> str:
        return label_of(self.number)


@dataclass(frozen=True, kw_only=True)
class Loop:
    """The emergency loop: requests that exist because of earlier ones."""

    share: Share = field(default_factory=Share)
    """Requests in the loop, of all that were asked."""
    missed: int = 0
    """Because we missed our own commitment."""
    bumped: int = 0
    """Because their order was pushed back for another expedite."""
    chains: tuple[tuple[Link, ...], ...] = ()
    """The longest chains that end in a request of the period, newest request first; one for each end, at most ten."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One customer, item, desk, requester, reason or cause: the figures of its own requests."""

    key: str
    """The name (as last typed), the id, or the word."""
    requests: int = 0
    within_target: Share = field(default_factory=Share)
    otif: Share = field(default_factory=Share)
    loop: int = 0


@dataclass(frozen=True)
class Breakdown:
    """The parts with most requests, at most :data:`MOST_PARTS`; then by name."""

    parts: tuple[Part, ...] = ()
    left_off: int = 0
    """Further parts that are not shown."""


MOST_PARTS = 20
MOST_SAVES = 10
MOST_CHAINS = 10


@dataclass(frozen=True, kw_only=True)
class Save:
    """A request that was kept to the day the customer needed it."""

    request_id: int
    number: int
    customer: str
    item: str
    value_at_stake: Decimal | None
    people: tuple[str, ...]
    """Who committed it and who works on it, by Slack id."""
    is_thanked: bool = False

    @property
    def label(self) -> str:
        return label_of(self.number)


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """Every figure of a period. The first block tells of what was asked in it, the second of what closed in it."""

    period: Period
    filters: Filters = field(default_factory=Filters)
    as_of: datetime

    requests: int = 0
    """Requests asked in the period."""
    inquiries: int = 0
    """Questions asked in the period before a promise was made; they count in no other figure."""
    answered: Share = field(default_factory=Share)
    """Of them, those to which the desk responded at all."""
    within_target: Share = field(default_factory=Share)
    """Answered within the first-response target, of those answered or out of time."""
    response: Spread = field(default_factory=Spread)
    """Working seconds from asking to the first response, of those answered."""
    held: Held = field(default_factory=Held)
    """Whose turn their time passed in, from asking until they closed or until ``as_of``."""
    over_promised: Share = field(default_factory=Share)
    """Requests whose customer was told more than is committed, of those told a day and answered."""
    gap: Gap = field(default_factory=Gap)
    """How far those promises reach beyond what is committed."""
    loop: Loop = field(default_factory=Loop)
    """Requests caused by our own missed commitment, or by being pushed back for another expedite."""
    by_reason: Breakdown = field(default_factory=Breakdown)
    by_cause: Breakdown = field(default_factory=Breakdown)
    by_customer: Breakdown = field(default_factory=Breakdown)
    by_item: Breakdown = field(default_factory=Breakdown)
    by_desk: Breakdown = field(default_factory=Breakdown)
    by_requester: Breakdown = field(default_factory=Breakdown)

    closed: int = 0
    """Requests closed in the period."""
    endings: Mapping[Ending, int] = field(default_factory=dict)
    """How they ended; only what occurred."""
    to_request: Share = field(default_factory=Share)
    """All of it shipped by the day it was needed, of those that had a commitment."""
    to_original: Share = field(default_factory=Share)
    """Each lot shipped by the day it was first committed for, of the same."""
    to_latest: Share = field(default_factory=Share)
    """Each lot shipped by the day it was last committed for, of the same."""
    otif: Share = field(default_factory=Share)
    """On time to the original commitment and in full, of the same: yes or no for each request."""
    money: Money = field(default_factory=Money)
    """Cost of expediting against value kept."""
    saved: int = 0
    """Requests kept to the day the customer needed them."""
    saves: tuple[Save, ...] = ()
    """The most valuable of them, at most :data:`MOST_SAVES`."""
    thanked: int = 0
    """Closed requests whose requester said thanks."""

    commitments_due: int = 0
    """Lots whose latest committed ship date lies in the period; those called off do not count."""
    commitments_kept: int = 0
    """Of them, those that shipped in full by that date."""
    commitments_unreported: int = 0
    """Of them, those nobody has reported on yet."""

    @property
    def is_quiet(self) -> bool:
        """Nothing was asked, nothing closed and nothing was due."""
        return not (self.requests or self.inquiries or self.closed or self.commitments_due)
