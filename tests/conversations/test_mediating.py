"""A leader is called in, asks, is answered, and calls both sides together: as people see it in Slack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models import Tenant
from tests import payloads
from tests.builders import HELENA, JONAS, MARA, TEAM
from tests.rows import call_in

if TYPE_CHECKING:
    from tests.conversations.conftest import Talk
    from tests.fakes import Shown

URL = "https://northbridge.example.com/"


async def called_in(talk: Talk) -> Shown:
    """Jonas works on a request for so long that Helena is called in; gives her message."""
    await talk.asks()
    await talk.reacts(JONAS, "eyes")
    await talk.database.run(_know_the_address)
    await talk.database.run(call_in, 1, HELENA, at=talk.clock.now())
    await talk.deliver()
    return talk.slack.to(HELENA)[-1]


def _know_the_address(session) -> None:
    session.query(Tenant).filter_by(team_id=TEAM).one().url = URL


async def test_a_leader_asks_ops_and_hears_the_answer(talk: Talk) -> None:
    story = await called_in(talk)
    assert "*Can you help?* EXP-1" in story.text
    assert f"{URL}archives/{talk.card.channel}/p{talk.card.ts.replace('.', '')}" in story.text
    await talk.presses(HELENA, story, "ask_ops")
    await talk.submits(HELENA, talk.form, question="What would <!channel> help?")
    assert "Helena Voss asks Operations as mediator\n>What would &lt;!channel&gt; help?" in talk.thread[-1]

    await talk.presses(JONAS, talk.slack.to(JONAS)[-1], "answer_mediator")
    await talk.submits(JONAS, talk.form, information="A driver on Friday.")
    told = talk.heard(HELENA)
    assert "A driver on Friday." in told[-1]
    assert "A driver on Friday." in told[-2]  # the story shows what was done
    assert "A driver on Friday." in talk.heard(JONAS)[-1]


async def test_a_leader_asks_sales_and_a_reply_in_the_thread_comes_back(talk: Talk) -> None:
    story = await called_in(talk)
    await talk.presses(HELENA, story, "ask_sales")
    await talk.submits(HELENA, talk.form, question="Would Monday do?")
    assert "Would Monday do?" in talk.heard(MARA)[-1]
    await talk.replies(MARA, "Monday morning would.")
    assert "Monday morning would." in talk.heard(HELENA)[-1]


async def test_both_sides_are_called_together_in_the_thread(talk: Talk) -> None:
    story = await called_in(talk)
    before = replace(story)
    await talk.presses(HELENA, before, "decide_together")
    await talk.presses(HELENA, before, "decide_together")
    mentions = [text for text in talk.thread if f"<@{MARA}>, <@{JONAS}> and <@{HELENA}>" in text]
    assert len(mentions) == 1
    assert ["Helena Voss has called both sides together already: go on in the thread of EXP-1."] == talk.whispered(
        HELENA
    )
    assert "Decide together" not in str(story.message.blocks)


async def test_who_was_not_called_in_is_told_who_may(talk: Talk) -> None:
    story = await called_in(talk)
    for action in ("ask_ops", "ask_sales", "decide_together"):
        await talk.presses(MARA, story, action)
    assert 3 == len(talk.whispered(MARA))
    assert {"Only leaders, or who was called in, can mediate on EXP-1. Ask one of them to press it."} == set(
        talk.whispered(MARA)
    )


async def test_card_and_homes_show_who_was_called_in(talk: Talk) -> None:
    await called_in(talk)
    words = "Helena Voss was called in at"
    assert words in talk.card.text
    for user in (MARA, JONAS):
        await talk.send(payloads.home_opened(user))
        assert words in str(talk.slack.homes[user])
