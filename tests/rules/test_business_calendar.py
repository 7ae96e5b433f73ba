"""Working time by example: where general libraries fail, and the rules of the module's docstring."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from models.business_calendar import BusinessCalendar, NoWorkingTimeAhead, Window, weekly

HOUR = 3600
NEW_YORK = ZoneInfo("America/New_York")
OFFICE = weekly("America/New_York", "Mon-Fri 09:00-17:00")
NIGHTS = weekly("America/New_York", "Mon-Sun 22:00-06:00")
ALWAYS = weekly("America/New_York", "Mon-Sun 00:00-00:00")
NEVER = BusinessCalendar("America/New_York", ())


def new_york(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK, fold=fold)


def closed_on(calendar: BusinessCalendar, *days: str) -> BusinessCalendar:
    dates = tuple((date.fromisoformat(day), "Founders' Day") for day in days)
    return BusinessCalendar(calendar.zone, calendar.windows, dates)


@pytest.mark.parametrize(
    ("calendar", "opens", "closes", "hours"),
    [
        pytest.param(OFFICE, "2027-03-12T16:00", "2027-03-15T10:00", 2, id="a weekend with the spring change"),
        pytest.param(closed_on(OFFICE, "2026-11-26"), "2026-11-25T16:00", "2026-11-27T10:00", 2, id="a holiday inside"),
        pytest.param(closed_on(OFFICE, "2026-11-26"), "2026-11-26T12:00", "2026-11-27T10:00", 1, id="from a holiday"),
        pytest.param(
            weekly("America/New_York", "Mon-Fri 07:00-12:00,12:30-16:30"), "2026-11-23T07:00", "2026-11-23T16:30", 9,
            id="lunch does not count",
        ),
        pytest.param(NIGHTS, "2027-03-13T22:00", "2027-03-14T06:00", 7, id="a night shift in spring"),
        pytest.param(NIGHTS, "2026-10-31T22:00", "2026-11-01T06:00", 9, id="a night shift in autumn"),
        pytest.param(ALWAYS, "2026-11-01T00:00", "2026-11-02T00:00", 25, id="around the clock over the autumn day"),
    ],
)  # fmt: skip
def test_working_time_is_elapsed_open_time(calendar: BusinessCalendar, opens: str, closes: str, hours: int) -> None:
    a, b = new_york(opens), new_york(closes)

    assert hours * HOUR == calendar.between(a, b)
    assert -hours * HOUR == calendar.between(b, a)
    assert b == calendar.add(a, hours * HOUR)


def test_lord_howe_changes_by_half_an_hour() -> None:
    calendar = weekly("Australia/Lord_Howe", "Mon-Sun 22:00-06:00")
    zone = ZoneInfo("Australia/Lord_Howe")
    evening, morning = datetime(2026, 10, 3, 22, tzinfo=zone), datetime(2026, 10, 4, 6, tzinfo=zone)

    assert calendar.between(evening, morning) == 7.5 * HOUR


def test_the_asker_may_be_in_another_zone() -> None:
    """16:00 in New York, written down in Kolkata."""
    asked = new_york("2026-11-20T16:00").astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert new_york("2026-11-23T10:00") == OFFICE.add(asked, 2 * HOUR)
    assert OFFICE.add(asked, 2 * HOUR).tzinfo is UTC


def test_an_opening_in_the_skipped_hour_moves_to_its_end() -> None:
    calendar = weekly("America/New_York", "Sun 02:30-10:00")

    assert new_york("2027-03-14T03:00") == calendar.next_open(new_york("2027-03-14T00:00"))
    assert calendar.between(new_york("2027-03-14T00:00"), new_york("2027-03-14T12:00")) == 7 * HOUR


def test_a_window_inside_the_skipped_hour_is_no_working_time() -> None:
    calendar = weekly("America/New_York", "Sun 02:10-02:50")

    assert calendar.closing_time(date(2027, 3, 14)) is None
    assert not calendar.is_working_day(date(2027, 3, 14))
    assert calendar.is_working_day(date(2027, 3, 21))


def test_a_repeated_hour_opens_at_its_first_pass_and_goes_on() -> None:
    calendar = weekly("America/New_York", "Sun 01:30-04:00")

    assert datetime(2026, 11, 1, 5, 30, tzinfo=UTC) == calendar.next_open(new_york("2026-11-01T00:00"))
    assert calendar.is_open(new_york("2026-11-01T01:15", fold=1))
    assert calendar.between(new_york("2026-11-01T00:00"), new_york("2026-11-01T04:00")) == 3.5 * HOUR


def test_a_day_the_island_skipped_has_no_hours() -> None:
    """Samoa had no 30 December 2011."""
    calendar = weekly("Pacific/Apia", "Mon-Sun 08:00-16:00")

    assert date(2011, 12, 31) == calendar.next_working_day(date(2011, 12, 29))
    assert (
        calendar.between(
            datetime(2011, 12, 29, 16, tzinfo=ZoneInfo("Pacific/Apia")),
            datetime(2011, 12, 31, 16, tzinfo=ZoneInfo("Pacific/Apia")),
        )
        == 8 * HOUR
    )


def test_an_overnight_shift_belongs_to_the_day_it_starts() -> None:
    """Closing the Friday removes Friday's night, Saturday's small hours included; Thursday's night runs to its end."""
    calendar = closed_on(weekly("America/New_York", "Mon-Fri 22:00-06:00"), "2026-11-27")

    assert calendar.is_open(new_york("2026-11-27T05:59"))
    assert not calendar.is_open(new_york("2026-11-27T23:00"))
    assert not calendar.is_open(new_york("2026-11-28T03:00"))
    assert calendar.closing_time(date(2026, 11, 27)) is None
    assert new_york("2026-11-27T06:00") == calendar.closing_time(date(2026, 11, 26))


