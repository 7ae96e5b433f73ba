"""When Slack is busy or refuses: it is left alone as long as it asks, and what cannot be shown stays visible."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.database import Database
from bot.ports import Message, NotAccepted, Refused
from models.outbox import Delivery, Surface
from tests.builders import PLANT3, SALES, Workspace
from tests.fakes import FakeClock, FakeSlack
from tests.outbox import Post

SECOND = timedelta(seconds=1)


@pytest.fixture
def slack(clock: FakeClock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def post(database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock) -> Post:
    return Post(database, slack, clock, workspace.tenant_id)


async def test_a_busy_slack_is_left_alone_for_as_long_as_it_asks(
    post: Post, slack: FakeSlack, clock: FakeClock
) -> None:
    slack.will_fail(NotAccepted("ratelimited", retry_after=7))
    row_id = post.put("card:1")
    await post.send_all()

    row = post.row(row_id)
    assert (row.state, row.not_before, row.error) == (Delivery.READY, clock.now() + 7 * SECOND, "ratelimited")
    clock.advance(6)
    assert await post.send_all() == 0
    clock.advance(1)
    assert await post.send_all() == 1
    assert (post.row(row_id).state, post.row(row_id).error) == (Delivery.SENT, "")


async def test_a_busy_channel_pauses_its_other_messages_but_no_other_channel(
    post: Post, slack: FakeSlack, clock: FakeClock
) -> None:
    slack.will_fail(NotAccepted("ratelimited", retry_after=7))
    post.put("card:1")
    await post.send_all()
    clock.advance(2)
    post.put("card:2")
    post.put("card:3", channel=SALES)
    await post.send_all()

    assert [shown.text for shown in slack.messages] == ["card:3 r1"]
    clock.advance(5)
    await post.send_all()
    assert [shown.text for shown in slack.in_channel(PLANT3)] == ["card:1 r1"]


async def test_a_limit_on_edits_pauses_every_edit_of_the_workspace(
    post: Post, slack: FakeSlack, clock: FakeClock
) -> None:
    rows = [post.put("card:1"), post.put("card:2", channel=SALES)]
    await post.send_all()
    post.wants_another_look(rows[0])
    slack.will_fail(NotAccepted("ratelimited", retry_after=9), on="update")
    await post.send_all()
    post.wants_another_look(rows[1])

    assert await post.send_all() == 0
    clock.advance(9)
    assert await post.send_all() == 2


async def test_without_word_from_slack_the_wait_grows(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    slack.will_fail(NotAccepted("ClientConnectorError"), times=3)
    row_id = post.put("card:1")
    waits = []
    for _ in range(3):
        await post.send_all()
        waits.append((post.row(row_id).not_before - clock.now()).total_seconds())
        clock.advance(waits[-1])
    await post.send_all()

    assert waits == [2, 4, 8]
    assert post.row(row_id).state is Delivery.SENT


async def test_a_permanent_refusal_stays_visible_with_slacks_own_word(post: Post, slack: FakeSlack) -> None:
    slack.will_fail(Refused("is_archived"))
    row_id = post.put("card:1")
    await post.send_all()

    assert (post.row(row_id).state, post.row(row_id).error) == (Delivery.DEAD, "is_archived")
    assert await post.send_all() == 0
    assert await post.courier.is_idle()


async def test_an_edit_of_a_message_that_was_deleted_ends(post: Post, slack: FakeSlack) -> None:
    row_id = post.put("card:1")
    await post.send_all()
    slack.messages.clear()
    post.wants_another_look(row_id)
    await post.send_all()

    assert (post.row(row_id).state, post.row(row_id).error) == (Delivery.DEAD, "message_not_found")


async def test_blocks_that_slack_refuses_are_shown_as_their_text(
    database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock
) -> None:
    """A chart that a workspace cannot show yet must not cost its people the figures."""

    def draw(session, row, at):
        return Message("Kept: 3 of 4", [{"type": "data_visualization"}])

    post = Post(database, slack, clock, workspace.tenant_id, {"render": draw})
    slack.will_fail(Refused("invalid_blocks: unsupported type"))
    row_id = post.put("digest:1", surface=Surface.CHANNEL)
    await post.send_all()

    assert [shown.message for shown in slack.messages] == [Message("Kept: 3 of 4")]
    assert post.row(row_id).error == "shown as text: invalid_blocks: unsupported type"


async def test_of_refused_blocks_the_charts_are_left_out_first(
    database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock
) -> None:
    """The twin of a chart stands beside it; only where the rest is refused as well is the text all there is."""
    rest = {"type": "section", "text": {"type": "mrkdwn", "text": "Kept: 3 of 4"}}

    def draw(session, row, at):
        return Message("Kept: 3 of 4", [{"type": "data_visualization"}, rest])

    post = Post(database, slack, clock, workspace.tenant_id, {"render": draw})
    slack.will_fail(Refused("invalid_blocks"))
    first = post.put("digest:1", surface=Surface.CHANNEL)
    await post.send_all()
    clock.advance(2)
    slack.will_fail(Refused("invalid_blocks"), times=2)
    post.put("digest:2", surface=Surface.CHANNEL)
    await post.send_all()

    assert [shown.message for shown in slack.messages] == [Message("Kept: 3 of 4", [rest]), Message("Kept: 3 of 4")]
    assert post.row(first).error == "shown without charts: invalid_blocks"


async def test_a_message_is_put_off_before_its_channel_is_paused(post: Post, slack: FakeSlack) -> None:
    """The order of a claim: two that lock the same rows in one order never wait for each other in a circle."""
    slack.will_fail(NotAccepted("ratelimited", retry_after=7))
    post.put("card:1")
    written: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        written.extend(word for word in ("UPDATE outbox", "INSERT INTO channel_paces") if statement.startswith(word))

    event.listen(post.database.engine, "before_cursor_execute", heard)
    await post.courier.send_due()

    assert written[-2:] == ["UPDATE outbox", "INSERT INTO channel_paces"]
