"""An ask makes sense as a whole, or each answer that does not has a sentence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.ask import LARGEST_AMOUNT, LARGEST_QUANTITY, NAME_LIMIT, TEXT_LIMIT, PartialAcceptance, Told, problems_with
from models.errors import Field
from tests.builders import FRIDAY, an_ask

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"needed_ship_date": TODAY},
        {"needed_ship_date": TODAY + timedelta(days=730)},
        {"quantity": Decimal("0.001")},
        {"quantity": Decimal(LARGEST_QUANTITY)},
        {"latest_acceptable_date": FRIDAY},
        {"smallest_useful_quantity": Decimal(99)},
        {"promise_date": FRIDAY},
        {"told": Told.SOFT_DATE, "told_date": TODAY - DAY},
        {"value_at_stake": Decimal(0)},
        {"customer": "x" * NAME_LIMIT, "expectation": "x" * TEXT_LIMIT},
    ],
)
def test_what_is_just_possible_passes(facts: dict[str, Any]) -> None:
    assert problems_with(an_ask(**facts), today=TODAY) == {}


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        (Field.NEEDED_SHIP_DATE, {"needed_ship_date": TODAY - DAY}),
        (Field.NEEDED_SHIP_DATE, {"needed_ship_date": TODAY + 731 * DAY}),
        (Field.QUANTITY, {"quantity": Decimal(0)}),
        (Field.QUANTITY, {"quantity": Decimal(LARGEST_QUANTITY + 1)}),
        (Field.QUANTITY, {"unit": "u" * 25}),
        (Field.LATEST_ACCEPTABLE_DATE, {"latest_acceptable_date": FRIDAY - DAY}),
        (Field.LATEST_ACCEPTABLE_DATE, {"latest_acceptable_date": date(9999, 1, 1)}),
        (Field.SMALLEST_USEFUL_QUANTITY, {"smallest_useful_quantity": Decimal(100)}),
        (Field.SMALLEST_USEFUL_QUANTITY, {"smallest_useful_quantity": Decimal(0)}),
        (Field.PROMISE_DATE, {"promise_date": FRIDAY - DAY}),
        (Field.TOLD_DATE, {"told": Told.FIRM_DATE}),
        (Field.TOLD_QUANTITY, {"told_quantity": Decimal(-1)}),
        (Field.VALUE_AT_STAKE, {"value_at_stake": Decimal(-1)}),
        (Field.VALUE_AT_STAKE, {"value_at_stake": Decimal(LARGEST_AMOUNT + 1)}),
        (Field.CUSTOMER, {"customer": "x" * (NAME_LIMIT + 1)}),
        (Field.ITEM, {"item": "\t"}),
        (Field.LINE_NUMBER, {"line_number": "1" * 25}),
        (Field.EXPECTATION, {"expectation": "x" * (TEXT_LIMIT + 1)}),
    ],
)
def test_what_is_just_impossible_has_its_sentence(field: Field, facts: dict[str, Any]) -> None:
    problems = problems_with(an_ask(**facts), today=TODAY)
    assert set(problems) == {field}
    assert problems[field].endswith(".")


@pytest.mark.parametrize(
    "facts",
    [
        {"partial_acceptance": PartialAcceptance.BALANCE_LATER},
        {"latest_acceptable_date": FRIDAY + DAY},
        {"substitute_allowed": True},
        {"other_site_allowed": True},
    ],
)
def test_any_room_for_the_desk_is_flexibility(facts: dict[str, Any]) -> None:
    assert an_ask(**facts).has_flexibility


def test_the_needed_day_itself_gives_no_room() -> None:
    assert not an_ask(latest_acceptable_date=FRIDAY).has_flexibility
