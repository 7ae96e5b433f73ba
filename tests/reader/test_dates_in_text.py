"""Dates of running text: every one with its place and all it can mean; no part, size or price is one."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader import DateRead, find_dates
from bot.reader.times import find_moments
from bot.reader.words import word_set

CHICAGO, BERLIN = ZoneInfo("America/Chicago"), ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 11, 24, 15, tzinfo=CHICAGO)
THERE = datetime(2026, 11, 24, 15, tzinfo=BERLIN)


def days(text: str, now: datetime = TUESDAY) -> list[str]:
    """The likeliest day of every date found, with a mark where it can mean another."""
    return [read.day.isoformat() + "?" * read.is_ambiguous for read in find_dates(text, now=now)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("move to 12/8, was 12/22", ["2026-12-08", "2026-12-22"]),
        ("need it by 12/5", ["2026-12-05?"]),
        ("they leave Thursday, EOW or next week", ["2026-11-26", "2026-11-27", "2026-12-04"]),
        ("next Friday", ["2026-12-04?"]),
        ("Friday next week, wed next week", ["2026-12-04", "2026-12-02"]),
        ("by EOD Friday, latest Monday cob", ["2026-11-27", "2026-11-30"]),
        ("CW 50 instead of wk 52", ["2026-12-11", "2026-12-25"]),
        ("w/c 7th Dec, week commencing 14 December", ["2026-12-07", "2026-12-14"]),
        ("in 3 days or within two weeks", ["2026-11-27", "2026-12-08"]),
        ("by the 14th, not the 2nd", ["2026-12-14", "2026-12-02"]),
        ("end of next week, month end, end of January", ["2026-12-04", "2026-11-30", "2027-01-31"]),
        ("before the weekend please", ["2026-11-27"]),
        ("Monday 11/30 and Fri 4th Dec", ["2026-11-30", "2026-12-04"]),
        ("this month, in March", ["2026-11-30", "2027-03-31"]),
        ("tmrw, day after tomorrow", ["2026-11-25", "2026-11-26"]),
    ],
)
def test_every_date_is_found(text: str, found: list[str]) -> None:
    assert found == days(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bis 5.12. nicht 12.12., KW 50 oder Freitag", ["2026-12-05", "2026-12-12", "2026-12-11", "2026-11-27"]),
        ("am 4. März", ["2027-03-04"]),
        ("avant le 5/12, vendredi ou le 12 décembre", ["2026-12-05?", "2026-11-27", "2026-12-12"]),
        ("para el 5/12, 12 de diciembre o el viernes", ["2026-12-05?", "2026-12-12", "2026-11-27"]),
        ("mañana", ["2026-11-25"]),
        ("até 12 de dezembro ou sexta-feira", ["2026-12-12", "2026-11-27"]),
        ("entro venerdì 27 novembre, domani", ["2026-11-27", "2026-11-25"]),
        ("voor 12 december, 05-12-2026 of vrijdag", ["2026-12-12", "2026-12-05?", "2026-11-27"]),
        ("senast 2026-12-05", ["2026-12-05"]),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_habits_of_other_languages(text: str, found: list[str]) -> None:
    assert found == days(text, THERE)


@pytest.mark.parametrize(
    "text",
    [
        "10-32 screws", "3/8-16 x 1 SHCS", "1/4 inch", '3/4" plywood', "5/16 rod ends", "part 11/27", "$12.10 each",
        "12.10 kg", "pH 3.4", "rev 4.2", "the 2nd shift", "the 2nd crate", "3rd time", "24/7", "50/50", "BRK-2040",
        "may be", "we sat down", "6 weeks", "2-3 days", "line 3", "page 4/12", "a 2-for-1", "16oz", "every Friday",
        "SO-2026-12", "M12 x 30", "mid June",
    ],
)  # fmt: skip
def test_parts_sizes_prices_and_counts_are_no_dates(text: str) -> None:
    assert [] == days(text)


def test_the_order_of_day_and_month_is_the_writers_or_the_texts() -> None:
    assert date(2026, 12, 5) == find_dates("by 5/12", now=THERE)[0].day
    assert date(2027, 5, 12) == find_dates("by 5/12", now=TUESDAY)[0].day
    assert date(2026, 12, 5) == find_dates("by 5/12", now=TUESDAY, day_first=True)[0].day
    assert not find_dates("by 12/5 rather than 12/22", now=TUESDAY)[0].is_ambiguous


def test_a_range_is_one_date_with_an_end() -> None:
    (read,) = find_dates("closed 22–23 Dec", now=TUESDAY)
    (other,) = find_dates("closed 28.11. - 30.11. for counting", now=THERE)

    assert (read.day, read.last) == (date(2026, 12, 22), date(2026, 12, 23))
    assert (other.day, other.last) == (date(2026, 11, 28), date(2026, 11, 30))


def test_a_date_knows_its_place() -> None:
    text = "need it by Friday the 27th, thanks"
    (read,) = find_dates(text, now=TUESDAY)

    assert text[read.start : read.stop] == "Friday the 27th"


def test_today_is_the_writers() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=CHICAGO)

    assert ["2026-11-25"] == days("tomorrow", late)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("back to you by 4", "2026-11-24T16:00"),
        ("tomorrow before 10", "2026-11-25T10:00"),
        ("give me 45 min", "2026-11-24T15:45"),
        ("Thursday 3pm", "2026-11-26T15:00"),
        ("will know in the morning", "2026-11-25T12:00"),
        ("answer by EOD", "2026-11-24T17:00"),
        ("Friday", "2026-11-27T17:00"),
        ("half an hour", "2026-11-24T15:30"),
    ],
)
def test_moments_are_read_beside_days(text: str, moment: str) -> None:
    (read,) = find_moments(text, now=TUESDAY)

    assert datetime.fromisoformat(moment).replace(tzinfo=CHICAGO) == read.at


VOCABULARY = word_set(
    "by before not to from on the of this next last week wk w/c 34 12/5 31.10. 5.12 12-Dec Dec 12 the 14th EOD eow "
    "Friday Mon 22–23 - – , . : 2026 3/4 in 3 days weeks from now months end month tomorrow 10:30 4pm at"
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(sorted(VOCABULARY)), max_size=14).map(" ".join) | st.text(max_size=120))
def test_any_text_gives_days_in_order(text: str) -> None:
    reads: tuple[DateRead, ...] = find_dates(text, now=TUESDAY)

    assert list(reads) == sorted(reads, key=lambda read: read.start)
    assert all(0 <= read.start < read.stop <= len(text) and read.days for read in reads)
    assert all(before.stop <= after.start for before, after in pairwise(reads))
    assert find_moments(text, now=TUESDAY) is not None
