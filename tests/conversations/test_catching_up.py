"""What people did on a card while nobody listened counts afterwards, once, and in the order in which it was meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.ports import NotAccepted, Refused, Reply, Unknown
from bot.services.downtime import Away
from handlers.catching_up import CatchingUp
from handlers.conversation import Conversation
from models import ExpediteRequest, TimelineEntry
from models.lifecycle import Move, Status
from tests import payloads
from tests.builders import JONAS, MARA, PRIYA, SAM
from tests.conversations.conftest import button

if TYPE_CHECKING:
    from bot.services.downtime import CaughtUp
    from tests.conversations.conftest import Talk

WENT = datetime.fromtimestamp(1795000000, UTC)
"""Before anything that the payloads of these tests are stamped with."""


async def comes_back(talk: Talk, *, since: datetime = WENT) -> CaughtUp:
    """The app starts again; gives what it found."""
    read = CatchingUp(Conversation(talk.database, talk.clock, talk.slack))
    found = await read(Away(since, talk.clock.now()))
    await talk.deliver()
    return found


def meanwhile(talk: Talk, *reactions: tuple[str, str], replies: tuple[tuple[str, str, datetime], ...] = ()) -> None:
    """What people do on the card while the app is away."""
    talk.slack.reacting[talk.card.ts] |= set(reactions)
    talk.slack.replied[talk.card.ts] += [Reply(f"{at.timestamp():.6f}", who, text) for who, text, at in replies]


async def status(talk: Talk) -> Status:
    return await talk.database.run(lambda session: session.scalars(sa.select(ExpediteRequest.status)).one())


async def moves(talk: Talk) -> list[Move]:
    entries = sa.select(TimelineEntry.move).order_by(TimelineEntry.id)
    return await talk.database.run(lambda session: list(session.scalars(entries)))


async def test_a_reaction_counts_once_however_often_the_app_starts_and_slack_tells_of_it(talk: Talk) -> None:
    await talk.asks()
    meanwhile(talk, (JONAS, "eyes"))
    told_later = payloads.reaction(JONAS, "eyes", talk.card.ts)

    assert [1] == [number for _tenant, number in (await comes_back(talk)).moved]
    assert () == tuple((await comes_back(talk)).moved)
    await talk.send(told_later)
    assert [Move.ASK, Move.ACKNOWLEDGE] == await moves(talk)
    assert [] == talk.whispered(JONAS)


async def test_what_was_heard_while_the_app_was_there_is_no_news(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(JONAS, "eyes")
    await talk.reacts(PRIYA, "eyes")  # refused: Jonas was first
    ts = await talk.replies(JONAS, "Checking the mould")
    meanwhile(talk, (JONAS, "eyes"), (PRIYA, "eyes"))
    talk.slack.replied[talk.card.ts].append(Reply(ts, JONAS, "Checking the mould"))
    await talk.reacts(JONAS, "eyes", removed=True)
    talk.slack.reacting[talk.card.ts].discard((JONAS, "eyes"))
    assert await status(talk) is Status.ASKED

    assert () == tuple((await comes_back(talk)).moved)
    assert await status(talk) is Status.ASKED


async def test_a_reply_counts_as_of_when_it_was_written(talk: Talk) -> None:
    await talk.asks()
    written = talk.clock.now() + timedelta(minutes=10)
    meanwhile(talk, replies=((JONAS, "We look into it", written),))
    talk.clock.advance(hours=3)
    await comes_back(talk)

    responded = sa.select(ExpediteRequest.first_responded_at)
    assert written == await talk.database.run(lambda session: session.scalars(responded).one())


async def test_nothing_is_put_before_what_is_on_record(talk: Talk) -> None:
    await talk.asks()
    asked = talk.clock.now()
    meanwhile(talk, replies=((JONAS, "We look into it", asked - timedelta(hours=1)),))
    await comes_back(talk, since=asked - timedelta(hours=2))
    at = await talk.database.run(lambda session: list(session.scalars(sa.select(TimelineEntry.at))))

    assert at == sorted(at)


async def test_a_question_by_reaction_its_words_and_the_answer_are_taken_in_that_order(talk: Talk) -> None:
    await talk.asks()
    now = talk.clock.now()
    said = ((JONAS, "Revision B or C?", now + timedelta(minutes=1)), (MARA, "Revision C.", now + timedelta(minutes=2)))
    meanwhile(talk, (JONAS, "question"), (JONAS, "white_check_mark"), replies=said)
    talk.clock.advance(hours=1)
    await comes_back(talk)

    assert [Move.ASK, Move.ASK_INFORMATION, Move.GIVE_INFORMATION, Move.COMMIT] == await moves(talk)
    found = await talk.database.run(lambda session: session.scalars(sa.select(ExpediteRequest)).one())
    assert ("Revision B or C?", "Revision C.") == (found.question, found.information)


async def test_what_was_taken_back_meanwhile_is_undone(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(JONAS, "white_check_mark")
    assert await status(talk) is Status.AGREED
    late = payloads.reaction(JONAS, "white_check_mark", talk.card.ts, removed=True)
    await comes_back(talk)  # the card shows no reaction any more

    assert await status(talk) is Status.ASKED
    await talk.send(late)
    assert [Move.ASK, Move.COMMIT, Move.UNDO] == await moves(talk)


async def test_a_reply_deleted_meanwhile_is_undone(talk: Talk) -> None:
    await talk.asks()
    await talk.replies(PRIYA, "On it")
    assert await status(talk) is Status.ACKNOWLEDGED
    await comes_back(talk)

    assert await status(talk) is Status.ASKED


async def test_who_may_not_answer_counts_for_nothing_and_is_not_scolded(talk: Talk) -> None:
    await talk.asks()
    stranger = Reply(f"{WENT.timestamp() + 5:.6f}", JONAS, "On it", team="T0OTHERS")
    talk.slack.replied[talk.card.ts].append(stranger)
    meanwhile(talk, (SAM, "eyes"), (JONAS, "tada"))
    assert () == tuple((await comes_back(talk)).moved)

    assert await status(talk) is Status.ASKED
    assert [] == talk.whispered(SAM)


async def test_a_decline_by_reaction_is_still_offered_its_form(talk: Talk) -> None:
    await talk.asks()
    meanwhile(talk, (JONAS, "no_entry_sign"))
    await comes_back(talk)
    await comes_back(talk)

    assert ["A decline needs a reason and an alternative"] == [text[:43] for text in talk.whispered(JONAS)]


@pytest.mark.parametrize("fault", [Refused("missing_scope"), Unknown("http_500"), RuntimeError("ours")])
async def test_a_card_that_cannot_be_read_is_told_and_holds_up_no_other(talk: Talk, fault: Exception) -> None:
    await talk.asks()
    first = talk.card.ts
    await talk.asks("5 pcs GSK-7 for Contoso by Friday")
    talk.slack.reacting[first].add((JONAS, "eyes"))
    talk.slack.will_fail(fault, on="reactions")  # the newest card goes first
    found = await comes_back(talk)

    assert ([1], [2]) == ([number for _t, number in found.moved], [number for _t, number in found.unread])


async def test_slacks_wish_for_patience_is_heard(talk: Talk) -> None:
    await talk.asks()
    meanwhile(talk, (JONAS, "eyes"))
    talk.slack.will_fail(NotAccepted("ratelimited", retry_after=0.01), on="replies")

    assert 1 == len((await comes_back(talk)).moved)


async def test_closed_requests_are_left_alone(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(MARA, talk.slack.to(MARA)[0], "withdraw")
    await talk.submits(MARA, talk.form)
    meanwhile(talk, (JONAS, "eyes"))
    await comes_back(talk)

    assert 0 == talk.slack.calls["reactions"]


async def test_a_reply_that_was_missed_is_said_back_once_and_can_be_confirmed(talk: Talk) -> None:
    await talk.asks()
    meanwhile(talk, replies=((JONAS, "Yes, we can ship 100 on Friday.", talk.clock.now()),))
    await comes_back(talk)
    await comes_back(talk)
    (shown,) = talk.slack.whispers
    assert talk.card.ts == shown.thread_ts

    await talk.send(payloads.click_whisper(JONAS, button(shown.message.blocks, "confirm_reply"), shown.thread_ts))

    assert await status(talk) is Status.AGREED
