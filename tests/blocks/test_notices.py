"""Direct messages are complete in themselves; notes say what happened; the clock addresses people only when it must."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.blocks import notices
from bot.blocks.customer import you_may_tell
from bot.blocks.ids import Action
from models.commitment import Outcome
from models.lifecycle import How, Move, Status
from models.outbox import Notice
from models.service_level import Step
from tests.builders import DAY, HOUR, JONAS, MARA, NOON
from tests.pictures import Words, a_lot, a_picture, an_entry

MINUTES_10 = HOUR / 6


def said(notice: Notice, status: Status, *, at: Any = NOON, facts: dict[str, Any] | None = None, **more: Any) -> str:
    return notices.draw(notice, picture=a_picture(status, **more), facts=facts or {}, as_of=at).text


def pressed(notice: Notice, status: Status, *, facts: dict[str, Any] | None = None, **more: Any) -> list[str]:
    drawn = notices.draw(notice, picture=a_picture(status, **more), facts=facts or {}, as_of=NOON)
    rows = [block["elements"] for block in drawn.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row if element["type"] == "button"]


def test_the_receipt_says_the_request_back_and_whose_turn_it_is() -> None:
    text = said(Notice.RECEIPT, Status.ASKED)
    assert text.startswith(
        "*EXP-12 is with Plant 3 desk.* You asked:\n>Can you ship 100 pcs of BRK-2040 by Fri 27 Nov?"
    )
    assert "*Plant 3 desk's turn* · first answer due" in text


def test_an_offer_says_what_until_when_and_what_may_be_told_after_taking_it() -> None:
    text = said(Notice.OFFER_FOR_YOU, Status.OFFERED)
    assert "*Your turn on EXP-12* (100 pcs of BRK-2040 for Acme)" in text
    assert "Plant 3 desk can do *40 pcs by Fri 27 Nov* and *60 pcs by Fri 4 Dec*. The offer holds until" in text
    assert "It costs 620 extra." in text
    assert "Nothing is committed until you take it." in text
    assert pressed(Notice.OFFER_FOR_YOU, Status.OFFERED) == ["Take it", "Refuse…", "Show everything…"]


def test_an_offer_that_is_settled_has_nothing_to_press() -> None:
    entries = [an_entry(Move.OFFER, row_id=1), an_entry(Move.ACCEPT, by=MARA, row_id=2)]
    facts = {"entry": 1}
    assert pressed(Notice.OFFER_FOR_YOU, Status.AGREED, facts=facts, timeline=entries) == []
    assert "Mara Lindqvist took the offer" in said(Notice.OFFER_FOR_YOU, Status.AGREED, facts=facts, timeline=entries)


def test_an_offer_replaced_by_a_newer_one_has_nothing_to_press() -> None:
    """Both messages look at the newest offer: the older one must not be taken for it."""
    entries = [an_entry(Move.OFFER, row_id=1), an_entry(Move.OFFER, row_id=2)]
    assert pressed(Notice.OFFER_FOR_YOU, Status.OFFERED, facts={"entry": 1}, timeline=entries) == []
    assert pressed(Notice.OFFER_FOR_YOU, Status.OFFERED, facts={"entry": 2}, timeline=entries)[0] == "Take it"


def test_a_reminder_ends_no_turn() -> None:
    entries = [an_entry(Move.OFFER, row_id=1), an_entry(Move.WARN, by=None, how=How.SYSTEM, row_id=2)]
    assert pressed(Notice.OFFER_FOR_YOU, Status.OFFERED, facts={"entry": 1}, timeline=entries)[0] == "Take it"


def test_a_question_is_quoted_and_can_be_answered_at_once() -> None:
    text = said(Notice.QUESTION_FOR_YOU, Status.INFO_NEEDED, words=Words(text="Which revision?"))
    assert "Plant 3 desk needs to know before it can answer:\n>Which revision?" in text
    assert pressed(Notice.QUESTION_FOR_YOU, Status.INFO_NEEDED)[0] == "Answer the question…"


def test_a_commitment_comes_with_the_words_for_the_customer() -> None:
    text = said(Notice.COMMITTED, Status.AGREED)
    assert "Plant 3 desk ships *100 pcs by Fri 27 Nov*." in text
    assert "You may tell Acme now:\n>We will ship 100 pcs by Fri 27 Nov." in text


def test_nothing_committed_means_nothing_to_promise() -> None:
    assert "Nothing is promised yet." in you_may_tell(a_picture(Status.OFFERED))


def test_a_no_comes_with_its_reason_and_a_way_on() -> None:
    text = said(Notice.DECLINED, Status.DECLINED, words=Words(text="Press 4 is down."))
    assert "*Plant 3 desk cannot do EXP-12*" in text
    assert "*What they suggest instead:*\n>Press 4 is down." in text
    none = said(Notice.DECLINED, Status.DECLINED)
    assert "*They see no alternative.* A question you could take to the customer:" in none
    assert "Could you start with 50 pcs" in none


def test_the_desk_hears_what_sales_answered_with_the_moves_of_the_card() -> None:
    entries = [an_entry(Move.GIVE_INFORMATION, by=MARA, row_id=1, information="Revision C")]
    facts = {"entry": 1}
    text = said(Notice.DESK_TURN, Status.ACKNOWLEDGED, facts=facts, timeline=entries)
    assert "*Your turn on EXP-12*" in text
    assert "Mara Lindqvist answered the question\n>Revision C" in text
    assert pressed(Notice.DESK_TURN, Status.ACKNOWLEDGED, facts=facts, timeline=entries)[0] == "Commit as asked"


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
    assert pressed(Notice.CLOSED, Status.FULFILLED) == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            an_entry(Move.ACKNOWLEDGE, answer_due_at=NOON.isoformat()),
            "Jonas Keller is looking into it and will answer by <!",
        ),
        (an_entry(Move.COMMIT, lots=[["2026-11-27", "100"]]), "Jonas Keller committed 100 pcs by Fri 27 Nov"),
        (an_entry(Move.OFFER, lots=[["2026-12-04", "60"]]), "Jonas Keller offered 60 pcs by Fri 4 Dec"),
        (an_entry(Move.OFFER, lots=[["never", "much"], 7]), "Jonas Keller offered something else"),
        (
            an_entry(Move.REFUSE, by=MARA, reason="Too late"),
            "Mara Lindqvist refused the offer and asks to look again\n>Too late",
        ),
        (an_entry(Move.WITHDRAW, by=MARA, reason=""), "Mara Lindqvist withdrew the request"),
        (an_entry(Move.ESCALATE, by=None, how=How.SYSTEM), "The leadership was asked to help"),
    ],
    ids=["acknowledged", "committed", "offered", "offered, unreadable", "refused", "withdrawn", "escalated"],
)
def test_a_note_tells_who_did_what(entry: Any, expected: str) -> None:
    assert said(Notice.STORY, Status.ACKNOWLEDGED, facts={"entry": 90}, timeline=[entry]).startswith(expected)


def test_what_a_reaction_recorded_is_said_back_with_the_way_to_undo_it() -> None:
    entry = an_entry(Move.ACKNOWLEDGE, how=How.REACTION)
    text = said(Notice.STORY, Status.ACKNOWLEDGED, facts={"entry": 90}, timeline=[entry])
    assert (
        text
        == "Jonas Keller is looking into it (by reaction)\nNot meant so? Remove the reaction and this is taken back."
    )


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
    assert text.startswith("*Time is up.* Plant 3 desk: overdue: first answer was due")


def test_a_note_drawn_after_the_answer_accuses_nobody() -> None:
    text = said(Notice.CLOCK, Status.AGREED, facts={"clock": 71, "step": 100})
    assert "Time is up" not in text
    assert "<@" not in text


def test_the_leadership_reads_what_is_owed_and_what_is_at_stake() -> None:
    text = said(Notice.ESCALATION, Status.ASKED, facts={"clock": 70, "step": 200}, at=NOON + 2 * HOUR)
    assert text.startswith("*Can you help?* EXP-12 · Can you ship 100 pcs of BRK-2040 by Fri 27 Nov?")
    assert "Plant 3 desk owes the first answer since" in text
    assert "Line down at the customer" in text


def test_an_escalation_that_settled_meanwhile_says_so() -> None:
    text = said(Notice.ESCALATION, Status.AGREED, facts={"clock": 71})
    assert "Answered meanwhile: committed." in text
    assert pressed(Notice.ESCALATION, Status.AGREED, facts={"clock": 71}) == []


def test_a_warning_to_sales_carries_the_buttons_of_their_turn() -> None:
    assert pressed(Notice.TURN_WARNING, Status.OFFERED, facts={"clock": 70}) == [
        "Take it",
        "Refuse…",
        "Show everything…",
    ]
    assert "can do *40 pcs by Fri 27 Nov*" in said(Notice.TURN_WARNING, Status.OFFERED, facts={"clock": 70})


def test_a_form_link_leads_back_to_what_was_typed() -> None:
    drawn = notices.draw(Notice.FORM_LINK, picture=None, facts={"draft": 3}, as_of=NOON)
    assert drawn.blocks[1]["elements"][0]["action_id"] == Action.RESUME_DRAFT
    assert drawn.blocks[1]["elements"][0]["value"] == "3"


def test_a_hint_is_one_safe_sentence_with_at_most_one_button() -> None:
    assert notices.hint("No <!channel> here.").text == "No &lt;!channel&gt; here."
    with_button = notices.hint("Shall we?", value="17", action=Action.DECLINE, label="Decline…")
    assert with_button.blocks[1]["elements"][0]["value"] == "17"


def test_somebody_unknown_is_shown_by_id_and_never_mentioned() -> None:
    picture = replace(a_picture(Status.ASKED), names={})
    assert f"asked by {MARA}" in notices.draw(Notice.CARD, picture=picture, facts={}, as_of=NOON).text