def test_shifts_that_overlap_count_once() -> None:
    calendar = BusinessCalendar("UTC", (Window(0, time(22), time(6)), Window(1, time(5), time(9))))
    monday = datetime(2026, 11, 23, 20, tzinfo=UTC)

    assert calendar.between(monday, monday + timedelta(days=1)) == 11 * HOUR


def test_the_new_year_changes_nothing() -> None:
    """A night shift over every place where tables could be cut: ten years of nights."""
    calendar = weekly("UTC", "Mon-Sun 22:00-06:00")
    start = datetime(2020, 1, 1, tzinfo=UTC)

    assert calendar.between(start, start + timedelta(days=3653)) == 8 * HOUR * 3653
    assert start + timedelta(days=3653) == calendar.add(start, 8 * HOUR * 3653)


def test_next_open_is_now_when_open() -> None:
    now = new_york("2026-11-20T16:59:59.500000")

    assert now == OFFICE.next_open(now)
    assert new_york("2026-11-23T09:00") == OFFICE.next_open(new_york("2026-11-20T17:00"))


def test_next_close_ends_the_stretch_one_is_in_or_the_next_one() -> None:
    assert new_york("2026-11-20T17:00") == OFFICE.next_close(new_york("2026-11-20T12:00"))
    assert new_york("2026-11-23T17:00") == OFFICE.next_close(new_york("2026-11-20T17:00"))


def test_around_the_clock_never_closes() -> None:
    assert ALWAYS.next_close(new_york("2026-11-20T12:00")) is None
    assert new_york("2026-11-21T00:00") == ALWAYS.closing_time(date(2026, 11, 20))


def test_adding_nothing_stays_where_it_is() -> None:
    """Even when closed: the earliest instant with zero open time passed is the instant itself."""
    night = new_york("2026-11-20T23:00")

    assert night == OFFICE.add(night, 0)
    assert new_york("2026-11-23T09:00:01") == OFFICE.add(night, 1)


def test_fractions_of_a_second_survive_an_addition() -> None:
    last = new_york("2026-11-20T16:59:59.250000")

    assert new_york("2026-11-23T09:00:00.250000") == OFFICE.add(last, 1)


def test_a_subtraction_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        OFFICE.add(new_york("2026-11-20T12:00"), -1)


def test_naive_times_are_refused() -> None:
    with pytest.raises(TypeError):
        OFFICE.is_open(datetime(2026, 11, 20, 12))  # noqa: DTZ001 - the mistake under test


def test_nothing_open_ahead_raises_instead_of_looping() -> None:
    days = tuple((date(2026, 1, 1) + timedelta(days=i), "Rebuilding") for i in range(5 * 366))
    rebuilding = BusinessCalendar(OFFICE.zone, OFFICE.windows, days)
    now = new_york("2026-11-20T12:00")
    for calendar in (NEVER, rebuilding):
        for ask in (calendar.next_open, calendar.next_close, lambda at, calendar=calendar: calendar.add(at, 1)):
            with pytest.raises(NoWorkingTimeAhead, match="2026-11-20"):
                ask(now)
        with pytest.raises(NoWorkingTimeAhead):
            calendar.next_working_day(now.date())
    with pytest.raises(NoWorkingTimeAhead):
        NEVER.last_working_day_on_or_before(now.date())
    with pytest.raises(NoWorkingTimeAhead):
        OFFICE.add(now, 10**12)


def test_the_ends_of_the_calendar_are_closed() -> None:
    """The first and last dates that can be written must not break the arithmetic."""
    early, late = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)

    assert not OFFICE.is_open(early)
    with pytest.raises(NoWorkingTimeAhead):
        OFFICE.next_open(late)


def test_working_days_skip_weekends_and_closed_dates() -> None:
    calendar = closed_on(OFFICE, "2026-11-26", "2026-11-27")

    assert date(2026, 11, 30) == calendar.next_working_day(date(2026, 11, 25))
    assert date(2026, 11, 25) == calendar.last_working_day_on_or_before(date(2026, 11, 29))
    assert date(2026, 11, 25) == calendar.last_working_day_on_or_before(date(2026, 11, 25))
    assert new_york("2026-11-25T17:00") == calendar.closing_time(date(2026, 11, 25))


def test_a_calendar_survives_a_json_column() -> None:
    calendar = BusinessCalendar("Asia/Kolkata", NIGHTS.windows, ((date(2026, 1, 26), "Republic Day"),), version=7)

    assert calendar == BusinessCalendar.from_json(calendar.to_json())
    assert calendar.to_json()["windows"][0] == [0, "22:00", "06:00"]


@pytest.mark.parametrize("zone", ["Nowhere/City", "", "America", "../etc/passwd"])
def test_an_unknown_zone_is_refused_at_once(zone: str) -> None:
    with pytest.raises(ValueError, match="America/Chicago"):
        BusinessCalendar(zone, ())


@pytest.mark.parametrize(
    ("weekday", "opens"), [(7, time(8)), (-1, time(8)), (0, time(8, 0, 30)), (0, time(8, tzinfo=UTC))]
)
def test_a_window_is_whole_minutes_of_a_weekday(weekday: int, opens: time) -> None:
    with pytest.raises(ValueError, match=r"weekday|whole minutes"):
        Window(weekday, opens, time(17))
