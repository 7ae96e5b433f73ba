"""One sweep with a thousand and with a million open clocks: it should cost what is due, not what is open."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.database import Database
from bot.services import negotiation, watch
from models import OutboxMessage, RequestClock, TimelineEntry
from models.lifecycle import How
from models.outbox import Notice
from models.service_level import Step
from tests.bench import crowd
from tests.bench.figures import Case, Line, Times, interleave
from tests.builders import DAY, MINUTE, NOON, an_ask, furnish

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.bench.places import Place
    from tests.bench.plans import Plan

AT = NOON + 35 * MINUTE
"""Half of an hour's wait is over, and nothing else."""
NOT_YET = NOON + DAY
DUE = NOON + 30 * MINUTE
AIM = 1.5


class Waiting:
    """A desk with many open requests, each waiting for its first answer."""

    def __init__(self, url: str, open_clocks: int, most_due: int) -> None:
        self.database = Database(url)
        self.open_clocks = open_clocks
        self.database.run_now(_seed)
        self.database.run_now(crowd.gather, open_clocks)
        step = max(1, open_clocks // most_due)
        self.told = list(range(step, open_clocks + 1, step))[:most_due]
        self.database.run_now(crowd.post_cards, self.told)
        crowd.settle(self.database.engine)

    async def sweep(self, due: int) -> float:
        """Let so many clocks be due, and look until none is, as the ticker does."""
        ids = self.told[:: max(1, len(self.told) // due)][:due] if due else []
        if due:
            await self.database.run(_tidy, self.told)
            await self.database.run(_set, ids, DUE)
        taken, started = 0, time.perf_counter()
        while found := await self.database.run(watch.sweep, AT):
            taken += found
        took = time.perf_counter() - started
        assert taken == len(ids), (taken, len(ids))
        return took


async def measure(plan: Plan, place: Place) -> list[Line]:
    most = min(max(plan.due), *plan.open_clocks)
    few, many = (Waiting(place.empty(f"waiting_{size}"), size, most) for size in plan.open_clocks)
    lines = []
    for due, turns in plan.due.items():
        cases = [Case(str(one.open_clocks), lambda one=one, due=due: one.sweep(due)) for one in (few, many)]  # type: ignore[misc]
        lines.append(_line(due, await interleave(cases, rounds=turns, each=1), few, many))
    for one in (few, many):
        one.database.close()
    return lines


def _line(due: int, found: dict[str, Times], few: Waiting, many: Waiting) -> Line:
    what = f"sweep, {due or 'none'} due of {many.open_clocks:,} open"
    floor = {f"{due or 'none'} due of {few.open_clocks:,} open": found[str(few.open_clocks)]}
    return Line(what, found[str(many.open_clocks)], floor, None if due else AIM)


def _seed(session: Session) -> None:
    """One request, sent as any other; the crowd looks like it."""
    workspace = furnish(session)
    negotiation.submit(session, workspace.mara, an_ask(), at=NOON, how=How.FORM)
    session.flush()
    session.execute(sa.update(RequestClock).values(due_at=NOT_YET))


def _set(session: Session, ids: list[int], due_at: object) -> None:
    clocks = sa.update(RequestClock).where(RequestClock.id.in_(ids))
    session.execute(clocks.values(due_at=due_at, next_step=int(Step.WARN_HALF)))


def _tidy(session: Session, ids: list[int]) -> None:
    """Forget what the last sweep told, so that every sweep tells it for the first time."""
    _set(session, ids, NOT_YET + timedelta(hours=1))
    session.execute(sa.delete(OutboxMessage).where(OutboxMessage.notice == Notice.CLOCK))
    session.execute(sa.delete(TimelineEntry).where(TimelineEntry.by.is_(None)))
