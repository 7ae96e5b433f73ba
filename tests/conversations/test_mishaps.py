"""When something fails while a form is open: nothing typed is lost, and the sentence stands where the person is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.ports import NotAccepted, Refused
from tests import payloads
from tests.builders import JONAS, MARA, TOBIAS
from tests.conversations.conftest import Talk, button
from tests.reading import elements_in


async def test_an_unknown_number_is_said_back_without_pinging(talk: Talk) -> None:
    """Slack hands over what was typed with its own marks escaped; they must not come alive in the answer."""
    answer = await talk.types(MARA, "status &lt;!channel&gt;")

    assert "<!channel>" not in answer["text"]
    assert "&lt;!channel&gt;" in answer["text"]


async def test_two_quick_presses_in_a_form_lose_nothing(talk: Talk) -> None:
    """The second press still carries the form as it was before the first: Slack refuses to go back."""
    form, view = await an_offer(talk)
    talk.slack.will_fail(Refused("hash_conflict"), on="update_form")
    before = dict(talk.slack.forms)
    await talk.send(payloads.click_in_view(JONAS, shape(form), form))

    assert before == talk.slack.forms
    assert view in talk.slack.forms


async def test_a_form_that_cannot_be_redrawn_stays_with_a_sentence_above(talk: Talk) -> None:
    form, view = await an_offer(talk)
    talk.slack.will_fail(NotAccepted("ratelimited"), on="update_form")
    await talk.send(payloads.click_in_view(JONAS, shape(form), form))

    shown = talk.slack.forms[view]
    assert "please try again" in str(shown["blocks"][0])
    assert inputs(form) == inputs(shown)
    assert form["private_metadata"] == shown["private_metadata"]


async def test_a_review_that_no_longer_makes_sense_goes_back_to_the_answers(talk: Talk) -> None:
    """A night between the say-back and “send”: the day has passed, the answers are still there."""
    review = await a_review(talk)
    talk.clock.set(datetime(2026, 11, 28, 9, tzinfo=UTC))
    answer = await talk.submits(MARA, review)

    assert "update" == answer["response_action"]
    assert "ask_what" == answer["view"]["callback_id"]
    assert "This day has passed" in str(answer["view"]["blocks"])
    assert "BRK-2040" in str(answer["view"]["blocks"])


async def test_a_press_in_an_open_request_shows_what_it_changed(talk: Talk) -> None:
    await talk.asks()
    form = await talk.opens(JONAS, "open_request")
    await talk.send(payloads.click_in_view(JONAS, button(form["blocks"], "acknowledge"), form))

    drawn = str(talk.slack.forms[form["id"]]["blocks"])
    assert "'action_id': 'acknowledge'" not in drawn
    assert "will answer by" in drawn


async def test_who_looks_at_a_request_is_offered_only_their_own_moves(talk: Talk) -> None:
    """The card shows the moves of both sides; a window knows who opened it."""
    await talk.asks()
    await talk.presses(JONAS, talk.card, "commit_as_asked")

    assert "report_outcome" in str(await talk.opens(JONAS, "open_request"))
    assert "'withdraw'" in str(await talk.opens(MARA, "open_request"))
    shown = await talk.opens(TOBIAS, "open_request")
    assert ["explain", "get_record"] == [element["action_id"] for element in elements_in(shown["blocks"])]


async def test_who_works_on_a_request_hears_that_it_is_withdrawn(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "acknowledge")
    await talk.presses(MARA, talk.slack.to(MARA)[0], "withdraw")
    await talk.submits(MARA, talk.form, refuse_reason="They can wait.")

    assert "is withdrawn: nothing more to do" in talk.heard(JONAS)[-1]
    assert ">They can wait." in talk.heard(JONAS)[-1]


async def test_a_hint_that_cannot_be_shown_does_not_bring_the_reaction_back(talk: Talk) -> None:
    """An error would make Slack deliver the reaction again and again."""
    await talk.asks()
    talk.slack.will_fail(Refused("user_not_in_channel"), on="whisper")
    await talk.reacts(JONAS, "no_entry_sign")

    assert [] == talk.thread


async def test_an_emoji_with_a_very_long_name_does_no_harm(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(JONAS, "x" * 100 + "::skin-tone-3")

    assert [] == talk.thread


async def test_a_form_that_slack_will_not_open_follows_as_a_message(talk: Talk) -> None:
    """A shortcut has no place of its own to answer: the message that was turned into a form is not lost."""
    talk.slack.will_fail(Refused("expired_trigger_id"), on="open_form")
    await talk.send(payloads.message_shortcut(MARA, "turn_into_expedite", "100 pcs BRK-2040 for Acme by Friday"))
    link = talk.slack.to(MARA)[-1]
    await talk.presses(MARA, link, "resume_draft")

    assert "BRK-2040" in str(talk.form["blocks"])


async def an_offer(talk: Talk) -> tuple[dict[str, Any], str]:
    await talk.asks()
    form = await talk.opens(JONAS, "offer")
    return form, form["id"]


async def a_review(talk: Talk) -> dict[str, Any]:
    await talk.types(MARA, "100 pcs BRK-2040 for Acme by Friday")
    second = (await talk.submits(MARA, talk.form, reason_code="line_down"))["view"]
    return dict((await talk.submits(MARA, second))["view"])


def shape(form: dict[str, Any]) -> dict[str, Any]:
    """The choice that changes which questions the form asks."""
    return {
        **next(b["element"] for b in form["blocks"] if b.get("block_id") == "offer_shape"),
        "block_id": "offer_shape",
    }


def inputs(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
