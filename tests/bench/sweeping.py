"""One sweep with a thousand and with a million open clocks: it should cost what is due, not what is open.

Beside it run the statements it sent, without anything that decides on them: what the database alone takes.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.database import Database
from bot.services import negotiation, watch
from bot.ticker import SWEEP_BATCH
from models import OutboxMessage, RequestClock, TimelineEntry
from models.lifecycle import How
from models.outbox import Notice
from models.service_level import Step
from tests.bench import crowd, floors
from tests.bench.figures import Case, Line, Times, interleave
from tests.builders import DAY, MINUTE, NOON, an_ask, furnish

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.bench.places import Place
    from tests.bench.plans import Plan

AT = NOON + 35 * MINUTE
"""Half of an hour's wait is over, and nothing else."""
BARE = "its bare statements"
NOT_YET = NOON + DAY
DUE = NOON + 30 * MINUTE
AIM = 1.5
BARE_AIM = 2.0


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
        self.bare = floors.BareTransactions(url)
        self.sent: dict[int, list[list[floors.Statement]]] = {}

    async def sweep(self, due: int) -> float:
        """Let so many clocks be due, and look until none is, as the ticker does."""
        ids = await self._let_be_due(due)
        taken, started = 0, time.perf_counter()
        while found := await self.database.run(watch.sweep, AT, limit=SWEEP_BATCH):
            taken += found
        took = time.perf_counter() - started
        assert taken == len(ids), (taken, len(ids))
        return took

    async def bare_statements(self, due: int) -> float:
        """What such a sweep sent to the database, once more."""
        if due not in self.sent:
            self.sent[due] = await self._record(due)
        await self._let_be_due(due)
        self.bare.waiting.extend(self.sent[due])
        return sum([await self.bare.once() for _transaction in self.sent[due]])

    def close(self) -> None:
        self.bare.close()
        self.database.close()

    async def _record(self, due: int) -> list[list[floors.Statement]]:
        """The statements of each of its transactions, the last of which finds nothing."""
        await self._let_be_due(due)
        watched = Database(str(self.bare.engine.url.render_as_string(hide_password=False)))
        recorder, found = floors.Recorder(watched.engine), []
        while True:
            taken = await watched.run(watch.sweep, AT, limit=SWEEP_BATCH)
            found.append(recorder.take()[0])
            if not taken:
                watched.close()
                return found

    async def _let_be_due(self, due: int) -> list[int]:
        ids = self.told[:: max(1, len(self.told) // due)][:due] if due else []
        if due:
            await self.database.run(_tidy, self.told)
            await self.database.run(_set, ids, DUE)
        return ids


async def measure(plan: Plan, place: Place) -> list[Line]:
    most = min(max(plan.due), *plan.open_clocks)
    few, many = (Waiting(place.empty(f"waiting_{size}"), size, most) for size in plan.open_clocks)
    lines = []
    for due, turns in plan.due.items():
        cases = [Case(str(one.open_clocks), lambda one=one, due=due: one.sweep(due)) for one in (few, many)]  # type: ignore[misc]
        cases.append(Case(BARE, lambda due=due: many.bare_statements(due)))  # type: ignore[misc]
        found = await interleave(cases, rounds=turns, each=1)
        lines += [_line(due, found, few, many), _bare_line(due, found, many)]
    for one in (few, many):
        one.close()
    return lines


def _line(due: int, found: dict[str, Times], few: Waiting, many: Waiting) -> Line:
    what = f"sweep, {due or 'none'} due of {many.open_clocks:,} open"
    floor = {f"{due or 'none'} due of {few.open_clocks:,} open": found[str(few.open_clocks)]}
    return Line(what, found[str(many.open_clocks)], floor, None if due else AIM)


def _bare_line(due: int, found: dict[str, Times], many: Waiting) -> Line:
    what = f"sweep, {due or 'none'} due of {many.open_clocks:,} open"
    return Line(what, found[str(many.open_clocks)], {BARE: found[BARE]}, BARE_AIM if due else None)


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
