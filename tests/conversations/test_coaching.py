"""A demanding draft: its writer alone is shown the same as a question, to take, to leave, or never to see again."""

from __future__ import annotations

from typing import Any

from bot.reader.messages import read_fields
from tests import payloads
from tests.builders import MARA, NOON, TOBIAS
from tests.conversations.conftest import Talk, button

DEMAND = "You need to ship the Acme order today. Not tomorrow. Today. This isn't a discussion."
PLAIN = "Their line restarts on Monday."
HINT = "your words tell Operations what has to happen"
ASK = "100 pcs BRK-2040 for Acme by Friday"


async def reviewed(talk: Talk, words: str, *, who: str = MARA) -> dict[str, Any]:
    """Fill in the form up to what is said back."""
    await talk.types(who, ASK)
    second = (await talk.submits(who, talk.form, reason_code="line_down"))["view"]
    shown: dict[str, Any] = (await talk.submits(who, second, expectation=words))["view"]
    return {**shown, "id": talk.form["id"]}


async def presses(talk: Talk, view: dict[str, Any], action: str, *, who: str = MARA) -> dict[str, Any]:
    await talk.send(payloads.click_in_view(who, button(view["blocks"], action), view))
    return talk.form


async def test_a_demand_is_shown_as_a_question_and_plain_words_are_not(talk: Talk) -> None:
    assert read_fields(DEMAND, now=NOON).demanding
    shown = str((await reviewed(talk, DEMAND))["blocks"])
    assert HINT in shown
    assert ">Can you ship 100 pcs of BRK-2040 by Fri 27 Nov? It would help Acme a lot." in shown
    assert HINT not in str((await reviewed(talk, PLAIN))["blocks"])


async def test_the_question_can_be_taken_and_is_what_is_sent(talk: Talk) -> None:
    again = await presses(talk, await reviewed(talk, DEMAND), "take_words")
    assert HINT not in str(again["blocks"])
    assert {"response_action": "clear"} == await talk.submits(MARA, again)

    assert "what could you do?" in talk.card.text
    assert "This isn't a discussion" not in talk.card.text


async def test_the_own_words_can_be_kept(talk: Talk) -> None:
    again = await presses(talk, await reviewed(talk, DEMAND), "keep_words")
    assert HINT not in str(again["blocks"])
    await talk.submits(MARA, again)

    assert "This isn't a discussion" in talk.card.text


async def test_one_press_ends_it_for_this_person_only(talk: Talk) -> None:
    again = await presses(talk, await reviewed(talk, DEMAND), "no_coaching")
    assert HINT not in str(again["blocks"])

    assert HINT not in str((await reviewed(talk, DEMAND))["blocks"])
    assert HINT in str((await reviewed(talk, DEMAND, who=TOBIAS))["blocks"])


async def test_whether_somebody_was_coached_is_shown_to_nobody(talk: Talk) -> None:
    review = await reviewed(talk, DEMAND)
    await talk.submits(MARA, review)

    everything = [shown.text for shown in talk.slack.messages] + [line.message.text for line in talk.slack.whispers]
    assert everything
    assert not [text for text in everything if HINT in text]
