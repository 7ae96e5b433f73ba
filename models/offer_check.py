"""An offer held against what was asked, and what about it has to be said. Pure.

Nothing here refuses anything: what cannot be at all is refused where the offer is made. Days are days at the desk,
differences are counted in calendar days, quantities in the unit of the request.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from models.ask import Fee, PartialAcceptance
from models.offer import PaidBy, covered_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from models.ask import Ask
    from models.business_calendar import BusinessCalendar
    from models.offer import Offer, ShipmentSplit


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How far the lots of one line are from what was asked."""

    line: int
    asked: Decimal
    by_then: Decimal
    """How much of it ships by the day it is needed."""
    total: Decimal
    covered_on: date | None
    """The day by which everything asked has shipped; None when it never has."""
    days_later: int | None
    """Calendar days after the day needed until then; 0 or less is on time."""

    @property
    def missing(self) -> Decimal:
        return max(self.asked - self.total, Decimal(0))

    @property
    def over(self) -> Decimal:
        return max(self.total - self.asked, Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Warnings:
    """What Sales did not ask for, or said no to, and what is easily overlooked."""

    after_latest: tuple[date, ...] = ()
    """Days after the latest useful one."""
    closed_days: tuple[date, ...] = ()
    """Days on which the desk does not work."""
    same_day: tuple[date, ...] = ()
    """Days on which two lots ship."""
    below_least: Decimal | None = None
    """What ships first, where it is less than what helps."""
    in_pieces: bool = False
    """It was to ship complete."""
    substitute_unasked: bool = False
    site_unasked: bool = False
    customer_refused: bool = False
    """The customer is to pay, who refused to."""
    payer_open: bool = False
    """It costs extra, and nobody said who pays."""


def differences(ask: Ask, lots: Sequence[ShipmentSplit]) -> list[Difference]:
    """Hold the lots of each line against its quantity and the day it is needed."""
    return [
        _difference(number, line.quantity, line.needed_ship_date, [lot for lot in lots if lot.line == number])
        for number, line in enumerate(ask.lines, start=1)
    ]


def _difference(line: int, asked: Decimal, needed: date, lots: Sequence[ShipmentSplit]) -> Difference:
    covered = covered_on(lots, asked)
    return Difference(
        line=line,
        asked=asked,
        by_then=min(asked, sum((lot.quantity for lot in lots if lot.ship_date <= needed), Decimal(0))),
        total=sum((lot.quantity for lot in lots), Decimal(0)),
        covered_on=covered,
        days_later=None if covered is None else (covered - needed).days,
    )


def warnings(ask: Ask, offer: Offer, calendar: BusinessCalendar) -> Warnings:
    """Everything about an offer that has to be said before it is taken."""
    lots = offer.splits
    days = sorted({lot.ship_date for lot in lots})
    latest = ask.latest_acceptable_date
    return Warnings(
        after_latest=tuple(sorted({lot.ship_date for lot in lots if _is_after(ask, latest, lot)})),
        closed_days=tuple(day for day in days if not calendar.is_working_day(day)),
        same_day=_twice(lots),
        below_least=_below_least(ask, [lot for lot in lots if lot.line == 1]),
        in_pieces=ask.partial_acceptance is PartialAcceptance.SHIP_COMPLETE and _is_in_pieces(ask, lots),
        substitute_unasked=bool(offer.substitute) and not ask.substitute_allowed,
        site_unasked=bool(offer.site) and not ask.other_site_allowed,
        customer_refused=offer.paid_by is PaidBy.CUSTOMER and ask.fee is Fee.REFUSED,
        payer_open=bool(offer.extra_cost) and offer.paid_by is None,
    )


def _is_after(ask: Ask, latest: date | None, lot: ShipmentSplit) -> bool:
    return latest is not None and lot.ship_date > max(latest, ask.line(lot.line).needed_ship_date)


def _twice(lots: Sequence[ShipmentSplit]) -> tuple[date, ...]:
    """Days on which two lots of one line ship."""
    often = Counter((lot.line, lot.ship_date) for lot in lots)
    return tuple(sorted({day for (_line, day), times in often.items() if times > 1}))


def _is_in_pieces(ask: Ask, lots: Sequence[ShipmentSplit]) -> bool:
    """Whether any line is offered in several lots, or not in full."""
    often = Counter(lot.line for lot in lots)
    return any(times > 1 for times in often.values()) or any(one.missing for one in differences(ask, lots))


def _below_least(ask: Ask, lots: Sequence[ShipmentSplit]) -> Decimal | None:
    """What ships on the first day, where that alone would not help."""
    least = ask.smallest_useful_quantity
    if least is None or not lots:
        return None
    first_day = min(lots).ship_date
    first = sum((lot.quantity for lot in lots if lot.ship_date == first_day), Decimal(0))
    return first if first < least else None
