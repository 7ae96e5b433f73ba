"""The form, complete: further lines, questions that depend on answers, links, what is said before sending."""

from __future__ import annotations

from typing import Any

import pytest

from models import Commitment, ExpediteRequest, queries
from tests import payloads
from tests.builders import JONAS, MARA, PLANT3
from tests.conversations.conftest import Talk
from tests.conversations.test_asking import asked_in, element, first_step, initial

Form = dict[str, Any]


async def presses_in(talk: Talk, form: Form, action: str, *, row: str = "", **typed: Any) -> Form:
    """Press a button inside a form, after typing; gives the form as it is then."""
    found = next(
        one
        for block in form["blocks"]
        for one in [*block.get("elements", []), block.get("accessory") or {}]
        if one.get("action_id") == action and str(one["value"]).endswith(row)
    )
    await talk.send(payloads.click_in_view(MARA, found, form, **typed))
    return talk.form


def asked_in_full(form: Form) -> list[str]:
    """The inputs of a form by their whole block ids."""
    return [block["block_id"] for block in form["blocks"] if block["type"] == "input"]


async def chooses(talk: Talk, form: Form, question: str, value: str, **typed: Any) -> Form:
    """Choose an answer on which others depend."""
    await talk.send(payloads.click_in_view(MARA, element(form, question), form, **{question: value}, **typed))
    return talk.form


def lines_of(talk: Talk) -> list[tuple[str, str, str]]:
    def read(session: Any) -> list[tuple[str, str, str]]:
        found = session.query(ExpediteRequest).order_by(ExpediteRequest.id.desc()).first()
        queries.load_lines(session, [found])
        return [(line.item, f"{line.quantity:f} {line.unit}", str(line.needed_ship_date)) for line in found.ask.lines]

    return talk.database.run_now(read)


async def test_lines_are_added_and_removed_and_nothing_typed_is_lost(talk: Talk) -> None:
    form = await first_step(talk)
    form = await presses_in(talk, form, "add_line", quantity="120 pcs", reason_code="penalty")
    assert (initial(form, "quantity"), initial(form, "item_2")) == ("120 pcs", None)
    form = await presses_in(talk, form, "add_line", item_2="SEAL-7", quantity_2="40 m")
    form = await presses_in(talk, form, "add_line", item_3="PUMP-3", quantity_3="2", needed_ship_date_3="2026-12-04")

    form = await presses_in(talk, form, "remove_line", row=":2")

    shown = {name.partition("~")[0]: name for name in (block.get("block_id", "") for block in form["blocks"])}
    assert shown["item_2"] != "item_2", "Slack keeps what was typed under an id: a line that moved up has a new one"
    assert initial(form, shown["item_2"]) == "PUMP-3"
    assert initial(form, shown["needed_ship_date_2"]) == "2026-12-04"
    assert initial(form, shown["item_3"]) is None

    refused = await talk.submits(MARA, form, **{shown["quantity_3"]: "few", shown["item_3"]: "SEAL-9"})
    assert set(refused["errors"]) == {shown["quantity_3"]}
    second = (await talk.submits(MARA, form, **{shown["quantity_3"]: "9 pcs", shown["item_3"]: "SEAL-9"}))["view"]
    review = (await talk.submits(MARA, second))["view"]
    assert "Also 2 pcs of PUMP-3 by Fri 4 Dec." in str(review["blocks"])
    await talk.submits(MARA, review)

    assert lines_of(talk) == [
        ("BRK-2040", "120 pcs", "2026-11-27"),
        ("PUMP-3", "2 pcs", "2026-12-04"),
        ("SEAL-9", "9 pcs", "2026-11-27"),
    ]
    await talk.presses(JONAS, talk.card, "commit_as_asked")
    lots = talk.database.run_now(lambda session: [lot.line for lot in session.query(Commitment)])
    assert sorted(lots) == [1, 2, 3]


async def test_one_request_holds_five_lines(talk: Talk) -> None:
    form = await first_step(talk)
    for _line in range(4):
        form = await presses_in(talk, form, "add_line")

    assert "item_5" in asked_in(form)
    assert "add_line" not in str(form["blocks"])


async def test_what_depends_on_an_answer_is_asked_after_it(talk: Talk) -> None:
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    depending = {"smallest_useful_quantity", "told_date", "told_quantity"}
    assert not depending & set(asked_in(second))

    second = await chooses(talk, second, "partial_acceptance", "balance_later", expectation="They restart on Monday")
    second = await chooses(talk, second, "told", "firm_date", smallest_useful_quantity="40")
    assert depending <= set(asked_in(second))
    assert "Which firm date?" in str(second["blocks"])
    assert (initial(second, "expectation"), initial(second, "smallest_useful_quantity")) == (
        "They restart on Monday",
        "40",
    )

    refused = await talk.submits(MARA, second, told_quantity="some")
    assert set(refused["errors"]) == {"told_date", "told_quantity"}
    second = await chooses(talk, second, "told", "nothing")
    review = (await talk.submits(MARA, second))["view"]
    assert "The customer has been told nothing yet." in str(review["blocks"])


async def test_a_question_that_came_too_late_is_asked_with_the_form_shown_again(talk: Talk) -> None:
    """The choice was sent with the form before the question could be shown."""
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]

    answer = await talk.submits(MARA, second, told="firm_date")

    assert answer["response_action"] == "update"
    assert "told_date" in asked_in(answer["view"])
    assert "Which date did you tell the customer?" in str(answer["view"]["blocks"])


@pytest.mark.parametrize(
    "typed", ["drawing.pdf", "javascript:alert(1)", "<https://example.com|x>|y", "https://a@example.com", "ftp://x.y"]
)
async def test_a_link_that_is_none_is_told_at_its_field(talk: Talk, typed: str) -> None:
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]

    assert set((await talk.submits(MARA, second, links=typed))["errors"]) == {"links"}


