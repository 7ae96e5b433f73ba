"""`expedite-desk serve` is killed with calls to Slack in flight; people go on with the next one and miss nothing.

The app is a process of its own, as in production: nothing of it survives but the database and what Slack took.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
import sqlalchemy as sa
from playwright.async_api import Locator, expect

from bot import migrating
from bot.config import Mode
from bot.courier.claims import wire_key
from bot.manifest import manifest
from bot.sandbox import Sandbox, SandboxClock, World
from bot.sandbox.faults import Fault
from models import OutboxMessage
from models.outbox import Delivery, Surface
from tests.browser.window import CHROMIUM, Window, chromium
from tests.builders import JONAS, MARA, PLANT3, SALES
from tests.sandbox.serving import begin, end_at_once, settings_for

if TYPE_CHECKING:
    from asyncio.subprocess import Process

T = TypeVar("T")
WITHOUT_APP = "sandbox · no app is connected"
CONNECTED = "sandbox · the app is connected"
PATIENCE = 20_000  # ms, for what a new process does
SETTLED = 60.0
"""Seconds after which nothing is in doubt: a note that the second kill caught on its way is looked for after 30."""
IN_FLIGHT = 8.0  # seconds a call hangs: longer than it takes to end a process

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody is there when the app dies")


@dataclass
class Served:
    """Slack's place, and the app as a process that can be killed and started again on its database."""

    slack: Sandbox
    settings: dict[str, str]
    folder: Path
    process: Process | None = None

    async def start(self) -> None:
        self.process = await begin(self.settings, self.folder)

    async def kill(self) -> None:
        assert self.process is not None
        await end_at_once(self.process)

    def break_next(self, *faults: Fault) -> None:
        self.slack.world.faults.extend(faults)

    async def until_in_flight(self) -> None:
        """Wait until every armed fault has struck: each holds a call that the app waits for."""
        async with asyncio.timeout(IN_FLIGHT):
            while self.slack.world.faults:
                await asyncio.sleep(0.01)

    async def the_wait_ends(self, state: Delivery) -> None:
        """Let the wait of the rows in this state end now, as soon as there are some.

        A sender's lease is a minute and settling half of one, by the machine's clock, which nobody can push.
        """
        async with asyncio.timeout(PATIENCE / 1000):
            while not await asyncio.to_thread(self._end_wait, state):
                await asyncio.sleep(0.1)

    @property
    def said(self) -> list[str]:
        """The keys of what the app said in Slack, as many times as it is there."""
        own = [each for each in self.slack.world.messages.since("0") if each.metadata]
        return sorted(each.metadata["event_payload"]["key"] for each in own if each.metadata)

    def wanted_to_say(self) -> list[str]:
        """The keys of everything that the app decided to say."""
        rows = sa.select(OutboxMessage.tenant_id, OutboxMessage.key).where(OutboxMessage.surface != Surface.HOME)
        return sorted(wire_key(*row) for row in self._with_database(lambda here: here.execute(rows).all()))

    def _end_wait(self, state: Delivery) -> int:
        waiting = sa.update(OutboxMessage).where(OutboxMessage.state == state)
        over = waiting.values(not_before=datetime.now(UTC))
        return self._with_database(lambda here: here.execute(over).rowcount)

    def _with_database(self, work: Callable[[sa.Connection], T]) -> T:
        engine = sa.create_engine(self.settings["DATABASE_URL"])
        with engine.begin() as connection:
            found = work(connection)
        engine.dispose()
        return found


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    slack = Sandbox(World.seeded(SandboxClock(datetime.now(UTC))))
    slack.world.install(manifest(Mode.SOCKET))
    await slack.start()
    url = f"sqlite:///{tmp_path / 'served.db'}"
    await asyncio.to_thread(migrating.upgrade, url)
    app = Served(slack, {**settings_for(slack, url), "SLACK_APP_TOKEN": slack.app.app_token}, tmp_path)
    await app.start()
    yield app
    await app.kill()
    await slack.stop()


