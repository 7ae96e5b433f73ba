"""Invented lives of requests, and every figure of the scorecard counted again the slow way: loops over days and ticks.

Nothing of the scorecard's own code is used here: neither its percentiles nor its calendar, nor how a promise is judged.
All instants lie on whole quarters of an hour, so that working time can be counted tick by tick.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from models.aftermath import Follows
from models.ask import CausedBy, ReasonCode, Told
from models.commitment import Outcome
from models.kept import Ending
from models.lifecycle import EndedBecause, Status
from models.service_level import Holder
from tests.builders import JONAS, MARA, PRIYA, TOBIAS, ZONE

TICK = timedelta(minutes=15)
TARGET = 3600
CLOSED = [Status.FULFILLED, Status.PARTLY_FULFILLED, Status.MISSED, Status.DECLINED, Status.WITHDRAWN, Status.CANCELLED]
MONDAYS = [date(2026, 11, 23), date(2026, 3, 23), date(2026, 10, 19), date(2026, 12, 28)]
"""A usual week, the two in which the clocks are moved, and the last of a year of 53."""
OUTCOMES = list(Outcome)


@dataclass
class LotLife:
    """A committed lot; days count from the Monday."""

    quantity: int
    original: int
    slip: int
    outcome: Outcome
    shipped: int | None
    shipped_on: int | None
    has_rest: bool
    made_by: str

    @property
    def is_split(self) -> bool:
        return self.has_rest and self.outcome is Outcome.IN_PART and self.quantity > 1


@dataclass
class Life:
    """A request; ticks and days count from the Monday's first instant."""

    asked: int
    responded: int | None
    status: Status
    closed: int
    ended_because: EndedBecause | None
    customer: str
    item: str
    requester: str
    desk: int
    reason: ReasonCode
    cause: CausedBy | None
    quantity: int
    unit: str
    needed: int
    told: Told
    told_day: int | None
    told_quantity: int | None
    value: int | None
    owner: str | None
    thanked: bool
    costs: list[tuple[bool, int | None]]
    turns: list[tuple[Holder, int]]
    runs: Holder | None
    follows: tuple[int, Follows] | None
    lots: list[LotLife]
    id: int = field(default=0, init=False)

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


LOTS = st.builds(
    LotLife,
    quantity=st.integers(1, 9),
    original=st.integers(-3, 9),
    slip=st.integers(0, 4),
    outcome=st.sampled_from(OUTCOMES),
    shipped=_maybe(st.integers(1, 9)),
    shipped_on=_maybe(st.integers(-3, 12)),
    has_rest=st.booleans(),
    made_by=st.sampled_from([JONAS, PRIYA]),
)
LIVES = st.builds(
    Life,
    # From before the week to after it, its very bounds among them.
    asked=st.one_of(st.sampled_from([-1, 0, 671, 672]), st.integers(-200, 800)),
    responded=_maybe(st.integers(0, 120)),
    status=st.sampled_from(list(Status)),
    closed=st.one_of(st.integers(0, 500), st.just(0)),
    ended_because=_maybe(st.sampled_from(EndedBecause)),
    customer=st.sampled_from(["Acme", "ACME ", "acme", "Contoso", "Łódź Ltd"]),
    item=st.sampled_from(["BRK-2040", "GSK-7"]),
    requester=st.sampled_from([MARA, TOBIAS]),
    desk=st.integers(0, 1),
    reason=st.sampled_from([ReasonCode.LINE_DOWN, ReasonCode.OWN_MISSED_COMMITMENT, ReasonCode.OTHER]),
    cause=_maybe(st.sampled_from(CausedBy)),
    quantity=st.integers(1, 9),
    unit=st.sampled_from(["pcs", "kg"]),
    needed=st.integers(-3, 9),
    told=st.sampled_from(Told),
    told_day=_maybe(st.integers(-3, 9)),
    told_quantity=_maybe(st.integers(1, 9)),
    value=_maybe(st.integers(0, 50)),
    owner=_maybe(st.sampled_from([JONAS, PRIYA])),
    thanked=st.booleans(),
    costs=st.lists(st.tuples(st.booleans(), _maybe(st.integers(0, 9))), max_size=2),
    turns=st.lists(st.tuples(st.sampled_from(Holder), st.integers(0, 9999)), max_size=3),
    runs=_maybe(st.sampled_from(Holder)),
    follows=_maybe(st.tuples(st.integers(1, 4), st.sampled_from(Follows))),
    lots=st.lists(LOTS, max_size=3),
)


