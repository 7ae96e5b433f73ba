"""The weekly page: decisions first, n beside each time, no percentile of a handful."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.blocks.digest import digest_message
from models.scorecard import WeekFigures
from tests.builders import HOUR, NOON
from tests.drawings import WEEK, full_week
from tests.pictures import Words


def drawn(**facts: Any) -> list[dict[str, Any]]:
    return digest_message(full_week(Words(), **facts), week_of=WEEK, as_of=NOON).blocks


def rows_of(blocks: list[dict[str, Any]]) -> list[list[str]]:
    [table] = [block for block in blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_the_title_names_the_week_and_its_days() -> None:
    assert drawn()[0]["text"]["text"] == "Expedites, week 48 · Mon 23 Nov – Sun 29 Nov"


def test_decisions_come_before_any_figure() -> None:
    blocks = drawn()
    kinds = [block["type"] for block in blocks]
    assert blocks[1]["text"]["text"] == "*14 decisions wait for you*"
    assert blocks[2]["text"]["text"] == "*EXP-1* · Acme · Acme · Operations has not answered · for 1 day"
    assert "and 10 more" in blocks[6]["elements"][0]["text"]
    assert kinds.index("table") > 6


def test_a_decision_of_today_has_no_days_yet() -> None:
    [decision, *_rest] = full_week(Words()).decisions
    today = replace(decision, since=NOON - HOUR)
    assert "Operations has not answered · for less than a day" in drawn(decisions=[today])[2]["text"]["text"]


def test_every_time_has_its_n_beside_it() -> None:
    assert rows_of(drawn()) == [
        ["What", "This week"],
        ["Requests", "23"],
        ["Answered", "21 of 23"],
        ["Answered within target", "19 of 23"],
        ["Median first answer (working time)", "38 min (n = 21)"],
        ["9 in 10 answered within", "2 h 5 min (n = 21)"],
        ["Commitments kept", "14 of 17 · 2 not reported yet"],
    ]


def test_once_all_is_reported_nothing_is_said_of_it() -> None:
    assert rows_of(drawn(commitments_unreported=0))[-1] == ["Commitments kept", "14 of 17"]


def test_a_sentence_begins_with_a_word_not_with_a_digit() -> None:
    assert drawn(decisions=full_week(Words()).decisions[:1], decisions_open=1)[1]["text"]["text"] == (
        "*One decision waits for you*"
    )
    assert drawn(decisions_open=4)[1]["text"]["text"] == "*Four decisions wait for you*"


def test_four_answers_make_no_median() -> None:
    blocks = drawn(requests=4, answered=4, n=4, answered_within_target=3, caused_by_missed=0)
    assert not any("Median" in row[0] or "9 in 10" in row[0] for row in rows_of(blocks))
    assert "Four requests were answered: too few to speak of a usual time." in str(blocks)
    assert "One request was answered: too few" in str(drawn(requests=1, answered=1, n=1, answered_within_target=1))
    assert "*No request was answered.*" in str(drawn(requests=2, answered=0, n=0, answered_within_target=0))


def test_the_emergency_loop_is_one_sentence_with_its_share() -> None:
    assert "5 of 23 requests exist because we missed an earlier commitment (22 %)." in str(drawn())


def test_a_week_with_nothing_to_decide_says_so() -> None:
    message = digest_message(WeekFigures(), week_of=WEEK, as_of=NOON)
    assert "*No decision waits for you.*" in message.text
    assert "*No request was asked this week.*" in message.text


def test_what_was_closed_is_counted_in_words() -> None:
    assert (
        "*Closed:* 12 shipped in full and 2 declined."
        in digest_message(full_week(Words()), week_of=WEEK, as_of=NOON).text
    )
