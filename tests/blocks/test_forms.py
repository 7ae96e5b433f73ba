"""The forms: short questions, nothing asked twice, what was typed comes back, everything named by its field."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from bot.blocks import forms
from bot.blocks.ids import Action
from models.ask import Fee, PartialAcceptance, ReasonCode, Told
from models.commitment import Outcome
from models.errors import Field
from models.lifecycle import Move, Status
from models.offer import OfferShape
from models.picture import DeskMeter
from tests.builders import FRIDAY, NEXT_FRIDAY, NOON, ZONE, an_ask
from tests.drawings import WEEK, full_picture
from tests.pictures import Words, a_lot, a_picture, a_request, an_entry

METER = DeskMeter(desk_name="Plant 3 desk", hot_open=6, hot_cap=8, next_open=NOON, usual_answer_secs=6600, zone=ZONE)


def inputs_in(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def text_of(view: dict[str, Any]) -> str:
    """Everything to read in a form that is no question."""
    lines = []
    for block in view["blocks"]:
        if block["type"] in {"section", "header"}:
            lines += [one["text"] for one in block.get("fields", [block.get("text")])]
        if block["type"] == "context":
            lines += [element["text"] for element in block["elements"]]
    return "\n".join(lines)


def test_every_question_is_named_by_its_field() -> None:
    views = [forms.ask_what(1, {}, today=WEEK), forms.ask_flexibility(1, {}, today=WEEK)]
    for view in views:
        for block_id, block in inputs_in(view).items():
            assert block_id in set(Field)
            assert block["element"]["action_id"] == block_id


def test_nothing_is_asked_twice() -> None:
    first, second = (set(inputs_in(draw(1, {}, today=WEEK))) for draw in (forms.ask_what, forms.ask_flexibility))
    assert first & second == set()


def test_only_what_operations_cannot_do_without_is_required() -> None:
    required = {
        field
        for draw in (forms.ask_what, forms.ask_flexibility)
        for field, block in inputs_in(draw(1, {}, today=WEEK)).items()
        if not block["optional"]
    }
    assert required == {
        *(Field.CUSTOMER, Field.ITEM, Field.QUANTITY, Field.NEEDED_SHIP_DATE, Field.REASON_CODE),
        *(Field.PARTIAL_ACCEPTANCE, Field.TOLD),
    }


def test_answers_given_before_are_filled_in_again() -> None:
    answers = {
        Field.CUSTOMER: "Acme",
        Field.QUANTITY: "100 pcs",
        Field.NEEDED_SHIP_DATE: "2026-11-27",
        Field.REASON_CODE: "line_down",
        Field.PARTIAL_ACCEPTANCE: "balance_later",
        Field.SUBSTITUTION: ["other_site"],
        Field.FEE: "we_pay",
        Field.EXPECTATION: "line 2\nrestarts",
    }
    found = inputs_in(forms.ask_what(1, answers, today=WEEK)) | inputs_in(forms.ask_flexibility(1, answers, today=WEEK))
    element = {field: block["element"] for field, block in found.items()}
    assert element[Field.CUSTOMER]["initial_value"] == "Acme"
    assert element[Field.QUANTITY]["initial_value"] == "100 pcs"
    assert element[Field.NEEDED_SHIP_DATE]["initial_date"] == "2026-11-27"
    assert element[Field.REASON_CODE]["initial_option"]["value"] == ReasonCode.LINE_DOWN
    assert element[Field.PARTIAL_ACCEPTANCE]["initial_option"]["value"] == PartialAcceptance.BALANCE_LATER
    assert [one["value"] for one in element[Field.SUBSTITUTION]["initial_options"]] == ["other_site"]
    assert element[Field.FEE]["initial_option"]["value"] == Fee.WE_PAY
    assert element[Field.EXPECTATION]["initial_value"] == "line 2\nrestarts"


def test_answers_that_make_no_sense_leave_the_question_empty() -> None:
    answers = {Field.NEEDED_SHIP_DATE: "soon", Field.REASON_CODE: "because", Field.CUSTOMER: None}
    found = inputs_in(forms.ask_what(1, answers, today=WEEK))
    assert "initial_date" not in found[Field.NEEDED_SHIP_DATE]["element"]
    assert "initial_option" not in found[Field.REASON_CODE]["element"]
    assert "initial_value" not in found[Field.CUSTOMER]["element"]


def test_the_form_shows_what_to_expect_of_the_desk() -> None:
    text = text_of(forms.ask_what(1, {}, meter=METER, today=WEEK))
    assert "usually answers in 1 h 50 min of working time" in text
    assert "6 of 8 hot places in use" in text


def test_problems_stand_on_top_in_words() -> None:
    text = text_of(forms.ask_what(1, {}, today=WEEK, problems={"customer": "Please fill this in."}))
    assert "*Please look again:*\n• Please fill this in." in text


def test_the_review_says_the_request_back_as_a_question() -> None:
    ask = an_ask(
        partial_acceptance=PartialAcceptance.BALANCE_LATER,
        smallest_useful_quantity=Decimal(40),
        latest_acceptable_date=NEXT_FRIDAY,
    )
    text = text_of(forms.ask_review(1, ask))
    assert "Can you ship 100 pcs of BRK-2040 by Fri 27 Nov?" in text
    assert (
        "40 pcs by then would help; the rest can follow. Latest useful: Fri 4 Dec. "
        "The customer has been told nothing yet." in text
    )
    assert "no room" not in text


def test_without_any_room_the_review_offers_words_to_take_to_the_customer() -> None:
    text = text_of(forms.ask_review(1, an_ask()))
    assert "*This leaves Operations no room.* You can send it as it is." in text
    assert "“Could you start with 50 pcs on that day and take the rest a week later?”" in text


def test_one_piece_cannot_be_split() -> None:
    assert "Would a later day also work" in text_of(forms.ask_review(1, an_ask(quantity=Decimal(1))))


def test_a_firm_date_nobody_committed_is_pointed_out() -> None:
    text = text_of(forms.ask_review(1, an_ask(told=Told.FIRM_DATE, told_date=FRIDAY)))
    assert "the customer was told a firm date that nobody has committed yet" in text


def test_the_same_order_already_open_is_shown_before_sending() -> None:
    text = text_of(forms.ask_review(1, an_ask(), same_order=[a_request(Status.OFFERED)]))
    assert "• *EXP-12* · 100 pcs of BRK-2040 for Acme · offer on the table" in text


def test_one_can_go_back_from_the_second_step_on() -> None:
    def back_in(view: dict[str, Any]) -> list[str]:
        rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
        return [element["value"] for row in rows for element in row if element["action_id"] == Action.BACK]

    assert back_in(forms.ask_what(7, {}, today=WEEK)) == []
    assert back_in(forms.ask_flexibility(7, {}, today=WEEK)) == ["7"]
    assert back_in(forms.ask_review(7, an_ask())) == ["7"]


def test_forms_carry_ids_and_nothing_else() -> None:
    picture = a_picture(Status.AGREED)
    carried = [
        forms.ask_what(7, {Field.CUSTOMER: "Acme"}, today=WEEK),
        forms.decline_form(picture),
        forms.outcome_form(picture, a_lot(), as_of=NOON),
        forms.offer_form(picture, {}, shape=OfferShape.STAGED_LOTS, rows=3, as_of=NOON),
    ]
    assert [json.loads(view["private_metadata"]) for view in carried] == [
        {"draft": 7},
        {"request": 17},
        {"request": 17, "commitment": 40},
        {"request": 17, "rows": 3},
    ]


@pytest.mark.parametrize(
    ("shape", "asked"),
    [
        (OfferShape.PART_ON_DATE, ["offer_quantity"]),
        (OfferShape.EVERYTHING_LATER, ["offer_date"]),
        (OfferShape.STAGED_LOTS, ["lot_quantity_1", "lot_date_1", "lot_quantity_2", "lot_date_2"]),
    ],
)
def test_an_offer_asks_what_its_shape_needs(shape: OfferShape, asked: list[str]) -> None:
    found = inputs_in(forms.offer_form(a_picture(), {}, shape=shape, rows=2, as_of=NOON))
    assert next(iter(found)) == Field.OFFER_SHAPE
    assert found[Field.OFFER_SHAPE]["dispatch_action"]
    assert [name for name in found if name.startswith(("offer_quantity", "offer_date", "lot_"))] == asked
    assert found[Field.VALID_UNTIL]["element"]["initial_date_time"] == int(NOON.timestamp()) + 4 * 3600


def test_lots_can_be_added_up_to_four() -> None:
    def can_add(rows: int) -> bool:
        view = forms.offer_form(a_picture(), {}, shape=OfferShape.STAGED_LOTS, rows=rows, as_of=NOON)
        return any(block["type"] == "actions" for block in view["blocks"])

    assert [can_add(rows) for rows in (2, 3, 4, 9)] == [True, True, False, False]


def test_what_was_typed_survives_a_change_of_shape() -> None:
    answers = {Field.CONDITIONS: "with overtime", Field.EXTRA_COST: "620", "lot_quantity_1": "40"}
    found = inputs_in(forms.offer_form(a_picture(), answers, shape=OfferShape.STAGED_LOTS, rows=2, as_of=NOON))
    assert found[Field.CONDITIONS]["element"]["initial_value"] == "with overtime"
    assert found["lot_quantity_1"]["element"]["initial_value"] == "40"


def test_declining_asks_for_an_alternative_or_the_explicit_word_that_there_is_none() -> None:
    found = inputs_in(forms.decline_form(a_picture()))
    assert list(found) == [Field.DECLINE_REASON, Field.ALTERNATIVE, Field.NO_ALTERNATIVE]
    assert not found[Field.DECLINE_REASON]["optional"]


def test_refusing_shows_the_offer_and_asks_what_next() -> None:
    view = forms.refuse_form(a_picture(Status.OFFERED))
    assert "Plant 3 desk can do *40 pcs by Fri 27 Nov* and *60 pcs by Fri 4 Dec*." in text_of(view)
    assert inputs_in(view)[Field.REFUSE_NEXT]["element"]["initial_option"]["value"] == "look_again"


def test_answering_a_question_shows_the_question() -> None:
    view = forms.information_form(a_picture(Status.INFO_NEEDED, words=Words(text="Which revision?")))
    assert ">Which revision?" in text_of(view)


def test_an_outcome_is_one_of_four_words() -> None:
    found = inputs_in(forms.outcome_form(a_picture(Status.AGREED), a_lot(), as_of=NOON))
    values = [option["value"] for option in found[Field.OUTCOME]["element"]["options"]]
    assert values == [Outcome.IN_FULL, Outcome.LATE, Outcome.IN_PART, Outcome.MISSED]


def test_the_whole_story_is_told_with_times_and_what_was_taken_back() -> None:
    taken_back = an_entry(Move.ACKNOWLEDGE, row_id=2)
    taken_back.undone_at = NOON
    view = forms.show_request(a_picture(timeline=[an_entry(Move.ASK, row_id=1), taken_back]), as_of=NOON)
    assert "Jonas Keller is looking into it (taken back)" in text_of(view)


def test_a_modal_says_in_lines_what_a_card_says_in_a_table() -> None:
    view = forms.show_request(a_picture(Status.OFFERED), as_of=NOON)
    assert "• By Fri 4 Dec: Offered 60 pcs" in text_of(view)
    assert "table" not in {block["type"] for block in view["blocks"]}


def test_a_request_that_is_shown_does_not_offer_to_show_itself() -> None:
    for status in Status:
        assert "open_request" not in json.dumps(forms.show_request(full_picture(status, Words()), as_of=NOON))


def test_a_notice_is_one_safe_sentence() -> None:
    assert text_of(forms.notice_view("No <!channel>.")) == "No &lt;!channel&gt;."


def test_words_written_before_the_form_are_seen_from_the_first_step_on() -> None:
    text = text_of(forms.ask_what(1, {Field.EXPECTATION: "their line <stops>"}, today=WEEK))
    assert "What you wrote is kept for the next step: “their line &lt;stops&gt;”" in text
