from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox import SandboxClock
from bot.sandbox.control.machine import next_morning

START = datetime(2026, 3, 3, 8, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def test_the_clock_runs_from_its_start_and_can_be_pushed_on():
    clock = SandboxClock(START)
    clock.advance(timedelta(hours=2))
    assert timedelta(0) <= clock.now() - START - timedelta(hours=2) < timedelta(seconds=5)
    clock.move_to(START + timedelta(days=3))
    assert clock.now() >= START + timedelta(days=3)


def test_the_clock_never_goes_back():
    clock = SandboxClock(START)
    with pytest.raises(ValueError, match="forward"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="forward"):
        clock.move_to(START - timedelta(seconds=1))


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        SandboxClock(START).move_to(datetime(2026, 3, 4))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("now", "only_monday", "expected"),
    [
        ("2026-03-03T07:59", False, "2026-03-03T08:00"),
        ("2026-03-03T08:00", False, "2026-03-04T08:00"),
        ("2026-03-06T12:00", False, "2026-03-09T08:00"),
        ("2026-03-03T12:00", True, "2026-03-09T08:00"),
    ],
)
def test_the_next_morning_is_eight_on_a_weekday_in_the_zone(now, only_monday, expected):
    found = next_morning(datetime.fromisoformat(now).replace(tzinfo=BERLIN), BERLIN, only_monday=only_monday)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=BERLIN)
