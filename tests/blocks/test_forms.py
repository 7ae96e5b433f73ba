"""The forms: short questions, nothing asked twice, what was typed comes back, everything named by its field."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from bot.blocks import forms
from bot.blocks.ids import Action
from models.ask import Fee, PartialAcceptance, ReasonCode, Told
from models.errors import Field
from models.lifecycle import Status
from models.offer import OfferShape
from tests.builders import FRIDAY, HOUR, NEXT_FRIDAY, NOON, an_ask
from tests.drawings import WEEK, a_meter
from tests.pictures import a_lot, a_picture, a_request
from tests.reading import inputs_in, text_of


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
    closed = text_of(forms.ask_what(1, {}, meter=a_meter(), today=WEEK))
    assert "Plant 3 desk · usually answers in 1 h 50 min of working time · back at work <!date^1795521600^" in closed
    assert closed.endswith("6 of 8 hot places in use")
    at_work = a_meter(is_open=True, closes=NOON + 3 * HOUR)
    assert "· at work now, until <!date^1795532400^" in text_of(forms.ask_what(1, {}, meter=at_work, today=WEEK))


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


def test_who_never_closes_has_no_closing_time_to_tell() -> None:
    assert "Plant 3 desk · usually" in text_of(forms.ask_what(1, {}, meter=a_meter(is_open=True), today=WEEK))
    assert "· at work now ·" in text_of(forms.ask_what(1, {}, meter=a_meter(is_open=True), today=WEEK))


def test_a_notice_is_one_safe_sentence() -> None:
    assert text_of(forms.notice_view("No <!channel>.")) == "No &lt;!channel&gt;."


def test_words_written_before_the_form_are_seen_from_the_first_step_on() -> None:
    text = text_of(forms.ask_what(1, {Field.EXPECTATION: "their line <stops>"}, today=WEEK))
    assert "Kept for the next step: “their line &lt;stops&gt;”" in text


def test_the_same_order_already_open_is_shown_before_sending() -> None:
    text = text_of(forms.ask_review(1, an_ask(), same_order=[a_request(Status.OFFERED)]))
    assert "• *EXP-12* · 100 pcs of BRK-2040 for Acme · offer on the table" in text
