"""Demand that keeps coming back as emergencies, for the joint forecast: items, customers, who orders late. Pure.

Looked at are the requests asked in a period (usually the last twelve weeks). Definitions, the same wherever shown:

- an item, or a customer, *comes back* when it is asked for twice at least; names are compared without regard to case
- the *lead-time gap* of a request: calendar days from the day it was needed to the day by which all of it is committed,
  or has shipped; 0 where that is no later. A request of which not everything is committed has none: it is counted as
  *uncovered*. Shown is the median by nearest rank, with the number of requests behind it
- the *notice* of a request: calendar days from asking to the day it was needed; shown is the median
- a customer *orders late* when two of the requests at least were caused by the customer
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from models.ask import CausedBy, ReasonCode
from models.commitment import Outcome
from models.promise_gap import DONE
from models.scorecard import HALF, nearest_rank
from models.scorecards.period import Period, same_name
from models.scorecards.row import ScoreRow

WEEKS = 12
"""How far back the hand-over looks, in weeks before today."""
REPEATS = 2
MOST_PARTNERS = 5
"""Customers named beside an item, or items beside a customer."""


@dataclass(frozen=True, kw_only=True)
class Demand:
    """One item or customer that comes back."""

    name: str
    """As last typed."""
    requests: int
    quantities: tuple[tuple[str, Decimal], ...]
    """Unit and how much of it, most first: pieces and metres are not added up."""
    partners: tuple[str, ...]
    """Of an item its customers, of a customer its items, most requests first."""
    gap_days: int | None
    covered: int
    """Requests behind the gap."""
    notice_days: int
    value_at_stake: Decimal | None = None

    @property
    def uncovered(self) -> int:
        return self.requests - self.covered

    def to_json(self) -> dict[str, Any]:
        """Plain words, as a posted page stores them."""
        return {
            "name": self.name,
            "requests": self.requests,
            "quantities": [[unit, str(quantity)] for unit, quantity in self.quantities],
            "partners": list(self.partners),
            "gap_days": self.gap_days,
            "covered": self.covered,
            "notice_days": self.notice_days,
            "value_at_stake": None if self.value_at_stake is None else str(self.value_at_stake),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Demand:
        """The inverse of :meth:`to_json`."""
        value = stored["value_at_stake"]
        return cls(
            **{
                **stored,
                "quantities": tuple((unit, Decimal(quantity)) for unit, quantity in stored["quantities"]),
                "partners": tuple(stored["partners"]),
                "value_at_stake": None if value is None else Decimal(value),
            }
        )


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What is handed over to whoever plans with the customers; each list most requests first."""

    items: tuple[Demand, ...] = ()
    customers: tuple[Demand, ...] = ()
    late: tuple[Demand, ...] = ()
    """Customers who order late, counted over the requests that they caused."""

    @property
    def is_empty(self) -> bool:
        return not (self.items or self.customers or self.late)

    def to_json(self) -> dict[str, Any]:
        return {name: [one.to_json() for one in getattr(self, name)] for name in ("items", "customers", "late")}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Forecast:
        return cls(**{name: tuple(Demand.from_json(one) for one in ones) for name, ones in stored.items()})


@dataclass
class _Gathered:
    """The requests of one item or customer."""

    rows: list[ScoreRow] = field(default_factory=list)

    def demand(self, partner_of: Callable[[ScoreRow], str], zone: ZoneInfo) -> Demand:
        gaps = [gap for row in self.rows if (gap := lead_time_gap(row)) is not None]
        quantities: dict[str, Decimal] = defaultdict(Decimal)
        for row in self.rows:
            quantities[row.unit] += row.quantity
        values = [row.value_at_stake for row in self.rows if row.value_at_stake is not None]
        return Demand(
            name="",
            requests=len(self.rows),
            quantities=tuple(sorted(quantities.items(), key=lambda pair: (-pair[1], pair[0]))),
            partners=_most(partner_of(row) for row in self.rows),
            gap_days=nearest_rank(gaps, HALF),
            covered=len(gaps),
            notice_days=nearest_rank((notice(row.asked_at, row.needed_ship_date, zone) for row in self.rows), HALF)
            or 0,
            value_at_stake=sum(values, Decimal(0)) if values else None,
        )


def forecast_of(rows: Iterable[ScoreRow], period: Period) -> Forecast:
    """What comes back among the requests that were asked in the period."""
    asked = [row for row in rows if period.holds(row.asked_at)]
    zone = ZoneInfo(period.zone)
    return Forecast(
        items=_demands(asked, _item, _customer, zone),
        customers=_demands(asked, _customer, _item, zone),
        late=_demands([row for row in asked if is_customers_doing(row)], _customer, _item, zone),
    )


def lead_time_gap(row: ScoreRow) -> int | None:
    """Calendar days from the needed day to the one by which all of it is committed or shipped; None without one."""
    reached = Decimal(0)
    for when, amount in sorted(_known(row)):
        reached += amount
        if reached >= row.quantity:
            return max((when - row.needed_ship_date).days, 0)
    return None


def notice(asked_at: datetime, needed: date, zone: ZoneInfo) -> int:
    """Calendar days between asking, by the clocks of the zone, and the day it is needed."""
    return max((needed - asked_at.astimezone(zone).date()).days, 0)


def is_customers_doing(row: ScoreRow) -> bool:
    """Whether the request exists because the customer ordered, or told us, too late."""
    return row.caused_by is CausedBy.CUSTOMER or row.reason_code is ReasonCode.CUSTOMER_ORDERED_LATE


def _known(row: ScoreRow) -> Iterable[tuple[date, Decimal]]:
    for lot in row.lots:
        if lot.outcome is Outcome.OPEN:
            yield lot.committed_ship_date, lot.quantity
        elif lot.outcome in DONE:
            shipped = lot.quantity if lot.actual_quantity is None else lot.actual_quantity
            yield lot.actual_ship_date or lot.committed_ship_date, shipped


def _demands(
    rows: Iterable[ScoreRow], name_of: Callable[[ScoreRow], str], partner_of: Callable[[ScoreRow], str], zone: ZoneInfo
) -> tuple[Demand, ...]:
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    spelled: dict[str, str] = {}
    for row in rows:
        key = same_name(name_of(row))
        gathered[key].rows.append(row)
        spelled[key] = name_of(row)
    often = {key: one.demand(partner_of, zone) for key, one in gathered.items() if len(one.rows) >= REPEATS}
    named = [Demand(**{**vars(demand), "name": spelled[key]}) for key, demand in often.items()]
    return tuple(sorted(named, key=lambda one: (-one.requests, -(one.gap_days or 0), same_name(one.name))))


def _most(names: Iterable[str]) -> tuple[str, ...]:
    """Different names, most frequent first, as last typed."""
    counted: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for name in names:
        counted[same_name(name)] += 1
        spelled[same_name(name)] = name
    ordered = sorted(counted, key=lambda key: (-counted[key], key))
    return tuple(spelled[key] for key in ordered[:MOST_PARTNERS])


def _item(row: ScoreRow) -> str:
    return row.item


def _customer(row: ScoreRow) -> str:
    return row.customer
