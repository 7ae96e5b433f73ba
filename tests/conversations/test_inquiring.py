"""“/expedite ask”: a question before a promise, answered in the three shapes, and turned into a request."""

from __future__ import annotations

from typing import Any

import pytest

from models import Commitment, ExpediteRequest
from models.ask import RequestKind
from models.kept import measure
from models.lifecycle import Status
from tests import payloads
from tests.builders import JONAS, MARA, PLANT3, TOBIAS
from tests.conversations.conftest import Talk, button
from tests.conversations.test_asking import asked_in, initial

Form = dict[str, Any]


async def asks(talk: Talk, text: str = "100 pcs BRK-2040 by Friday", **typed: Any) -> Any:
    """Mara asks what is possible; gives the card."""
    await talk.types(MARA, f"ask {text}")
    answer = await talk.submits(MARA, talk.form, **typed)
    assert answer == {"response_action": "clear"}, answer
    return talk.card


def rows(talk: Talk, kind: Any) -> list[Any]:
    return talk.database.run_now(lambda session: session.query(kind).order_by(kind.id).all())


async def test_three_fields_and_no_order(talk: Talk) -> None:
    await talk.types(MARA, "ask 100 pcs BRK-2040 for Acme by Friday")

    assert asked_in(talk.form) == ["what", "needed_ship_date", "customer"]
    assert (initial(talk.form, "what"), initial(talk.form, "customer")) == ("100 pcs BRK-2040", "Acme")
    assert initial(talk.form, "needed_ship_date") == "2026-11-27"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *[("what", typed) for typed in ("", "BRK-2040", "100 pcs", "ten BRK-2040", "0 pcs BRK-2040", "x" * 119)],
        *[("what", typed) for typed in ("-1 pcs BRK-2040", "99999999999 pcs BRK-2040", "<!channel>")],
        *[("needed_ship_date", typed) for typed in ("2026-11-02", "2036-01-01")],
        ("customer", "x" * 200),
    ],
)
async def test_what_cannot_be_is_told_at_its_field(talk: Talk, field: str, typed: str) -> None:
    await talk.types(MARA, "ask 100 pcs BRK-2040 for Acme by Friday")

    assert set((await talk.submits(MARA, talk.form, **{field: typed}))["errors"]) == {field}
    assert talk.slack.in_channel(PLANT3) == []


async def test_the_question_goes_to_the_desk_with_a_clock_and_without_a_hot_place(talk: Talk) -> None:
    card = await asks(talk)

    assert "Before we promise: could you ship 100 pcs of BRK-2040 by Fri 27 Nov?" in card.text
    assert "first answer: 1 h of working time left" in card.text
    assert "Before we promise" in talk.heard(MARA)[0]
    assert rows(talk, ExpediteRequest)[0].kind is RequestKind.INQUIRY
    await talk.types(MARA, "40 pcs VLV-88 for Acme by Friday")
    assert "0 of 8 hot places in use" in str(talk.form["blocks"])


async def test_possible_as_asked_binds_nobody_and_becomes_a_request_with_one_button(talk: Talk) -> None:
    await asks(talk, customer="Acme")
    await talk.presses(JONAS, talk.card, "commit_as_asked")

    (asked,) = rows(talk, ExpediteRequest)
    assert (asked.status, rows(talk, Commitment), measure(asked, [])) == (Status.ANSWERED, [], None)
    told = talk.slack.to(MARA)[-1]
    assert "Possible now: *100 pcs by Fri 27 Nov*." in told.text
    assert "Nothing is committed and nothing is reserved." in told.text
    await talk.presses(MARA, told, "turn_into_request")
    form = talk.form
    assert (initial(form, "quantity"), initial(form, "item"), initial(form, "customer")) == (
        "100 pcs",
        "BRK-2040",
        "Acme",
    )
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    said = initial(second, "expectation")
    assert said == "Plant 3 desk said on EXP-1 that this is possible: 100 pcs by Fri 27 Nov."
    await talk.submits(MARA, (await talk.submits(MARA, second))["view"])

    assert "asked about first as EXP-1" in talk.card.text
    assert [one.kind for one in rows(talk, ExpediteRequest)] == [RequestKind.INQUIRY, RequestKind.EXPEDITE]


async def test_something_else_is_said_in_the_shapes_of_an_offer_and_fills_the_request_in(talk: Talk) -> None:
    await asks(talk)
    form = await talk.opens(JONAS, "offer")
    typed = {"offer_shape": "part_on_date", "offer_quantity": "40", "conditions": "With <overtime>"}
    answer = await talk.submits(JONAS, form, **typed)
    assert "errors" not in answer, answer

    assert (rows(talk, ExpediteRequest)[0].status, rows(talk, Commitment)) == (Status.ANSWERED, [])
    assert "*Possible now:* *40 pcs by Fri 27 Nov*. Nothing is committed." in str(talk.card.message.blocks)
    told = talk.slack.to(MARA)[-1]
    assert ">With &lt;overtime&gt;" in str(told.message.blocks)
    await talk.presses(MARA, told, "turn_into_request")
    assert (initial(talk.form, "quantity"), initial(talk.form, "customer")) == ("40 pcs", None)


async def test_a_decline_and_a_question_back_are_what_they_always_are(talk: Talk) -> None:
    await asks(talk)
    form = await talk.opens(JONAS, "ask_information")
    await talk.submits(JONAS, form, question="Which revision?")
    assert rows(talk, ExpediteRequest)[0].status is Status.INFO_NEEDED
    form = await talk.opens(JONAS, "decline")
    await talk.submits(JONAS, form, decline_reason="No resin", alternative="Ask again on Monday")

    assert rows(talk, ExpediteRequest)[0].status is Status.DECLINED
    assert "No resin" in str(talk.slack.to(MARA)[-1].message.blocks)


async def test_a_sign_answers_it_and_takes_it_back(talk: Talk) -> None:
    await asks(talk)
    await talk.reacts(JONAS, "white_check_mark")
    assert rows(talk, ExpediteRequest)[0].status is Status.ANSWERED
    await talk.reacts(JONAS, "white_check_mark", removed=True)

    assert rows(talk, ExpediteRequest)[0].status is Status.ASKED
    button(talk.card.message.blocks, "commit_as_asked")


async def test_a_question_that_was_left_goes_on_apart_from_requests(talk: Talk) -> None:
    await talk.types(MARA, "ask")
    await talk.send(payloads.closed_view(MARA, talk.form, what="7 pcs PMP-3"))
    await talk.types(MARA, "")
    assert initial(talk.form, "item") is None
    await talk.types(TOBIAS, "ask")
    assert initial(talk.form, "what") is None
    await talk.types(MARA, "ask")

    assert ("You continue where you left off" in str(talk.form["blocks"]), initial(talk.form, "what")) == (
        True,
        "7 pcs PMP-3",
    )


async def test_what_may_the_customer_be_told_of_a_question_is_nothing_yet(talk: Talk) -> None:
    await asks(talk, customer="Acme")
    await talk.presses(JONAS, talk.card, "commit_as_asked")
    await talk.send(payloads.click(MARA, {"type": "button", "action_id": "tell_customer", "value": "1"}))

    assert "nothing yet" in str(talk.form["blocks"])


async def test_only_an_answered_question_becomes_a_request_and_a_question_is_not_changed(talk: Talk) -> None:
    await asks(talk)
    for action in ("turn_into_request", "edit_request"):
        await talk.send(payloads.click(MARA, {"type": "button", "action_id": action, "value": "1"}))
        assert "EXP-1" in talk.whispered(MARA)[-1]
