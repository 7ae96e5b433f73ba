"""Demand that keeps coming back as emergencies, for the joint forecast: items, customers, who orders late. Pure.

Looked at are the requests asked in a period (usually the last twelve weeks). Definitions, the same wherever shown:

- an item, or a customer, *comes back* when it is asked for twice at least; names are compared without regard to case
- the *lead-time gap* of a request's line: calendar days from the day it was needed to the day by which all of it is
  committed, or has shipped; 0 where that is no later. A line of which not everything is committed has none: it is
  counted as *uncovered*. Shown is the median by nearest rank, with the number of lines behind it
- the *notice* of a request: calendar days from asking to the day it was needed; shown is the median
- a customer *orders late* when two of the requests at least were caused by the customer
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from models.ask import CausedBy, ReasonCode
from models.commitment import Outcome
from models.promise_gap import DONE
from models.scorecard import HALF, nearest_rank
from models.scorecards.period import Period, same_name
from models.scorecards.row import Lot, ScoreRow

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
    lines: int
    """Lines of these requests: most have one."""
    covered: int
    """Lines behind the gap."""
    notice_days: int
    value_at_stake: Decimal | None = None

    @property
    def uncovered(self) -> int:
        return self.lines - self.covered

    def to_json(self) -> dict[str, Any]:
        """Plain words, as a posted page stores them."""
        return {
            "name": self.name,
            "requests": self.requests,
            "quantities": [[unit, str(quantity)] for unit, quantity in self.quantities],
            "partners": list(self.partners),
            "gap_days": self.gap_days,
            "lines": self.lines,
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


@dataclass(frozen=True)
class _Asked:
    """One line of a request, with the lots that answer it."""

    row: ScoreRow
    item: str
    quantity: Decimal
    unit: str
    needed: date
    lots: tuple[Lot, ...]

    @property
    def customer(self) -> str:
        return self.row.customer


def forecast_of(rows: Iterable[ScoreRow], period: Period) -> Forecast:
    """What comes back among the requests that were asked in the period; questions before a promise do not count."""
    asked = [line for row in rows if period.holds(row.asked_at) and not row.is_inquiry for line in lines_of(row)]
    late = [line for line in asked if is_customers_doing(line.row)]
    zone = ZoneInfo(period.zone)
    item, customer = attrgetter("item"), attrgetter("customer")
    return Forecast(
        items=_demands(asked, item, customer, zone),
        customers=_demands(asked, customer, item, zone),
        late=_demands(late, customer, item, zone),
    )


def lines_of(row: ScoreRow) -> list[_Asked]:
    """The lines of a request, each with its own lots."""
    return [
        _Asked(
            row,
            line.item,
            line.quantity,
            line.unit,
            line.needed_ship_date,
            tuple(lot for lot in row.lots if lot.line == number),
        )
        for number, line in enumerate(row.lines, start=1)
    ]


def lead_time_gap(line: _Asked) -> int | None:
    """Calendar days from the needed day to the one by which all of it is committed or shipped; None without one."""
    reached = Decimal(0)
    for when, amount in sorted(_known(line.lots)):
        reached += amount
        if reached >= line.quantity:
            return max((when - line.needed).days, 0)
    return None


def notice(asked_at: datetime, needed: date, zone: ZoneInfo) -> int:
    """Calendar days between asking, by the clocks of the zone, and the day it is needed."""
    return max((needed - asked_at.astimezone(zone).date()).days, 0)


def is_customers_doing(row: ScoreRow) -> bool:
    """Whether the request exists because the customer ordered, or told us, too late."""
    return row.caused_by is CausedBy.CUSTOMER or row.reason_code is ReasonCode.CUSTOMER_ORDERED_LATE


def _known(lots: Iterable[Lot]) -> Iterable[tuple[date, Decimal]]:
    for lot in lots:
        if lot.outcome is Outcome.OPEN:
            yield lot.committed_ship_date, lot.quantity
        elif lot.outcome in DONE:
            shipped = lot.quantity if lot.actual_quantity is None else lot.actual_quantity
            yield lot.actual_ship_date or lot.committed_ship_date, shipped


def _demands(
    lines: Iterable[_Asked], name_of: Callable[[_Asked], str], partner_of: Callable[[_Asked], str], zone: ZoneInfo
) -> tuple[Demand, ...]:
    gathered: dict[str, list[_Asked]] = defaultdict(list)
    for line in lines:
        gathered[same_name(name_of(line))].append(line)
    found = [_demand(name_of(theirs[-1]), theirs, partner_of, zone) for theirs in gathered.values()]
    often = [one for one in found if one.requests >= REPEATS]
    return tuple(sorted(often, key=lambda one: (-one.requests, -(one.gap_days or 0), same_name(one.name))))


def _demand(name: str, lines: Sequence[_Asked], partner_of: Callable[[_Asked], str], zone: ZoneInfo) -> Demand:
    gaps = [gap for line in lines if (gap := lead_time_gap(line)) is not None]
    quantities: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        quantities[line.unit] += line.quantity
    values = {line.row.id: line.row.value_at_stake for line in lines if line.row.value_at_stake is not None}
    return Demand(
        name=name,
        requests=len({line.row.id for line in lines}),
        lines=len(lines),
        quantities=tuple(sorted(quantities.items(), key=lambda pair: (-pair[1], pair[0]))),
        partners=_most(partner_of(line) for line in lines),
        gap_days=nearest_rank(gaps, HALF),
        covered=len(gaps),
        notice_days=nearest_rank((notice(line.row.asked_at, line.needed, zone) for line in lines), HALF) or 0,
        value_at_stake=sum(values.values(), Decimal(0)) if values else None,
    )


def _most(names: Iterable[str]) -> tuple[str, ...]:
    """Different names, most frequent first, as last typed."""
    counted: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for name in names:
        counted[same_name(name)] += 1
        spelled[same_name(name)] = name
    ordered = sorted(counted, key=lambda key: (-counted[key], key))
    return tuple(spelled[key] for key in ordered[:MOST_PARTNERS])
