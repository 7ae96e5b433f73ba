"""The courier as a running loop: woken by commits, drained before the process ends."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from sqlalchemy.orm import Session

from bot.database import CHANGED, Database
from models import OutboxMessage
from models.outbox import Delivery, Notice, Surface
from tests.builders import PLANT3, SALES, Workspace
from tests.fakes import FakeClock, FakeSlack
from tests.outbox import Post, in_plain_words


@pytest.fixture
def slack(clock: FakeClock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def post(database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock) -> Post:
    return Post(database, slack, clock, workspace.tenant_id)


async def test_the_loop_sends_as_soon_as_a_change_is_committed(post: Post, slack: FakeSlack) -> None:
    """The poke after the commit, not the two-second net, brings the message out."""
    running = asyncio.create_task(post.courier.run())
    await asyncio.sleep(0.05)
    started = asyncio.get_running_loop().time()
    await post.database.run(lambda session: _add(session, post))
    await slack.reached["post"].wait()
    took = asyncio.get_running_loop().time() - started
    await post.courier.drain()
    await running

    assert took < 1


async def test_draining_waits_for_the_call_under_way_and_begins_no_other(post: Post, slack: FakeSlack) -> None:
    """Ending the process in the middle of a call would leave a doubt behind."""
    let_go = asyncio.Event()

    async def hold(_method: str) -> None:
        await let_go.wait()

    slack.during = hold
    row_id = post.put("card:1")
    running = asyncio.create_task(post.courier.run())
    await slack.reached["post"].wait()
    later = post.put("card:2", channel=SALES)
    draining = asyncio.create_task(post.courier.drain(timeout=5))
    await asyncio.sleep(0.02)
    let_go.set()

    assert await draining is True
    await running
    assert post.row(row_id).state is Delivery.SENT
    assert post.row(later).state is Delivery.READY


async def test_draining_in_the_middle_of_a_claim_still_sends_what_was_claimed(
    database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock
) -> None:
    """Otherwise the row would stay claimed until its lease is over."""
    is_claiming = threading.Event()

    def draw(session, row, at):
        is_claiming.set()
        time.sleep(0.05)
        return in_plain_words(session, row, at)

    post = Post(database, slack, clock, workspace.tenant_id, {"render": draw})
    row_id = post.put("card:1")
    running = asyncio.create_task(post.courier.run())
    await asyncio.to_thread(is_claiming.wait)

    assert await post.courier.drain(timeout=5) is True
    await running
    assert post.row(row_id).state is Delivery.SENT


async def test_draining_gives_up_on_a_call_that_hangs_and_leaves_it_claimed(post: Post, slack: FakeSlack) -> None:
    async def hang(_method: str) -> None:
        await asyncio.Event().wait()

    slack.during = hang
    row_id = post.put("card:1")
    running = asyncio.create_task(post.courier.run())
    await slack.reached["post"].wait()

    assert await post.courier.drain(timeout=0.05) is False
    await running
    assert post.row(row_id).state is Delivery.SENDING


async def test_idle_means_that_everything_shows_the_newest(post: Post, slack: FakeSlack) -> None:
    assert await post.courier.is_idle()
    row_id = post.put("card:1")
    assert not await post.courier.is_idle()
    await post.send_all()
    assert await post.courier.is_idle()
    post.wants_another_look(row_id)
    assert not await post.courier.is_idle()


def _add(session: Session, post: Post) -> None:
    at = post.clock.now()
    facts = {"surface": Surface.CARD, "notice": Notice.CARD, "channel": PLANT3, "not_before": at, "made_at": at}
    session.add(OutboxMessage(tenant_id=post.tenant_id, key="card:1", **facts))
    session.info[CHANGED] = True
