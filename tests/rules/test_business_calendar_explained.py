"""A clock explains itself: every stretch of time has a kind, and the open ones are what was counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.business_calendar import BusinessCalendar, Span, weekly

HOUR = 3600
NEW_YORK = ZoneInfo("America/New_York")
OFFICE = weekly("America/New_York", "Mon-Fri 09:00-17:00")
ALWAYS = weekly("America/New_York", "Mon-Sun 00:00-00:00")


def new_york(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK, fold=fold)


def test_an_explanation_names_what_was_skipped() -> None:
    calendar = BusinessCalendar(OFFICE.zone, OFFICE.windows, ((date(2026, 11, 20), "Founders' Day"),))
    kinds = [
        (span.kind, span.name, span.seconds)
        for span in calendar.explain(new_york("2026-11-19T16:00"), new_york("2026-11-23T10:00"))
    ]

    assert kinds == [
        ("open", "", HOUR),
        ("closed", "", 7 * HOUR),
        ("holiday", "Founders' Day", 24 * HOUR),
        ("weekend", "", 48 * HOUR),
        ("closed", "", 9 * HOUR),
        ("open", "", HOUR),
    ]


def test_nothing_passed_needs_no_explanation() -> None:
    """Two machines' clocks may differ by a little; a start after "now" is no failure."""
    now = new_york("2026-11-20T12:00")

    assert [] == OFFICE.explain(now, now) == OFFICE.explain(now, now - timedelta(seconds=1))
    assert [Span("open", now, now + timedelta(minutes=1), 60)] == OFFICE.explain(now, now + timedelta(minutes=1))


def test_a_repeated_hour_is_explained_in_full() -> None:
    """From 01:30 to 01:30 an hour passed: instants are compared, never the faces of two clocks."""
    first, second = new_york("2026-11-01T01:30"), new_york("2026-11-01T01:30", fold=1)

    assert [HOUR] == [span.seconds for span in ALWAYS.explain(first, second)]
    assert HOUR == ALWAYS.between(first, second)
    assert [] == ALWAYS.explain(second, first)


def test_a_midnight_shown_twice_is_explained() -> None:
    """In Newfoundland clocks went back at 00:01: the evening of 28 October 2006 had an hour more."""
    calendar = weekly("America/St_Johns", "Mon-Fri 09:00-17:00")
    start = datetime(2006, 10, 28, 12, tzinfo=ZoneInfo("America/St_Johns"))
    for minutes in range(600, 900, 7):
        seconds = [span.seconds for span in calendar.explain(start, start.astimezone(UTC) + timedelta(minutes=minutes))]

        assert minutes * 60 == sum(seconds)
