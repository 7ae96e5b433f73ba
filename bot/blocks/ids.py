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
    REPORT_RISK = "report_risk"
    """Opens the form for a lot that may slip, or gets another day."""
    TAKE_NEW_DATE = "take_new_date"
    """``value`` is ``request:commitment``."""
    NAME_BUMPED = "name_bumped"
    """Opens the form for orders that are pushed back."""
    THANK = "thank"
    OPEN_REQUEST = "open_request"
    """Shows one request in a modal: from lists, App Home and direct messages."""
    MORE = "more"
    """The overflow menu; the chosen option's value is ``action:request``."""
    TELL_CUSTOMER = "tell_customer"
    """Shows what may be told to the customer now."""
    NEW_REQUEST = "new_request"
    RESUME_DRAFT = "resume_draft"
    """``value`` is a draft id."""
    ASK_FOR_ALTERNATIVE = "ask_for_alternative"
    GO_AWAY = "go_away"
    BE_BACK = "be_back"
    """``value`` is the absence."""
    # a mediator's
    ASK_OPS = "ask_ops"
    ASK_SALES = "ask_sales"
    DECIDE_TOGETHER = "decide_together"
    ANSWER_MEDIATOR = "answer_mediator"
    """``value`` is ``request:entry``, the entry that asks."""
    STILL_ON_IT = "still_on_it"
    EXPLAIN = "explain"
    """Opens the clock of a request: explained, put off, handed over."""
    EXPLAIN_CHOSEN = "explain_chosen"
    """A menu of requests; the chosen option's value is the request."""
    SNOOZE_HALF_HOUR = "snooze_half_hour"
    SNOOZE_TWO_HOURS = "snooze_two_hours"
    SNOOZE_MORNING = "snooze_morning"
    HAND_OVER = "hand_over"
    TAKE = "take_over"
    REASSIGN = "reassign"
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
    # under a message that reads like an ask; ``value`` is the nudge
    NUDGE_OPEN = "nudge_open"
    NUDGE_NOT_NOW = "nudge_not_now"
    NUDGE_NEVER_ME = "nudge_never_me"
    NUDGE_NEVER_HERE = "nudge_never_here"
    NUDGE_ME_AGAIN = "nudge_me_again"
    # beside a demanding draft; ``value`` is the draft
    TAKE_WORDS = "take_words"
    KEEP_WORDS = "keep_words"
    NO_COACHING = "no_coaching"
    # under what a reply was read as; ``value`` is ``proposal:version``
    CONFIRM_REPLY = "confirm_reply"
    EDIT_REPLY = "edit_reply"
    NOT_MEANT = "not_meant"
    # about the summit; ``value`` is the summit
    AGREE = "agree"
    RAISE_TOPIC = "raise_topic"
    TAKE_SUMMIT = "take_summit"
    AGREEMENT_DONE = "agreement_done"
    """``value`` is the agreement."""
    # knowing each other; ``value`` is the pair
    PAIR_DONE = "pair_done"
    PAIR_NOT_NOW = "pair_not_now"
    PAIR_STOP = "pair_stop"
    PAIR_JOIN = "pair_join"
    PAIR_LEAVE = "pair_leave"
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
    RISK = "risk"
    BUMPED = "bumped"
    THANKS = "thanks"
    SHOW_REQUEST = "show_request"
    AWAY = "away"
    CLOCK = "clock"
    HAND_OVER = "hand_over"
    REASSIGN = "reassign"
    MEDIATOR_QUESTION = "mediator_question"
    MEDIATOR_ANSWER = "mediator_answer"
    SETTINGS_MENU = "settings_menu"
    SETTINGS_FORM = "settings_form"
    SETTINGS_PREVIEW = "settings_preview"
    SET_UP_DESK = "set_up_desk"
    SET_UP_PEOPLE = "set_up_people"
    SET_UP_TEST = "set_up_test"
    RAISE_TOPIC = "raise_topic"
    AGREE = "agree"
    SUMMIT_SENT = "summit_sent"
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
