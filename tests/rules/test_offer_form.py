"""What the offer form describes, for a request with several lines: each answer counts for the line it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.blocks import forms
from bot.services.offer_form import proposal_from
from models.ask import AskedLine
from models.errors import FormRefused
from models.lifecycle import Status
from models.offer import OfferShape, ShipmentSplit
from tests.builders import FRIDAY, NEXT_FRIDAY, NOON, an_ask
from tests.pictures import a_picture, a_request

SEAL = AskedLine(item="SEAL-9", quantity=Decimal(20), unit="box", needed_ship_date=NEXT_FRIDAY)
ASK = replace(an_ask(), more_lines=(SEAL,))
LATER = date(2026, 12, 8)


def lot(day: date, amount: int, line: int) -> ShipmentSplit:
    return ShipmentSplit(day, Decimal(amount), line)


@pytest.mark.parametrize(
    ("shape", "answers", "lots"),
    [
        ("part_on_date", {"offer_quantity_line2": "15"}, [lot(NEXT_FRIDAY, 15, 2)]),
        (
            "part_on_date",
            {"offer_quantity": "40", "offer_quantity_line2": "20"},
            [lot(FRIDAY, 40, 1), lot(NEXT_FRIDAY, 20, 2)],
        ),
        (
            "everything_later",
            {"offer_date": "2026-11-27", "offer_date_line2": "2026-12-08"},
            [lot(FRIDAY, 100, 1), lot(LATER, 20, 2)],
        ),
        (
            "staged_lots",
            {
                "lot_line_1": "2",
                "lot_quantity_1": "5",
                "lot_date_1": "2026-12-08",
                "lot_quantity_2": "9",
                "lot_date_2": "2026-12-08",
            },
            [lot(LATER, 5, 2), lot(LATER, 9, 1)],
        ),
        ("instead", {"offer_line": "2", "offer_date": "2026-12-08", "substitute_item": "SEAL-8"}, [lot(LATER, 20, 2)]),
    ],
)
def test_each_answer_counts_for_its_line(shape: str, answers: dict[str, Any], lots: list[ShipmentSplit]) -> None:
    assert list(proposal_from({"offer_shape": shape, **answers}, ASK, today=NOON.date()).lots) == lots


@pytest.mark.parametrize(
    ("shape", "answers", "fields"),
    [
        ("part_on_date", {"offer_quantity_line2": "many"}, {"offer_quantity_line2"}),
        ("everything_later", {"offer_date": "2026-11-27"}, {"offer_date_line2"}),
        ("everything_later", {"offer_date": "2020-01-01", "offer_date_line2": "2026-12-08"}, {"offer_date"}),
        ("staged_lots", {"lot_line_1": "7", "lot_quantity_1": "5", "lot_date_1": "2026-12-08"}, {"lot_line_1"}),
        ("instead", {"offer_line": "0", "offer_date": "2026-12-08", "other_site": "Gdansk"}, {"offer_line"}),
        (
            "part_on_date",
            {"offer_quantity": "40", "alt2_offer_shape": "instead", "alt2_other_site": "Gdansk"},
            {"alt2_offer_date"},
        ),
    ],
)
def test_what_is_wrong_is_told_at_the_question_about_its_line(
    shape: str, answers: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(FormRefused) as refused:
        proposal_from({"offer_shape": shape, **answers}, ASK, today=NOON.date())
    assert set(refused.value.problems) == fields


def test_an_alternative_that_is_left_empty_is_not_offered_and_can_be_left_empty() -> None:
    answers = {
        "offer_quantity": "40",
        "alt2_offer_shape": "staged_lots",
        "alt2_lot_quantity_1": "",
        "alt2_conditions": " ",
    }
    assert proposal_from(answers, an_ask(), today=NOON.date()).others == ()
    form = forms.offer_form(a_picture(), answers, further=[2], as_of=NOON)
    assert all(block["optional"] for block in form["blocks"] if str(block.get("block_id")).startswith("alt2_"))


@pytest.mark.parametrize("shape", OfferShape)
def test_the_form_asks_every_line(shape: OfferShape) -> None:
    picture = a_picture(Status.ASKED, request=a_request(ask=ASK))
    shown = str(forms.offer_form(picture, {}, shape=shape, as_of=NOON)["blocks"])
    assert "SEAL-9" in shown
    assert "BRK-2040" in shown
