"""Was it kept? One request measured against what was asked, first committed and last committed. Pure.

Every measure compares two curves over the days: how much should have shipped by a day, and how much had. It is on time
when, on each day of the promise, at least as much had shipped:

- *to request*: the whole quantity by the needed ship date
- *to original commitment*: each lot by the day it was first committed for; a rest counts under the first day of its lot
- *to latest commitment*: each lot by the day it was last committed for

Of a request with several lines each is measured by itself, and every one has to be on time; they are loaded before, by
:func:`models.queries.load_lines`. *In full* means that all that was committed shipped, whenever. OTIF, per order yes or
no, is on time to the original commitment, which includes in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from models.ask import RequestKind
from models.commitment import Outcome
from models.lifecycle import EndedBecause, Status
from models.promise_gap import DONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from models.commitment import Commitment
    from models.expedite_request import ExpediteRequest

Curve = list[tuple["date", Decimal]]


class Ending(StrEnum):
    """How a request ended, in the word that is counted."""

    KEPT = "kept"
    LATE = "late"
    PARTLY = "partly"
    MISSED = "missed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EVAPORATED = "evaporated"
    CANCELLED = "cancelled"


_WITHOUT_LOTS = {
    Status.DECLINED: Ending.DECLINED,
    Status.CANCELLED: Ending.CANCELLED,
    Status.MISSED: Ending.MISSED,
}


@dataclass(frozen=True)
class Measure:
    """One closed request against its three target dates; None where that target never existed."""

    ending: Ending
    to_request: bool | None = None
    to_original: bool | None = None
    to_latest: bool | None = None
    in_full: bool | None = None

    @property
    def otif(self) -> bool | None:
        """On time and in full, to what was first committed."""
        return self.to_original


@dataclass(frozen=True)
class Lateness:
    """By how many calendar days each target was missed; 0 is on time, None that it was never met."""

    to_request: int | None
    to_original: int | None
    to_latest: int | None


@dataclass(frozen=True, kw_only=True)
class _LineKept:
    to_request: bool
    to_original: bool
    to_latest: bool
    in_full: bool
    anything: bool


def measure(request: ExpediteRequest, lots: Sequence[Commitment]) -> Measure | None:
    """Measure a request by its standing commitments; None while it is open, and of a question before a promise."""
    if request.status.is_open or request.kind is RequestKind.INQUIRY:
        return None
    owed = [lot for lot in lots if lot.outcome is not Outcome.CANCELLED]
    if not owed:
        return Measure(_ending_without_lots(request))
    lines = [
        _line_kept((line.needed_ship_date, line.quantity), [lot for lot in owed if lot.line == number])
        for number, line in enumerate(request.ask.lines, start=1)
    ]
    to_latest, in_full = all(line.to_latest for line in lines), all(line.in_full for line in lines)
    return Measure(
        ending=_ending(request, to_latest=to_latest, in_full=in_full, anything=any(line.anything for line in lines)),
        to_request=all(line.to_request for line in lines),
        to_original=all(line.to_original for line in lines),
        to_latest=to_latest,
        in_full=in_full,
    )


def lateness(request: ExpediteRequest, lots: Sequence[Commitment]) -> Lateness | None:
    """Tell how late a closed request was, by its latest line; None while it is open, and without a commitment."""
    owed = [lot for lot in lots if lot.outcome is not Outcome.CANCELLED]
    if request.status.is_open or not owed:
        return None
    lines = [
        _line_late((line.needed_ship_date, line.quantity), [lot for lot in owed if lot.line == number])
        for number, line in enumerate(request.ask.lines, start=1)
    ]
    return Lateness(*(_worst(days) for days in zip(*lines, strict=True)))


def _line_late(asked: tuple[date, Decimal], owed: Sequence[Commitment]) -> tuple[int | None, int | None, int | None]:
    shipped = _shipments(owed)
    return (
        _days_late(shipped, [asked]),
        _days_late(shipped, _original(owed)),
        _days_late(shipped, _latest(owed)),
    )


def _worst(days: Iterable[int | None]) -> int | None:
    found = list(days)
    return None if None in found else max(late for late in found if late is not None)


def _line_kept(asked: tuple[date, Decimal], owed: Sequence[Commitment]) -> _LineKept:
    """Measure one line by the lots that answer it: one line late is the request late."""
    shipped, original, latest = _shipments(owed), _original(owed), _latest(owed)
    return _LineKept(
        to_request=_keeps_up(shipped, [asked]),
        to_original=_keeps_up(shipped, original),
        to_latest=_keeps_up(shipped, latest),
        in_full=_total(shipped) >= _total(original),
        anything=bool(_total(shipped)),
    )


def _ending(request: ExpediteRequest, *, to_latest: bool, in_full: bool, anything: bool) -> Ending:
    if request.status in {Status.WITHDRAWN, Status.CANCELLED}:
        return _ending_without_lots(request)
    if in_full:
        return Ending.KEPT if to_latest else Ending.LATE
    return Ending.PARTLY if anything else Ending.MISSED


def _ending_without_lots(request: ExpediteRequest) -> Ending:
    if request.ended_because is EndedBecause.EVAPORATED:
        return Ending.EVAPORATED
    return _WITHOUT_LOTS.get(request.status, Ending.WITHDRAWN)


def _due(lot: Commitment, lots: Sequence[Commitment]) -> Decimal:
    """How much was owed under this lot: of one that shipped in part, its rest is owed under another."""
    rest = sum((other.quantity for other in lots if other.balance_of == lot.id), Decimal(0))
    return lot.quantity - rest


def _shipped(lot: Commitment) -> Decimal:
    return lot.quantity if lot.actual_quantity is None else lot.actual_quantity


def _shipped_on(lot: Commitment) -> date:
    return lot.actual_ship_date or lot.committed_ship_date


def _shipments(lots: Sequence[Commitment]) -> Curve:
    return _sorted((_shipped_on(lot), _shipped(lot)) for lot in lots if lot.outcome in DONE)


def _original(lots: Sequence[Commitment]) -> Curve:
    return _sorted((lot.original_ship_date, lot.quantity) for lot in lots if lot.balance_of is None)


def _latest(lots: Sequence[Commitment]) -> Curve:
    return _sorted((lot.committed_ship_date, _due(lot, lots)) for lot in lots)


def _days_late(shipped: Curve, owed: Curve) -> int | None:
    """How long after a day of the promise all that was due by it had shipped, at worst."""
    worst = 0
    for day, _amount in owed:
        reached = next((when for when, _part in shipped if _by(shipped, when) >= _by(owed, day)), None)
        if reached is None and _by(owed, day):
            return None
        worst = max(worst, (reached - day).days if reached else 0)
    return worst


def _keeps_up(shipped: Curve, owed: Curve) -> bool:
    return all(_by(shipped, day) >= _by(owed, day) for day, _amount in owed)


def _by(curve: Curve, day: date) -> Decimal:
    return _total([(when, amount) for when, amount in curve if when <= day])


def _total(curve: Curve) -> Decimal:
    return sum((amount for _when, amount in curve), Decimal(0))


def _sorted(points: Iterable[tuple[date, Decimal]]) -> Curve:
    return sorted(points)
