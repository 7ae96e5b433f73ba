"""Sales asks: from the command to one card and one direct message."""

from __future__ import annotations

from typing import Any

import pytest

from bot.blocks.ids import Callback
from bot.ports import NotAccepted
from tests import payloads
from tests.builders import JONAS, MARA, PLANT3, TOBIAS
from tests.conversations.conftest import Talk, button


def initial(view: dict[str, Any], block_id: str) -> Any:
    element = next(block["element"] for block in view["blocks"] if block.get("block_id") == block_id)
    return element.get("initial_value") or element.get("initial_date")


def asked_in(view: dict[str, Any]) -> list[str]:
    """The questions a form asks now."""
    return [block["block_id"].partition("~")[0] for block in view["blocks"] if block["type"] == "input"]


def element(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    found = next(block for block in view["blocks"] if block.get("block_id", "").partition("~")[0] == block_id)
    return {**found["element"], "block_id": found["block_id"]}


async def first_step(talk: Talk, text: str = "100 pcs BRK-2040 for Acme by Friday") -> dict[str, Any]:
    await talk.types(MARA, text)
    return talk.form


async def test_the_text_after_the_command_prefills_the_form(talk: Talk) -> None:
    form = await first_step(talk)

    assert (initial(form, "quantity"), initial(form, "item")) == ("100 pcs", "BRK-2040")
    assert (initial(form, "customer"), initial(form, "needed_ship_date")) == ("Acme", "2026-11-27")


async def test_an_unknown_word_opens_the_form_with_the_text(talk: Talk) -> None:
    """Nobody has to know the subcommands; nothing typed is lost."""
    form = await first_step(talk, "frobnicate the valves for Fabrikam")

    assert Callback.ASK_WHAT == form["callback_id"]
    assert "frobnicate the valves" == initial(form, "item")
    assert "Fabrikam" == initial(form, "customer")


async def test_a_request_makes_one_card_and_one_direct_message(talk: Talk) -> None:
    card = await talk.asks()

    assert [card] == talk.slack.in_channel(PLANT3)
    assert "EXP-1" in card.text
    assert "Can you ship 100 pcs of BRK-2040" in card.text
    assert 1 == len(talk.heard(MARA))
    assert "EXP-1" in talk.heard(MARA)[0]
    assert [] == talk.heard(JONAS)


async def test_a_refused_field_keeps_every_other_answer(talk: Talk) -> None:
    form = await first_step(talk)
    refused = await talk.submits(MARA, form, quantity="ten", reason_code="penalty")
    assert {"quantity"} == set(refused["errors"])

    second = (await talk.submits(MARA, form, quantity="120 pcs", reason_code="penalty"))["view"]
    review = (await talk.submits(MARA, second, expectation="They restart on Monday"))["view"]

    assert "120 pcs" in str(review["blocks"])
    assert "Acme" in str(review["blocks"])


@pytest.mark.parametrize("typed", ["0", "-1", "ten", "1e12", ""])
async def test_a_quantity_that_cannot_be_is_told_at_its_field(talk: Talk, typed: str) -> None:
    form = await first_step(talk)
    refused = await talk.submits(MARA, form, quantity=typed, reason_code="penalty")

    assert {"quantity"} == set(refused["errors"])
    assert len(refused["errors"]["quantity"]) > 20


async def test_dates_that_cannot_be_are_told_at_their_field(talk: Talk) -> None:
    form = await first_step(talk)
    refused = await talk.submits(MARA, form, needed_ship_date="2026-11-02", reason_code="penalty")
    assert {"needed_ship_date"} == set(refused["errors"])

    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    refused = await talk.submits(MARA, second, latest_acceptable_date="2026-11-25")
    assert {"latest_acceptable_date"} == set(refused["errors"])


async def test_a_part_above_the_whole_is_refused(talk: Talk) -> None:
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    assert "smallest_useful_quantity" not in asked_in(second)
    chosen = element(second, "partial_acceptance")
    await talk.send(payloads.click_in_view(MARA, chosen, second, partial_acceptance="balance_later"))
    refused = await talk.submits(MARA, talk.form, smallest_useful_quantity="400 pcs")

    assert {"smallest_useful_quantity"} == set(refused["errors"])


async def test_a_step_back_keeps_what_was_typed(talk: Talk) -> None:
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, quantity="120 pcs", reason_code="penalty"))["view"]
    await talk.send(payloads.click_in_view(MARA, button(second["blocks"], "back"), second, expectation="Soon"))
    again = talk.form
    assert ("120 pcs", Callback.ASK_WHAT) == (initial(again, "quantity"), again["callback_id"])

    second = (await talk.submits(MARA, again))["view"]

    assert "Soon" == initial(second, "expectation")


