"""The hours of a week as an admin writes them, and as the settings show them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.business_calendar import Window, spell_week, weekly


def windows(text: str) -> tuple[Window, ...]:
    return weekly("UTC", text).windows


def test_a_week_is_read_as_people_write_it() -> None:
    assert (
        Window(0, time(7), time(12)),
        Window(0, time(12, 30), time(17)),
        Window(5, time(8), time(12)),
    ) == windows("Mon 07:00-12:00, 12:30-17:00; sat 8:00–12:00")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri 08:00-17:00", [0, 1, 2, 3, 4]),
        ("Sun-Thu 08:00-17:00", [0, 1, 2, 3, 6]),
        ("Mon, Wed-Thu: 08:00-17:00", [0, 2, 3]),
        ("Tuesday 08:00-17:00;", [1]),
    ],
)
def test_days_may_be_spans_and_lists(text: str, days: list[int]) -> None:
    assert days == [window.weekday for window in windows(text)]


def test_midnight_may_be_written_as_24_00() -> None:
    assert windows("Mon 00:00-00:00") == windows("Mon 00:00-24:00")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "at least one day"),
        (" ; ", "at least one day"),
        ("Mon-Fri", "needs days and hours"),
        ("08:00-17:00", "needs days and hours"),
        ("Mun 08:00-17:00", "“Mun” is not a day"),
        ("Mon-Wed-Fri 08:00-17:00", "“Mon-Wed-Fri” is not a day"),
        ("Mon 8-17", "“8-17” is not a span of hours"),
        ("Mon 08:00-25:00", "“08:00-25:00” is not a span"),
        ("Mon 08:00", "“08:00” is not a span"),
        ("Mon 08:00-12:00,", "“” is not a span"),
        ("Mon-Fri 08:00-17:00; Fri 08:00-12:00", "08:00-12:00 and 08:00-17:00 on Fri overlap"),
        ("Mon 08:00-08:00, 10:00-12:00", "on Mon overlap"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        windows(text)


def test_hours_are_shown_with_equal_days_together() -> None:
    text = "Mon-Thu 07:00-12:00,12:30-17:00; Fri,Sun 22:00-06:00"

    assert text == spell_week(windows(text))


MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(*divmod(minute, 60)))


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.integers(0, 6), st.tuples(MINUTES, MINUTES), min_size=1))
def test_what_is_shown_can_be_written(week: dict[int, tuple[time, time]]) -> None:
    written = tuple(Window(day, *hours) for day, hours in sorted(week.items()))

    assert written == windows(spell_week(written))


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="MonFriSat 0123456789:-–,;.", max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        sentence = "" if windows(text) else "nothing"
    except ValueError as refused:
        sentence = str(refused)

    assert not sentence or sentence.endswith(".")
