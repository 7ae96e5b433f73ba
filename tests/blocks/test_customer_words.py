"""Words for the customer never say more than is committed, and repair what was told beyond it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.blocks import cards, forms
from bot.blocks.customer_words import customer_words, gap_of, gap_words
from models.ask import Told
from models.commitment import Outcome
from models.lifecycle import Status
from models.picture import Picture
from tests.builders import FRIDAY, NEXT_FRIDAY, NOON, an_ask
from tests.pictures import a_lot, a_picture, a_request

OVER_TOLD = an_ask(told=Told.FIRM_DATE, told_date=FRIDAY, told_quantity=Decimal(100))


def over_told(status: Status, **facts: object) -> Picture:
    return a_picture(status, request=a_request(status, ask=OVER_TOLD), **facts)


@pytest.mark.parametrize("status", [Status.ASKED, Status.ACKNOWLEDGED, Status.INFO_NEEDED, Status.OFFERED])
def test_before_a_commitment_nothing_is_promised(status: Status) -> None:
    said = customer_words(a_picture(status))

    assert said.phone == ("We are checking what we can do for you and will come back to you. Nothing is promised yet.")
    assert "*nothing yet*" not in said.mail


def test_an_offer_that_sales_has_not_taken_is_not_told() -> None:
    assert "40" not in customer_words(a_picture(Status.OFFERED)).mail


def test_what_is_committed_is_told_with_its_latest_date() -> None:
    moved = a_lot(amount=100, committed_ship_date=NEXT_FRIDAY)

    assert customer_words(a_picture(Status.AGREED, commitments=[moved])).phone == "We will ship 100 pcs by Fri 4 Dec."


def test_what_shipped_and_what_is_to_come_are_told_apart() -> None:
    done = a_lot(1, 40, outcome=Outcome.IN_FULL, actual_quantity=Decimal(40), actual_ship_date=FRIDAY)
    rest = a_lot(2, 60, committed_ship_date=NEXT_FRIDAY)

    said = customer_words(a_picture(Status.AGREED, commitments=[rest, done])).phone

    assert said == "We shipped 40 pcs on Fri 27 Nov. We will ship 60 pcs by Fri 4 Dec."


@pytest.mark.parametrize("status", [Status.DECLINED, Status.MISSED])
def test_a_no_is_said_without_a_new_promise(status: Status) -> None:
    lots = [a_lot(outcome=Outcome.MISSED)] if status is Status.MISSED else []

    said = customer_words(a_picture(status, commitments=lots)).phone

    assert said == "We looked into it: we cannot ship 100 pcs by Fri 27 Nov, and have no other date to promise yet."


def test_a_customer_who_was_told_more_hears_what_holds_now() -> None:
    lots = [a_lot(1, 40), a_lot(2, 60, committed_ship_date=NEXT_FRIDAY)]

    said = customer_words(over_told(Status.AGREED, commitments=lots)).phone

    assert said == (
        "We had told you 100 pcs by Fri 27 Nov. We are sorry: we cannot keep this in full. This is what holds now. "
        "We will ship 40 pcs by Fri 27 Nov and 60 pcs by Fri 4 Dec."
    )


def test_a_customer_who_was_told_before_anything_is_committed_is_asked_to_wait() -> None:
    assert "please do not plan on it" in customer_words(over_told(Status.ASKED)).phone


def test_requester_and_desk_see_the_gap_in_days_and_units() -> None:
    shown = over_told(Status.AGREED, commitments=[a_lot(1, 40), a_lot(2, 60, committed_ship_date=NEXT_FRIDAY)])
    gap = gap_of(shown)
    assert gap is not None

    words = gap_words(shown, gap)

    assert words == (
        "The customer was told 100 pcs by Fri 27 Nov. 60 pcs of it are not committed by then; "
        "all of it is by Fri 4 Dec, 7 days later."
    )
    assert words in cards.request_card(shown, as_of=NOON).text
    assert words in str(forms.customer_view(shown))


def test_a_covered_promise_leaves_the_card_alone() -> None:
    shown = over_told(Status.AGREED, commitments=[a_lot(amount=100)])

    assert "Promise gap" not in cards.request_card(shown, as_of=NOON).text


def test_the_words_can_be_copied_as_they_are() -> None:
    """Preformatted: what the customer's name contains is neither markup nor escaped."""
    shown = a_picture(Status.ASKED, request=a_request(ask=an_ask(order_number="A<B>&*1*")))

    copied = [block for block in forms.customer_view(shown)["blocks"] if block["type"] == "rich_text"]

    assert [block["elements"][0]["type"] for block in copied] == ["rich_text_preformatted"] * 2
    assert "your order A<B>&*1*" in copied[0]["elements"][0]["elements"][0]["text"]
