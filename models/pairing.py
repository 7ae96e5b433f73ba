"""Who is paired with whom: a fair rotation across the two sides. Pure.

Two kinds of pairs, always one person from Sales and one from Operations, only of people who said that they want to:

- *ride-along*: the two who met in most hard requests of the last quarter spend half a day beside each other. A request
  is hard when an offer was refused, a turn ran out, a commitment slipped, or the leadership was called in
- *coffee*: the others who want to, two by two. Whoever waited longest since their last pair comes first; of their
  possible partners the one whom they never met, else the one whom they met longest ago

Nobody is in two pairs of a month, and no two people are paired twice within a quarter (three months). When sides are
uneven somebody goes without, and comes first the next time. The same history always makes the same pairs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

QUARTER = 3
"""Months in which two people are not paired again."""
MOST_RIDES = 3
"""Ride-alongs a month: each costs two people half a day."""
FEWEST_MEETINGS = 2
"""Hard requests in which two people met before they are asked to ride along."""
MONTHS_A_YEAR = 12
NEVER_MET = -1


class PairKind(StrEnum):
    """What a pair is asked to do."""

    RIDE_ALONG = "ride_along"
    COFFEE = "coffee"


class PairState(StrEnum):
    """What became of a pair. Only their number is ever told to others."""

    OPEN = "open"
    DONE = "done"
    NOT_THIS_MONTH = "not_this_month"


@dataclass(frozen=True)
class Paired:
    """Two people who were paired, or are to be."""

    month: date
    kind: PairKind
    sales: str
    ops: str
    met_in: int = 0

    @property
    def people(self) -> tuple[str, str]:
        return self.sales, self.ops


def pairs_for(
    month: date,
    *,
    sales: Collection[str],
    ops: Collection[str],
    before: Iterable[Paired],
    meetings: Mapping[tuple[str, str], int],
) -> list[Paired]:
    """The pairs of a month, ride-alongs first.

    ``sales`` and ``ops`` are those who want to be paired; who stands on both sides counts as Operations. ``before`` are
    the pairs of earlier months, ``meetings`` in how many hard requests of the last quarter (sales, ops) met.
    """
    past = [one for one in before if month_number(one.month) < month_number(month)]
    recent = {one.people for one in past if month_number(month) - month_number(one.month) < QUARTER}
    free_sales, free_ops = set(sales) - set(ops), set(ops)
    found = _rides(month, free_sales, free_ops, recent, meetings)
    free_sales -= {one.sales for one in found}
    free_ops -= {one.ops for one in found}
    return [*found, *_coffees(month, free_sales, free_ops, past, recent)]


def month_number(month: date) -> int:
    """Months counted on, so that December and January are neighbours."""
    return month.year * MONTHS_A_YEAR + month.month


def _rides(
    month: date,
    sales: Collection[str],
    ops: Collection[str],
    recent: Collection[tuple[str, str]],
    meetings: Mapping[tuple[str, str], int],
) -> list[Paired]:
    found: list[Paired] = []
    taken: set[str] = set()
    for (one, other), times in sorted(meetings.items(), key=lambda pair: (-pair[1], pair[0])):
        fits = one in sales and other in ops and (one, other) not in recent and not taken & {one, other}
        if fits and times >= FEWEST_MEETINGS and len(found) < MOST_RIDES:
            found.append(Paired(month, PairKind.RIDE_ALONG, one, other, times))
            taken |= {one, other}
    return found


def _coffees(
    month: date,
    sales: Collection[str],
    ops: Collection[str],
    past: Sequence[Paired],
    recent: Collection[tuple[str, str]],
) -> list[Paired]:
    """As many pairs as can be made. The larger side chooses, who waited longest first: there somebody goes without."""
    waited, together = _last_pairs(past), _last_meetings(past)
    many, few, is_turned = (sales, ops, False) if len(sales) >= len(ops) else (ops, sales, True)

    def pair(one: str, other: str) -> tuple[str, str]:
        return (other, one) if is_turned else (one, other)

    wanted = {
        one: sorted(
            (other for other in few if pair(one, other) not in recent),
            key=lambda other: (together.get(pair(one, other), NEVER_MET), waited.get(other, NEVER_MET), other),
        )
        for one in many
    }
    partner_of: dict[str, str] = {}
    for one in sorted(many, key=lambda person: (waited.get(person, NEVER_MET), person)):
        _place(one, wanted, partner_of, set())
    met = [Paired(month, PairKind.COFFEE, *pair(one, other)) for other, one in partner_of.items()]
    return sorted(met, key=lambda found: found.people)


def _place(one: str, wanted: Mapping[str, Sequence[str]], partner_of: dict[str, str], asked: set[str]) -> bool:
    """Find a partner, moving others to another one where that makes room (augmenting paths)."""
    for other in wanted[one]:
        if other in asked:
            continue
        asked.add(other)
        if other not in partner_of or _place(partner_of[other], wanted, partner_of, asked):
            partner_of[other] = one
            return True
    return False


def _last_pairs(past: Iterable[Paired]) -> dict[str, int]:
    """The month in which somebody was last paired."""
    last: dict[str, int] = {}
    for pair in past:
        for person in pair.people:
            last[person] = max(last.get(person, NEVER_MET), month_number(pair.month))
    return last


def _last_meetings(past: Iterable[Paired]) -> dict[tuple[str, str], int]:
    last: dict[tuple[str, str], int] = {}
    for pair in past:
        last[pair.people] = max(last.get(pair.people, NEVER_MET), month_number(pair.month))
    return last


def meetings_of(hard: Iterable[tuple[str, Collection[str]]]) -> Counter[tuple[str, str]]:
    """In how many hard requests two people met: for each request its requester, and who dealt with it at the desk."""
    return Counter((requester, member) for requester, members in hard for member in set(members) - {requester})
