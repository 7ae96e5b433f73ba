"""What holds for every calendar: inverses, additivity, order, and agreement with counting minutes one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from models.business_calendar import BusinessCalendar, Window

ZONES = (
    "UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Africa/Cairo", "America/Santiago", "America/Havana",
    "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia",
)  # fmt: skip
MINUTE = timedelta(minutes=1)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
QUICK = settings(deadline=None, max_examples=100)

minutes_of_day = st.integers(0, 24 * 60 - 1).map(lambda minute: time(*divmod(minute, 60)))
instants = st.integers(0, 3 * 365 * 86_400 * 1000).map(lambda ms: FIRST + timedelta(milliseconds=ms))
# Two open days take 55 years of a desk that opens for one minute a week; more would leave the years that are known.
spans = st.integers(0, 2 * 86_400)


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    a_window = st.builds(Window, st.integers(0, 6), minutes_of_day, minutes_of_day)
    windows = draw(st.lists(a_window, min_size=1, max_size=8))
    days = draw(st.lists(st.integers(0, 3 * 365), max_size=10))
    closed = tuple((date(2026, 1, 1) + timedelta(days=day), f"Day {day}") for day in days)
    return BusinessCalendar(draw(st.sampled_from(ZONES)), tuple(windows), closed)


@QUICK
@given(calendars(), instants, spans)
def test_adding_and_measuring_are_inverses(calendar: BusinessCalendar, at: datetime, seconds: int) -> None:
    assert seconds == calendar.between(at, calendar.add(at, seconds))


@QUICK
@given(calendars(), instants, st.integers(1, 2 * 86_400))
def test_an_addition_finds_the_earliest_instant(calendar: BusinessCalendar, at: datetime, seconds: int) -> None:
    """A moment before, the desk was open and the time had not passed."""
    reached = calendar.add(at, seconds)
    before = reached - timedelta(milliseconds=1)

    assert calendar.is_open(before)
    assert seconds > calendar.between(at, before) or reached.microsecond


@QUICK
@given(calendars(), instants, spans, spans)
def test_a_split_loses_nothing(calendar: BusinessCalendar, a: datetime, first: int, second: int) -> None:
    b, c = a + timedelta(seconds=first, milliseconds=700), a + timedelta(seconds=first + second, milliseconds=900)

    assert calendar.between(a, c) == calendar.between(a, b) + calendar.between(b, c)
    assert calendar.add(a, first + second) == calendar.add(calendar.add(a, first), second) or second == 0


@QUICK
@given(calendars(), instants, instants, spans)
def test_an_earlier_start_never_ends_later(calendar: BusinessCalendar, a: datetime, b: datetime, seconds: int) -> None:
    a, b = sorted((a, b))

    assert calendar.add(a, seconds) <= calendar.add(b, seconds)
    assert 0 <= calendar.between(a, b) == -calendar.between(b, a)


@QUICK
@given(calendars(), instants)
def test_openings_and_closings_agree_with_being_open(calendar: BusinessCalendar, at: datetime) -> None:
    opens, closes = calendar.next_open(at), calendar.next_close(at)

    assert calendar.is_open(opens)
    assert (opens == at) == calendar.is_open(at)
    assert calendar.between(at, opens) == 0
    if closes is not None:
        assert not calendar.is_open(closes)
        assert (closes - opens) // timedelta(seconds=1) in {calendar.between(opens, closes) + i for i in (-1, 0)}


@QUICK
@given(calendars(), instants, st.integers(0, 21 * 86_400))
def test_an_explanation_covers_the_time_and_sums_to_it(calendar: BusinessCalendar, a: datetime, seconds: int) -> None:
    b = a + timedelta(seconds=seconds)
    spans = calendar.explain(a, b)

    assert calendar.between(a, b) == sum(span.seconds for span in spans if span.kind == "open")
    assert seconds == sum(span.seconds for span in spans)
    assert all(one.ends == next_.starts for one, next_ in pairwise(spans))
    assert all(span.seconds > 0 for span in spans)


def oracle(calendar: BusinessCalendar, at: datetime, minutes: int) -> int:
    """Count the open minutes of UTC one by one, looking at the desk's wall clock; knows nothing of intervals.

    What a clock has shown it has reached, also when it is put back: so a window begins and ends at the first pass.
    """
    zone, closed = ZoneInfo(calendar.zone), dict(calendar.closed_dates)
    reached = max(wall(at - i * MINUTE, zone) for i in range(181))
    count = 0
    for i in range(minutes):
        reached = max(reached, wall(at + i * MINUTE, zone))
        count += any(
            starts_on.weekday() == window.weekday
            and starts_on not in closed
            and datetime.combine(starts_on, window.opens) <= reached < closing(starts_on, window)
            for starts_on in (reached.date(), reached.date() - timedelta(days=1))
            for window in calendar.windows
        )
    return count


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def closing(starts_on: date, window: Window) -> datetime:
    over_midnight = window.closes <= window.opens
    return datetime.combine(starts_on + timedelta(days=int(over_midnight)), window.closes)


@QUICK
@given(calendars(), instants, st.integers(0, 2500))
def test_counting_minutes_one_by_one_gives_the_same(calendar: BusinessCalendar, at: datetime, minutes: int) -> None:
    a = at.replace(second=0, microsecond=0)

    assert oracle(calendar, a, minutes) * 60 == calendar.between(a, a + minutes * MINUTE)


def changes_of(zone: str, first: datetime, days: int) -> list[datetime]:
    """The days in which a zone changes its offset."""
    known = [first + timedelta(days=n) for n in range(days)]
    offsets = [at.astimezone(ZoneInfo(zone)).utcoffset() for at in known]
    return [day for day, before, after in zip(known, offsets, offsets[1:], strict=False) if before != after]


CHANGES = [
    (zone, night)
    for zone in ZONES
    # Newfoundland changed at a minute past midnight, Samoa left out a day.
    for first, days in ((datetime(2006, 1, 1, tzinfo=UTC), 366), (datetime(2011, 6, 1, tzinfo=UTC), 366), (FIRST, 1096))
    for night in changes_of(zone, first, days)
]


@QUICK
@given(st.sampled_from(CHANGES), calendars(), st.integers(-1440, 1440), st.integers(0, 2500))
def test_counting_minutes_gives_the_same_over_every_change_of_the_clocks(
    change: tuple[str, datetime], calendar: BusinessCalendar, offset: int, minutes: int
) -> None:
    zone, night = change
    calendar = BusinessCalendar(zone, calendar.windows, calendar.closed_dates)
    a = night + offset * MINUTE

    assert oracle(calendar, a, minutes) * 60 == calendar.between(a, a + minutes * MINUTE)


def test_the_changes_of_the_clocks_are_there_to_be_tried() -> None:
    """All ten zones but those that never change; half hours, midnights and a day that did not exist among them."""
    assert {zone for zone, _night in CHANGES} == set(ZONES) - {"UTC", "Asia/Kolkata"}
    assert len(CHANGES) > 60


@QUICK
@given(calendars())
def test_every_calendar_survives_json(calendar: BusinessCalendar) -> None:
    assert calendar == BusinessCalendar.from_json(calendar.to_json())
