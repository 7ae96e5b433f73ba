"""The scorecard's rules without a database: bounds of periods, few values, moves, storage, and one definition each."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader.scorecard_words import FiguresUnclear, read_wanted
from models.scorecards import Period, Scorecard, Share, Spread
from models.scorecards.definitions import definitions
from models.scorecards.stored import from_json, to_json
from models.scorecards.trend import Figure, Moved, Trend, trends_of
from tests.pictures import Words
from tests.scorecards import WEEK, full_scorecard

BERLIN, SYDNEY = "Europe/Berlin", "Australia/Lord_Howe"
README = Path(__file__).resolve().parents[2] / "README.md"
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 11, 24), BERLIN, 168),
        (date(2026, 3, 29), BERLIN, 167),
        (date(2026, 10, 25), BERLIN, 169),
        (date(2026, 10, 4), SYDNEY, 167.5),
        (date(2026, 4, 5), SYDNEY, 168.5),
    ],
)
def test_a_week_is_seven_days_by_the_wall_clock(day: date, zone: str, hours: float) -> None:
    week = Period.week_of(day, zone)

    assert week.ends_at - week.starts_at == timedelta(hours=hours)
    assert week.holds(week.starts_at)
    assert not week.holds(week.ends_at)


@pytest.mark.parametrize(
    ("day", "monday", "number"),
    [
        (date(2026, 12, 31), date(2026, 12, 28), (2026, 53)),
        (date(2027, 1, 3), date(2026, 12, 28), (2026, 53)),
        (date(2027, 1, 4), date(2027, 1, 4), (2027, 1)),
        (date(2024, 12, 30), date(2024, 12, 30), (2025, 1)),
    ],
)
def test_a_week_belongs_to_the_year_of_its_thursday(day: date, monday: date, number: tuple[int, int]) -> None:
    week = Period.week_of(day, BERLIN)

    assert (week.start, week.start.isocalendar()[:2]) == (monday, number)
    assert read_wanted(f"{number[0]}-W{number[1]:02}", today=TODAY, zone=BERLIN).period == week


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from([BERLIN, SYDNEY, "America/New_York"]))
def test_weeks_meet_without_gap_or_overlap(day: date, zone: str) -> None:
    week = Period.week_of(day, zone)
    before = week.weeks_before()

    assert week.has_day(day)
    assert len(before) == 12
    assert [one.ends_at for one in before] == [one.starts_at for one in [*before[1:], week]]


@pytest.mark.parametrize(
    ("words", "first", "after"),
    [
        ("", date(2026, 11, 16), date(2026, 11, 23)),
        ("This Week", date(2026, 11, 23), date(2026, 11, 30)),
        ("last month", date(2026, 10, 1), date(2026, 11, 1)),
        ("this month", date(2026, 11, 1), date(2026, 12, 1)),
        ("12 weeks", date(2026, 8, 31), date(2026, 11, 23)),
        ("2026-02", date(2026, 2, 1), date(2026, 3, 1)),
        ("2026-11-02 to 2026-11-15", date(2026, 11, 2), date(2026, 11, 16)),
        ("2026-11-02..2026-11-02", date(2026, 11, 2), date(2026, 11, 3)),
    ],
)
def test_days_are_read_from_closed_words(words: str, first: date, after: date) -> None:
    assert read_wanted(words, today=TODAY, zone=BERLIN).period == Period(first, after, BERLIN)


def test_names_follow_their_word_and_may_be_quoted() -> None:
    found = read_wanted(
        'last week Desk Plant 3 desk customer "Team Desk" requester <@U0MARA|mara>', today=TODAY, zone=BERLIN
    )

    assert found.names == {"desk": "Plant 3 desk", "customer": "Team Desk", "requester": "<@U0MARA|mara>"}


@pytest.mark.parametrize(
    "words", ["soon", "2026-W54", "2026-13", "2026-11-02..2026-11-01", "2020-01-01..2026-01-01", "desk", "9999-12-31"]
)
def test_what_is_no_period_is_refused_with_what_can_be_written(words: str) -> None:
    with pytest.raises(FiguresUnclear, match="last week"):
        read_wanted(words, today=TODAY, zone=BERLIN)


@pytest.mark.parametrize(
    ("values", "spread"),
    [
        ([], Spread()),
        ([7], Spread(1, listed=(7,))),
        ([4, 1, 3, 2], Spread(4, listed=(1, 2, 3, 4))),
        ([5, 4, 3, 2, 1], Spread(5, 3, 5)),
        (list(range(1, 11)), Spread(10, 5, 9)),
    ],
)
def test_below_five_values_the_values_stand_there(values: list[int], spread: Spread) -> None:
    assert Spread.of(values) == spread


@pytest.mark.parametrize(
    ("share", "percent"), [((0, 0), None), ((1, 8), 13), ((1, 3), 33), ((2, 3), 67), ((5, 5), 100)]
)
def test_per_cent_are_whole_halves_up(share: tuple[int, int], percent: int | None) -> None:
    assert Share(*share).percent == percent


WEEKS = (70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 92)


@pytest.mark.parametrize(
    ("figure", "now", "weeks", "moved", "is_better"),
    [
        (Figure.OTIF, 74, WEEKS, None, None),
        (Figure.OTIF, 73, WEEKS, Moved.DOWN, False),
        (Figure.OTIF, 86, WEEKS, None, None),
        (Figure.OTIF, 87, WEEKS, Moved.UP, True),
        (Figure.MEDIAN, 73, WEEKS, Moved.DOWN, True),
        (Figure.LOOP, 99, WEEKS, Moved.UP, False),
        (Figure.REQUESTS, 99, WEEKS, Moved.UP, None),
        (Figure.OTIF, 1, (*[None] * 7, 70, 70, 70, 70, 70), None, None),
        (Figure.OTIF, 1, (*[None] * 6, 70, 70, 70, 70, 70, 70), Moved.DOWN, False),
        (Figure.OTIF, None, WEEKS, None, None),
    ],
)
def test_a_figure_moved_when_it_left_the_middle_half(
    figure: Figure, now: int | None, weeks: tuple[int | None, ...], moved: Moved | None, is_better: bool | None
) -> None:
    trend = Trend(figure, now, weeks)

    assert (trend.moved, trend.is_better) == (moved, is_better)


def test_shares_of_few_requests_are_no_trend() -> None:
    few = Scorecard(period=WEEK, as_of=datetime(2026, 12, 1, tzinfo=UTC), requests=4, otif=Share(1, 4))
    many = replace(few, requests=5, otif=Share(1, 5))

    assert [one.now for one in trends_of(few, [many]) if one.figure in {Figure.REQUESTS, Figure.OTIF}] == [4, None]
    assert [one.weeks for one in trends_of(few, [many]) if one.figure is Figure.OTIF] == [(20,)]


def test_a_scorecard_reads_back_as_it_was_stored() -> None:
    card = full_scorecard(Words())

    assert from_json(json.loads(json.dumps(to_json(card)))) == card


def test_a_figure_that_was_not_known_yet_is_empty() -> None:
    stored = to_json(full_scorecard(Words()))
    del stored["loop"]["chains"], stored["thanked"]

    assert from_json({**stored, "dropped": 1}).thanked == 0


def test_every_figure_has_one_definition() -> None:
    named = [figure for one in definitions() for figure in one.figures]

    assert sorted(named) == sorted({one.name for one in fields(Scorecard)} - {"period", "filters", "as_of"})


def test_the_readme_has_the_same_definitions() -> None:
    part = README.read_text(encoding="utf-8").partition("\n### What the figures mean\n")[2].partition("\n#")[0]
    written = dict(re.findall(r"^\| (.+?) \| (.+) \|$", part, re.MULTILINE)[1:])
    written.pop("---", None)

    assert written == {one.name: one.text for one in definitions()}
