"""From simple values to Slack's state and back, and the checks of the client."""

from __future__ import annotations

import pytest

from bot.sandbox.blocks import elements, find_element, with_ids
from bot.sandbox.errors import ControlError
from bot.sandbox.form_checks import REQUIRED, form_errors
from bot.sandbox.forms import from_simple, simple_values, state_values

ONE = {"text": {"type": "plain_text", "text": "One"}, "value": "1"}
TWO = {"text": {"type": "plain_text", "text": "Two"}, "value": "2"}


def field(kind, **more):
    return {"type": kind, "action_id": "value", **more}


def asking(element, **more):
    return {"type": "input", "block_id": "b", "element": element, **more}


@pytest.mark.parametrize(
    ("element", "simple", "state"),
    [
        (field("plain_text_input"), "x", {"value": "x"}),
        (field("plain_text_input"), "", {"value": None}),
        (field("number_input"), 7, {"value": "7"}),
        (field("static_select", options=[ONE, TWO]), "2", {"selected_option": TWO}),
        (field("static_select", option_groups=[{"options": [ONE]}]), "1", {"selected_option": ONE}),
        (field("radio_buttons", options=[ONE, TWO]), "Two", {"selected_option": TWO}),
        (field("checkboxes", options=[ONE, TWO]), ["1", "2"], {"selected_options": [ONE, TWO]}),
        (field("checkboxes", options=[ONE, TWO]), [], {"selected_options": []}),
        (field("multi_users_select"), ["U0MARA"], {"selected_users": ["U0MARA"]}),
        (field("users_select"), "U0MARA", {"selected_user": "U0MARA"}),
        (field("conversations_select"), "C0SALES", {"selected_conversation": "C0SALES"}),
        (field("datepicker"), "2026-03-03", {"selected_date": "2026-03-03"}),
        (field("timepicker"), "07:30", {"selected_time": "07:30"}),
        (field("datetimepicker"), "2026-03-03T08:00:00+00:00", {"selected_date_time": 1772524800}),
        (field("external_select"), ONE, {"selected_option": ONE}),
    ],
)
def test_a_simple_value_becomes_slacks_state(element, simple, state):
    assert from_simple(element, simple) == {"type": element["type"], **state}


@pytest.mark.parametrize("kind", ["static_select", "external_select", "checkboxes"])
def test_an_option_that_is_not_offered_cannot_be_chosen(kind):
    with pytest.raises(ControlError):
        from_simple(field(kind, options=[ONE]), "9")


def test_simple_values_come_back_as_they_went_in():
    element = field("multi_static_select", options=[ONE, TWO])
    assert simple_values(from_simple(element, ["2"])) == ["2"]
    assert simple_values(from_simple(field("rich_text_input"), "words")) == "words"


def test_state_holds_initial_values_until_something_is_typed():
    blocks = [
        asking(field("plain_text_input", initial_value="start")),
        {"type": "actions", "block_id": "a", "elements": [field("static_select", options=[ONE], initial_option=ONE)]},
        {"type": "section", "block_id": "s", "accessory": field("button")},
    ]
    assert state_values(blocks, {}) == {
        "b": {"value": {"type": "plain_text_input", "value": "start"}},
        "a": {"value": {"type": "static_select", "selected_option": ONE}},
    }
    typed = {"b": {"value": {"type": "plain_text_input", "value": None}}}
    assert state_values(blocks, typed)["b"]["value"]["value"] is None


@pytest.mark.parametrize(
    ("element", "simple", "words"),
    [
        (field("plain_text_input"), "  ", REQUIRED),
        (field("checkboxes", options=[ONE]), [], REQUIRED),
        (field("plain_text_input", min_length=3), "ab", "Please enter at least 3 characters."),
        (field("plain_text_input", max_length=3), "abcd", "Please enter no more than 3 characters."),
        (field("number_input", is_decimal_allowed=False), "1.5", "Please enter a whole number."),
        (field("number_input", is_decimal_allowed=True), "many", "Please enter a number."),
        (field("number_input", is_decimal_allowed=True, min_value="1"), "0", "Please enter a number of at least 1."),
        (field("number_input", is_decimal_allowed=True, max_value="9"), "10", "Please enter a number of at most 9."),
        (field("email_text_input"), "nobody", "Please enter a valid email address."),
        (field("url_text_input"), "nowhere", "Please enter a valid URL."),
        (field("datepicker"), "2026-02-30", "Please enter a valid date (YYYY-MM-DD)."),
        (field("multi_users_select", max_selected_items=1), ["U1", "U2"], "Please choose no more than 1."),
    ],
)
def test_the_client_complains_before_anything_is_sent(element, simple, words):
    state = {"b": {"value": from_simple(element, simple)}}
    assert form_errors([asking(element)], state) == {"b": words}


def test_an_optional_field_may_stay_empty():
    element = field("plain_text_input", min_length=3)
    state = {"b": {"value": from_simple(element, "")}}
    assert form_errors([asking(element, optional=True)], state) == {}


def test_missing_ids_are_generated_and_given_ones_kept():
    blocks = [{"type": "actions", "elements": [{"type": "button"}, {"type": "button", "action_id": "go"}]}]
    filled = with_ids(blocks)
    assert filled[0]["block_id"]
    assert [element["action_id"] for _, element in elements(filled)][1] == "go"
    assert find_element(filled, "go", filled[0]["block_id"]) is not None
    assert "block_id" not in blocks[0]
