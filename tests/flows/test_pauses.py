"""How long a reminder is put off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.database import Database
from bot.services import negotiation, pauses
from bot.services.pauses import Pause, wakes_at
from models.errors import MoveNotAllowed
from tests.builders import DAY, HOUR, MINUTE, NOON, a_calendar, furnish, give_sales_hours
from tests.negotiating import Table, a_part

FRIDAY_NOON = NOON + 3 * DAY
NIGHTS = a_calendar("Mon-Fri 22:00-06:00")


@pytest.fixture
def table(sqlite_url: str) -> Iterator[Table]:
    database = Database(sqlite_url)
    yield Table(database, database.run_now(furnish))
    database.close()


@pytest.mark.parametrize(("pause", "later"), [(Pause.HALF_HOUR, 30 * MINUTE), (Pause.TWO_HOURS, 2 * HOUR)])
def test_short_pauses_are_time_of_the_wall_clock(pause: Pause, later: timedelta) -> None:
    night = NOON + 10 * HOUR
    assert night + later == wakes_at(pause, a_calendar(), night)


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        (NOON, datetime(2026, 11, 25, 6, tzinfo=UTC)),
        (NOON - 7 * HOUR, datetime(2026, 11, 24, 6, tzinfo=UTC)),
        (NOON - 6 * HOUR, datetime(2026, 11, 25, 6, tzinfo=UTC)),
        (FRIDAY_NOON, datetime(2026, 11, 30, 6, tzinfo=UTC)),
    ],
    ids=["by day", "before opening", "at opening", "on Friday"],
)
def test_the_next_working_morning_is_the_next_first_opening_of_a_day(at: datetime, morning: datetime) -> None:
    assert morning == wakes_at(Pause.NEXT_MORNING, a_calendar(), at)


def test_the_morning_of_a_night_shift_is_when_it_starts() -> None:
    """At midnight it is open: the shift belongs to the evening before."""
    assert datetime(2026, 11, 24, 21, tzinfo=UTC) == wakes_at(Pause.NEXT_MORNING, NIGHTS, NOON)


def test_the_morning_is_that_of_the_side_whose_turn_it_is(table: Table) -> None:
    """Sales begins at nine, the desk at seven."""
    table.database.run_now(give_sales_hours, "Mon-Fri 09:00-17:00")
    request_id = table.offered(a_part(valid_until=NOON + 3 * DAY))
    table.do(pauses.put_off, table.people.mara, request_id, Pause.NEXT_MORNING)
    asked = table.asked()
    table.do(pauses.put_off, table.people.jonas, asked, Pause.NEXT_MORNING)

    assert datetime(2026, 11, 25, 6, tzinfo=UTC) == table.clock(asked).snoozed_until
    assert datetime(2026, 11, 25, 8, tzinfo=UTC) == table.clock(request_id).snoozed_until


def test_where_nobody_is_waited_for_there_is_nothing_to_put_off(table: Table) -> None:
    request_id = table.asked()
    table.do(negotiation.withdraw, table.people.mara, request_id)
    with pytest.raises(MoveNotAllowed, match="Nobody is waited for on EXP-1"):
        table.do(pauses.put_off, table.people.jonas, request_id, Pause.HALF_HOUR)
