"""What the clock says aloud: who holds the turn, since when, and no blame once it is answered."""

from __future__ import annotations

import pytest

from models.lifecycle import Status
from models.outbox import Notice
from models.service_level import Step
from tests.builders import DAY, HOUR, JONAS, MARA, NOON
from tests.reading import pressed, said

MINUTES_10 = HOUR / 6


@pytest.mark.parametrize(
    ("step", "lead", "addressed"),
    [(Step.WARN_HALF, "*Half the time is gone.*", False), (Step.WARN_MOST, "*Little time left.*", True)],
)
def test_the_clock_addresses_its_holder_from_four_fifths_on(step: Step, lead: str, addressed: bool) -> None:
    text = said(Notice.CLOCK, Status.ACKNOWLEDGED, facts={"clock": 70, "step": int(step)}, at=NOON + MINUTES_10)
    assert text.startswith(lead)
    assert (f"<@{JONAS}>" in text) is addressed


def test_a_breach_is_named_even_when_the_note_comes_late() -> None:
    text = said(Notice.CLOCK, Status.ASKED, facts={"clock": 70, "step": 50}, at=NOON + 2 * HOUR)
    assert text == "*Time is up.* Plant 3 desk: the first answer was due *<!date^1795524480^{time}|13:48>*"


def test_an_offer_that_lapsed_is_named_as_such() -> None:
    text = said(Notice.CLOCK, Status.OFFERED, facts={"clock": 70, "step": 100}, at=NOON + 2 * HOUR)
    assert text.startswith(f"*Time is up.* <@{MARA}>: the offer held until *<!date^")
    assert text.endswith("and has lapsed")


def test_a_note_drawn_after_the_answer_accuses_nobody() -> None:
    text = said(Notice.CLOCK, Status.AGREED, facts={"clock": 71, "step": 100})
    assert text == "Answered meanwhile: committed."


def test_the_leadership_reads_what_is_owed_and_what_is_at_stake() -> None:
    text = said(Notice.ESCALATION, Status.ASKED, facts={"clock": 70, "step": 200}, at=NOON + 2 * HOUR)
    assert text.startswith("*Can you help?* EXP-12 · Can you ship 100 pcs of BRK-2040 by Fri 27 Nov?")
    assert "Plant 3 desk owes the first answer since" in text
    assert text.endswith("A word with both sides would help.\nLine down at the customer")


def test_the_leadership_is_not_addressed_as_the_desk() -> None:
    settled = said(Notice.ESCALATION, Status.ACKNOWLEDGED, facts={"clock": 71})
    assert "*Waiting on Plant 3 desk*" in settled
    owed = said(Notice.ESCALATION, Status.AGREED, facts={"clock": 70}, at=NOON + 4 * DAY)
    assert owed.startswith("*Can you help?* EXP-12 · 100 pcs of BRK-2040 for Acme\n")
    assert "owes the report on what shipped since" in owed


def test_an_escalation_that_settled_meanwhile_says_so() -> None:
    text = said(Notice.ESCALATION, Status.AGREED, facts={"clock": 71})
    assert "Answered meanwhile: committed." in text
    assert pressed(Notice.ESCALATION, Status.AGREED, facts={"clock": 71}) == []


def test_a_warning_to_sales_carries_the_buttons_of_their_turn() -> None:
    assert pressed(Notice.TURN_WARNING, Status.OFFERED, facts={"clock": 70}) == [
        "Take it",
        "Propose something else…",
        "Refuse…",
        "Show everything…",
    ]
    assert "can do *40 pcs by Fri 27 Nov*" in said(Notice.TURN_WARNING, Status.OFFERED, facts={"clock": 70})
