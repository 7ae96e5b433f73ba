"""The ticker asks; the rows answer. A moved clock is acted on at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.courier import Courier
from bot.database import Database
from bot.services import negotiation
from bot.ticker import Ticker
from models import Digest, OutboxMessage
from models.lifecycle import How
from models.outbox import Notice
from tests.builders import LEADERS, MARA, NOON, PLANT3, Workspace, an_ask
from tests.fakes import FakeClock, FakeSlack


@pytest.fixture
def slack(clock: FakeClock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def courier(database: Database, slack: FakeSlack, clock: FakeClock) -> Courier:
    return Courier(database, slack, clock)


@pytest.fixture
def ticker(database: Database, courier: Courier, clock: FakeClock) -> Ticker:
    return Ticker(database, courier, clock)


async def test_a_moved_clock_brings_out_what_fell_due(
    ticker: Ticker, courier: Courier, slack: FakeSlack, database: Database, workspace: Workspace, clock: FakeClock
) -> None:
    await _ask(database, workspace, clock)
    await _send(courier, clock)
    clock.set(NOON + timedelta(minutes=95))
    await ticker.tick_now()
    await _send(courier, clock)

    heard = [shown for shown in slack.in_channel(LEADERS) if ":clock:" in shown.key]
    assert len(heard) == 1


async def test_the_digest_is_made_once_however_often_it_is_asked_for(
    ticker: Ticker, courier: Courier, slack: FakeSlack, database: Database, workspace: Workspace, clock: FakeClock
) -> None:
    await _ask(database, workspace, clock)
    await _send(courier, clock)
    clock.advance(days=6)
    for _ in range(3):
        await ticker.tick_now()

    assert await database.run(lambda session: session.scalar(sa.select(sa.func.count()).select_from(Digest))) == 1
    made = sa.select(sa.func.count()).where(OutboxMessage.notice == Notice.DIGEST)
    assert await database.run(lambda session: session.scalar(made)) == 1


async def test_ticking_sends_what_was_left_behind(
    ticker: Ticker, courier: Courier, slack: FakeSlack, database: Database, workspace: Workspace, clock: FakeClock
) -> None:
    """Another process may have committed it: nobody poked this one."""
    await _ask(database, workspace, clock)
    clock.set(NOON + timedelta(days=365))
    running = asyncio.create_task(courier.run())
    ticker.start()
    async with asyncio.timeout(10):
        await slack.reached["post"].wait()
    await courier.drain()
    await ticker.stop()
    await running

    assert slack.in_channel(PLANT3) or slack.to(MARA)


async def _ask(database: Database, workspace: Workspace, clock: FakeClock) -> None:
    submit: Callable[..., object] = negotiation.submit
    await database.run(submit, workspace.mara, an_ask(), at=clock.now(), how=How.FORM)


async def _send(courier: Courier, clock: FakeClock) -> None:
    for _ in range(4):
        while await courier.send_due():
            pass
        clock.advance(1)
