"""Direct messages are complete in themselves; notes say what happened; the clock addresses people only when it must."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.blocks import notices
from bot.blocks.customer import you_may_tell
from bot.blocks.ids import Action
from models.lifecycle import How, Move, Status
from models.outbox import Notice
from tests.builders import DAY, FRIDAY, MARA, NEXT_FRIDAY, NOON, an_ask
from tests.pictures import Words, a_lot, a_picture, a_request, an_entry, an_offer
from tests.reading import pressed, said


def test_the_receipt_says_the_request_back_and_whose_turn_it_is() -> None:
    text = said(Notice.RECEIPT, Status.ASKED)
    assert text.startswith(
        "*EXP-12 is with the Plant 3 desk.* You asked:\n>Can you ship 100 pcs of BRK-2040 by Fri 27 Nov?"
    )
    assert "*Waiting on Plant 3 desk* · first answer: 48 min" in text


@pytest.mark.parametrize("status", [status for status in Status if status.is_open])
def test_the_receipt_leaves_the_moves_of_a_turn_to_the_message_that_announced_it(status: Status) -> None:
    """Two messages with the same green button make people wonder which one counts."""
    change = [] if status is Status.AGREED else ["Change it…"]
    assert pressed(Notice.RECEIPT, status) == ["Show everything…", *change, "Withdraw the request…"]


@pytest.mark.parametrize("status", list(Status))
def test_the_receipt_calls_a_request_with_the_desk_only_while_it_is(status: Status) -> None:
    is_there = status in {Status.ASKED, Status.ACKNOWLEDGED}
    assert said(Notice.RECEIPT, status).startswith("*EXP-12 is with the Plant 3 desk.*") is is_there


def test_the_receipt_of_a_closed_request_has_nothing_to_press() -> None:
    assert pressed(Notice.RECEIPT, Status.DECLINED) == []


def test_an_offer_says_what_until_when_and_what_may_be_told_after_taking_it() -> None:
    text = said(Notice.OFFER_FOR_YOU, Status.OFFERED)
    assert "*Your turn on EXP-12* (100 pcs of BRK-2040 for Acme)" in text
    assert "Plant 3 desk can do *40 pcs by Fri 27 Nov* and *60 pcs by Fri 4 Dec*. It costs 620 extra." in text
    assert text.count("decision on the offer: 48 min of working time left, until") == 1
    assert "Nothing is committed until you take it." in text
    assert pressed(Notice.OFFER_FOR_YOU, Status.OFFERED) == [
        "Take it",
        "Propose something else…",
        "Refuse…",
        "Show everything…",
    ]


def test_an_offer_with_a_lot_after_the_latest_useful_day_says_so() -> None:
    ask = an_ask(latest_acceptable_date=FRIDAY + 3 * DAY)
    request = a_request(Status.OFFERED, ask=ask)
    assert "*Mind:* Fri 4 Dec is after the latest useful day, Mon 30 Nov." in said(
        Notice.OFFER_FOR_YOU, Status.OFFERED, request=request
    )
    late = an_offer((NEXT_FRIDAY, 40), (NEXT_FRIDAY + 3 * DAY, 60))
    assert "*Mind:* Fri 4 Dec and Mon 7 Dec are after the latest useful day, Mon 30 Nov." in said(
        Notice.OFFER_FOR_YOU, Status.OFFERED, request=request, offer=late
    )
    assert "after the latest" not in said(Notice.OFFER_FOR_YOU, Status.OFFERED)


def test_an_offer_that_was_taken_keeps_the_words_for_the_customer() -> None:
    """They were promised for this very moment: “once you have, you may tell …”."""
    entries = [an_entry(Move.OFFER, row_id=1), an_entry(Move.ACCEPT, by=MARA, row_id=2)]
    lots = [a_lot(1, 40), a_lot(2, 60, committed_ship_date=NEXT_FRIDAY)]
    drawn = {"facts": {"entry": 1}, "timeline": entries, "commitments": lots}
    assert pressed(Notice.OFFER_FOR_YOU, Status.AGREED, **drawn) == []
    assert said(Notice.OFFER_FOR_YOU, Status.AGREED, **drawn) == (
        "*EXP-12* (100 pcs of BRK-2040 for Acme)\n"
        "You took the offer: *40 pcs by Fri 27 Nov* and *60 pcs by Fri 4 Dec*.\n"
        "You may tell Acme now:\n>We will ship 40 pcs by Fri 27 Nov and 60 pcs by Fri 4 Dec."
    )


def test_an_offer_that_a_newer_one_replaced_was_not_taken() -> None:
    entries = [an_entry(Move.OFFER, row_id=n) for n in (1, 2)] + [an_entry(Move.ACCEPT, by=MARA, row_id=3)]
    assert "You took the offer:" not in said(
        Notice.OFFER_FOR_YOU, Status.AGREED, facts={"entry": 1}, timeline=entries
    ).replace("You took the offer\n", "")
    assert "You took the offer:" in said(Notice.OFFER_FOR_YOU, Status.AGREED, facts={"entry": 2}, timeline=entries)


@pytest.mark.parametrize(
    ("notice", "status", "entries"),
    [
        (Notice.OFFER_FOR_YOU, Status.ACKNOWLEDGED, [Move.OFFER, Move.REFUSE]),
        (Notice.QUESTION_FOR_YOU, Status.ACKNOWLEDGED, [Move.ASK_INFORMATION, Move.GIVE_INFORMATION]),
        (Notice.DESK_TURN, Status.OFFERED, [Move.GIVE_INFORMATION, Move.OFFER]),
        (Notice.TURN_WARNING, Status.ACKNOWLEDGED, [Move.OFFER, Move.REFUSE]),
    ],
)
def test_a_message_whose_turn_is_over_says_nothing_of_whose_turn_it_is(
    notice: Notice, status: Status, entries: list[Move]
) -> None:
    """It is not drawn again: whatever it said would soon be wrong."""
    told = [an_entry(move, by=MARA, row_id=n) for n, move in enumerate(entries, 1)]
    text = said(notice, status, facts={"entry": 1, "clock": 71}, timeline=told)
    assert "turn*" not in text
    assert "due" not in text
    assert pressed(notice, status, facts={"entry": 1, "clock": 71}, timeline=told) == []


def test_my_own_steps_are_told_to_me_as_mine() -> None:
    entries = [an_entry(Move.OFFER, row_id=1), an_entry(Move.REFUSE, by=MARA, row_id=2, reason="Too late")]
    text = said(Notice.OFFER_FOR_YOU, Status.ACKNOWLEDGED, facts={"entry": 1}, timeline=entries)
    assert "You refused the offer and asked to look again\n>Too late" in text


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
    assert pressed(Notice.COMMITTED, Status.AGREED) == ["What may I tell them?", "Show everything…"]


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
            "Mara Lindqvist refused the offer and asked to look again\n>Too late",
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


def test_an_undoing_says_what_is_owed_again_and_cannot_itself_be_undone() -> None:
    entry = an_entry(Move.UNDO, how=How.REACTION)
    assert said(Notice.STORY, Status.ASKED, facts={"entry": 90}, timeline=[entry]) == (
        "Jonas Keller took that back · "
        "first answer: 48 min of working time left, until *<!date^1795524480^{time}|13:48>*"
    )
    assert said(Notice.STORY, Status.AGREED, facts={"entry": 90}, timeline=[entry]) == "Jonas Keller took that back"


def test_who_works_on_a_request_hears_that_it_is_withdrawn() -> None:
    entries = [an_entry(Move.WITHDRAW, by=MARA, row_id=1, reason="They can wait")]
    text = said(Notice.WITHDRAWN, Status.WITHDRAWN, facts={"entry": 1}, timeline=entries)
    assert text.startswith(
        "*EXP-12 is withdrawn: nothing more to do.* (100 pcs of BRK-2040 for Acme)\n"
        "Mara Lindqvist withdrew the request\n>They can wait\n*Closed* "
    )
    assert pressed(Notice.WITHDRAWN, Status.WITHDRAWN, facts={"entry": 1}, timeline=entries) == []


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
