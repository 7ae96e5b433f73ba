"""The weekly page: decisions first, n beside each figure, no percentile of a handful, charts that say their numbers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.blocks.charts import CHART, line_chart, pie_chart, without_charts
from bot.blocks.digest import digest_message
from bot.blocks.digest_notes import detail_message
from bot.blocks.digest_words import reason_counts
from models.ask import ReasonCode
from models.digest_page import DigestPage, Direction, Figure, FigureKind
from models.digest_parts import DigestPart
from models.scorecards import Breakdown, Part, Share, Spread
from tests.builders import HOUR, NOON
from tests.drawings_digest import LINK, full_page, quiet_page
from tests.pictures import Words
from tests.reading import text_of

WORDS = Words()


def drawn(**facts: Any) -> list[dict[str, Any]]:
    return digest_message(full_page(WORDS, **facts)).blocks


def rows_of(blocks: list[dict[str, Any]]) -> list[list[str]]:
    [table] = [block for block in blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def texts_of(blocks: list[dict[str, Any]]) -> str:
    return text_of({"blocks": blocks})


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
    [decision, *_rest] = full_page(WORDS).decisions
    today = (replace(decision, since=NOON - HOUR),)
    assert "Operations has not answered · for less than a day" in drawn(decisions=today)[2]["text"]["text"]


def test_a_sentence_begins_with_a_word_not_with_a_digit() -> None:
    first = full_page(WORDS).decisions[:1]
    assert drawn(decisions=first, decisions_open=1)[1]["text"]["text"] == "*One decision waits for you*"
    assert drawn(decisions_open=4)[1]["text"]["text"] == "*Four decisions wait for you*"


def test_five_figures_with_what_lies_behind_them_and_where_they_moved() -> None:
    assert rows_of(drawn()) == [
        ["What", "This week", "Week before", "Usual, of 12 weeks", "Change"],
        ["Requests", "34", "20", "27", "more"],
        ["Answered within target", "28 of 34 (82 %)", "–", "79 %", "better"],
        [
            "Median first answer (working time)",
            "1 h 15 min, 9 in 10 within 2 h 30 min (n = 30)",
            "50 min",
            "1 h 24 min",
            "better",
        ],
        ["Commitments kept", "8 of 11 · 1 not reported yet", "80 %", "–", "the same"],
        ["Customer was told more than committed", "3 of 12 (25 %)", "3", "3", "the same"],
    ]


def test_of_a_handful_the_values_themselves_are_shown() -> None:
    few = replace(full_page(WORDS).card, response=Spread(2, listed=(600, 3_600)))
    assert rows_of(drawn(card=few))[3][1] == "10 min, 1 h (n = 2)"


@pytest.mark.parametrize(
    ("kind", "value", "before", "usual", "expected"),
    [
        (FigureKind.RESPONSE, 10, 20, 5, Direction.WORSE),
        (FigureKind.RESPONSE, 10, 20, None, Direction.BETTER),
        (FigureKind.WITHIN_TARGET, 90, 80, 95, Direction.WORSE),
        (FigureKind.KEPT, 90, None, 80, Direction.BETTER),
        (FigureKind.OVER_PROMISED, 1, None, 0, Direction.WORSE),
        (FigureKind.REQUESTS, 1, None, 0, Direction.MORE),
        (FigureKind.REQUESTS, 1, 1, None, Direction.SAME),
        (FigureKind.KEPT, None, 1, 1, Direction.UNKNOWN),
        (FigureKind.KEPT, 1, None, None, Direction.UNKNOWN),
    ],
)
def test_a_change_is_held_against_what_is_usual(
    kind: FigureKind, value: int | None, before: int | None, usual: int | None, expected: Direction
) -> None:
    assert Figure(kind=kind, value=value, before=before, usual=usual).direction is expected


def test_every_chart_is_followed_by_a_line_with_the_same_numbers() -> None:
    blocks = drawn()
    charts = [place for place, block in enumerate(blocks) if block["type"] == CHART]
    assert len(charts) == 2
    for place in charts:
        assert _numbers_of(blocks[place]["chart"]) == _numbers_said(blocks[place + 1]["elements"][0]["text"])


def test_a_line_says_its_series_and_a_circle_joins_what_is_small() -> None:
    [chart, twin] = line_chart("Requests", ["W47", "W48"], {"Asked": [3, 0], "In target": [2, 0]})
    assert twin["elements"][0]["text"] == "*Requests* (Asked / In target): W47 3 / 2 · W48 0 / 0"
    assert chart["chart"]["axis_config"]["categories"] == ["W47", "W48"]

    many = {f"Reason {n}": 10 - n for n in range(9)}
    [chart, twin] = pie_chart("Why", many)
    assert [one["value"] for one in chart["chart"]["segments"]] == [10, 9, 8, 7, 6, 14]
    assert twin["elements"][0]["text"].endswith("Reason 4 6 · all others 14")
    assert pie_chart("Why", {"none": 0}) == []


def test_the_reasons_keep_different_names_in_a_circle() -> None:
    parts = tuple(Part(key=reason.value, requests=1) for reason in ReasonCode)
    counts = reason_counts(Breakdown(parts))
    assert len(counts) == len(ReasonCode)
    labels = [one["label"] for one in pie_chart("Why", dict(list(counts.items())[:6]))[0]["chart"]["segments"]]
    assert len(set(labels)) == 6


def test_without_its_charts_a_page_says_the_same() -> None:
    page = digest_message(full_page(WORDS))
    calm = without_charts(page)
    assert calm.text == page.text
    assert [block for block in page.blocks if block["type"] != CHART] == calm.blocks


def test_the_emergency_loop_has_its_share_its_causes_and_its_longest_chain() -> None:
    said = texts_of(drawn())
    assert "4 of 34 requests exist because of an earlier one (12 %)" in said
    assert "We missed a commitment: 3; pushed back for another expedite: 1." in said
    assert "EXP-10 (Acme), because of EXP-11 (Acme), because of EXP-12 (Acme)" in said
    assert "no request of this week exists because of an earlier one" in texts_of(
        drawn(card=replace(full_page(WORDS).card, loop=replace(full_page(WORDS).card.loop, share=Share(0, 34))))
    )


def test_three_stories_say_where_to_look_and_the_saves_are_somebodys() -> None:
    said = texts_of(drawn())
    assert f"*Best save:* <{LINK}|EXP-1>, Acme for Acme, 48\u202f000 at stake; all of it shipped in time." in said
    assert "*Worst miss:* EXP-2, Acme for Acme, 48\u202f000 at stake; shipped 3 days late." in said
    assert "*Longest wait:* EXP-3, Acme for Acme, 48\u202f000 at stake; 8 h 20 min of working time" in said
    assert "*Thanks for the saves of the week:* Acme (4×). Sales said thanks 4 times." in said
    assert "customers Acme 7× and Acme 4×; items Acme 9×" in said
    assert "• Resin lands Tuesday. (Acme, by Fri 27 Nov): open" in said
    assert "3 of 4 pairs of the month have met" in said


def test_a_week_with_nothing_to_decide_says_so() -> None:
    message = digest_message(quiet_page())
    assert "*No decision waits for you.*" in message.text
    assert "*No request was asked this week.*" in message.text


def test_the_notes_break_the_figures_down() -> None:
    page = full_page(WORDS)
    assert rows_of(detail_message(page, DigestPart.CUSTOMER).blocks)[1] == [
        "Acme 0",
        "9",
        "2 of 3 (67 %)",
        "0 of 2 (0 %)",
        "1",
    ]
    assert [row[0] for row in rows_of(detail_message(page, DigestPart.DESK).blocks)[1:]] == [
        "Plant 3 desk",
        "Plant 3 desk",
    ]
    assert "Line down at the customer" in str(detail_message(page, DigestPart.REASON).blocks)
    assert (
        "Cost of expediting 1\u202f240.50 against value kept 54\u202f000" in detail_message(page, DigestPart.KEPT).text
    )


def test_a_page_reads_back_as_it_was_stored() -> None:
    page = full_page(WORDS)
    assert DigestPage.from_json(json.loads(json.dumps(page.to_json()))) == page


def _numbers_of(chart: dict[str, Any]) -> list[int]:
    if chart["type"] == "pie":
        return [one["value"] for one in chart["segments"]]
    by_week = zip(*[[point["value"] for point in one["data"]] for one in chart["series"]], strict=True)
    return [value for values in by_week for value in values]


def _numbers_said(text: str) -> list[int]:
    """The numbers after each label: “W47 3 / 2 · W48 0 / 0”."""
    _head, _colon, points = text.partition(": ")
    said = points.replace("·", " ").replace("/", " ").split()
    return [int(word) for word in said if word.isdigit()]
