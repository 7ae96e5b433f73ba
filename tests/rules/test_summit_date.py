"""When both sides meet: a weekday of the month, never on a closed day, announced a week before at least."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.summit_date import SummitTime, SummitWeek, announced_on, begins, month_of, next_month, summit_day
from tests.builders import a_calendar

NOVEMBER = date(2026, 11, 1)
USUAL = SummitTime()


@pytest.mark.parametrize(
    ("week", "day"),
    [
        (SummitWeek.FIRST, 4),
        (SummitWeek.SECOND, 11),
        (SummitWeek.THIRD, 18),
        (SummitWeek.FOURTH, 25),
        (SummitWeek.LAST, 25),
    ],
)
def test_a_wednesday_of_november(week: SummitWeek, day: int) -> None:
    assert summit_day(replace(USUAL, week=week), NOVEMBER, a_calendar()) == date(2026, 11, day)


def test_the_last_friday_of_a_month_that_begins_with_one_is_its_fifth() -> None:
    rule = SummitTime(SummitWeek.LAST, weekday=4)

    assert summit_day(rule, date(2027, 1, 1), a_calendar()) == date(2027, 1, 29)


def test_never_is_never() -> None:
    assert summit_day(replace(USUAL, week=SummitWeek.NEVER), NOVEMBER, a_calendar()) is None


def test_a_closed_day_moves_it_on_and_at_the_end_of_the_month_back() -> None:
    first = replace(a_calendar(), closed_dates=((date(2026, 11, 4), "Works meeting"),))
    last = replace(a_calendar(), closed_dates=((date(2026, 12, 31), "New Year's Eve"),))

    assert summit_day(USUAL, NOVEMBER, first) == date(2026, 11, 5)
    assert summit_day(SummitTime(SummitWeek.LAST, weekday=3), date(2026, 12, 1), last) == date(2026, 12, 30)


def test_it_is_announced_a_week_before_on_a_working_day() -> None:
    closed = replace(a_calendar(), closed_dates=((date(2026, 11, 4), "Works meeting"), (date(2026, 11, 3), "Bridge")))

    assert announced_on(date(2026, 11, 11), a_calendar()) == date(2026, 11, 4)
    assert announced_on(date(2026, 11, 11), closed) == date(2026, 11, 2)


def test_it_begins_by_the_wall_clock_on_both_sides_of_the_clock_change() -> None:
    rule = SummitTime(at=time(14))

    assert begins(rule, date(2026, 10, 7), "Europe/Berlin") == datetime(2026, 10, 7, 12, tzinfo=UTC)
    assert begins(rule, date(2026, 11, 4), "Europe/Berlin") == datetime(2026, 11, 4, 13, tzinfo=UTC)


months = st.dates(date(2026, 1, 1), date(2035, 12, 1)).map(month_of)
weeks = st.sampled_from([week for week in SummitWeek if week is not SummitWeek.NEVER])
closed = st.sets(st.integers(-12, 40), max_size=12)


@given(months, weeks, st.integers(0, 6), closed)
def test_every_month_has_one_summit_on_a_working_day_with_a_weeks_notice(
    month: date, week: SummitWeek, weekday: int, offsets: set[int]
) -> None:
    days = tuple((month + timedelta(days=n), "closed") for n in sorted(offsets))
    calendar = replace(a_calendar(), closed_dates=days)
    day = summit_day(SummitTime(week, weekday), month, calendar)

    assert day is not None
    assert calendar.is_working_day(day)
    assert month_of(day) == month
    told = announced_on(day, calendar)
    assert calendar.is_working_day(told)
    assert day - told >= timedelta(days=7)
    assert month_of(next_month(month)) == next_month(month) > month
