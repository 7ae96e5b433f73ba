"""Every name that travels through Slack and back: one place, so that drawing and handling cannot drift apart.

Block ids and action ids of inputs are :class:`models.errors.Field` values; the rest is here.
"""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """Buttons and menu entries. A button's ``value`` is a request id unless said otherwise."""

    ACKNOWLEDGE = "acknowledge"
    NAME_ANSWER_TIME = "name_answer_time"
    COMMIT_AS_ASKED = "commit_as_asked"
    OFFER = "offer"
    ASK_INFORMATION = "ask_information"
    GIVE_INFORMATION = "give_information"
    DECLINE = "decline"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REPORT_OUTCOME = "report_outcome"
    """``value`` is ``request:commitment``."""
    OPEN_REQUEST = "open_request"
    """Shows one request in a modal: from lists, App Home and direct messages."""
    MORE = "more"
    """The overflow menu; the chosen option's value is ``action:request``."""
    NEW_REQUEST = "new_request"
    RESUME_DRAFT = "resume_draft"
    """``value`` is a draft id."""
    ASK_FOR_ALTERNATIVE = "ask_for_alternative"
    SETTINGS = "settings"
    """Opens the settings, or shows their menu again."""
    SETTINGS_PART = "settings_part"
    """``value`` is a subject: a part, and the desk it is about."""
    SETTINGS_RECORD = "settings_record"
    SETTINGS_BACK = "settings_back"
    """From the preview back to the form; ``value`` is a draft id."""
    PROPOSE_DATES = "propose_dates"
    ADD_STEP = "add_step"
    SET_UP = "set_up"
    TEST_WORKS = "test_works"
    """``value`` is a desk id."""
    # inside forms
    BACK = "back"
    OFFER_SHAPE = "offer_shape"
    ADD_LOT = "add_lot"


class Callback(StrEnum):
    """Forms, shortcuts and the command."""

    ASK_WHAT = "ask_what"
    ASK_FLEXIBILITY = "ask_flexibility"
    ASK_REVIEW = "ask_review"
    ANSWER_TIME = "answer_time"
    QUESTION = "question"
    INFORMATION = "information"
    OFFER = "offer"
    DECLINE = "decline"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    OUTCOME = "outcome"
    SHOW_REQUEST = "show_request"
    SETTINGS_MENU = "settings_menu"
    SETTINGS_FORM = "settings_form"
    SETTINGS_PREVIEW = "settings_preview"
    SET_UP_DESK = "set_up_desk"
    SET_UP_PEOPLE = "set_up_people"
    SET_UP_TEST = "set_up_test"
    NEW_REQUEST_SHORTCUT = "new_expedite"
    TURN_INTO_SHORTCUT = "turn_into_expedite"


COMMAND = "/expedite"
LOT_ROWS = 4
"""Most lots one offer form shows."""


def lot_quantity(row: int) -> str:
    """Block id of the quantity in a row of the offer form (first row is 1)."""
    return f"lot_quantity_{row}"


def lot_date(row: int) -> str:
    return f"lot_date_{row}"
