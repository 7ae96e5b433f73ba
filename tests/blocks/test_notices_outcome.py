"""What became of it: the question to the desk, what fell short, how it ended."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.blocks.customer import you_may_tell
from models.commitment import Outcome
from models.lifecycle import Status
from models.outbox import Notice
from tests.builders import DAY, NEXT_FRIDAY, NOON
from tests.pictures import a_lot, a_picture
from tests.reading import pressed, said


def test_the_question_about_an_outcome_names_the_lot_and_its_day() -> None:
    text = said(Notice.OUTCOME_WANTED, Status.AGREED, at=NOON + 3 * DAY, facts={"commitment": 40})
    assert text.startswith(
        "*Did it ship?* 100 pcs for EXP-12 (100 pcs of BRK-2040 for Acme) were committed for Fri 27 Nov."
    )
    assert pressed(Notice.OUTCOME_WANTED, Status.AGREED, facts={"commitment": 40}) == ["Shipped…", "Show everything…"]


def test_an_outcome_that_is_known_is_not_asked_for_again() -> None:
    lots = [a_lot(outcome=Outcome.IN_FULL), a_lot(2)]
    facts = {"commitment": 40}
    assert pressed(Notice.OUTCOME_WANTED, Status.AGREED, facts=facts, commitments=lots) == []
    assert "in full on Fri 27 Nov. Thank you." in said(
        Notice.OUTCOME_WANTED, Status.AGREED, facts=facts, commitments=lots
    )


def test_the_last_message_tells_how_it_ended() -> None:
    assert "*EXP-12 is closed: shipped in full*" in said(Notice.CLOSED, Status.FULFILLED)
    assert pressed(Notice.CLOSED, Status.FULFILLED) == ["Say thanks…", "What did the customer say?…"]


@pytest.mark.parametrize(
    ("lot", "expected"),
    [
        (
            {"outcome": Outcome.IN_PART, "actual_quantity": Decimal(30)},
            "*30 of the 40 pcs committed for Fri 27 Nov shipped.*",
        ),
        (
            {"outcome": Outcome.LATE, "actual_ship_date": NEXT_FRIDAY},
            "*The 40 pcs committed for Fri 27 Nov shipped late, on Fri 4 Dec.*",
        ),
        ({"outcome": Outcome.MISSED}, "*The 40 pcs committed for Fri 27 Nov did not ship.*"),
    ],
    ids=["in part", "late", "missed"],
)
def test_sales_hears_what_fell_short_and_what_is_still_to_come(lot: dict[str, Any], expected: str) -> None:
    lots = [a_lot(1, 40, **lot), a_lot(2, 60, committed_ship_date=NEXT_FRIDAY)]
    facts = {"commitment": 40}
    text = said(Notice.SHORTFALL, Status.AGREED, facts=facts, commitments=lots)
    assert text == (
        f"*EXP-12* (100 pcs of BRK-2040 for Acme)\n{expected} You may want to tell Acme.\n"
        "Still committed: 60 pcs by Fri 4 Dec."
    )
    assert pressed(Notice.SHORTFALL, Status.AGREED, facts=facts, commitments=lots) == [
        "What may I tell them?",
        "Show everything…",
    ]


def test_what_shipped_or_fell_short_is_no_promise_any_more() -> None:
    lots = [a_lot(1, 40, outcome=Outcome.IN_PART), a_lot(2, 60, committed_ship_date=NEXT_FRIDAY)]
    assert you_may_tell(a_picture(Status.AGREED, commitments=lots)).endswith(">We will ship 60 pcs by Fri 4 Dec.")


@pytest.mark.parametrize(("outcome", "told"), [(Outcome.IN_FULL, False), (Outcome.LATE, True), (Outcome.MISSED, True)])
def test_an_end_that_fell_short_reminds_sales_of_the_customer(outcome: Outcome, told: bool) -> None:
    text = said(Notice.CLOSED, Status.FULFILLED, commitments=[a_lot(outcome=outcome)])
    assert ("You may want to tell Acme." in text) is told
