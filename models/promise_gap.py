"""What the customer was told, held against what is committed: the promise gap. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from models.ask import Told
from models.commitment import Outcome
from models.offer import ShipmentSplit, covered_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from models.ask import Ask
    from models.commitment import Commitment

DONE = frozenset({Outcome.IN_FULL, Outcome.IN_PART, Outcome.LATE})


@dataclass(frozen=True)
class PromiseGap:
    """The customer was told more than is committed."""

    told_date: date
    told_quantity: Decimal
    units: Decimal
    """How much of it is missing on the told day, counting what is committed or shipped by then."""
    covered_on: date | None
    """The day by which everything told is committed or shipped; None when no such day is committed."""
    line: int = 1
    """Of a request with several lines, the one that is furthest behind."""

    @property
    def days(self) -> int | None:
        """Calendar days after the told day until everything told is covered; None when it never is."""
        return None if self.covered_on is None else (self.covered_on - self.told_date).days


def promise_gap(ask: Ask, lots: Sequence[Commitment]) -> PromiseGap | None:
    """Return how far the told promise reaches beyond these commitments; None when it is covered, or nothing was told.

    Of several lines each was told for the day, the first in the quantity that was told; the one furthest behind is
    returned. A lot counts by its latest committed day while it is open, and by what shipped, and when, once it is
    reported.
    """
    return gap_against(ask, [one for lot in lots if (one := _known(lot)) is not None])


def gap_against(ask: Ask, lots: Sequence[ShipmentSplit]) -> PromiseGap | None:
    """Return how far the told promise reaches beyond what ships in these lots."""
    if ask.told is Told.NOTHING or ask.told_date is None:
        return None
    first = ask.quantity if ask.told_quantity is None else ask.told_quantity
    told = [first, *(line.quantity for line in ask.more_lines)]
    gaps = [
        _gap_of_line(ask.told_date, amount, number, sorted(lot for lot in lots if lot.line == number))
        for number, amount in enumerate(told, start=1)
    ]
    return max((gap for gap in gaps if gap is not None), key=_how_far, default=None)


def _how_far(gap: PromiseGap) -> tuple[bool, int, Decimal]:
    """What is never covered is further behind than any day."""
    return gap.days is None, gap.days or 0, gap.units


def _gap_of_line(told_date: date, told: Decimal, line: int, lots: Sequence[ShipmentSplit]) -> PromiseGap | None:
    by_then = sum((lot.quantity for lot in lots if lot.ship_date <= told_date), Decimal(0))
    if by_then >= told:
        return None
    return PromiseGap(told_date, told, told - by_then, covered_on(lots, told), line)


def _known(lot: Commitment) -> ShipmentSplit | None:
    if lot.outcome is Outcome.OPEN:
        return ShipmentSplit(lot.committed_ship_date, lot.quantity, lot.line)
    if lot.outcome not in DONE:
        return None
    amount = lot.quantity if lot.actual_quantity is None else lot.actual_quantity
    return ShipmentSplit(lot.actual_ship_date or lot.committed_ship_date, amount, lot.line)
