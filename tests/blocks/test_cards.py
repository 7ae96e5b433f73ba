"""The card: a question on top, the turn line last, one primary button, nothing to press once it is closed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.blocks.buttons import MOVE_OF
from bot.blocks.cards import request_card
from bot.blocks.ids import Action
from models.ask import CausedBy, Fee, PartialAcceptance, Told
from models.commitment import Outcome
from models.lifecycle import Move, Status, allows
from models.offer import OfferState
from models.origin import ORIGIN, Origin
from models.service_level import ClockKind
from tests.builders import DAY, FRIDAY, HOUR, JONAS, NEXT_FRIDAY, NOON, an_ask
from tests.pictures import Words, a_clock, a_lot, a_picture, a_request, an_entry, an_offer
from tests.reading import buttons_in, menu_in, words_of

LOOKS = {Action.OPEN_REQUEST, Action.TELL_CUSTOMER, Action.EXPLAIN}
"""What only shows something is always possible."""
OPEN_STATUSES = [status for status in Status if status.is_open]

CLOSED_STATUSES = [status for status in Status if not status.is_open]


def turn_line_of(status: Status, **facts: Any) -> str:
    as_of = facts.pop("as_of", NOON)
    blocks = [one for one in request_card(a_picture(status, **facts), as_of=as_of).blocks if one["type"] != "actions"]
    return str(blocks[-1]["elements"][0]["text"])


def table_in(blocks: list[dict[str, Any]]) -> list[list[str]]:
    [table] = [block for block in blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_the_title_is_the_request_as_a_question() -> None:
    card = request_card(a_picture(), as_of=NOON)
    assert card.blocks[0]["text"]["text"] == "EXP-12 · Can you ship 100 pcs of BRK-2040 by Fri 27 Nov?"
    assert card.text.startswith("EXP-12 · Can you ship 100 pcs of BRK-2040 by Fri 27 Nov?")


def test_a_title_too_long_keeps_its_date() -> None:
    request = a_request(ask=an_ask(item="BRK-2040 " * 13, unit="x" * 24))
    title = request_card(a_picture(request=request), as_of=NOON).blocks[0]["text"]["text"]
    assert len(title) <= 150
    assert title.endswith("… by Fri 27 Nov?")


def test_a_day_far_away_is_written_with_its_year() -> None:
    """A wrong year is otherwise seen by nobody until the goods are late."""
    request = a_request(ask=an_ask(needed_ship_date=FRIDAY.replace(year=2027)))
    assert "by Sat 27 Nov 2027?" in request_card(a_picture(request=request), as_of=NOON).text


def test_four_facts_stand_in_two_columns() -> None:
    ask = an_ask(
        partial_acceptance=PartialAcceptance.BALANCE_LATER,
        smallest_useful_quantity=Decimal(40),
        latest_acceptable_date=NEXT_FRIDAY,
        expectation="line 2 restarts Monday",
        told=Told.SOFT_DATE,
        told_date=FRIDAY,
    )
    card = request_card(a_picture(request=a_request(ask=ask)), as_of=NOON)
    [facts] = [block["fields"] for block in card.blocks if "fields" in block]
    assert [fact["text"] for fact in facts] == [
        "*If not all of it*\n40 pcs by then would help, the rest can follow",
        "*If not by then*\nuseful until Fri 4 Dec",
        "*What Acme expects*\nline 2 restarts Monday",
        "*What Acme was told*\na soft date, about 100 pcs around Fri 27 Nov",
    ]


def test_order_and_line_are_one_fact() -> None:
    request = a_request(ask=an_ask(order_number="SO-1001", line_number="3", promise_date=NEXT_FRIDAY))
    text = request_card(a_picture(request=request), as_of=NOON).text
    assert "*Acme* · order SO-1001 line 3 · promised for Fri 4 Dec · asked by Mara Lindqvist" in text


def test_why_it_is_urgent_is_one_line_that_reads_on() -> None:
    ask = an_ask(caused_by=CausedBy.CUSTOMER, value_at_stake=Decimal(48000), fee=Fee.CUSTOMER_PAYS)
    text = request_card(a_picture(request=a_request(ask=ask)), as_of=NOON).text
    assert (
        "Line down at the customer · caused by the customer · 48\u202f000 at stake"
        " · expedite fee agreed, Acme pays · hot list 6 of 8" in text
    )


@pytest.mark.parametrize("status", list(Status))
def test_the_hot_list_is_counted_only_while_the_request_is_new(status: Status) -> None:
    """Cards are drawn when their own request changes: older counts would stand beside newer ones."""
    text = request_card(a_picture(status), as_of=NOON).text
    assert ("hot list" in text) is (status is Status.ASKED)


def test_a_question_carries_the_name_of_who_asked_it() -> None:
    words = Words(text="Which revision?")
    asked = an_entry(Move.ASK_INFORMATION, by=JONAS)
    picture = a_picture(Status.INFO_NEEDED, words=words, timeline=[asked])
    assert "*Jonas Keller asked:*\n>Which revision?" in request_card(picture, as_of=NOON).text
    asked.undone_at = NOON
    assert "*Plant 3 desk asked:*" in request_card(picture, as_of=NOON).text


@pytest.mark.parametrize("status", OPEN_STATUSES)
def test_one_primary_button_two_more_and_a_menu(status: Status) -> None:
    blocks = request_card(a_picture(status), as_of=NOON).blocks
    shown = buttons_in(blocks)
    assert [button.get("style") for button in shown] == ["primary", *[None] * (len(shown) - 1)]
    assert len(shown) <= 3
    assert 1 <= len(menu_in(blocks)) <= 5
    assert len({button["action_id"] for button in shown}) == len(shown)


@pytest.mark.parametrize("status", OPEN_STATUSES)
def test_every_button_is_a_move_that_is_possible_now(status: Status) -> None:
    blocks = request_card(a_picture(status), as_of=NOON).blocks
    names = [button["action_id"] for button in buttons_in(blocks)]
    names += [option["value"].split(":")[0] for option in menu_in(blocks)]
    moves = [MOVE_OF[Action(name)] for name in names if name not in LOOKS]
    assert moves
    assert all(allows(status, move) for move in moves)


@pytest.mark.parametrize("status", OPEN_STATUSES)
def test_no_possible_answer_is_missing_from_the_card(status: Status) -> None:
    """Whatever a person may do is somewhere on the card: on a button or in the menu, which holds five.

    Sales takes a request back, changes it, or proposes something else where it was told, not in the desk's channel.
    """
    blocks = request_card(a_picture(status), as_of=NOON).blocks
    names = {button["action_id"] for button in buttons_in(blocks)}
    names |= {option["value"].split(":")[0] for option in menu_in(blocks)}
    elsewhere = {Action.WITHDRAW, Action.EDIT_REQUEST, Action.COUNTER, Action.COMMIT_COUNTER}
    assert {name for name, move in MOVE_OF.items() if allows(status, move)} - names <= elsewhere


@pytest.mark.parametrize("status", CLOSED_STATUSES)
def test_a_closed_card_has_nothing_to_press(status: Status) -> None:
    blocks = request_card(a_picture(status, words=Words()), as_of=NOON).blocks
    assert "actions" not in {block["type"] for block in blocks}


def test_while_asked_the_words_are_those_of_the_desk() -> None:
    blocks = request_card(a_picture(), as_of=NOON).blocks
    assert words_of(blocks) == ["We'll look into it", "Commit as asked", "Offer something else…"]


def test_committing_by_button_is_said_back_first() -> None:
    """A reaction can be taken back, a button cannot."""
    [commit] = [one for one in buttons_in(request_card(a_picture(), as_of=NOON).blocks) if "confirm" in one]
    assert commit["action_id"] == Action.COMMIT_AS_ASKED
    assert commit["confirm"]["text"]["text"] == (
        "Can you keep this? 100 pcs of BRK-2040 for Acme, shipped by Fri 27 Nov. Sales hears it at once."
    )


def test_an_offer_is_a_table_of_asked_offered_and_told() -> None:
    ask = an_ask(told=Told.FIRM_DATE, told_date=NEXT_FRIDAY, told_quantity=Decimal(100))
    picture = a_picture(Status.OFFERED, request=a_request(Status.OFFERED, ask=ask))
    assert table_in(request_card(picture, as_of=NOON).blocks) == [
        ["What", "Asked", "Offered", "Told Acme"],
        ["By Fri 27 Nov", "100 pcs", "40 pcs", "–"],
        ["By Fri 4 Dec", "–", "60 pcs", "100 pcs, firm"],
        ["Extra cost", "fee not discussed", "620", "–"],
    ]


def test_the_conditions_of_an_offer_carry_the_name_of_who_set_them() -> None:
    card = request_card(a_picture(Status.OFFERED, words=Words(text="Only with overtime.")), as_of=NOON)
    assert ">Only with overtime.\n— Jonas Keller" in card.text


def test_a_lapsed_offer_cannot_be_taken_any_more() -> None:
    blocks = request_card(a_picture(Status.OFFERED), as_of=NOON + 3 * HOUR).blocks
    assert "Take it" not in words_of(blocks)
    assert words_of(blocks)[0] == "Refuse…"
    assert "has lapsed" in turn_line_of(Status.OFFERED, as_of=NOON + 3 * HOUR)


def test_an_answered_offer_leaves_the_card() -> None:
    refused = an_offer(state=OfferState.REFUSED)
    blocks = request_card(a_picture(Status.ACKNOWLEDGED, offer=refused), as_of=NOON).blocks
    assert "table" not in {block["type"] for block in blocks}


def test_committed_lots_are_a_table_with_what_shipped() -> None:
    lots = [
        a_lot(1, 40, outcome=Outcome.IN_PART, actual_quantity=Decimal(30), actual_ship_date=FRIDAY),
        a_lot(2, 60, committed_ship_date=NEXT_FRIDAY),
    ]
    picture = a_picture(Status.AGREED, commitments=lots)
    assert table_in(request_card(picture, as_of=NOON).blocks) == [
        ["Lot", "Committed", "Now", "Shipped"],
        ["40 pcs", "Fri 27 Nov", "Fri 27 Nov", "30 of 40 pcs on Fri 27 Nov"],
        ["60 pcs", "Fri 27 Nov", "Fri 4 Dec", "open"],
    ]


def test_of_several_lots_the_next_has_the_button_and_the_others_the_menu() -> None:
    lots = [a_lot(1, 40), a_lot(2, 60, committed_ship_date=NEXT_FRIDAY)]
    clocks = [a_clock(ClockKind.OUTCOME, started_at=NOON + DAY, lot=40)]
    blocks = request_card(a_picture(Status.AGREED, commitments=lots, clocks=clocks), as_of=NOON).blocks
    assert [(one["text"]["text"], one.get("accessibility_label"), one["value"]) for one in buttons_in(blocks)] == [
        ("Shipped…", "Shipped… 40 pcs due Fri 27 Nov…", "17:40"),
        ("May slip, or another day…", None, "17"),
    ]
    assert (menu_in(blocks)[0]["text"]["text"], menu_in(blocks)[0]["value"]) == (
        "60 pcs due Fri 4 Dec…",
        "report_outcome:17:41",
    )


def test_a_declined_card_keeps_reason_and_alternative() -> None:
    text = request_card(a_picture(Status.DECLINED, words=Words(text="Press 4 is down.")), as_of=NOON).text
    assert "*Plant 3 desk cannot do it:*\n>Press 4 is down." in text
    assert "*What they suggest instead:*" in text


def test_people_are_named_not_mentioned() -> None:
    for status in Status:
        assert "<@" not in str(request_card(a_picture(status, words=Words()), as_of=NOON))


def test_the_text_says_what_the_blocks_say() -> None:
    picture = a_picture(Status.OFFERED, words=Words())
    text = request_card(replace(picture), as_of=NOON).text
    for said in (
        "Can you ship",
        "asked by Mara Lindqvist",
        "By Fri 4 Dec · Offered: 60 pcs",
        "Resin lands",
        "Waiting on Mara Lindqvist, Sales",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        (
            "https://example.com/archives/C1/p1?a=1&b=2",
            "<https://example.com/archives/C1/p1?a=1&amp;b=2|from a message>",
        ),
        ("https://example.com/|<!channel>", "from a message"),
        ("javascript:alert(1)", "from a message"),
        ("", "from a message"),
    ],
)
def test_a_card_leads_to_the_message_it_was_made_of_only_by_a_link_that_can_be_trusted(link: str, shown: str) -> None:
    asked = an_entry(Move.ASK, **{ORIGIN: Origin("C1", "1.1", link).to_json()})
    drawn = request_card(replace(a_picture(), timeline=[asked]), as_of=NOON)

    assert drawn.text.count(shown) == 1
    assert "channel>" not in drawn.text
