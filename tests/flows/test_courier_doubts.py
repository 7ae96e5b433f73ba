"""When nobody knows whether Slack took it: it is looked for first, so nothing is lost and nothing is doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.courier import claims, results
from bot.database import Database
from bot.ports import NotAccepted, Posted, Refused, Unknown
from models.outbox import Delivery, Notice, Surface
from tests.builders import JONAS, MARA, PLANT3, Workspace
from tests.fakes import FakeClock, FakeSlack
from tests.outbox import Post, in_plain_words

SECOND = timedelta(seconds=1)


@pytest.fixture
def slack(clock: FakeClock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def post(database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock) -> Post:
    return Post(database, slack, clock, workspace.tenant_id)


@pytest.mark.parametrize("was_accepted", [True, False])
async def test_a_message_in_doubt_is_looked_for_before_it_is_posted_again(
    post: Post, slack: FakeSlack, clock: FakeClock, was_accepted: bool
) -> None:
    slack.will_fail(Unknown("TimeoutError"), after_accepting=was_accepted)
    row_id = post.put("card:1")
    await post.send_all()

    row = post.row(row_id)
    assert (row.state, row.not_before, row.error) == (Delivery.UNSURE, clock.now() + 30 * SECOND, "TimeoutError")
    assert await post.courier.reconcile() == 0
    clock.advance(30)
    assert await post.courier.reconcile() == 1
    await post.send_all()
    [shown] = slack.messages
    assert (post.row(row_id).state, post.row(row_id).ts) == (Delivery.SENT, shown.ts)
    assert slack.calls["post"] == (1 if was_accepted else 2)


async def test_a_note_in_doubt_is_looked_for_in_its_thread(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    card = post.put("card:1")
    await post.send_all()
    note = post.put("story:1", surface=Surface.NOTE, notice=Notice.STORY, thread_of=card, is_live=False)
    slack.will_fail(Unknown("http_500"), after_accepting=True)
    clock.advance(1)
    await post.send_all()
    clock.advance(30)
    await post.courier.reconcile()

    [shown] = slack.in_thread(post.row(card).ts or "")
    assert (post.row(note).state, post.row(note).ts) == (Delivery.SENT, shown.ts)


async def test_what_changed_while_in_doubt_is_shown_once_it_is_found(
    post: Post, slack: FakeSlack, clock: FakeClock
) -> None:
    slack.will_fail(Unknown("TimeoutError"), after_accepting=True)
    row_id = post.put("card:1")
    await post.send_all()
    post.wants_another_look(row_id)
    clock.advance(30)
    await post.courier.reconcile()
    await post.send_all()

    assert [shown.text for shown in slack.messages] == ["card:1 r2"]


async def test_a_doubt_stays_visible_where_slack_does_not_let_us_look(
    post: Post, slack: FakeSlack, clock: FakeClock
) -> None:
    """Guessing would lose the message or show it twice."""
    slack.will_fail(Unknown("TimeoutError"), after_accepting=True)
    slack.will_fail(Refused("missing_scope"), on="find_posted")
    row_id = post.put("card:1")
    await post.send_all()
    clock.advance(30)
    await post.courier.reconcile()

    row = post.row(row_id)
    assert (row.state, row.error) == (Delivery.UNSURE, "cannot look: missing_scope")
    assert await post.send_all() == 0
    clock.advance(300)
    await post.courier.reconcile()
    assert post.row(row_id).state is Delivery.SENT


async def test_an_edit_in_doubt_is_simply_repeated(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    row_id = post.put("card:1")
    await post.send_all()
    post.wants_another_look(row_id)
    slack.will_fail(Unknown("TimeoutError"), on="update")
    await post.send_all()

    assert post.row(row_id).state is Delivery.STALE
    clock.advance(5)
    await post.send_all()
    assert [shown.text for shown in slack.messages] == ["card:1 r2"]
    assert slack.calls["find_posted"] == 0


async def test_app_home_in_doubt_is_simply_published_again(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    row_id = post.put(f"home:{JONAS}", surface=Surface.HOME, notice=Notice.HOME, channel=JONAS)
    slack.will_fail(Unknown("TimeoutError"), on="publish_home")
    await post.send_all()
    clock.advance(5)
    await post.send_all()

    assert post.row(row_id).state is Delivery.SENT


async def test_a_message_whose_sender_died_is_looked_for_when_its_lease_is_over(
    post: Post, slack: FakeSlack, clock: FakeClock
) -> None:
    row_id = post.put("card:1")
    _claim(post)
    clock.advance(60)
    await post.courier.reconcile()
    assert post.row(row_id).state is Delivery.UNSURE
    clock.advance(30)
    await post.courier.reconcile()
    await post.send_all()

    assert [shown.text for shown in slack.messages] == ["card:1 r1"]


async def test_an_edit_whose_sender_died_goes_again_when_its_lease_is_over(
    post: Post, slack: FakeSlack, clock: FakeClock
) -> None:
    row_id = post.put("card:1")
    await post.send_all()
    post.wants_another_look(row_id)
    _claim(post)
    clock.advance(60)
    await post.courier.reconcile()
    await post.send_all()

    assert [shown.text for shown in slack.messages] == ["card:1 r2"]


async def test_a_sender_that_woke_up_too_late_does_not_post(
    database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock
) -> None:
    """Another courier may already have looked and posted."""

    def draw(session, row, at):
        clock.advance(59)
        return in_plain_words(session, row, at)

    post = Post(database, slack, clock, workspace.tenant_id, {"render": draw})
    row_id = post.put("card:1")
    await post.courier.send_due()

    assert slack.calls["post"] == 0
    assert post.row(row_id).state is Delivery.SENDING


def test_late_bad_news_of_an_older_attempt_changes_nothing(post: Post, clock: FakeClock) -> None:
    row_id = post.put("card:1")
    older, _newer = _claimed_twice(post, clock)
    with_database = post.database.run_now
    with_database(results.give_up, older, Refused("is_archived"), at=clock.now())
    with_database(results.put_off, older, NotAccepted("ratelimited"), at=clock.now())
    with_database(results.leave_unsure, older, Unknown("x"), at=clock.now(), patience=post.courier.patience)

    assert post.row(row_id).state is Delivery.SENDING


def test_late_good_news_of_an_older_attempt_changes_nothing_once_another_began(post: Post, clock: FakeClock) -> None:
    row_id = post.put("card:1")
    older, newer = _claimed_twice(post, clock)
    post.database.run_now(results.sent, newer, Posted(PLANT3, "2.0"), at=clock.now())
    post.database.run_now(results.sent, older, Posted(PLANT3, "1.0"), at=clock.now())

    assert post.row(row_id).ts == "2.0"


async def test_late_good_news_spares_a_second_message(post: Post, slack: FakeSlack, clock: FakeClock) -> None:
    """The lease was over, a look into Slack came too early, and then the answer of the only attempt came in."""
    row_id = post.put("card:1")
    [errand] = _claim(post)
    clock.advance(60)
    await post.courier.reconcile()
    clock.advance(30)
    await post.courier.reconcile()
    assert post.row(row_id).state is Delivery.READY
    post.database.run_now(results.sent, errand, Posted(PLANT3, "1.0"), at=clock.now())

    assert await post.send_all() == 0
    assert (post.row(row_id).state, post.row(row_id).ts) == (Delivery.SENT, "1.0")


async def test_an_error_of_our_own_counts_as_not_knowing(post: Post, slack: FakeSlack) -> None:
    async def trip(_method: str) -> None:
        raise KeyError("channel")

    slack.during = trip
    row_id = post.put("receipt:1", surface=Surface.DIRECT, notice=Notice.RECEIPT, channel=MARA)
    await post.send_all()

    assert (post.row(row_id).state, post.row(row_id).error) == (Delivery.UNSURE, "KeyError")


def _claim(post: Post) -> list[claims.Errand]:
    """Claim as a sender does that is never heard of again."""
    facts = {"at": post.clock.now(), "render": in_plain_words, "patience": post.courier.patience}
    return post.database.run_now(claims.claim, **facts)


def _claimed_twice(post: Post, clock: FakeClock) -> tuple[claims.Errand, claims.Errand]:
    [older] = _claim(post)
    post.database.run_now(results.put_off, older, NotAccepted("ratelimited"), at=clock.now())
    clock.advance(10)
    [newer] = _claim(post)
    return older, newer
