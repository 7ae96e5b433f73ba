"""What is said when a promise expires and up the escalation: whom it concerns, and nothing once it is settled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.blocks.story import sentence
from models.lifecycle import Move, Status
from models.outbox import Notice
from models.request_clock import RequestClock
from models.service_level import Audience, ClockKind
from tests.builders import HOUR, JONAS, NOON
from tests.pictures import a_clock, a_lot, a_picture, an_entry, with_id
from tests.reading import pressed, said

SINCE = NOON - 2 * HOUR


def a_follow_up(since: datetime = SINCE) -> RequestClock:
    clock: RequestClock = with_id(a_clock(ClockKind.FOLLOW_UP, started_at=since), 71)
    return clock


def asked(**facts: Any) -> dict[str, Any]:
    return {"clock": 71, "since": SINCE.isoformat(), **facts}


def test_the_desk_is_asked_by_who_has_it_and_can_say_so_with_one_press() -> None:
    picture = {"facts": asked(), "follow_up": a_follow_up()}
    text = said(Notice.FOLLOW_UP, Status.ACKNOWLEDGED, **picture)
    assert text.startswith(f"*Still on it?* <@{JONAS}>: nothing was heard of EXP-12 since <!date^")
    assert "*Waiting on Plant 3 desk*" in text
    assert pressed(Notice.FOLLOW_UP, Status.ACKNOWLEDGED, **picture) == ["Still on it", "Answer…"]


@pytest.mark.parametrize("follow_up", [None, a_follow_up(NOON)])
def test_once_the_desk_was_heard_of_nothing_is_asked_any_more(follow_up: RequestClock | None) -> None:
    picture = {"facts": asked(), "follow_up": follow_up}
    assert said(Notice.FOLLOW_UP, Status.ACKNOWLEDGED, **picture) == (
        "Asked whether anybody is still on it: somebody is."
    )
    assert pressed(Notice.FOLLOW_UP, Status.ACKNOWLEDGED, **picture) == []


def test_an_answer_settles_it() -> None:
    assert said(Notice.FOLLOW_UP, Status.OFFERED, facts=asked()) == "Answered meanwhile: offer on the table."


def test_a_group_that_is_called_in_is_mentioned_and_nothing_else_is() -> None:
    facts = {"clock": 70, "step": 202, "group": "S0PLANNERS"}
    text = said(Notice.CLOCK, Status.ACKNOWLEDGED, facts=facts, at=NOON + 2 * HOUR)
    assert text.startswith(f"*Time is up.* <!subteam^S0PLANNERS> <@{JONAS}>: the answer was due")
    odd = said(Notice.CLOCK, Status.ACKNOWLEDGED, facts={**facts, "group": "S1> <!channel"}, at=NOON + 2 * HOUR)
    assert "<!" not in odd.replace("<!date", "")


def test_one_question_about_several_lots_goes_on_to_the_next_that_is_open() -> None:
    first, second = a_lot(1, 40), a_lot(2, 60)
    facts = {"clock": 70, "commitment": first.id, "lots": [first.id, second.id]}
    assert "40 pcs for EXP-12" in said(Notice.OUTCOME_WANTED, Status.AGREED, facts=facts, commitments=[first, second])
    done = a_lot(1, 40, outcome=a_lot().outcome.IN_FULL, actual_quantity=first.quantity)
    assert "60 pcs for EXP-12" in said(Notice.OUTCOME_WANTED, Status.AGREED, facts=facts, commitments=[done, second])


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience.DESK, "The desk was reminded again"),
        (Audience.PERSON, "Somebody else was asked to help"),
        (Audience.GROUP, "A group was asked to help"),
        (Audience.CHANNEL, "A channel was asked to help"),
        (Audience.MEDIATOR, "The leadership was asked to help"),
        ("", "The leadership was asked to help"),
    ],
)
def test_the_story_says_whom_a_rung_reached(audience: str, words: str) -> None:
    entry = an_entry(Move.ESCALATE, by=None, audience=str(audience))
    assert sentence(a_picture(), entry) == words


def test_the_story_says_who_put_a_reminder_off_until_when() -> None:
    entry = an_entry(Move.SNOOZE, until=NOON.isoformat())
    assert sentence(a_picture(), entry).startswith("Jonas Keller put the reminder off until <!date^1795521600^")
