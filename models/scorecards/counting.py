"""The figures of a period, made of its rows in one pass; :mod:`models.scorecards.figures` says what each is. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from heapq import nlargest
from typing import Any

from models.aftermath import Follows
from models.commitment import Outcome
from models.kept import Ending, Measure
from models.scorecards.breaking_down import Breakdowns
from models.scorecards.figures import MOST_SAVES, Gap, Held, Loop, Money, Save, Scorecard, Share, Spread
from models.scorecards.period import Filters, Period
from models.scorecards.row import ScoreRow

LOST = frozenset({Ending.LATE, Ending.PARTLY, Ending.MISSED, Ending.DECLINED})
MOST_KEPT = 500
TARGETS = ("to_request", "to_original", "to_latest", "otif")


def scorecard_of(rows: Iterable[ScoreRow], period: Period, filters: Filters, as_of: datetime) -> Scorecard:
    """Return every figure of the period but the chains of the loop, which reach back before it."""
    starts, ends = period.starts_at, period.ends_at
    inquiries = 0
    asked, closed, lots, parts = _Asked(), _Closed(), _Lots(period), Breakdowns()
    for row in rows:
        if row.is_inquiry:
            inquiries += starts <= row.asked_at < ends
            continue
        lots.take(row)
        of_row = parts.of(row)
        if starts <= row.asked_at < ends:
            asked.take(row)
            parts.asked(of_row, row)
        if row.closed_at is not None and starts <= row.closed_at < ends:
            parts.closed(of_row, closed.take(row))
    figures: dict[str, Any] = {**asked.figures(), **closed.figures(), **lots.figures(), **parts.figures()}
    return Scorecard(period=period, filters=filters, as_of=as_of, inquiries=inquiries, **figures)


class _Asked:
    """What tells of asking."""

    def __init__(self) -> None:
        self.requests = self.decided = self.within = self.told = self.in_loop = 0
        self.held = [0, 0, 0]
        self.waits: list[int] = []
        self.why: Counter[Follows] = Counter()
        self.gaps = _Gaps()

    def take(self, row: ScoreRow) -> None:
        self.requests += 1
        self.decided += row.is_target_decided
        if row.is_answered:
            self.waits.append(row.waited_secs)
            self.within += not row.is_late_to_answer
        self.held[0] += row.desk_secs
        self.held[1] += row.sales_secs
        self.held[2] += row.nobody_secs
        if row.is_from_loop:
            self.why[row.follows_why or Follows.MISSED] += 1
        if row.is_promise_judged:
            self.told += 1
            self.gaps.take(row)

    def figures(self) -> dict[str, Any]:
        in_loop = self.why.total()
        return {
            "requests": self.requests,
            "answered": Share(len(self.waits), self.requests),
            "within_target": Share(self.within, self.decided),
            "response": Spread.of(self.waits),
            "held": Held(*self.held),
            "over_promised": Share(self.gaps.broken, self.told),
            "gap": self.gaps.figure(),
            "loop": Loop(
                share=Share(in_loop, self.requests),
                missed=self.why[Follows.MISSED],
                bumped=self.why[Follows.BUMPED],
            ),
        }


class _Gaps:
    """How far promises reach beyond commitments."""

    def __init__(self) -> None:
        self.broken = self.never = 0
        self.days: list[int] = []
        self.units: dict[str, Decimal] = {}

    def take(self, row: ScoreRow) -> None:
        gap = row.gap()
        if gap is None:
            return
        self.broken += 1
        unit = row.lines[gap.line - 1].unit
        self.units[unit] = self.units.get(unit, Decimal(0)) + gap.units
        if gap.days is None:
            self.never += 1
        else:
            self.days.append(gap.days)

    def figure(self) -> Gap:
        return Gap(days=Spread.of(self.days), never=self.never, units=dict(sorted(self.units.items())))


class _Closed:
    """What tells of ending."""

    def __init__(self) -> None:
        self.endings: Counter[Ending] = Counter()
        self.measured = self.saved = self.costed = self.thanked = self.valued_kept = self.valued_lost = 0
        self.on_time: Counter[str] = Counter()
        self.cost = self.kept = self.lost = Decimal(0)
        self.saves: list[ScoreRow] = []

    def take(self, row: ScoreRow) -> Measure:
        found = row.measured()
        assert found is not None  # it is closed
        self.endings[found.ending] += 1
        self.thanked += row.thanked_at is not None
        if found.otif is not None:
            self.measured += 1
            self.on_time.update(name for name in TARGETS if getattr(found, name))
        if is_save(found):
            self._keep(row)
        self._take_money(row, found.ending)
        return found

    def _keep(self, row: ScoreRow) -> None:
        """Count a save, and keep the most valuable ones: of a year, not every one has room."""
        self.saved += 1
        self.saves.append(row)
        if len(self.saves) > MOST_KEPT:
            self.saves = nlargest(MOST_SAVES, self.saves, key=_worth)

    def _take_money(self, row: ScoreRow, ending: Ending) -> None:
        if row.extra_cost is not None:
            self.costed += 1
            self.cost += row.extra_cost
        if row.value_at_stake is None:
            return
        if ending is Ending.KEPT:
            self.valued_kept += 1
            self.kept += row.value_at_stake
        elif ending in LOST:
            self.valued_lost += 1
            self.lost += row.value_at_stake

    def figures(self) -> dict[str, Any]:
        return {
            "closed": self.endings.total(),
            "endings": {ending: self.endings[ending] for ending in Ending if self.endings[ending]},
            **{name: Share(self.on_time[name], self.measured) for name in TARGETS},
            "money": self._money(),
            "saved": self.saved,
            "saves": tuple(_save(row) for row in nlargest(MOST_SAVES, self.saves, key=_worth)),
            "thanked": self.thanked,
        }

    def _money(self) -> Money:
        return Money(
            extra_cost=self.cost,
            costed=self.costed,
            value_kept=self.kept,
            valued_kept=self.valued_kept,
            value_lost=self.lost,
            valued_lost=self.valued_lost,
        )


class _Lots:
    """What tells of lots."""

    def __init__(self, period: Period) -> None:
        self.start, self.end = period.start, period.end
        self.outcomes: Counter[Outcome] = Counter()

    def take(self, row: ScoreRow) -> None:
        for lot in row.lots:
            if self.start <= lot.committed_ship_date < self.end and lot.outcome is not Outcome.CANCELLED:
                self.outcomes[lot.outcome] += 1

    def figures(self) -> dict[str, Any]:
        return {
            "commitments_due": self.outcomes.total(),
            "commitments_kept": self.outcomes[Outcome.IN_FULL],
            "commitments_unreported": self.outcomes[Outcome.OPEN],
        }


def is_save(found: Measure) -> bool:
    """Whether everything shipped by the day the customer needed it, as it was committed."""
    return found.ending is Ending.KEPT and bool(found.to_request)


def _worth(row: ScoreRow) -> tuple[Decimal, int]:
    return row.value_at_stake or Decimal(0), -row.id


def _save(row: ScoreRow) -> Save:
    people = {row.owner, *(lot.made_by for lot in row.lots)}
    return Save(
        request_id=row.id,
        number=row.number,
        customer=row.customer,
        item=row.item,
        value_at_stake=row.value_at_stake,
        people=tuple(sorted(person for person in people if person)),
        is_thanked=row.thanked_at is not None,
    )