@pytest.mark.parametrize(
    "hostile", ["<!channel> now", "<@U0JONAS>", "a*b_c~d`e", "&<>", "<https://x.example.com|bank>"]
)
async def test_what_people_type_pings_nobody(talk: Talk, hostile: str) -> None:
    """Markup in any answer is shown as it was typed, in every message and in its fallback text."""
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, customer=hostile, item=hostile, reason_code="penalty"))["view"]
    review = (await talk.submits(MARA, second, expectation=hostile))["view"]
    await talk.submits(MARA, review)

    for shown in talk.slack.messages:
        for unsafe in ("<!", "<@", "<https"):
            assert unsafe not in without_dates(shown.text)
            assert unsafe not in live_markup(shown.message.blocks)


def without_dates(text: str) -> str:
    """Our own dates are markup too, and meant."""
    return text.replace("<!date^", "")


def live_markup(blocks: list[dict[str, Any]]) -> str:
    """Every text that Slack reads as markup; dates of our own are fine."""
    texts: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "mrkdwn":
                texts.append(without_dates(node["text"]))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(blocks)
    return "\n".join(texts)


async def test_a_long_text_is_refused_at_its_field_or_kept_whole(talk: Talk) -> None:
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    answer = await talk.submits(MARA, second, expectation="word " * 600)

    assert {"expectation"} == set(answer["errors"])


async def test_sending_twice_makes_one_request(talk: Talk) -> None:
    """A double click on Send, and a payload delivered again."""
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    review = (await talk.submits(MARA, second))["view"]
    body = payloads.submission(MARA, review)
    await talk.send(body)
    await talk.send(body)
    await talk.submits(MARA, review)

    assert 1 == len(talk.slack.in_channel(PLANT3))
    assert 1 == len(talk.heard(MARA))


async def test_when_slack_will_not_open_the_form_a_button_does(talk: Talk) -> None:
    talk.slack.will_fail(NotAccepted("ratelimited"), on="open_form")
    answer = await talk.types(MARA, "100 pcs BRK-2040 for Acme")
    assert "kept" in answer["text"]

    await talk.send(payloads.click(MARA, button(answer["blocks"], "resume_draft")))

    assert "BRK-2040" == initial(talk.form, "item")


async def test_nobody_can_send_another_persons_draft(talk: Talk) -> None:
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    review = (await talk.submits(MARA, second))["view"]
    await talk.submits(TOBIAS, review)

    assert [] == talk.slack.in_channel(PLANT3)


async def test_a_message_becomes_a_form(talk: Talk) -> None:
    await talk.send(
        payloads.message_shortcut(MARA, "turn_into_expedite", "Can we get 40 pcs VLV-88 for Northwind by Friday?")
    )

    assert "40 pcs" == initial(talk.form, "quantity")


async def test_the_global_shortcut_opens_an_empty_form(talk: Talk) -> None:
    await talk.send(payloads.shortcut(MARA, "new_expedite"))

    assert Callback.ASK_WHAT == talk.form["callback_id"]
    assert initial(talk.form, "item") is None


async def test_list_status_and_help_answer_privately(talk: Talk) -> None:
    await talk.asks()

    assert "EXP-1" in (await talk.types(MARA, "list"))["text"]
    assert "EXP-1" in (await talk.types(JONAS, "status EXP-1"))["text"]
    assert "/expedite" in (await talk.types(MARA, "help"))["text"]


async def test_an_unknown_number_is_told_with_what_to_do(talk: Talk) -> None:
    answer = await talk.types(MARA, "status EXP-99")

    assert "EXP-99" in answer["text"]
    assert "/expedite list" in answer["text"]
    assert (await talk.types(MARA, "status"))["text"].startswith("Which one? Write its number")


async def test_home_shows_what_needs_me_now(talk: Talk) -> None:
    await talk.send(payloads.home_opened(JONAS))
    assert "QZX-77" not in str(talk.slack.homes[JONAS])

    await talk.asks("60 pcs QZX-77 for Northwind by Friday")
    talk.clock.advance(5)
    await talk.deliver()

    assert "QZX-77" in str(talk.slack.homes[JONAS])


async def test_a_messages_own_words_are_kept_beside_what_was_understood(talk: Talk) -> None:
    said = "Contoso need 40 pcs VLV-88 by Friday, their line is down. What do you think?"
    await talk.send(payloads.message_shortcut(MARA, "turn_into_expedite", said))
    # The message is an old one: its Friday has passed.
    typed = {"customer": "Contoso", "reason_code": "line_down", "needed_ship_date": "2026-11-27"}
    second = (await talk.submits(MARA, talk.form, **typed))["view"]

    assert said == initial(second, "expectation")
