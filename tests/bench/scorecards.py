"""The scorecard of the last week out of ten thousand requests and out of a million, beside its bare select."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.database import Database
from bot.services.scorecards import scorecard
from models import Commitment, ExpediteRequest, Offer, TurnInterval
from models.ask import Told
from models.commitment import Outcome
from models.lifecycle import Status
from models.offer import OfferState
from models.scorecards import Filters, Period
from models.scorecards.period import WEEK
from models.scorecards.query import statement
from models.service_level import ClockKind, Holder
from tests.bench import crowd
from tests.bench.figures import Case, Line, SizeLine, Times, interleave
from tests.builders import DAY, HOUR, MINUTE, ZONE, furnish
from tests.rows import a_commitment, a_request, an_offer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.bench.places import Place
    from tests.bench.plans import Plan

ROOT = Path(__file__).resolve().parents[2]
LAST = Period(date(2026, 11, 16), date(2026, 11, 23), ZONE)
TWELVE = Period(LAST.end - 12 * WEEK, LAST.end, ZONE)
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEWEST = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
"""Shortly before the week ends in Berlin."""
APART = 63
"""Seconds between two requests: 9,600 a week, two years of a million."""
FLAT, AIM, LINEAR, MEGABYTES = 1.5, 3.0, 1.5, 60.0
MOST_ROUNDS = 3
AGO = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', seed.{column}, '-' || (({most} - i) * 63) || ' seconds') || '000'",
    "postgresql": "seed.{column} - ({most} - i) * 63 * interval '1 second'",
}
DAYS_AGO = {
    "sqlite": "date(seed.{column}, '-' || (({most} - i) * 63 / 86400) || ' days')",
    "postgresql": "seed.{column} - ({most} - i) * 63 / 86400",
}


class Years:
    """So many requests, the newest asked in the last week: of it, either database holds the same rows."""

    def __init__(self, url: str, most: int) -> None:
        self.url, self.most = url, most
        self.database = Database(url)
        self.tenant = self.database.run_now(_seed, most)
        crowd.settle(self.database.engine)

    async def week(self) -> float:
        return await self._took(LAST)

    async def weeks(self) -> float:
        return await self._took(TWELVE)

    async def bare(self) -> float:
        """The same select, its rows fetched and left alone."""
        started = time.perf_counter()
        await self.database.run(_fetched, self.tenant)
        return time.perf_counter() - started

    async def _took(self, period: Period) -> float:
        started = time.perf_counter()
        found = await self.database.run(scorecard, self.tenant, period, Filters(), AT)
        took = time.perf_counter() - started
        assert min(found.requests, found.response.n, len(found.loop.chains)) > 0, found
        return took

    def requests(self, period: Period) -> int:
        return self.database.run_now(scorecard, self.tenant, period, Filters(), AT).requests


async def measure(plan: Plan, place: Place) -> list[Line]:
    few, many = (Years(place.empty(f"years_{most}"), most) for most in plan.asked)
    cases = [
        Case("week of few", few.week),
        Case("week of many", many.week),
        Case("bare select", many.bare),
        Case("12 weeks", many.weeks),
    ]
    found = await interleave(cases, rounds=min(plan.rounds, MOST_ROUNDS), each=1)
    grown = many.requests(TWELVE) / many.requests(LAST)
    linear = Times([seconds * grown for seconds in found["week of many"].seconds])
    title = f"last week of {many.most:,} requests"
    lines = [
        Line(title, found["week of many"], {f"of {few.most:,}": found["week of few"]}, FLAT),
        Line(title, found["week of many"], {"its bare select": found["bare select"]}, AIM),
        Line("12 weeks of them", found["12 weeks"], {f"{grown:.1f} times the week": linear}, LINEAR),
    ]
    if plan.starts > 1:
        lines.append(SizeLine("memory of 12 weeks", found["12 weeks"], {}, MEGABYTES, await _grown(many)))
    for one in (few, many):
        one.database.close()
    return lines


async def _grown(years: Years) -> float:
    """How much a process of its own grows by the week and the twelve weeks, at its highest."""
    words = ("-m", "tests.bench.scorecards", years.url, str(years.tenant))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, env=dict(os.environ), stdout=asyncio.subprocess.PIPE
    )
    said, _errors = await process.communicate()
    assert process.returncode == 0
    return float(said)


def _grow(url: str, tenant: int) -> float:
    """Run in that process: a day first, so that what is loaded once does not count."""
    database = Database(url)
    day = Period(LAST.start, LAST.start + timedelta(days=1), ZONE)
    database.run_now(scorecard, tenant, day, Filters(), AT)
    before = _highest()
    for period in (LAST, TWELVE):
        database.run_now(scorecard, tenant, period, Filters(), AT)
    after = _highest()
    database.close()
    return after - before


def _highest() -> float:
    """The most megabytes this process ever held in memory; 0 where the system does not tell.

    Not ``ru_maxrss``: a child begins with its parent's.
    """
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(next(line for line in told.splitlines() if line.startswith("VmHWM:")).split()[1]) / 1024


def _fetched(session: Session, tenant: int) -> int:
    return len(session.connection().execute(statement(tenant, LAST, Filters())).all())


def _seed(session: Session, most: int) -> int:
    """One request with all that belongs to it; the database multiplies it, further and further back."""
    workspace = furnish(session)
    asked = NEWEST - DAY
    first = a_request(
        session,
        workspace,
        number=1,
        asked_at=asked,
        first_responded_at=asked + 20 * MINUTE,
        closed_at=asked + 6 * HOUR,
        status=Status.FULFILLED,
        value_at_stake=Decimal(900),
        told=Told.FIRM_DATE,
        told_date=LAST.last_day,
        needed_ship_date=LAST.last_day,
    )
    shipped = {"actual_quantity": Decimal(100), "actual_ship_date": LAST.last_day}
    a_commitment(session, first, LAST.last_day, outcome=Outcome.IN_FULL, **shipped)
    an_offer(session, first, AT, state=OfferState.ACCEPTED, extra_cost=Decimal(40))
    session.add(
        TurnInterval(
            tenant_id=first.tenant_id,
            request_id=first.id,
            desk_id=first.desk_id,
            holder=Holder.DESK,
            kind=ClockKind.ANSWER,
            calendar_id=first.calendar_id,
            starts_at=asked,
            ends_at=asked + HOUR,
            working_secs=3600,
        )
    )
    session.flush()
    _multiply(session, most)
    return workspace.tenant_id


def _multiply(session: Session, most: int) -> None:
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        # The rows are sound: each foreign key is the first row's, or of the same number.
        session.execute(sa.text("SET LOCAL session_replication_role = replica"))

    def ago(*columns: str) -> dict[str, str]:
        return {column: AGO[dialect].format(column=column, most=most) for column in columns}

    def days_ago(*columns: str) -> dict[str, str]:
        return {column: DAYS_AGO[dialect].format(column=column, most=most) for column in columns}

    # Every twentieth is caused by the one before: every two-thousandth begins a chain anew.
    follows = "CASE WHEN i % 20 < 3 AND i > 3 THEN i - 1 ELSE NULL END"
    crowd.multiply(
        session,
        ExpediteRequest,
        most,
        id="i",
        number="i",
        customer="'Customer ' || (i % 200)",
        item="'BRK-' || (i % 300)",
        requester="'U0' || (i % 40)",
        follows_id=follows,
        follows_why="CASE WHEN i % 20 < 3 AND i > 3 THEN 'missed' ELSE NULL END",
        **ago("asked_at", "first_responded_at", "closed_at"),
        **days_ago("needed_ship_date", "told_date"),
    )
    dates = days_ago("original_ship_date", "committed_ship_date", "actual_ship_date")
    crowd.multiply(session, Commitment, most, id="i", request_id="i", **dates)
    crowd.multiply(session, Offer, most, id="i", request_id="i")
    holder = "CASE WHEN i % 2 = 0 THEN 'requester' ELSE 'desk' END"
    crowd.multiply(session, TurnInterval, 2 * most, id="i", request_id="(i + 1) / 2", holder=holder)


if __name__ == "__main__":
    print(_grow(sys.argv[1], int(sys.argv[2])))
