"""A year of an invented company's life in a minute: what ran when, and whether each ran exactly once.

Nothing is faked: people act through the stand-in's doors, and digests, summits and pairs are made because the clock was
pushed. Afterwards what was made is held against the calendar, and against what arrived in Slack's stand-in.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot import migrating
from bot.demo import DESK, ZONE, Demo
from models import Digest, OutboxMessage, Pair, PairRound, Summit
from models.business_calendar import weekly
from models.outbox import Delivery, Notice
from models.summit_date import SummitTime, announced_on, month_of, next_month, summit_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

WEEK = timedelta(days=7)
SILENT = "(silent)"
MADE_AT = time(8)
"""When digests, summits and pairs are made, by the desk's clock."""


@dataclass(frozen=True, order=True)
class Ran:
    """Something that was made: the day on which, its kind, and what it is about."""

    on: date
    kind: str
    about: str
    said: str = ""

    def __str__(self) -> str:
        return f"{self.on:%a %Y-%m-%d}  {self.kind:<7} {self.about}{f'  {self.said}' if self.said else ''}"


@dataclass(frozen=True)
class Year:
    """What ran, and everything that is wrong with it, a sentence each; none when each ran exactly once."""

    ran: tuple[Ran, ...]
    faults: tuple[str, ...]


async def live(demo: Demo, *, weeks: int, seed: int, calm: bool, tell: Callable[[float, str], None]) -> Year:
    """Let the company of a started demo live so many weeks, and look at what ran."""
    await demo.play_history(weeks=weeks, seed=seed, calm=calm, tell=tell)
    starts = (demo.starts.astimezone(ZoneInfo(ZONE)) - timedelta(weeks=weeks)).astimezone(UTC)
    ran = await demo.app.database.run(what_ran)
    doubled = await demo.app.database.run(what_went_wrong)
    wanted = Counter(expected(starts, demo.starts))
    found = Counter((one.kind, one.on) for one in ran)
    return Year(ran, (*_differences(wanted, found), *doubled, *_twice_in_slack(demo)))


def expected(starts: datetime, ends: datetime) -> Iterator[tuple[str, date]]:
    """What the calendar asks for between two instants: kind and day."""
    calendar, zone = weekly(ZONE, DESK["desk_hours"]), ZoneInfo(ZONE)

    def lies_between(day: date) -> bool:
        return starts <= datetime.combine(day, MADE_AT, zone) <= ends

    day = starts.astimezone(zone).date()
    month = month_of(day)
    monday = day - timedelta(days=day.weekday())
    while monday <= ends.date():
        if lies_between(monday):
            yield "digest", monday
        monday += WEEK
    while month <= next_month(month_of(ends.date())):
        first, summit = calendar.next_working_day(month - timedelta(days=1)), summit_day(SummitTime(), month, calendar)
        if lies_between(first):
            yield "pairs", first
        if summit is not None and lies_between(announced_on(summit, calendar)):
            yield "summit", announced_on(summit, calendar)
        month = next_month(month)


def what_ran(session: Session) -> tuple[Ran, ...]:
    """Every digest, summit and round of pairs, in order of time."""
    zone = ZoneInfo(ZONE)

    def day(at: datetime) -> date:
        return at.astimezone(zone).date()

    digests = [
        Ran(day(row.made_at), "digest", f"week {row.week_of.isocalendar().week}", SILENT if row.is_silent else "")
        for row in session.scalars(sa.select(Digest))
    ]
    summits = [
        Ran(day(row.made_at), "summit", f"{day(row.starts_at):%a %Y-%m-%d}", SILENT if row.is_silent else "")
        for row in session.scalars(sa.select(Summit))
    ]
    counted = sa.select(Pair.month, sa.func.count().label("made")).group_by(Pair.month)
    pairs = {row.month: row.made for row in session.execute(counted)}
    rounds = [
        Ran(day(row.made_at), "pairs", f"{row.month:%Y-%m}", f"{pairs.get(row.month, 0)} made")
        for row in session.scalars(sa.select(PairRound))
    ]
    return tuple(sorted([*digests, *summits, *rounds]))


def what_went_wrong(session: Session) -> list[str]:
    """Pages of a digest or summit, and messages to pairs, that were not posted or not sent."""
    said = sum(not row.is_silent for row in session.scalars(sa.select(Digest)))
    held = sum(not row.is_silent for row in session.scalars(sa.select(Summit)))
    paired = session.scalar(sa.select(sa.func.count()).select_from(Pair)) or 0
    faults = []
    for notice, wanted in ((Notice.DIGEST, said), (Notice.SUMMIT, held), (Notice.PAIR, 2 * paired)):
        states = Counter(session.scalars(sa.select(OutboxMessage.state).where(OutboxMessage.notice == notice)))
        if states != Counter({Delivery.SENT: wanted} if wanted else {}):
            counted = {state.value: count for state, count in states.items()}
            faults.append(f"{wanted} of {notice.value} were to be sent, but there are {counted}.")
    return faults


def _differences(wanted: Counter[tuple[str, date]], found: Counter[tuple[str, date]]) -> Iterator[str]:
    for kind, on in sorted(wanted.keys() | found.keys()):
        if wanted[kind, on] != found[kind, on]:
            yield f"{kind} on {on}: {found[kind, on]} instead of {wanted[kind, on]}."


def _twice_in_slack(demo: Demo) -> Iterator[str]:
    """Headlines that arrived more than once in the leadership channel."""
    seen = Counter(
        message.text.partition("\n")[0]
        for message in demo.sandbox.world.messages.of(DESK["leadership_channel"])
        if message.text.startswith(("Summit of", "Expedites, week"))
    )
    yield from (f"“{headline}” was posted {times} times." for headline, times in seen.items() if times > 1)


def run_year(*, weeks: int, seed: int) -> int:
    """Live in a folder that goes away afterwards, and print what ran; give how many faults there were."""
    return asyncio.run(_run(weeks=weeks, seed=seed))


async def _run(*, weeks: int, seed: int) -> int:
    with TemporaryDirectory(prefix="expedite-desk-") as folder:
        url = f"sqlite:///{Path(folder) / 'year.db'}"
        await asyncio.to_thread(migrating.upgrade, url)
        demo = Demo(port=0, database_url=url)
        await demo.start()
        try:
            year = await live(demo, weeks=weeks, seed=seed, calm=False, tell=_told())
        finally:
            await demo.stop()
    counted = Counter(one.kind for one in year.ran)
    print("\n".join(str(one) for one in year.ran))  # noqa: T201 what the command is for
    print(", ".join(f"{count} {kind}" for kind, count in sorted(counted.items())))  # noqa: T201 the same
    print("\n".join(year.faults) or "Each ran exactly once.")  # noqa: T201 the same
    return len(year.faults)


def _told() -> Callable[[float, str], None]:
    """Say at each tenth how far it is."""
    told: set[int] = set()

    def tell(done: float, words: str) -> None:
        tenth = int(done * 10)
        if tenth not in told:
            told.add(tenth)
            print(f"{tenth * 10:>3} %  {words}", flush=True)  # noqa: T201 it takes minutes

    return tell
