"""Real cases worth talking about, chosen out of a period by rule, never by taste. Pure.

Each kind has one rule; a tie goes to what is worth more, then to the older number, so that the same rows always make
the same choice. A request stands for one kind only: the kinds choose in the order in which they are asked for, and the
next in line takes the place of one that is taken. The repeat customer is a customer and takes no request's place.

- *worst gap*: the customer was told more than was committed; a gap that no commitment covers at all is worse than any
  number of days, then more calendar days are worse
- *longest wait*: the desk's first response took the most working time, counted until now while it is still missing; one
  that came within its target is no case
- *repeat customer*: the most requests of one customer, two at least
- *best save*: all of it shipped in time; the most value at stake
- *worst miss*: missed is worse than in part, in part worse than late; then the most value at stake, then the most days
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from models.kept import Ending
from models.lifecycle import label_of
from models.scorecards.period import same_name

REPEATS = 2
"""Fewest requests that make a repeat customer."""
BADNESS = {Ending.MISSED: 3, Ending.PARTLY: 2, Ending.LATE: 1}
NOTHING = Decimal(0)


class CaseKind(StrEnum):
    """What a case is an example of."""

    WORST_GAP = "worst_gap"
    LONGEST_WAIT = "longest_wait"
    REPEAT_CUSTOMER = "repeat_customer"
    BEST_SAVE = "best_save"
    WORST_MISS = "worst_miss"


ALL_KINDS = tuple(CaseKind)


class CaseRow(Protocol):
    """What the rules look at in one request of the period."""

    @property
    def request_id(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def customer(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def is_asked(self) -> bool:
        """Whether it was asked in the period; else it only closed in it, or has a lot due in it."""
        ...

    @property
    def value_at_stake(self) -> Decimal | None: ...
    @property
    def has_gap(self) -> bool:
        """Whether the customer was told more than is committed."""
        ...

    @property
    def gap_days(self) -> int | None:
        """Calendar days from the told day until everything told is covered; None when it never is, or without a gap."""
        ...

    @property
    def waited_secs(self) -> int:
        """Working seconds until the desk's first response; until now while it is missing."""
        ...

    @property
    def target_secs(self) -> int: ...
    @property
    def ending(self) -> Ending | None:
        """None while it is open."""
        ...

    @property
    def days_late(self) -> int:
        """Calendar days from the first committed day until all had shipped; 0 where that is not known."""
        ...


@dataclass(frozen=True, kw_only=True)
class Case:
    """One chosen case. ``amount`` is days (gap, miss), working seconds (wait) or requests (repeat customer)."""

    kind: CaseKind
    request_id: int
    """Of a repeat customer: the newest request."""
    number: int
    customer: str
    item: str
    amount: int | None = None
    """None where the kind has none: a gap that nothing covers, a save."""
    value: Decimal | None = None
    """Value at stake; of a repeat customer all of it together."""
    numbers: tuple[int, ...] = ()
    """Of a repeat customer: all requests, oldest first."""
    ending: Ending | None = None

    @property
    def label(self) -> str:
        return label_of(self.number)

    def to_json(self) -> dict[str, Any]:
        """Plain words, as a sent page stores them."""
        return {
            "kind": self.kind.value,
            "request_id": self.request_id,
            "number": self.number,
            "customer": self.customer,
            "item": self.item,
            "amount": self.amount,
            "value": None if self.value is None else str(self.value),
            "numbers": list(self.numbers),
            "ending": None if self.ending is None else self.ending.value,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Case:
        """The inverse of :meth:`to_json`."""
        return cls(
            **{
                **stored,
                "kind": CaseKind(stored["kind"]),
                "value": None if stored["value"] is None else Decimal(stored["value"]),
                "numbers": tuple(stored["numbers"]),
                "ending": None if stored["ending"] is None else Ending(stored["ending"]),
            }
        )


def choose(rows: Iterable[CaseRow], kinds: Sequence[CaseKind] = ALL_KINDS) -> list[Case]:
    """The case of each kind, in the order of ``kinds``; a kind nothing fits is left out."""
    known = list(rows)
    taken: set[int] = set()
    found: list[Case] = []
    for kind in kinds:
        case = _repeat_customer(known) if kind is CaseKind.REPEAT_CUSTOMER else _first(kind, known, taken)
        if case is None:
            continue
        found.append(case)
        if kind is not CaseKind.REPEAT_CUSTOMER:
            taken.add(case.request_id)
    return found


def _first(kind: CaseKind, rows: Iterable[CaseRow], taken: set[int]) -> Case | None:
    rule = _RULES[kind]
    ranked = [(rank, row) for row in rows if row.request_id not in taken and (rank := rule(row)) is not None]
    if not ranked:
        return None
    _rank, row = max(ranked, key=lambda pair: (pair[0], _value(pair[1]), -pair[1].number))
    return Case(
        kind=kind,
        request_id=row.request_id,
        number=row.number,
        customer=row.customer,
        item=row.item,
        amount=_AMOUNTS[kind](row),
        value=row.value_at_stake,
        ending=row.ending,
    )


def _repeat_customer(rows: Iterable[CaseRow]) -> Case | None:
    by_customer: dict[str, list[CaseRow]] = defaultdict(list)
    for row in (one for one in rows if one.is_asked):
        by_customer[same_name(row.customer)].append(row)
    often = [sorted(theirs, key=lambda row: row.number) for theirs in by_customer.values() if len(theirs) >= REPEATS]
    if not often:
        return None
    most = max(often, key=lambda theirs: (len(theirs), _total(theirs) or NOTHING, -theirs[0].number))
    newest = most[-1]
    return Case(
        kind=CaseKind.REPEAT_CUSTOMER,
        request_id=newest.request_id,
        number=newest.number,
        customer=newest.customer,
        item=newest.item,
        amount=len(most),
        value=_total(most),
        numbers=tuple(row.number for row in most),
    )


def _total(rows: Iterable[CaseRow]) -> Decimal | None:
    known = [row.value_at_stake for row in rows if row.value_at_stake is not None]
    return sum(known, NOTHING) if known else None


def _value(row: CaseRow) -> Decimal:
    return row.value_at_stake or NOTHING


def _gap(row: CaseRow) -> tuple[int, int] | None:
    if not row.has_gap:
        return None
    return (1, 0) if row.gap_days is None else (0, row.gap_days)


def _wait(row: CaseRow) -> tuple[int, int] | None:
    return (row.waited_secs, 0) if row.waited_secs > row.target_secs else None


def _save(row: CaseRow) -> tuple[int, int] | None:
    return (0, 0) if row.ending is Ending.KEPT else None


def _miss(row: CaseRow) -> tuple[int, int] | None:
    if row.ending not in BADNESS:
        return None
    # Value decides before days do: cents, so that ranks of all kinds compare alike.
    return BADNESS[row.ending], int(_value(row) * 100) * 100_000 + min(row.days_late, 99_999)


_RULES: dict[CaseKind, Callable[[CaseRow], tuple[int, int] | None]] = {
    CaseKind.WORST_GAP: _gap,
    CaseKind.LONGEST_WAIT: _wait,
    CaseKind.BEST_SAVE: _save,
    CaseKind.WORST_MISS: _miss,
}
_AMOUNTS: dict[CaseKind, Callable[[CaseRow], int | None]] = {
    CaseKind.WORST_GAP: lambda row: row.gap_days,
    CaseKind.LONGEST_WAIT: lambda row: row.waited_secs,
    CaseKind.BEST_SAVE: lambda _row: None,
    CaseKind.WORST_MISS: lambda row: row.days_late or None,
}
