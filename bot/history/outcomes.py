"""What becomes of committed lots: mostly what was committed, at times late, in part or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.history.wish import weighted, working_day

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date, datetime

    from bot.history.case import Case, Lots

AFTERNOON, MORNING = 14, 7


async def followed(case: Case, lots: Lots) -> AsyncIterator[datetime]:
    """Follow each lot to its day, and report on it."""
    for quantity, day in lots:
        async for at in _followed(case, quantity, day):
            yield at


async def _followed(case: Case, quantity: int, day: date) -> AsyncIterator[datetime]:
    outcome = weighted(
        case.rng, {"in_full": 77, "late": round(6 + 10 * case.slack), "in_part": 5, "missed": round(3 + 9 * case.slack)}
    )
    same_day = outcome == "in_full" and case.rng.random() < 0.6  # noqa: PLR2004 the others are reported next morning
    if same_day:
        yield case.on(day, hour=AFTERNOON)
    else:
        yield case.on(working_day(day, 1 if outcome != "late" else case.rng.randint(1, 3)), hour=MORNING)
    facts = {"outcome": outcome}
    if outcome == "late":
        facts["actual_ship_date"] = case.today.isoformat()
    elif outcome == "in_part":
        facts["actual_quantity"] = str(max(1, quantity * case.rng.randint(5, 8) // 10))
    case.missed = case.missed or outcome in {"late", "missed"}
    await case.desk("report_outcome", **facts)
