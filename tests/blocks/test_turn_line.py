"""The turn line: whose turn it is, until when, and nothing that grows old while nobody draws it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.blocks.cards import request_card
from models.lifecycle import Status
from models.service_level import ClockKind
from tests.builders import DAY, HOUR, NOON, PRIYA, a_calendar
from tests.pictures import Words, a_clock, a_picture


def turn_line_of(status: Status, **facts: Any) -> str:
    as_of = facts.pop("as_of", NOON)
    blocks = [one for one in request_card(a_picture(status, **facts), as_of=as_of).blocks if one["type"] != "actions"]
    return str(blocks[-1]["elements"][0]["text"])


def test_the_turn_line_tells_who_is_waited_for_the_working_time_left_and_until_when() -> None:
    assert turn_line_of(Status.ASKED) == (
        "*Waiting on Plant 3 desk* · first answer: 48 min of working time left, until *<!date^1795524480^{time}|13:48>*"
    )


def test_a_deadline_on_another_day_is_told_with_its_day() -> None:
    clock = a_clock(ClockKind.ANSWER, started_at=NOON + DAY)
    line = turn_line_of(Status.ACKNOWLEDGED, clocks=[clock])
    assert (
        "answer: 11 h of working time left, until *<!date^1795611600^{time} {date_long_pretty}|Wed 25 Nov 14:00>*"
        in line
    )


@pytest.mark.parametrize("status", list(Status))
def test_the_turn_line_is_the_last_thing_above_the_buttons(status: Status) -> None:
    card = request_card(a_picture(status, words=Words()), as_of=NOON)
    assert turn_line_of(status).startswith(("*Waiting on ", "*Nobody's turn*") if status.is_open else "*Closed* ")
    assert [block["type"] for block in card.blocks if block["type"] == "actions"] == (
        ["actions"] if status.is_open else []
    )
    assert card.text.splitlines()[-1] == turn_line_of(status)


def test_an_overdue_turn_says_since_when_and_no_span_that_would_grow_old() -> None:
    line = turn_line_of(Status.ASKED, as_of=NOON + 2 * HOUR)
    assert line.endswith("first answer overdue since <!date^1795524480^{time} {date_long_pretty}|Tue 24 Nov 13:48>")


def test_a_closed_desk_says_when_it_opens() -> None:
    assert "the desk is closed until" in turn_line_of(Status.ASKED, as_of=NOON + 6 * HOUR)


def test_the_time_of_sales_is_told_by_the_hours_of_sales() -> None:
    """Three hours for the decision from 13:00, of which Sales works one and a half before it goes home."""
    clock = a_clock(ClockKind.DECISION, started_at=NOON + 2 * HOUR)
    line = turn_line_of(Status.OFFERED, clocks=[clock], sales=a_calendar("Mon-Fri 08:00-14:30"))
    assert "decision on the offer: 1 h 30 min of working time left" in line
    assert "Sales is back at work" not in line
    closed = turn_line_of(
        Status.OFFERED, clocks=[clock], sales=a_calendar("Mon-Fri 08:00-14:30"), as_of=NOON + 2 * HOUR
    )
    assert closed.endswith("Wed 25 Nov 08:00>")
    assert "Sales is back at work <!date^" in closed


def test_a_reminder_that_was_put_off_is_on_the_card_while_it_is() -> None:
    clock = a_clock(ClockKind.ANSWER)
    clock.snoozed_until, clock.snoozed_by = NOON + HOUR / 2, PRIYA
    line = turn_line_of(Status.ACKNOWLEDGED, clocks=[clock])
    assert "reminder put off until <!date^1795523400^{time} {date_long_pretty}|Tue 24 Nov 13:30> by Priya Nair" in line
    assert "put off" not in turn_line_of(Status.ACKNOWLEDGED, clocks=[clock], as_of=NOON + HOUR / 2)


def test_nobodys_turn_says_until_when() -> None:
    line = turn_line_of(Status.AGREED)
    assert line.startswith("*Nobody's turn* until <!date^")
    assert line.endswith("then Plant 3 desk says whether 100 pcs shipped")


def test_a_question_that_falls_on_the_closed_desk_comes_when_it_opens() -> None:
    """At five the desk goes home: “nobody's turn until Friday 17:00” would be read on Friday evening."""
    at_five = a_clock(ClockKind.OUTCOME, started_at=NOON + 3 * DAY + 4 * HOUR, lot=40)
    line = turn_line_of(Status.AGREED, clocks=[at_five], as_of=NOON)
    assert "Mon 30 Nov 07:00" in line


def test_at_the_end_of_its_day_a_lot_is_the_desks_turn() -> None:
    line = turn_line_of(Status.AGREED, as_of=NOON + 3 * DAY + HOUR / 2)
    assert line.startswith("*Waiting on Plant 3 desk* · report: 30 min of working time left, until *<!date^")


def test_a_closed_request_says_when_and_how_and_that_it_is_nobodys_turn_goes_without_saying() -> None:
    assert turn_line_of(Status.DECLINED) == (
        "*Closed* <!date^1795521600^{time} {date_long_pretty}|Tue 24 Nov 13:00>: declined"
    )
