"""Need dates in a sentence: right, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader import find_date
from bot.reader.words import word_set

TUESDAY = date(2026, 11, 24)


def day_in(text: str, today: date = TUESDAY) -> date | None:
    found = find_date([word.strip(",.!?") for word in text.split()], today)
    return found.day if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by 2026-12-12", "2026-12-12"),
        ("by 12 Dec", "2026-12-12"),
        ("by Dec 12th", "2026-12-12"),
        ("by the 12th of December", "2026-12-12"),
        ("before Sat 12 Dec 2026", "2026-12-12"),
        ("until December 12, 2026", "2026-12-12"),
        ("by 12-Dec-2026", "2026-12-12"),
        ("by 12-Dec", "2026-12-12"),
        ("by Dec-12", "2026-12-12"),
        ("by 12 Dec 40 pcs", "2026-12-12"),
        ("by Jan 5", "2027-01-05"),
        ("by 12/25", "2026-12-25"),
        ("by 25/12/2026", "2026-12-25"),
        ("by 12/12", "2026-12-12"),
        ("by the 30th", "2026-11-30"),
        ("by Monday the 30th", "2026-11-30"),
        ("by 3rd", "2026-12-03"),
        ("by the 24th", "2026-11-24"),
        ("by Friday", "2026-11-27"),
        ("by fri, please", "2026-11-27"),
        ("by Tuesday", "2026-12-01"),
        ("by this Friday", "2026-11-27"),
        ("by EOD Friday", "2026-11-27"),
        ("by 5pm on Friday", "2026-11-27"),
        ("by Friday noon", "2026-11-27"),
        ("by Friday next week", "2026-12-04"),
        ("needed Friday", "2026-11-27"),
        ("no later than Friday", "2026-11-27"),
        ("latest Friday", "2026-11-27"),
        ("on Friday", "2026-11-27"),
        ("for Friday, please", "2026-11-27"),
        ("for Friday 100 pcs", "2026-11-27"),
        ("we need it Friday thanks", "2026-11-27"),
        ("today", "2026-11-24"),
        ("by EOD", "2026-11-24"),
        ("tomorrow", "2026-11-25"),
        ("the day after tomorrow", "2026-11-26"),
        ("by EOW", "2026-11-27"),
        ("end of the week", "2026-11-27"),
        ("before the weekend", "2026-11-27"),
        ("by end of next week", "2026-12-04"),
        ("by month end", "2026-11-30"),
        ("in 3 days", "2026-11-27"),
        ("in 3 days we are out", "2026-11-27"),
        ("within two weeks", "2026-12-08"),
        ("in a week", "2026-12-01"),
        ("promised for 12 Dec, needed by 5 Dec", "2026-12-05"),
        ("by Friday, yes Friday, by 27 Nov", "2026-11-27"),
    ],
)
def test_a_marked_or_closing_date_is_read(text: str, day: str) -> None:
    assert date.fromisoformat(day) == day_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "by 12/5", "by 12/5/2026", "by 1/4 inch", "by 3/16 inch", "by 13/13",
        "by next Friday", "before next Wed", "next Friday", "by Friday after next", "by Friday week",
        "by Fri or Mon", "by Friday to Monday", "by 12 Dec or 14 Dec", "by Fri, no, by Mon",
        "by 12/5, or tell me Friday",
        "by Friday 13 Dec", "Friday 13 Dec", "by 12 Dec 26", "12 Dec 26", "by 31 Nov", "by 2026-02-30",
        "by 20 Nov", "by Oct 5", "by 29 Feb",
        "in 10 working days", "in 0 days", "in 900 weeks", "in 2-3 days", "in 24 hours",
        "promised by 12 Dec", "promised for 12 Dec", "due 12 Dec", "was due Friday", "sooner than Friday",
        "week of 12 Dec", "every Friday", "Fridays", "Friday is a holiday there", "for Friday Harbor",
        "ASAP", "yesterday", "next week", "soon", "", "by", "May we?", "by March",
    ],
)  # fmt: skip
def test_what_may_mean_two_days_or_none_is_left_to_people(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "10-32 screws", "200 pcs 10-32 screws", "1/4 inch", "1/4-20 x 3/4", "100 pcs 3/8 drive", "$12.10", "12.10 each",
        "BRK-2040", "100 pcs SEP-30", "100 pcs MAR20", "for DEC-12", "item 12-25-30", "VLV-88 rev 5", "size 5-10",
        "24/7", "3-5 pcs", "M12 x 30", "2026 model", "SO-2026-12", "5th Avenue", "part 11/27",
    ],
)  # fmt: skip
def test_parts_sizes_and_prices_are_no_dates(text: str) -> None:
    assert day_in(text) is None


def test_this_friday_said_on_a_friday_is_asked() -> None:
    friday = date(2026, 11, 27)

    assert day_in("by this Friday", friday) is None
    assert date(2026, 12, 4) == day_in("by Friday", friday)
    assert friday == day_in("by EOW", friday)
    assert day_in("by EOW", date(2026, 11, 28)) is None


def test_a_day_just_over_is_not_moved_to_next_year() -> None:
    """In January, 28 December is the one that has passed."""
    assert day_in("by 28 Dec", date(2027, 1, 5)) is None
    assert date(2027, 10, 1) == day_in("by 1 Oct", date(2027, 1, 5))
    assert date(2028, 2, 29) == day_in("by 29 Feb", date(2028, 1, 5))


def test_the_words_of_a_date_are_told_with_its_marker() -> None:
    found = find_date(["100", "pcs", "needed", "no", "later", "than", "Friday", "noon", "please"], TUESDAY)

    assert found is not None
    assert (found.start, found.stop) == (2, 8)


VOCABULARY = word_set(
    "by before for on in needed than later next this the of or to 1 3 12 31 20th 12/25 5/6 2026 2026-12-12 Dec May "
    "12-Dec Fri Friday mon week end EOW EOD tomorrow day after days noon pcs BRK-2040 please Acme"
)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(sorted(VOCABULARY)), max_size=8), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_words_give_a_day_ahead_or_none(words: list[str], today: date) -> None:
    found = find_date(words, today)

    if found:
        assert 0 <= found.start < found.stop <= len(words)
        assert found.day >= today or "2026" in " ".join(words)
        assert found.day - today <= timedelta(days=366) or "2026" in " ".join(words)