@cache
def _is_open(tick: datetime) -> bool:
    local = tick.astimezone(ZoneInfo(ZONE))
    return local.weekday() < 5 and 7 <= local.hour < 17


def worked(start: datetime, end: datetime) -> int:
    """Working seconds, tick by tick."""
    secs = 0
    while start < end:
        secs += _is_open(start) * 900
        start += TICK
    return secs


class Slowly:
    """One week of these lives, counted again; ``desks`` and ``customer`` are the filters."""

    def __init__(self, lives: list[Life], monday: date, at: datetime) -> None:
        self.monday, self.at = monday, at
        self.first = datetime(monday.year, monday.month, monday.day, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
        after = monday + timedelta(days=7)
        self.after = datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
        self.all = lives

    def instant(self, tick: int) -> datetime:
        return self.first + tick * TICK

    def day(self, number: int) -> date:
        return self.monday + timedelta(days=number)

    def in_week(self, at: datetime) -> bool:
        return self.first <= at < self.after

    def closed_at(self, life: Life) -> datetime | None:
        return self.instant(life.asked + (life.responded or 0) + life.closed) if life.is_closed else None

    def standing(self, life: Life) -> list[LotLife]:
        return [lot for lot in life.lots if lot.outcome is not Outcome.CANCELLED]

    def goods(self, life: Life) -> tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int]]]:
        """Day and quantity: what shipped, what was first committed, what was last committed."""
        shipped, first, last = [], [], []
        for lot in self.standing(life):
            rest = lot.quantity - 1 if lot.is_split else 0
            due = lot.original + lot.slip
            first.append((lot.original, lot.quantity))
            last.append((due, lot.quantity - rest))
            if lot.is_split:  # the rest is a lot of its own that is still open
                last.append((due + 2, rest))
            if lot.outcome in {Outcome.IN_FULL, Outcome.IN_PART, Outcome.LATE}:
                amount = 1 if lot.is_split else (lot.quantity if lot.shipped is None else lot.shipped)
                shipped.append((due if lot.shipped_on is None else lot.shipped_on, amount))
        return shipped, first, last

    def keeps_up(self, shipped: list[tuple[int, int]], owed: list[tuple[int, int]]) -> bool:
        for day in range(-20, 40):
            have = sum(amount for when, amount in shipped if when <= day)
            must = sum(amount for when, amount in owed if when <= day)
            if have < must and any(when == day for when, _amount in owed):
                return False
        return True

    def ending(self, life: Life) -> tuple[Ending, dict[str, bool] | None]:
        if not self.standing(life):
            return self._called_off(life), None
        shipped, first, last = self.goods(life)
        on_time = {
            "to_request": self.keeps_up(shipped, [(life.needed, life.quantity)]),
            "to_original": self.keeps_up(shipped, first),
            "to_latest": self.keeps_up(shipped, last),
        }
        on_time["otif"] = on_time["to_original"]
        if life.status in {Status.WITHDRAWN, Status.CANCELLED}:
            return self._called_off(life), on_time
        total = sum(amount for _day, amount in shipped)
        if total >= sum(amount for _day, amount in first):
            return (Ending.KEPT if on_time["to_latest"] else Ending.LATE), on_time
        return (Ending.PARTLY if total else Ending.MISSED), on_time

    def _called_off(self, life: Life) -> Ending:
        if life.ended_because is EndedBecause.EVAPORATED:
            return Ending.EVAPORATED
        words = {Status.DECLINED: Ending.DECLINED, Status.CANCELLED: Ending.CANCELLED, Status.MISSED: Ending.MISSED}
        return words.get(life.status, Ending.WITHDRAWN)

    def figures(self, *, desk: int | None = None, customer: str = "") -> dict[str, Any]:
        """Every figure that is compared."""
        lives = [
            life
            for life in self.all
            if (desk is None or life.desk == desk) and (not customer or life.customer.strip().lower() == customer)
        ]
        asked = [life for life in lives if self.in_week(self.instant(life.asked))]
        closed = [life for life in lives if (when := self.closed_at(life)) and self.in_week(when)]
        return {
            **self._answers(asked),
            **self._promises(asked),
            **self._loop(asked),
            **self._ends(closed),
            **self._lots(lives),
            **self._parts(asked, closed),
        }

    def waited(self, life: Life) -> int:
        start = self.instant(life.asked)
        if life.responded is not None:
            return worked(start, self.instant(life.asked + life.responded))
        return worked(start, self.closed_at(life) or self.at)

    def _answers(self, asked: list[Life]) -> dict[str, Any]:
        answered = [life for life in asked if life.responded is not None]
        late = [life for life in asked if self.waited(life) > TARGET]
        within = [life for life in answered if life not in late]
        held = dict.fromkeys(Holder, 0)
        for life in asked:
            for holder, secs in life.turns:
                held[holder] += secs
            if life.runs is not None:
                held[life.runs] += worked(self.instant(life.asked), self.at)
        return {
            "requests": len(asked),
            "answered": (len(answered), len(asked)),
            "within_target": (len(within), len([life for life in asked if life in answered or life in late])),
            "response": spread([self.waited(life) for life in answered]),
            "held": (held[Holder.DESK], held[Holder.REQUESTER], held[Holder.NOBODY]),
        }

    def _promises(self, asked: list[Life]) -> dict[str, Any]:
        judged, days, never, units = 0, [], 0, defaultdict(int)
        for life in asked:
            answered = life.status in {Status.DECLINED, Status.MISSED} or self.standing(life)
            if life.told is Told.NOTHING or life.told_day is None or not answered:
                continue
            judged += 1
            told = life.quantity if life.told_quantity is None else life.told_quantity
            known = self._known(life)
            by_day = {day: sum(amount for when, amount in known if when <= day) for day in range(-20, 60)}
            if by_day[life.told_day] >= told:
                continue
            units[life.unit] += told - by_day[life.told_day]
            covered = [day for day in range(-20, 60) if by_day[day] >= told]
            if covered:
                days.append(covered[0] - life.told_day)
            else:
                never += 1
        return {"over_promised": (len(days) + never, judged), "gap": (spread(days), never, dict(units))}

    def _known(self, life: Life) -> list[tuple[int, int]]:
        """What is committed or shipped: open lots by their day, reported ones by what became of them."""
        shipped, _first, _last = self.goods(life)
        waiting = [
            (lot.original + lot.slip, lot.quantity) for lot in self.standing(life) if lot.outcome is Outcome.OPEN
        ]
        rests = [(lot.original + lot.slip + 2, lot.quantity - 1) for lot in self.standing(life) if lot.is_split]
        return [*shipped, *waiting, *rests]

    def _loop(self, asked: list[Life]) -> dict[str, Any]:
        bumped = missed = 0
        for life in asked:
            why = self.parent(life)[1]
            if why is Follows.BUMPED:
                bumped += 1
            elif why is Follows.MISSED or life.reason is ReasonCode.OWN_MISSED_COMMITMENT:
                missed += 1
        return {"loop": (bumped + missed, len(asked), missed, bumped), "chains": self._chains(asked)}

    def parent(self, life: Life) -> tuple[Life | None, Follows | None]:
        place = self.all.index(life)
        if life.follows is None or life.follows[0] > place:
            return None, None
        return self.all[place - life.follows[0]], life.follows[1]

    def _chains(self, asked: list[Life]) -> list[list[int]]:
        followed = {id(self.parent(life)[0]) for life in asked}
        chains = []
        for life in asked:
            before = self.parent(life)[0]
            if before is None or id(life) in followed:
                continue
            chain = [life.id]
            while before is not None:
                chain.append(before.id)
                before = self.parent(before)[0]
            chains.append(chain)
        return sorted(chains, key=lambda chain: (-len(chain), -chain[0]))[:10]

    def _ends(self, closed: list[Life]) -> dict[str, Any]:
        endings, on_time, measured = Counter(), Counter(), 0
        money, counted, saves = Counter(), Counter(), []
        for life in closed:
            ending, kept = self.ending(life)
            endings[ending] += 1
            measured += kept is not None
            on_time.update(name for name, is_so in (kept or {}).items() if is_so)
            costs = [cost for agreed, cost in life.costs if agreed and cost is not None]
            money["cost"] += sum(costs)
            counted["cost"] += bool(costs)
            sort = "kept" if ending is Ending.KEPT else "lost"
            if life.value is not None and ending not in {Ending.WITHDRAWN, Ending.EVAPORATED, Ending.CANCELLED}:
                money[sort] += life.value
                counted[sort] += 1
            if ending is Ending.KEPT and kept and kept["to_request"]:
                saves.append(life)
        best = sorted(saves, key=lambda life: (-(life.value or 0), life.id))[:10]
        return {
            "closed": len(closed),
            "endings": dict(endings),
            **{name: (on_time[name], measured) for name in ("to_request", "to_original", "to_latest", "otif")},
            "money": tuple(Decimal(money[name]) for name in ("cost", "kept", "lost")),
            "counted": tuple(counted[name] for name in ("cost", "kept", "lost")),
            "saves": (len(saves), [life.id for life in best]),
            "people": [sorted({life.owner, *(lot.made_by for lot in life.lots)} - {None}) for life in best],
            "thanked": sum(life.thanked for life in closed),
        }

    def _lots(self, lives: list[Life]) -> dict[str, Any]:
        due = []
        for life in lives:
            for lot in self.standing(life):
                due.append((lot.original + lot.slip, lot.outcome))
                if lot.is_split:
                    due.append((lot.original + lot.slip + 2, Outcome.OPEN))
        week = [outcome for day, outcome in due if 0 <= day < 7]
        return {"lots": (len(week), week.count(Outcome.IN_FULL), week.count(Outcome.OPEN))}

    def _parts(self, asked: list[Life], closed: list[Life]) -> dict[str, Any]:
        kinds = {
            "by_reason": lambda life: life.reason.value,
            "by_cause": lambda life: life.cause.value if life.cause else "",
            "by_customer": lambda life: life.customer.strip().lower(),
            "by_item": lambda life: life.item.lower(),
            "by_requester": lambda life: life.requester,
            "by_desk": lambda life: str(life.desk),
        }
        parts: dict[str, Any] = {}
        for name, key_of in kinds.items():
            found = {}
            for key in {key_of(life) for life in [*asked, *closed]}:
                mine = [life for life in asked if key_of(life) == key]
                ends = [kept for life in closed if key_of(life) == key and (kept := self.ending(life)[1])]
                if mine or ends:
                    within = self._answers(mine)["within_target"]
                    loop = self._loop(mine)["loop"][0]
                    found[key] = (len(mine), within, (sum(one["otif"] for one in ends), len(ends)), loop)
            parts[name] = found
        return parts


def spread(values: list[int]) -> tuple[Any, ...]:
    """The number of values, and the two percentiles by counting, or the values where they are few."""
    if len(values) < 5:
        return (len(values), None, None, tuple(sorted(values)))
    found = []
    for percent in (50, 90):
        reached = [one for one in values if sum(other <= one for other in values) * 100 >= percent * len(values)]
        found.append(min(reached))
    return (len(values), *found, ())
