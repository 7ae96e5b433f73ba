"""An explained clock: what counted, day by day, and what did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.business_calendar import BusinessCalendar, weekly
from models.clock_story import MOST_LINES, Line, Stretch, Told, tell
from models.service_level import ClockKind, Holder
from tests.builders import DAY, HOUR, ZONE

FRIDAY = datetime(2025, 11, 21, 14, 30, tzinfo=UTC)
"""15:30 in Berlin."""
HOURS = replace(weekly(ZONE, "Mon-Fri 07:00-17:00"), closed_dates=((date(2025, 11, 24), "company holiday"),))
BREAKS = weekly(ZONE, "Mon-Fri 07:00-12:00,12:30-17:00")
NIGHTS = weekly(ZONE, "Mon-Fri 22:00-06:00")


def held(starts: datetime, ends: datetime, calendar: BusinessCalendar = HOURS, **facts: Any) -> Stretch:
    usual = {"holder": Holder.DESK, "kind": ClockKind.FIRST_RESPONSE, "desk": "Plant 3 desk"}
    secs = calendar.between(starts, ends)
    return Stretch(**{**usual, "calendar": calendar, "starts": starts, "ends": ends, "secs": secs, **facts})


def said(line: Line) -> tuple[str, str, int]:
    hours = ", ".join(f"{starts:%a %d %H:%M}-{ends:%a %d %H:%M}" for starts, ends in line.windows)
    return line.told.value, hours, line.secs // 60


def test_a_weekend_and_a_closed_date_are_told_and_nights_are_not() -> None:
    story = tell([held(FRIDAY, FRIDAY + 4 * DAY)])

    assert [
        ("counted", "Fri 21 15:30-Fri 21 17:00", 90),
        ("weekend", "Sat 22 00:00-Mon 24 00:00", 0),
        ("closed_date", "Mon 24 00:00-Tue 25 00:00", 0),
        ("counted", "Tue 25 07:00-Tue 25 15:30", 510),
    ] == [said(line) for line in story.lines]
    assert "company holiday" == story.lines[2].name
    assert date(2025, 11, 23) == story.lines[1].last_moment.date()


def test_hours_before_and_after_a_break_are_one_line() -> None:
    story = tell([held(FRIDAY - 8 * HOUR, FRIDAY, BREAKS)])

    assert [("counted", "Fri 21 07:30-Fri 21 12:00, Fri 21 12:30-Fri 21 15:30", 450)] == [
        said(line) for line in story.lines
    ]


def test_a_night_shift_belongs_to_the_day_it_starts() -> None:
    story = tell([held(FRIDAY, FRIDAY + 2 * DAY, NIGHTS)])

    assert ("counted", "Fri 21 22:00-Sat 22 06:00", 480) == said(story.lines[0])


def test_a_stretch_outside_working_hours_is_not_hidden() -> None:
    story = tell([held(FRIDAY + 3 * HOUR, FRIDAY + 4 * HOUR)])

    assert [("outside", "Fri 21 18:30-Fri 21 19:30", 0)] == [said(line) for line in story.lines]


def test_nobodys_time_is_told_and_counts_for_nobody() -> None:
    story = tell([held(FRIDAY, FRIDAY + DAY, holder=Holder.NOBODY)])

    assert [Told.NOBODY] == [line.told for line in story.lines]
    assert () == story.sums


def test_each_side_and_each_desk_has_its_own_sum() -> None:
    hour = [FRIDAY - 5 * HOUR + n * HOUR for n in range(5)]
    story = tell(
        [
            held(hour[0], hour[1]),
            held(hour[1], hour[2], holder=Holder.REQUESTER),
            held(hour[2], hour[3], desk="Plant 5 desk"),
            held(hour[3], hour[4], desk="Plant 5 desk", secs=1800),
        ]
    )

    assert ((Holder.DESK, "Plant 3 desk", 3600), (Holder.REQUESTER, "", 3600), (Holder.DESK, "Plant 5 desk", 5400)) == (
        story.sums
    )


def test_a_stretch_that_took_no_time_is_no_line() -> None:
    assert () == tell([held(FRIDAY, FRIDAY)]).lines


@pytest.mark.parametrize(("days", "most"), [(60, 20), (400, 60)])
def test_a_long_story_is_folded_and_still_counts_every_second(days: int, most: int) -> None:
    """Sixty days are told by weeks, four hundred by weeks or months; closed dates keep their names."""
    whole = held(FRIDAY, FRIDAY + days * DAY)
    story = tell([whole], most=most)

    assert len(story.lines) <= most
    assert whole.secs == sum(line.secs for line in story.lines)
    assert 0 == story.left_out
    assert any("company holiday" in line.name for line in story.lines)
    assert max(line.days for line in story.lines) > 4


def test_what_cannot_be_folded_loses_its_middle_and_says_so() -> None:
    """Two sides that answer each other every hour for weeks."""
    minute = timedelta(minutes=1)
    turns = [
        held(
            FRIDAY + n * minute,
            FRIDAY + (n + 1) * minute,
            weekly(ZONE, "Mon-Sun 00:00-00:00"),
            holder=(Holder.DESK, Holder.REQUESTER)[n % 2],
        )
        for n in range(500)
    ]
    story = tell(turns)

    assert MOST_LINES == len(story.lines)
    assert 500 - MOST_LINES == story.left_out
    assert 500 * 60 == sum(secs for _holder, _desk, secs in story.sums)


@given(
    starts=st.integers(0, 400 * 24 * 60),
    minutes=st.integers(1, 90 * 24 * 60),
    calendar=st.sampled_from([HOURS, BREAKS, NIGHTS, weekly("Australia/Lord_Howe", "Mon-Sun 09:00-17:30")]),
    most=st.integers(8, 80),
)
def test_the_lines_of_a_stretch_sum_to_what_it_is_charged(
    starts: int, minutes: int, calendar: BusinessCalendar, most: int
) -> None:
    begins = FRIDAY + timedelta(minutes=starts)
    whole = held(begins, begins + timedelta(minutes=minutes), calendar)
    story = tell([whole], most=most)

    assert whole.secs == sum(line.secs for line in story.lines)
    assert all(a.ends <= b.starts for a, b in pairwise(story.lines))