async def test_links_are_shown_on_the_card_and_named_by_where_they_lead(talk: Talk) -> None:
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    review = (await talk.submits(MARA, second, links="https://files.example.com/a&b/seal.pdf\nhttps://example.com/x"))[
        "view"
    ]
    await talk.submits(MARA, review)

    assert "<https://files.example.com/a&amp;b/seal.pdf|seal.pdf (files.example.com)>" in str(talk.card.message.blocks)


async def test_the_files_of_a_message_are_linked(talk: Talk) -> None:
    body = payloads.message_shortcut(MARA, "turn_into_expedite", "Contoso need 40 pcs VLV-88 by Friday")
    files = [{"id": "F1", "permalink": "https://example.slack.example.com/files/F1/seal.pdf"}, {"id": "F2"}]
    await talk.send({**body, "message": {**body["message"], "files": files}})
    typed = {"customer": "Contoso", "reason_code": "line_down", "needed_ship_date": "2026-11-27"}
    second = (await talk.submits(MARA, talk.form, **typed))["view"]

    assert initial(second, "links") == "https://example.slack.example.com/files/F1/seal.pdf"


async def test_whether_the_customer_was_asked_for_room_is_noted_and_shown(talk: Talk) -> None:
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    review = (await talk.submits(MARA, second))["view"]
    await talk.submits(MARA, review, customer_asked="no_room")

    assert "the customer was asked and has no room" in str(talk.card.message.blocks)


async def test_a_full_hot_list_is_said_and_does_not_block(talk: Talk) -> None:
    for number in range(8):
        await talk.asks(f"1 pcs QZX-{number} for Northwind by Friday")
    form = await first_step(talk)
    second = (await talk.submits(MARA, form, reason_code="penalty"))["view"]
    review = (await talk.submits(MARA, second))["view"]

    assert "The hot list is full: 8 of 8 places in use" in str(review["blocks"])
    assert await talk.submits(MARA, review) == {"response_action": "clear"}


async def test_a_form_that_was_closed_goes_on_where_it_was_left(talk: Talk) -> None:
    form = await first_step(talk)
    assert form["notify_on_close"] is True
    await talk.send(payloads.closed_view(MARA, form, quantity="120 pcs", order_number="SO-7"))

    await talk.types(MARA, "")
    assert "You continue where you left off" in str(talk.form["blocks"])
    assert (initial(talk.form, "quantity"), initial(talk.form, "order_number")) == ("120 pcs", "SO-7")
    form = await presses_in(talk, talk.form, "add_line", item="BRK-2041")
    assert initial(form, "item") == "BRK-2041"

    await talk.send(payloads.shortcut(MARA, "new_expedite"))
    form = await presses_in(talk, talk.form, "start_afresh")
    assert [initial(form, name) for name in asked_in_full(form)] == [None] * len(asked_in_full(form))
    await talk.types(MARA, "")
    assert "You continue where you left off" not in str(talk.form["blocks"])


async def test_text_after_the_command_begins_a_new_form(talk: Talk) -> None:
    await first_step(talk)
    form = await first_step(talk, "7 pcs QZX-9 for Northwind")

    assert (initial(form, "item"), initial(form, "needed_ship_date")) == ("QZX-9", None)


async def test_a_request_is_changed_where_it_stands_and_the_desk_sees_old_and_new(talk: Talk) -> None:
    await talk.asks()
    receipt = talk.slack.to(MARA)[0]
    await talk.presses(MARA, receipt, "edit_request")
    form = talk.form
    assert (form["title"]["text"], initial(form, "quantity")) == ("Change EXP-1", "100 pcs")

    second = (await talk.submits(MARA, form, quantity="140 pcs"))["view"]
    review = (await talk.submits(MARA, second, expectation="They start <!channel> on Saturday"))["view"]
    said = str(review["blocks"])
    assert "• quantity: 100 pcs → 140 pcs" in said
    assert "More is asked than before: the clock starts anew." in said
    assert "Already open for this order" not in said
    assert await talk.submits(MARA, review) == {"response_action": "clear"}

    assert len(talk.slack.in_channel(PLANT3)) == 1
    assert "Can you ship 140 pcs of BRK-2040" in talk.card.text
    assert "quantity: 100 pcs → 140 pcs" in str(talk.card.message.blocks)
    assert "what the customer expects: nothing → They start &lt;!channel&gt; on Saturday" in talk.thread[-1]
    assert "changed what is asked" in talk.thread[-1]


async def test_a_change_that_was_overtaken_is_said_back_again_before_it_counts(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(MARA, talk.slack.to(MARA)[0], "edit_request")
    second = (await talk.submits(MARA, talk.form, quantity="140 pcs"))["view"]
    review = (await talk.submits(MARA, second))["view"]
    await talk.presses(JONAS, talk.card, "acknowledge")

    again = await talk.submits(MARA, review)

    assert "EXP-1 has moved on since you opened it" in str(again["view"]["blocks"])
    assert "Can you ship 100 pcs" in talk.card.text
    assert await talk.submits(MARA, again["view"]) == {"response_action": "clear"}
    assert "Can you ship 140 pcs" in talk.card.text


async def test_what_was_agreed_meanwhile_is_not_changed(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(MARA, talk.slack.to(MARA)[0], "edit_request")
    second = (await talk.submits(MARA, talk.form, quantity="140 pcs"))["view"]
    review = (await talk.submits(MARA, second))["view"]
    await talk.presses(JONAS, talk.card, "commit_as_asked")

    answer = await talk.submits(MARA, review)

    assert "EXP-1 has moved on" in str(answer)
    assert "100 pcs of BRK-2040" in talk.card.text
