"""A reply that may read sharper than meant: its writer alone is told, once a day, until they want it no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from models import HintGiven, TimelineEntry
from tests import payloads
from tests.builders import JONAS, MARA, PRIYA, SALES
from tests.conversations.conftest import button

if TYPE_CHECKING:
    from tests.conversations.conftest import Talk

SHARP = "You people never read the ticket. I need 40 by Friday!!!"
HINT = "sharper than you meant"


@pytest.fixture(autouse=True)
async def _asked(talk: Talk) -> None:
    await talk.asks()


def hints(talk: Talk, user: str) -> list[str]:
    return [text for text in talk.whispered(user) if HINT in text]


async def press(talk: Talk, user: str, action: str) -> None:
    shown = [one for one in talk.slack.whispers if one.slack_id == user][-1]
    await talk.send(payloads.click_whisper(user, button(shown.message.blocks, action), shown.thread_ts))


async def test_its_writer_alone_is_told_once_a_day_and_nothing_is_counted(talk: Talk) -> None:
    told_before = [len(talk.thread), talk.heard(JONAS), talk.leaders]
    await talk.replies(MARA, SHARP)
    await talk.replies(MARA, SHARP)
    assert [1, 0] == [len(hints(talk, MARA)), len(hints(talk, JONAS))]
    assert ">I need 40 by Friday." in hints(talk, MARA)[0]
    assert told_before == [len(talk.thread), talk.heard(JONAS), talk.leaders]

    await talk.replies(JONAS, "are you kidding?")
    await talk.pass_time(days=1, minutes=1)
    await talk.replies(MARA, SHARP)
    assert [2, 1] == [len(hints(talk, MARA)), len(hints(talk, JONAS))]
    kept = await talk.database.run(lambda session: [row.slack_id for row in session.scalars(sa.select(HintGiven))])
    story = await talk.database.run(
        lambda session: str([row.facts for row in session.scalars(sa.select(TimelineEntry))])
    )
    assert sorted([MARA, JONAS]) == sorted(kept)  # when the last one was, for each; no more
    assert "read the ticket" not in story


async def test_an_edit_that_makes_it_sharp_counts_and_calm_words_and_other_threads_do_not(talk: Talk) -> None:
    ts = await talk.replies(MARA, "The customer was promised Friday.")
    await talk.send(payloads.reply(MARA, SHARP, "999.1", channel=SALES))
    assert [] == hints(talk, MARA)

    await talk.send(payloads.edited(MARA, SHARP, ts, talk.card.ts))
    assert 1 == len(hints(talk, MARA))


async def test_one_press_turns_all_hints_about_wording_off_and_another_on_again(talk: Talk) -> None:
    await talk.replies(MARA, SHARP)
    await press(talk, MARA, "leave_reply")
    assert talk.slack.answers == [None]
    await press(talk, MARA, "no_cooling")
    await talk.pass_time(days=2)
    await talk.replies(MARA, SHARP)
    await talk.replies(PRIYA, SHARP)
    assert [1, 1] == [len(hints(talk, MARA)), len(hints(talk, PRIYA))]

    # The way back is in the help and in App Home.
    help_of = {user: str((await talk.types(user, "help"))["blocks"]) for user in (MARA, PRIYA)}
    assert ["hints_again" in help_of[MARA], "hints_again" in help_of[PRIYA]] == [True, False]
    await talk.send(payloads.home_opened(MARA))
    home: dict[str, Any] = {**talk.slack.homes[MARA], "id": "V0HOME"}
    await talk.send(payloads.click_in_view(MARA, button(home["blocks"], "hints_again"), home))
    talk.clock.advance(5)
    await talk.deliver()
    assert "hints_again" not in str(talk.slack.homes[MARA])
    await talk.replies(MARA, SHARP)
    assert 2 == len(hints(talk, MARA))
