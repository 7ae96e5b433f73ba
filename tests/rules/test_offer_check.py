"""An offer against what was asked: what is different, and what has to be said before it is taken."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.blocks.alternatives import difference_words, warning_words
from models.ask import Ask, AskedLine, Fee, PartialAcceptance, Told
from models.lifecycle import Status
from models.offer import Offer, PaidBy
from models.offer_check import differences
from tests.builders import DAY, FRIDAY, NEXT_FRIDAY, an_ask
from tests.pictures import a_picture, a_request, an_offer

FLEXIBLE = an_ask(
    partial_acceptance=PartialAcceptance.BALANCE_LATER,
    smallest_useful_quantity=Decimal(40),
    latest_acceptable_date=NEXT_FRIDAY,
)
STAGED = ((FRIDAY, 40), (NEXT_FRIDAY, 60))


def words(ask: Ask, offer: Offer) -> tuple[list[str], list[str]]:
    picture = a_picture(Status.OFFERED, request=a_request(Status.OFFERED, ask=ask), offer=offer)
    return difference_words(picture, offer), warning_words(picture, offer)


def free(*lots: tuple[object, int], **facts: object) -> Offer:
    offer = an_offer(*lots)  # type: ignore[arg-type]
    offer.extra_cost = None
    for name, value in facts.items():
        setattr(offer, name, value)
    return offer


@pytest.mark.parametrize(
    ("lots", "said"),
    [
        (STAGED, ["40 of 100 pcs on the date", "all of it 7 days later than asked, Fri 4 Dec"]),
        (((FRIDAY, 100),), ["as asked: all of it on the date"]),
        (((FRIDAY - DAY, 100),), ["all of it 1 day earlier than asked, Thu 26 Nov"]),
        (((FRIDAY, 60),), ["60 of 100 pcs on the date", "40 pcs not offered"]),
        (
            ((NEXT_FRIDAY, 120),),
            ["nothing on the date", "all of it 7 days later than asked, Fri 4 Dec", "20 pcs more than asked"],
        ),
    ],
)
def test_differences_are_named_in_words(lots: tuple[tuple[object, int], ...], said: list[str]) -> None:
    assert words(FLEXIBLE, free(*lots))[0] == said


@pytest.mark.parametrize(
    ("lots", "facts", "said"),
    [
        (STAGED, {}, []),
        (((FRIDAY, 40), (NEXT_FRIDAY + 3 * DAY, 60)), {}, ["Mon 7 Dec is after the latest useful day, Fri 4 Dec."]),
        (((FRIDAY, 40), (FRIDAY + DAY, 60)), {}, ["Sat 28 Nov is no working day of the desk."]),
        (((FRIDAY, 30), (NEXT_FRIDAY, 70)), {}, ["30 pcs first is less than the 40 pcs that would help."]),
        (((FRIDAY, 50), (NEXT_FRIDAY, 70)), {}, ["20 pcs are more than asked."]),
        (((FRIDAY, 50), (NEXT_FRIDAY, 40)), {}, ["10 pcs are not in it."]),
        (((FRIDAY, 50), (FRIDAY, 50)), {}, ["Two lots ship on Fri 27 Nov."]),
        (
            STAGED,
            {"substitute": "BRK-2041", "site": "Gdansk"},
            ["A substitute was not asked for: BRK-2041.", "Another site was not asked for: Gdansk."],
        ),
        (STAGED, {"extra_cost": Decimal(620)}, ["Who pays the extra cost is not said."]),
        (STAGED, {"extra_cost": Decimal(620), "paid_by": PaidBy.US}, []),
    ],
)
def test_what_sales_did_not_ask_for_is_said(
    lots: tuple[tuple[object, int], ...], facts: dict[str, object], said: list[str]
) -> None:
    assert words(FLEXIBLE, free(*lots, **facts))[1] == said


def test_what_sales_said_no_to_is_said_and_what_it_allowed_is_not() -> None:
    offer = free(*STAGED, substitute="BRK-2041", paid_by=PaidBy.CUSTOMER)
    strict = replace(FLEXIBLE, partial_acceptance=PartialAcceptance.SHIP_COMPLETE, smallest_useful_quantity=None)
    assert words(replace(strict, fee=Fee.REFUSED), offer)[1] == [
        "It was asked to ship complete.",
        "A substitute was not asked for: BRK-2041.",
        "The customer refused to pay extra.",
    ]
    assert words(replace(FLEXIBLE, substitute_allowed=True), offer)[1] == []


def test_the_gap_to_what_the_customer_was_told_is_named_in_days_and_units() -> None:
    told = replace(FLEXIBLE, told=Told.FIRM_DATE, told_date=FRIDAY)
    assert words(told, free(*STAGED))[0][-1] == "told 100 pcs by Fri 27 Nov: gap 7 days, 60 pcs"
    assert words(told, free((FRIDAY, 40)))[0][-1] == "told 100 pcs by Fri 27 Nov: gap 60 pcs, for which there is no day"


def test_each_line_is_held_against_its_own_quantity_and_day() -> None:
    seal = AskedLine(item="SEAL-9", quantity=Decimal(20), unit="box", needed_ship_date=NEXT_FRIDAY)
    ask, offer = replace(FLEXIBLE, more_lines=(seal,)), free((FRIDAY, 100), (NEXT_FRIDAY, 15))
    offer.lots[1].line = 2

    assert [(one.line, one.by_then, one.missing) for one in differences(ask, offer.splits)] == [
        (1, Decimal(100), Decimal(0)),
        (2, Decimal(15), Decimal(5)),
    ]
    assert words(ask, offer)[0] == ["SEAL-9: 15 of 20 box on the date", "SEAL-9: 5 box not offered"]
