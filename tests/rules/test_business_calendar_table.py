"""Cases worked out by hand, each from the wall clock people see: where clocks change, days end, and desks move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.business_calendar import BusinessCalendar, weekly

MINUTE, HOUR = 60, 3600
DAYS, NIGHTS, SPLIT = "Mon-Fri 08:00-17:00", "Mon-Sun 22:00-06:00", "Mon-Fri 06:00-10:00,14:00-18:00"
ALWAYS = "Mon-Sun 00:00-00:00"
BERLIN, NEW_YORK, LORD_HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"

Case = tuple[str, str, str, str, str, str, int]
"""Name, zone, hours, closed days, from, to, and the open minutes between them."""

# fmt: off
CASES: list[Case] = [
    ("Berlin, spring, a day shift loses nothing", BERLIN, DAYS, "", "2027-03-26T16:00", "2027-03-29T09:00", 120),
    ("Berlin, spring, the night is short", BERLIN, NIGHTS, "", "2027-03-27T22:00", "2027-03-28T06:00", 420),
    ("Berlin, autumn, the night is long", BERLIN, NIGHTS, "", "2027-10-30T22:00", "2027-10-31T06:00", 540),
    ("Berlin, autumn, opens in the doubled hour", BERLIN, "Sun 02:30-04:00", "",
     "2027-10-31T00:00", "2027-10-31T05:00", 150),
    ("Berlin, autumn, closes in the doubled hour", BERLIN, "Sun 01:00-02:30", "",
     "2027-10-31T00:00", "2027-10-31T05:00", 90),
    ("Berlin, autumn, all inside the doubled hour", BERLIN, "Sun 02:10-02:50", "",
     "2027-10-31T00:00", "2027-10-31T05:00", 40),
    ("Berlin, spring, closes in the missing hour", BERLIN, "Sun 01:00-02:30", "",
     "2027-03-28T00:00", "2027-03-28T05:00", 60),
    ("New York, the same day by its own calendar", NEW_YORK, NIGHTS, "", "2027-03-13T22:00", "2027-03-14T06:00", 420),
    ("Lord Howe, half an hour is lost", LORD_HOWE, NIGHTS, "", "2026-10-03T22:00", "2026-10-04T06:00", 450),
    ("Lord Howe, half an hour comes twice", LORD_HOWE, NIGHTS, "", "2027-04-03T22:00", "2027-04-04T06:00", 510),
    ("Lord Howe, opens in the half hour that is doubled", LORD_HOWE, "Sun 01:40-03:00", "",
     "2027-04-04T00:00", "2027-04-04T04:00", 110),
    ("St John's, an offset of three and a half hours", "America/St_Johns", DAYS, "",
     "2026-11-23T16:30", "2026-11-24T08:45", 75),
    ("Kolkata never changes", "Asia/Kolkata", NIGHTS, "", "2026-10-31T22:00", "2026-11-01T06:00", 480),
    ("Havana, midnight comes twice", "America/Havana", ALWAYS, "", "2026-11-01T00:00", "2026-11-02T00:00", 1500),
    ("Santiago, there is no midnight", "America/Santiago", "Sun 00:00-08:00", "",
     "2026-09-05T12:00", "2026-09-06T12:00", 420),
    ("Cairo, a night over a change at midnight", "Africa/Cairo", NIGHTS, "",
     "2026-04-23T22:00", "2026-04-24T06:00", 420),
    ("a holiday in the middle", BERLIN, DAYS, "2026-12-25", "2026-12-24T16:00", "2026-12-28T09:00", 120),
    ("a bridge day beside it", BERLIN, DAYS, "2026-12-24 2026-12-25", "2026-12-23T16:00", "2026-12-28T09:00", 120),
    ("a closed date takes its night, not the one before", BERLIN, NIGHTS, "2026-12-24",
     "2026-12-23T22:00", "2026-12-25T06:00", 480),
    ("a closed Saturday changes nothing", BERLIN, DAYS, "2026-12-26", "2026-12-24T16:00", "2026-12-28T09:00", 660),
    ("a shift that ends at midnight", BERLIN, "Mon-Fri 16:00-00:00", "", "2026-11-23T23:00", "2026-11-24T17:00", 120),
    ("a shift that begins at midnight", BERLIN, "Mon-Fri 00:00-08:00", "", "2026-11-23T07:00", "2026-11-24T01:00", 120),
    ("two that meet at midnight", BERLIN, "Mon 16:00-00:00; Tue 00:00-08:00", "",
     "2026-11-23T16:00", "2026-11-24T08:00", 960),
    ("a split shift does not count its pause", BERLIN, SPLIT, "", "2026-11-23T09:00", "2026-11-23T15:00", 120),
    ("the leap day is a day of work", BERLIN, DAYS, "", "2028-02-28T16:00", "2028-03-01T09:00", 660),
    ("a closed leap day", BERLIN, DAYS, "2028-02-29", "2028-02-28T16:00", "2028-03-01T09:00", 120),
    ("a night into the leap day", BERLIN, NIGHTS, "", "2028-02-28T22:00", "2028-02-29T06:00", 480),
    ("no leap day in a year before 2028", BERLIN, DAYS, "", "2027-02-26T16:00", "2027-03-01T09:00", 120),
    ("over the new year", BERLIN, NIGHTS, "", "2026-12-31T22:00", "2027-01-01T06:00", 480),
]
# fmt: on


def calendar_of(zone: str, hours: str, closed: str) -> BusinessCalendar:
    days = tuple((date.fromisoformat(day), "Holiday") for day in closed.split())
    return replace(weekly(zone, hours), closed_dates=days)


@pytest.mark.parametrize(
    ("zone", "hours", "closed", "a", "b", "minutes"), [pytest.param(*case[1:], id=case[0]) for case in CASES]
)
def test_the_minutes_between_are_those_counted_by_hand(
    zone: str, hours: str, closed: str, a: str, b: str, minutes: int
) -> None:
    calendar = calendar_of(zone, hours, closed)
    start, end = (datetime.fromisoformat(one).replace(tzinfo=ZoneInfo(zone)) for one in (a, b))

    assert minutes * MINUTE == calendar.between(start, end)
    assert sum(span.seconds for span in calendar.explain(start, end) if span.kind == "open") == minutes * MINUTE
    reached = calendar.add(start, minutes * MINUTE)
    assert reached <= end
    assert calendar.between(reached, end) == 0


def test_a_desk_that_moves_counts_each_stretch_on_the_clocks_of_its_place() -> None:
    """Nine hours from eight o'clock in Berlin end at five in Berlin; in New York's hours they end at five there."""
    berlin = weekly("Europe/Berlin", DAYS)
    moved = berlin.in_zone("America/New_York")
    asked = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Europe/Berlin"))

    assert datetime(2026, 11, 23, 17, tzinfo=ZoneInfo("Europe/Berlin")) == berlin.add(asked, 9 * HOUR)
    assert datetime(2026, 11, 23, 17, tzinfo=ZoneInfo("America/New_York")) == moved.add(asked, 9 * HOUR)


def test_a_desk_that_moves_in_the_middle_of_a_wait_charges_no_hour_twice() -> None:
    """Until the move the old hours count, from then on the new ones: the two parts partition the wait."""
    berlin = weekly("Europe/Berlin", DAYS)
    moved = berlin.in_zone("America/New_York")
    asked = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Europe/Berlin"))
    moves, answered = asked.replace(hour=15), asked.replace(hour=23)

    # 8 to 15 in Berlin; then 15:00 there is 9:00 in New York, where the desk closes at 17:00.
    assert (7 * HOUR, 8 * HOUR) == (berlin.between(asked, moves), moved.between(moves, answered))


def test_clocks_change_on_other_days_elsewhere() -> None:
    """Between the last Sunday of October and the first of November Berlin and New York are five hours apart."""
    new_york = weekly("America/New_York", "Mon-Fri 09:00-17:00")
    asked = datetime(2026, 10, 28, 14, tzinfo=ZoneInfo("Europe/Berlin"))

    assert datetime(2026, 10, 28, 14, tzinfo=ZoneInfo("Europe/Berlin")) == new_york.next_open(asked)
    assert datetime(2026, 11, 4, 15, tzinfo=ZoneInfo("Europe/Berlin")) == new_york.next_open(
        asked.replace(month=11, day=4)
    )


def test_a_zone_this_machine_does_not_know_changes_nothing() -> None:
    berlin = weekly("Europe/Berlin", DAYS)

    assert berlin == berlin.in_zone("Mars/Olympus_Mons") == berlin.in_zone("") == berlin.in_zone("Europe/Berlin")
