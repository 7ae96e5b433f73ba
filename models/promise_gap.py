"""What the customer was told, held against what is committed: the promise gap. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from models.ask import Told
from models.commitment import Outcome

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

    @property
    def days(self) -> int | None:
        """Calendar days after the told day until everything told is covered; None when it never is."""
        return None if self.covered_on is None else (self.covered_on - self.told_date).days


def promise_gap(ask: Ask, lots: Sequence[Commitment]) -> PromiseGap | None:
    """Return how far the told promise reaches beyond these commitments; None when it is covered, or nothing was told.

    A lot counts by its latest committed day while it is open, and by what shipped, and when, once it is reported.
    """
    return gap_against(ask, [one for lot in lots if (one := _known(lot)) is not None])


def gap_against(ask: Ask, lots: Sequence[tuple[date, Decimal]]) -> PromiseGap | None:
    """Return how far the told promise reaches beyond what ships on these days."""
    if ask.told is Told.NOTHING or ask.told_date is None:
        return None
    told = ask.quantity if ask.told_quantity is None else ask.told_quantity
    known = sorted(lots)
    by_then = sum((amount for when, amount in known if when <= ask.told_date), Decimal(0))
    if by_then >= told:
        return None
    return PromiseGap(ask.told_date, told, told - by_then, _covered_on(known, told))


def _known(lot: Commitment) -> tuple[date, Decimal] | None:
    if lot.outcome is Outcome.OPEN:
        return lot.committed_ship_date, lot.quantity
    if lot.outcome not in DONE:
        return None
    amount = lot.quantity if lot.actual_quantity is None else lot.actual_quantity
    return lot.actual_ship_date or lot.committed_ship_date, amount


def _covered_on(known: Sequence[tuple[date, Decimal]], told: Decimal) -> date | None:
    reached = Decimal(0)
    for when, amount in known:
        reached += amount
        if reached >= told:
            return when
    return None
