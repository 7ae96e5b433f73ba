"""Every form and modal, by one name each."""

from bot.blocks.forms_answer import (
    answer_time_form,
    decline_form,
    information_form,
    question_form,
    refuse_form,
    withdraw_form,
)
from bot.blocks.forms_ask import ask_flexibility, ask_review, ask_what
from bot.blocks.forms_mediation import mediator_answer_form, mediator_question_form
from bot.blocks.forms_offer import offer_form, outcome_form
from bot.blocks.forms_show import notice_view, show_request

__all__ = [
    "answer_time_form",
    "ask_flexibility",
    "ask_review",
    "ask_what",
    "decline_form",
    "information_form",
    "mediator_answer_form",
    "mediator_question_form",
    "notice_view",
    "offer_form",
    "outcome_form",
    "question_form",
    "refuse_form",
    "show_request",
    "withdraw_form",
]
