"""A calendar file closes a desk on whole days only; whatever else it holds is refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reader.icalendar import closed_dates_in


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*events: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *events, "END:VCALENDAR", ""])


CHRISTMAS = event("UID:1@example.com", "DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227", "SUMMARY:Christmas")


def test_every_day_of_an_event_is_closed_the_end_is_the_day_after() -> None:
    assert closed_dates_in(calendar(CHRISTMAS)) == (
        (date(2026, 12, 25), "Christmas"),
        (date(2026, 12, 26), "Christmas"),
    )


def test_an_event_without_an_end_lasts_its_day() -> None:
    assert closed_dates_in(event("DTSTART:20270101", "SUMMARY:New Year")) == ((date(2027, 1, 1), "New Year"),)


def test_folded_lines_and_escapes_are_read_as_one_name() -> None:
    folded = event("DTSTART;VALUE=DATE:20270101", "SUMMARY;LANGUAGE=en:Works\\, stock", " taking\\nand more")

    assert closed_dates_in(folded) == ((date(2027, 1, 1), "Works, stocktaking and more"),)


def test_events_may_come_in_parts_and_in_any_order() -> None:
    later, sooner = event("DTSTART:20270601", "SUMMARY:b"), event("DTSTART:20270501")

    assert closed_dates_in(f"{later}\n{sooner}") == ((date(2027, 5, 1), "closed"), (date(2027, 6, 1), "b"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no event"),
        ("Christmas on Friday", "no event"),
        (calendar(), "no event"),
        (event("DTSTART:20261225T080000Z", "SUMMARY:Breakfast"), "“Breakfast” has a time of day"),
        (event("DTSTART;TZID=Europe/Berlin:20261225T080000"), "has a time of day"),
        (event("DTSTART:20261225", "RRULE:FREQ=YEARLY", "SUMMARY:Xmas"), "“Xmas” repeats"),
        (event("SUMMARY:Some day"), "has no first day"),
        (event("DTSTART:20261232"), "does not exist"),
        (event("DTSTART:20261225", "DTEND:20261224"), "ends before it starts"),
        (event("DTSTART:20260101", "DTEND:20300101"), "more than 400 days"),
        ("BEGIN:VEVENT\nDTSTART:20261225", "cut off"),
        ("DTSTART:20261225\nEND:VEVENT", "cut off"),
        (f"BEGIN:VEVENT\n{CHRISTMAS}", "cut off"),
    ],
)
def test_what_is_no_whole_day_is_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        closed_dates_in(text)
