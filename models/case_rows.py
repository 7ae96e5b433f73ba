"""The rows of a scorecard as :mod:`models.cases` looks at them. Pure.

As with the figures, a period owns what was asked in it (gaps, waits, who came back) and what closed in it (saves and
misses); what belongs to another period is no case of this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.cases import ALL_KINDS, Case, CaseKind, choose
from models.kept import Ending
from models.promise_gap import DONE
from models.scorecards.period import Period
from models.scorecards.row import ScoreRow


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the rules look at in one request; the names are those of :class:`models.cases.CaseRow`."""

    request_id: int
    number: int
    customer: str
    item: str
    is_asked: bool
    value_at_stake: Decimal | None = None
    has_gap: bool = False
    gap_days: int | None = None
    waited_secs: int = 0
    target_secs: int = 0
    ending: Ending | None = None
    days_late: int = 0


def cases_of(rows: Iterable[ScoreRow], period: Period, kinds: Sequence[CaseKind] = ALL_KINDS) -> list[Case]:
    """The cases of a period among the rows of its scorecard; questions before a promise are none."""
    return choose([case_facts(row, period) for row in rows if not row.is_inquiry], kinds)


def case_facts(row: ScoreRow, period: Period) -> CaseFacts:
    """One request as far as it belongs to the period."""
    is_asked, is_closed = period.holds(row.asked_at), period.holds(row.closed_at)
    gap = row.gap() if is_asked and row.is_promise_judged else None
    measured = row.measured() if is_closed else None
    return CaseFacts(
        request_id=row.id,
        number=row.number,
        customer=row.customer,
        item=row.item,
        is_asked=is_asked,
        value_at_stake=row.value_at_stake,
        has_gap=gap is not None,
        gap_days=None if gap is None else gap.days,
        waited_secs=row.waited_secs if is_asked else 0,
        target_secs=row.target_secs if is_asked else 0,
        ending=None if measured is None else measured.ending,
        days_late=_days_late(row),
    )


def _days_late(row: ScoreRow) -> int:
    """Calendar days from the last day that was first committed to the last shipment; 0 while nothing was late."""
    promised = [lot.original_ship_date for lot in row.lots if lot.balance_of is None]
    shipped: list[date] = [lot.actual_ship_date or lot.committed_ship_date for lot in row.lots if lot.outcome in DONE]
    return max((max(shipped) - max(promised)).days, 0) if promised and shipped else 0
