"""The app knows from when to when it was away, and tells the log channel what it caught up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.courier import Courier
from bot.services import downtime
from bot.services.downtime import Away, CaughtUp
from bot.ticker import Ticker
from models import OutboxMessage, Tenant
from models.outbox import Notice
from tests.builders import HOUR, MINUTE, NOON
from tests.fakes import FakeClock, FakeSlack
from tests.negotiating import Table

if TYPE_CHECKING:
    from bot.database import Database
    from tests.builders import Workspace

LOG = "C0LOG"
FRIDAY_EVENING = datetime(2026, 11, 20, 16, 2, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)


def test_an_app_that_never_lived_was_never_away(database: Database) -> None:
    assert database.run_now(downtime.came_back, NOON) is None


def test_the_last_heartbeat_tells_from_when_on_nobody_listened(database: Database) -> None:
    database.run_now(downtime.came_back, NOON)
    database.run_now(downtime.beat, NOON + HOUR)
    database.run_now(downtime.beat, NOON)  # a process whose clock is behind
    assert Away(NOON + HOUR, NOON + 3 * HOUR) == database.run_now(downtime.came_back, NOON + 3 * HOUR)


def test_a_start_that_breaks_off_is_resumed(database: Database) -> None:
    database.run_now(downtime.came_back, NOON)
    database.run_now(downtime.came_back, NOON + HOUR)
    assert Away(NOON, NOON + 2 * HOUR) == database.run_now(downtime.came_back, NOON + 2 * HOUR)
    database.run_now(downtime.finished)
    assert Away(NOON + 2 * HOUR, NOON + 3 * HOUR) == database.run_now(downtime.came_back, NOON + 3 * HOUR)


class Machine:
    """The app's ticker, started and stopped as a process is."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database, self.clock, self.slack = database, clock, FakeSlack(clock)
        self.caught = CaughtUp()
        self.asked_for: list[Away] = []

    async def runs(self) -> None:
        """Live for a moment: come back, catch up, end."""
        ticker = Ticker(self.database, Courier(self.database, self.slack, self.clock), self.clock, self._catch_up)
        ticker.start()
        assert ticker._coming_back is not None
        await ticker._coming_back
        await ticker.stop()

    async def _catch_up(self, away: Away) -> CaughtUp:
        self.asked_for.append(away)
        return self.caught

    async def told(self) -> list[dict]:
        wanted = sa.select(OutboxMessage).where(OutboxMessage.notice == Notice.CAUGHT_UP).order_by(OutboxMessage.id)
        return [
            {**row.facts, "channel": row.channel}
            for row in await self.database.run(lambda session: session.scalars(wanted).all())
        ]


@pytest.fixture
def machine(database: Database, workspace: Workspace, clock: FakeClock) -> Machine:
    database.run_now(lambda session: session.execute(sa.update(Tenant).values(log_channel=LOG)))
    return Machine(database, clock)


async def test_after_a_weekend_away_the_log_channel_reads_what_was_caught_up(
    machine: Machine, database: Database, workspace: Workspace
) -> None:
    machine.clock.set(FRIDAY_EVENING)
    await machine.runs()
    table = Table(database, workspace, at=FRIDAY_EVENING - 4 * HOUR)
    for _ in range(2):
        table.asked()
    machine.clock.set(MONDAY_MORNING)
    machine.caught = CaughtUp(moved=[(workspace.tenant_id, 7)], unread=[(workspace.tenant_id + 1, 8)])
    await machine.runs()

    (told,) = await machine.told()
    assert LOG == told["channel"]
    assert (FRIDAY_EVENING.isoformat(), MONDAY_MORNING.isoformat()) == (told["since"], told["until"])
    assert (["EXP-1", "EXP-2"], [], ["EXP-7"], []) == tuple(
        told[name] for name in ("reminders", "waiting", "gestures", "unread")
    )


async def test_what_falls_on_closed_hours_waits_and_is_told_as_waiting(
    machine: Machine, database: Database, workspace: Workspace
) -> None:
    machine.clock.set(FRIDAY_EVENING)
    await machine.runs()
    Table(database, workspace, at=FRIDAY_EVENING - 4 * HOUR).asked()
    machine.clock.set(FRIDAY_EVENING + 20 * HOUR)
    await machine.runs()

    (told,) = await machine.told()
    assert ([], ["EXP-1"]) == (told["reminders"], told["waiting"])


async def test_a_restart_is_caught_up_without_a_word(machine: Machine) -> None:
    await machine.runs()
    machine.clock.advance(4 * 60)
    await machine.runs()

    assert [Away(NOON, NOON + 4 * MINUTE)] == machine.asked_for
    assert [] == await machine.told()


async def test_nothing_is_told_where_no_log_channel_is_set(machine: Machine, database: Database) -> None:
    await machine.runs()
    await database.run(lambda session: session.execute(sa.update(Tenant).values(log_channel=None)))
    machine.clock.advance(hours=9)
    await machine.runs()

    assert [] == await machine.told()


async def test_reminders_wait_until_what_was_answered_meanwhile_is_read(
    machine: Machine, database: Database, workspace: Workspace
) -> None:
    """Nobody is told that time is up who answered in time."""
    await machine.runs()
    table = Table(database, workspace)
    request_id = table.asked()
    machine.clock.advance(minutes=70)
    read = machine._catch_up

    async def answered(away: Away) -> CaughtUp:
        assert [] == list(table.messages(request_id, Notice.CLOCK))
        return await read(away)

    machine._catch_up = answered
    await machine.runs()

    assert 1 == len(table.messages(request_id, Notice.CLOCK))
