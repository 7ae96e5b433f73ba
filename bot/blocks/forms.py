"""Every form and modal, by one name each."""

from bot.blocks.forms_aftermath import bumped_form, customer_said_form, thanks_form
from bot.blocks.forms_answer import (
    answer_time_form,
    decline_form,
    information_form,
    question_form,
    refuse_form,
    withdraw_form,
)
from bot.blocks.forms_ask import ask_flexibility, ask_what
from bot.blocks.forms_away import away_form
from bot.blocks.forms_clock import clock_view
from bot.blocks.forms_coach import asking_words
from bot.blocks.forms_compare import compare_view, counter_form, offer_sent
from bot.blocks.forms_customer import customer_view
from bot.blocks.forms_export import export_form
from bot.blocks.forms_hands import hand_over_form, reassign_form
from bot.blocks.forms_inquiry import inquiry_form
from bot.blocks.forms_mediation import mediator_answer_form, mediator_question_form
from bot.blocks.forms_offer import offer_form, outcome_form, shape_in
from bot.blocks.forms_order import order_options
from bot.blocks.forms_review import ask_review
from bot.blocks.forms_risk import risk_form
from bot.blocks.forms_show import notice_view, show_request
from bot.blocks.notices_author import correction_form

__all__ = [
    "answer_time_form",
    "ask_flexibility",
    "ask_review",
    "ask_what",
    "asking_words",
    "away_form",
    "bumped_form",
    "clock_view",
    "compare_view",
    "correction_form",
    "counter_form",
    "customer_said_form",
    "customer_view",
    "decline_form",
    "export_form",
    "hand_over_form",
    "information_form",
    "inquiry_form",
    "mediator_answer_form",
    "mediator_question_form",
    "notice_view",
    "offer_form",
    "offer_sent",
    "order_options",
    "outcome_form",
    "question_form",
    "reassign_form",
    "refuse_form",
    "risk_form",
    "shape_in",
    "show_request",
    "thanks_form",
    "withdraw_form",
]