@dataclass(frozen=True)
class Two:
    """Mara and Jonas, each in front of a window."""

    mara: Window
    jonas: Window

    @property
    def card(self) -> Locator:
        return self.jonas.messages("EXP-1 ·")

    @property
    def receipt(self) -> Locator:
        return self.mara.messages(re.compile("is with the Plant 3 desk|you asked the Plant 3 desk"))

    async def see(self, state: str) -> None:
        """Both are told whether an app is there."""
        for window in (self.mara, self.jonas):
            await expect(window.page.get_by_test_id("connected")).to_have_text(state, timeout=PATIENCE)


@pytest.fixture
async def two(served: Served) -> AsyncIterator[Two]:
    async with chromium() as browser:
        mara, jonas = [await Window.open(browser, served.slack.url) for _ in range(2)]
        await mara.sit(MARA, SALES)
        await jonas.sit(JONAS, PLANT3)
        yield Two(mara, jonas)
        assert [] == mara.complaints + jonas.complaints


async def test_a_life_goes_on_through_two_kills_with_calls_in_flight(served: Served, two: Two) -> None:
    await two.see(CONNECTED)
    await the_app_dies_while_a_request_is_told(served, two)
    await the_next_app_tells_what_was_lost_and_repeats_nothing(served, two)
    await the_app_dies_while_the_card_changes(served, two)
    await the_life_ends_as_if_nothing_had_happened(served, two)


async def the_app_dies_while_a_request_is_told(served: Served, two: Two) -> None:
    """Of the card and the receipt Slack takes one, and never hears the other; the app has no answer to either."""
    served.break_next(
        Fault("chat.postMessage", "timeout_after_accept", seconds=IN_FLIGHT),
        Fault("chat.postMessage", "timeout", seconds=IN_FLIGHT),
    )
    await two.mara.asks("100 pcs BRK-2040 for Acme by Friday", reason="line_down")
    await served.until_in_flight()
    await served.kill()
    await two.mara.become(MARA)
    await two.see(WITHOUT_APP)
    assert 1 == await two.card.count() + await two.receipt.count()


async def the_next_app_tells_what_was_lost_and_repeats_nothing(served: Served, two: Two) -> None:
    await served.the_wait_ends(Delivery.SENDING)
    await served.start()
    await served.the_wait_ends(Delivery.UNSURE)
    await two.see(CONNECTED)
    for told in (two.card, two.receipt):
        await expect(told).to_have_count(1, timeout=PATIENCE)


async def the_app_dies_while_the_card_changes(served: Served, two: Two) -> None:
    """Jonas' press was acknowledged; the new card is on its way, and arrives when nobody waits for it."""
    served.break_next(Fault("chat.update", "slow", seconds=IN_FLIGHT))
    await two.jonas.presses(two.card, "commit_as_asked")
    await two.jonas.page.get_by_test_id("confirm-yes").click()
    await served.until_in_flight()
    await served.kill()
    await two.see(WITHOUT_APP)
    await served.the_wait_ends(Delivery.SENDING)
    await served.start()
    await two.see(CONNECTED)


async def the_life_ends_as_if_nothing_had_happened(served: Served, two: Two) -> None:
    await expect(two.card).to_contain_text("Committed", timeout=PATIENCE)
    await two.jonas.presses(two.card, "report_outcome")
    await two.jonas.picks("outcome", "in_full")
    await two.jonas.submits()
    await expect(two.receipt).to_contain_text("shipped", timeout=PATIENCE)
    await expect(two.card.locator('[data-action-id="report_outcome"]')).to_have_count(0, timeout=PATIENCE)
    for told in (two.card, two.receipt):
        await expect(told).to_have_count(1)
    wanted = await asyncio.to_thread(served.wanted_to_say)
    async with asyncio.timeout(SETTLED):
        while len(served.said) < len(wanted):
            await asyncio.sleep(0.1)
    assert served.said == wanted
