"""How pressing a request is, in words: beside the facts, never without its reasons."""

from __future__ import annotations

import pytest

from bot.blocks.cards import request_card
from bot.blocks.forms import ask_review
from bot.blocks.urgency import urgency_line, urgency_reason
from models.ask import ReasonCode
from models.lifecycle import Status
from models.service_level import UrgencyClass
from models.urgency import Because, Urgency
from tests.builders import NOON, an_ask
from tests.pictures import a_picture, a_request
from tests.reading import text_of

REASONS = ["reason:line_down", "within_days:1", "worth_more:100000"]
SAID = "*Critical:* the customer's line is down, needed within 1 working day and worth more than 100\u202f000"


def test_each_reason_is_said() -> None:
    assert urgency_line(UrgencyClass.CRITICAL, REASONS) == SAID


@pytest.mark.parametrize(
    ("reason", "said"), [("within_days:0", "needed today"), ("within_days:3", "needed within 3 working days")]
)
def test_days_are_counted_as_people_do(reason: str, said: str) -> None:
    assert urgency_reason(reason) == said


def test_every_reason_code_has_words() -> None:
    assert all(urgency_reason(f"{Because.REASON}:{code}") for code in ReasonCode)


def test_a_word_nobody_knows_any_more_is_left_out() -> None:
    assert urgency_line(UrgencyClass.HIGH, ["reason:tornado", "within_days:soon", "worth_more:<@U1>", "x"]) == (
        "*High urgency*"
    )


def test_the_card_shows_it_and_a_standard_request_says_nothing() -> None:
    request = a_request(Status.ASKED)
    assert "Standard" not in request_card(a_picture(Status.ASKED, request=request), as_of=NOON).text
    request.urgency, request.urgency_reasons = UrgencyClass.CRITICAL, REASONS
    text = request_card(a_picture(Status.ASKED, request=request), as_of=NOON).text
    assert SAID in text
    assert "Line down at the customer" not in text, "it is said already"


def test_the_review_shows_it_before_sending() -> None:
    assert SAID in text_of(ask_review(1, an_ask(), urgency=Urgency(UrgencyClass.CRITICAL, tuple(REASONS))))
