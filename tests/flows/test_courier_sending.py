"""How messages leave: once, in order, no faster than Slack takes them, always with the newest words."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.courier import Courier
from bot.database import Database
from models import Tenant
from models.outbox import Delivery, Notice, Surface
from tests.builders import JONAS, MARA, PLANT3, SALES, TEAM, Workspace
from tests.fakes import FakeClock, FakeSlack, direct_channel
from tests.outbox import Post, in_plain_words


@pytest.fixture
def slack(clock: FakeClock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def post(database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock) -> Post:
    return Post(database, slack, clock, workspace.tenant_id)


async def test_a_row_becomes_one_message_that_carries_its_key(post: Post, slack: FakeSlack) -> None:
    row_id = post.put("card:1")

    assert await post.send_all() == 1
    [shown] = slack.in_channel(PLANT3)
    row = post.row(row_id)
    assert (shown.team_id, shown.text, shown.key) == (TEAM, "card:1 r1", f"{post.tenant_id}:card:1")
    assert (row.state, row.posted_channel, row.ts, row.sent_at) == (Delivery.SENT, PLANT3, shown.ts, post.clock.now())


async def test_what_was_sent_is_not_sent_again(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    post.put("card:1")
    await post.send_all()
    clock.advance(hours=1)

    assert await post.send_all() == 0
    assert await post.courier.reconcile() == 0
    assert len(slack.messages) == 1


async def test_a_direct_message_is_later_edited_where_it_landed(post: Post, slack: FakeSlack) -> None:
    """Slack answers a post to a person with the direct channel; an edit must name that channel."""
    row_id = post.put("receipt:1", surface=Surface.DIRECT, notice=Notice.RECEIPT, channel=MARA)
    await post.send_all()
    post.wants_another_look(row_id)
    await post.send_all()

    assert post.row(row_id).posted_channel == direct_channel(MARA)
    assert [shown.text for shown in slack.to(MARA)] == ["receipt:1 r2"]


async def test_many_changes_cost_one_edit_with_the_newest_words(post: Post, slack: FakeSlack) -> None:
    row_id = post.put("card:1")
    await post.send_all()
    for _ in range(5):
        post.wants_another_look(row_id)
    await post.send_all()

    [shown] = slack.messages
    assert (shown.text, len(shown.edits), slack.calls["update"]) == ("card:1 r6", 1, 1)


async def test_a_change_while_the_message_is_being_sent_is_shown_by_an_edit(post: Post, slack: FakeSlack) -> None:
    row_id = post.put("card:1")

    async def somebody_acts(method: str) -> None:
        if method == "post":
            post.wants_another_look(row_id)

    slack.during = somebody_acts
    await post.courier.send_due()

    assert post.row(row_id).state is Delivery.STALE
    await post.send_all()
    assert [shown.text for shown in slack.messages] == ["card:1 r2"]
    assert post.row(row_id).state is Delivery.SENT


async def test_a_note_waits_until_its_card_stands(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    card = post.put("card:1", not_before=clock.now() + timedelta(seconds=5))
    post.put("story:1", surface=Surface.NOTE, notice=Notice.STORY, thread_of=card, is_live=False)

    assert await post.send_all() == 0
    clock.advance(5)
    await post.send_all()
    clock.advance(1)
    await post.send_all()
    [shown] = slack.in_channel(PLANT3)
    assert [note.text for note in slack.in_thread(shown.ts)] == ["story:1 r1"]


async def test_a_channel_gets_one_new_message_a_second(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    for number in range(3):
        post.put(f"card:{number}")
    post.put("card:elsewhere", channel=SALES)

    await post.send_all()
    assert [shown.text for shown in slack.messages] == ["card:0 r1", "card:elsewhere r1"]
    await post.send_all()
    assert len(slack.in_channel(PLANT3)) == 1
    clock.advance(1)
    await post.send_all()
    assert len(slack.in_channel(PLANT3)) == 2


async def test_edits_do_not_wait_for_the_pace_of_their_channel(post: Post, slack: FakeSlack) -> None:
    row_id = post.put("card:1")
    await post.send_all()
    post.wants_another_look(row_id)

    assert await post.send_all() == 1


async def test_a_full_channel_does_not_hold_up_others(post: Post, slack: FakeSlack) -> None:
    """More waiting rows than one claim takes, and behind them one for another channel."""
    for number in range(30):
        post.put(f"card:{number}")
    post.put("receipt:1", surface=Surface.DIRECT, notice=Notice.RECEIPT, channel=MARA)

    await post.send_all()
    assert len(slack.to(MARA)) == 1


async def test_app_home_is_published_and_published_again(post: Post, slack: FakeSlack) -> None:
    row_id = post.put(f"home:{JONAS}", surface=Surface.HOME, notice=Notice.HOME, channel=JONAS)
    await post.send_all()
    post.wants_another_look(row_id)
    await post.send_all()

    assert slack.homes[JONAS]["private_metadata"] == "2"
    assert post.row(row_id).state is Delivery.SENT
    assert slack.messages == []


async def test_a_row_that_cannot_be_drawn_is_put_aside_and_holds_up_nobody(
    database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock
) -> None:
    def draw(session, row, at):
        if row.key == "card:bad":
            raise KeyError(row.key)
        return in_plain_words(session, row, at)

    post = Post(database, slack, clock, workspace.tenant_id, {"render": draw})
    bad = post.put("card:bad", channel=SALES)
    post.put("card:good")
    await post.send_all()

    assert [shown.text for shown in slack.messages] == ["card:good r1"]
    assert (post.row(bad).state, post.row(bad).error) == (Delivery.DEAD, "cannot be drawn: KeyError")


async def test_two_couriers_send_each_message_once(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    other = Courier(post.database, slack, clock, render=in_plain_words)
    for number in range(12):
        post.put(f"card:{number}", channel=f"C{number}")

    await asyncio.gather(post.courier.send_due(), other.send_due(), post.courier.send_due(), other.send_due())
    assert sorted(shown.key for shown in slack.messages) == sorted(f"{post.tenant_id}:card:{n}" for n in range(12))


async def test_a_workspace_that_left_gets_nothing(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    def leave(session) -> None:
        session.get_one(Tenant, post.tenant_id).uninstalled_at = clock.now()

    post.put("card:1")
    post.database.run_now(leave)

    assert await post.send_all() == 0
    assert await post.courier.is_idle()
