"""The forms of an answer: what would help is said, what was typed comes back, a no has an alternative."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.blocks import forms
from models.ask import PartialAcceptance, Told
from models.commitment import Outcome
from models.errors import Field
from models.lifecycle import Status
from models.offer import OfferShape
from tests.builders import FRIDAY, NEXT_FRIDAY, NOON, an_ask
from tests.pictures import Words, a_lot, a_picture, a_request
from tests.reading import inputs_in, text_of


@pytest.mark.parametrize(
    ("shape", "asked"),
    [
        (OfferShape.PART_ON_DATE, ["offer_quantity"]),
        (OfferShape.EVERYTHING_LATER, ["offer_date"]),
        (OfferShape.STAGED_LOTS, ["lot_quantity_1", "lot_date_1", "lot_quantity_2", "lot_date_2"]),
    ],
)
def test_an_offer_asks_what_its_shape_needs(shape: OfferShape, asked: list[str]) -> None:
    found = inputs_in(forms.offer_form(a_picture(), {}, shape=shape, rows=2, as_of=NOON))
    assert next(iter(found)) == Field.OFFER_SHAPE
    assert found[Field.OFFER_SHAPE]["dispatch_action"]
    assert [name for name in found if name.startswith(("offer_quantity", "offer_date", "lot_"))] == asked
    assert found[Field.VALID_UNTIL]["element"]["initial_date_time"] == int(NOON.timestamp()) + 4 * 3600


def test_lots_can_be_added_up_to_four() -> None:
    def can_add(rows: int) -> bool:
        view = forms.offer_form(a_picture(), {}, shape=OfferShape.STAGED_LOTS, rows=rows, as_of=NOON)
        return "add_lot" in str(view["blocks"])

    assert [can_add(rows) for rows in (2, 3, 4, 9)] == [True, True, False, False]


def test_what_was_typed_survives_a_change_of_shape() -> None:
    answers = {Field.CONDITIONS: "with overtime", Field.EXTRA_COST: "620", "lot_quantity_1": "40"}
    found = inputs_in(forms.offer_form(a_picture(), answers, shape=OfferShape.STAGED_LOTS, rows=2, as_of=NOON))
    assert found[Field.CONDITIONS]["element"]["initial_value"] == "with overtime"
    assert found["lot_quantity_1"]["element"]["initial_value"] == "40"


def test_declining_asks_for_an_alternative_or_the_explicit_word_that_there_is_none() -> None:
    found = inputs_in(forms.decline_form(a_picture()))
    assert list(found) == [Field.DECLINE_REASON, Field.ALTERNATIVE, Field.NO_ALTERNATIVE]
    assert not found[Field.DECLINE_REASON]["optional"]


def test_refusing_shows_the_offer_and_asks_what_next() -> None:
    view = forms.refuse_form(a_picture(Status.OFFERED))
    assert "Plant 3 desk can do *40 pcs by Fri 27 Nov* and *60 pcs by Fri 4 Dec*." in text_of(view)
    assert inputs_in(view)[Field.REFUSE_NEXT]["element"]["initial_option"]["value"] == "look_again"


def test_answering_a_question_shows_the_question() -> None:
    view = forms.information_form(a_picture(Status.INFO_NEEDED, words=Words(text="Which revision?")))
    assert ">Which revision?" in text_of(view)


def test_an_outcome_is_one_of_four_words() -> None:
    found = inputs_in(forms.outcome_form(a_picture(Status.AGREED), a_lot(), as_of=NOON))
    values = [option["value"] for option in found[Field.OUTCOME]["element"]["options"]]
    assert values == [Outcome.IN_FULL, Outcome.LATE, Outcome.IN_PART, Outcome.MISSED]


def test_the_offer_form_says_what_would_help() -> None:
    """It covers the card: whoever makes the offer must not remember it."""
    ask = an_ask(
        partial_acceptance=PartialAcceptance.BALANCE_LATER,
        smallest_useful_quantity=Decimal(40),
        latest_acceptable_date=NEXT_FRIDAY,
        told=Told.FIRM_DATE,
        told_date=FRIDAY,
    )
    view = forms.offer_form(a_picture(request=a_request(ask=ask)), {}, shape=OfferShape.STAGED_LOTS, as_of=NOON)
    assert (
        "40 pcs by then would help, the rest can follow · useful until Fri 4 Dec · "
        "told: a firm date, 100 pcs by Fri 27 Nov" in text_of(view)
    )
    found = inputs_in(view)
    assert found["lot_quantity_1"]["element"]["initial_value"] == "40"
    assert found["lot_date_1"]["element"]["initial_date"] == FRIDAY.isoformat()
    assert "initial_date" not in found["lot_date_2"]["element"]


def test_a_first_lot_that_was_changed_stays_changed() -> None:
    answers = {"lot_quantity_1": "", "lot_date_1": "2026-12-04"}
    found = inputs_in(forms.offer_form(a_picture(), answers, shape=OfferShape.STAGED_LOTS, as_of=NOON))
    assert "initial_value" not in found["lot_quantity_1"]["element"]
    assert found["lot_date_1"]["element"]["initial_date"] == "2026-12-04"
