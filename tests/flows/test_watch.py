"""Clocks that nobody answers: each step once, in working hours only, and after downtime only the newest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.database import Database
from bot.services import negotiation, turns, watch
from models import OutboxMessage, Tenant
from models.commitment import Outcome
from models.lifecycle import How, Move
from models.outbox import Notice, Surface
from tests.builders import DAY, HOUR, JONAS, LEADERS, MARA, MINUTE, NOON, PLANT3, Workspace, a_calendar
from tests.negotiating import Table, later

SECOND = timedelta(seconds=1)
MORNING = NOON.replace(day=25, hour=6)
"""Wednesday, when the desk opens."""
CLOCK_NOTICES = (Notice.CLOCK, Notice.TURN_WARNING, Notice.MEDIATION, Notice.OUTCOME_WANTED)


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def steps(table: Table, request_id: int) -> list[int]:
    """What the clocks told so far."""
    return [row.facts["step"] for row in table.messages(request_id, *CLOCK_NOTICES)]


def _card_of(request_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(OutboxMessage.request_id == request_id, OutboxMessage.surface == Surface.CARD)


def sweep_all(table: Table, at: datetime) -> None:
    while table.sweep(at):
        pass


def every_ten_minutes(table: Table, since: datetime, until: datetime) -> None:
    at = since
    while at <= until:
        table.sweep(at)
        at += 10 * MINUTE


def test_nothing_is_due_before_its_time(table: Table) -> None:
    table.asked()
    assert table.sweep(NOON + 30 * MINUTE - SECOND) == 0
    assert table.sweep(NOON + 30 * MINUTE) == 1


def test_a_silent_desk_hears_at_half_at_most_at_breach_and_then_its_leaders_do_each_once(table: Table) -> None:
    request_id = table.asked()
    told = []
    for minutes in (30, 48, 60, 90):
        sweep_all(table, NOON + (minutes * MINUTE - SECOND))
        before = steps(table, request_id)
        sweep_all(table, NOON + minutes * MINUTE)
        sweep_all(table, NOON + minutes * MINUTE)
        assert len(steps(table, request_id)) == len(before) + 1
        told.append(steps(table, request_id)[-1])
    assert told == [50, 80, 100, 200]
    clock = table.clock(request_id)
    assert (clock.breached_at, clock.escalated_at) == (NOON + HOUR, NOON + 90 * MINUTE)
    assert (clock.next_step, clock.due_at) == (0, None)


def test_each_step_goes_where_it_belongs(table: Table) -> None:
    request_id = table.asked()
    for minutes in (30, 48, 60, 90):
        table.sweep(NOON + minutes * MINUTE)
    rows = table.messages(request_id, *CLOCK_NOTICES)
    (card,) = table.messages(request_id, Notice.CARD)
    assert [(row.surface, row.channel, row.thread_of) for row in rows] == [
        *[(Surface.NOTE, PLANT3, card.id)] * 3,
        (Surface.CHANNEL, LEADERS, None),
    ]
    system = [entry for entry in table.story(request_id) if entry.by is None]
    assert [entry.move for entry in system] == [Move.WARN, Move.WARN, Move.BREACH, Move.ESCALATE]
    assert all(entry.how is How.SYSTEM and entry.status_before is None for entry in system)


def test_without_a_leadership_channel_the_escalation_stays_in_the_thread(table: Table) -> None:
    table.database.run_now(lambda session: session.execute(sa.update(Tenant).values(leadership_channel=None)))
    request_id = table.asked()
    table.sweep(NOON + 2 * HOUR)
    (row,) = table.messages(request_id, Notice.MEDIATION)
    assert (row.surface, row.channel) == (Surface.NOTE, PLANT3)


def test_sales_is_warned_directly_before_its_decision_is_late(table: Table) -> None:
    request_id = table.offered(later())
    table.sweep(NOON + 2 * HOUR)
    table.sweep(NOON + timedelta(minutes=192))
    (row,) = table.messages(request_id, Notice.TURN_WARNING)
    assert (row.surface, row.channel, row.is_live) == (Surface.DIRECT, MARA, True)


def test_nobody_hears_anything_at_night_or_at_the_weekend(table: Table) -> None:
    table.at = NOON.replace(day=27, hour=15, minute=30)
    request_id = table.asked(needed_ship_date=(NOON + 7 * DAY).date())
    opening = NOON.replace(day=30, hour=6)
    table.sweep(table.at + 30 * MINUTE)
    every_ten_minutes(table, table.at, opening - SECOND)
    assert steps(table, request_id) == []
    sweep_all(table, opening)
    assert steps(table, request_id) == [50]


def test_a_breach_at_the_closing_hour_is_told_in_the_morning(table: Table) -> None:
    request_id = table.offered(later())
    sweep_all(table, NOON + 4 * HOUR)
    assert steps(table, request_id) == []
    sweep_all(table, MORNING)
    assert steps(table, request_id) == [100]
    assert table.clock(request_id).breached_at == NOON + 4 * HOUR


def test_after_downtime_only_the_newest_step_is_told_and_the_breach_is_still_on_record(table: Table) -> None:
    request_id = table.asked()
    sweep_all(table, NOON + 20 * DAY)
    assert steps(table, request_id) == [200]
    assert table.clock(request_id).breached_at == NOON + HOUR


def test_a_stopped_clock_is_silent(table: Table) -> None:
    table.do(negotiation.withdraw, table.people.mara, table.asked())
    assert table.sweep(NOON + 20 * DAY) == 0


def test_the_outcome_is_asked_an_hour_before_the_desk_closes_on_the_committed_day(table: Table) -> None:
    """While the people are there who know."""
    request_id = table.agreed(needed_ship_date=NOON.date())
    last_hour = NOON + 3 * HOUR
    assert table.clock(request_id).due_at == last_hour
    sweep_all(table, last_hour - SECOND)
    assert not table.messages(request_id, Notice.OUTCOME_WANTED)
    sweep_all(table, last_hour)
    (question,) = table.messages(request_id, Notice.OUTCOME_WANTED)
    (lot,) = table.commitments(request_id)
    assert (question.channel, question.facts["commitment"]) == (JONAS, lot.id)
    assert table.story(request_id)[-1].move is Move.ASK_OUTCOME


def test_what_is_committed_in_the_last_hour_is_asked_about_in_the_morning(table: Table) -> None:
    """The desk closes at the very moment the question is due, and nobody is asked in his free time."""
    table.at = NOON + 3 * HOUR + MINUTE
    request_id = table.agreed(needed_ship_date=NOON.date())
    closing = NOON + 4 * HOUR
    assert table.clock(request_id).due_at == closing
    sweep_all(table, closing)
    assert not table.messages(request_id, Notice.OUTCOME_WANTED)
    sweep_all(table, MORNING)
    assert table.messages(request_id, Notice.OUTCOME_WANTED)


@pytest.mark.parametrize(
    ("hours", "day", "asked"),
    [
        ("Mon-Fri 07:00-17:00", date(2026, 11, 28), datetime(2026, 11, 27, 15, 0, tzinfo=UTC)),
        ("Mon-Fri 07:00-12:00,12:30-13:30", date(2026, 11, 26), datetime(2026, 11, 26, 11, 30, tzinfo=UTC)),
        ("Mon-Fri 07:00-12:00,12:30-13:00", date(2026, 11, 26), datetime(2026, 11, 26, 10, 30, tzinfo=UTC)),
        ("Mon-Fri 09:00-09:30", date(2026, 11, 26), datetime(2026, 11, 26, 8, 0, tzinfo=UTC)),
        ("Mon-Fri 22:00-06:00", date(2026, 11, 26), datetime(2026, 11, 27, 4, 0, tzinfo=UTC)),
    ],
    ids=["closed day", "after a break", "across a break", "short day", "night shift"],
)
def test_the_last_working_hour_is_counted_in_the_desks_hours(hours: str, day: date, asked: datetime) -> None:
    assert turns.before_closing(a_calendar(hours), day) == asked


def test_a_clock_that_breaks_silences_no_other(table: Table) -> None:
    broken, sound = table.asked(), table.asked()
    table.database.run_now(lambda session: session.execute(sa.delete(OutboxMessage).where(_card_of(broken))))
    at = NOON + 30 * MINUTE
    assert table.sweep(at) == 2
    assert table.sweep(at) == 0
    assert (steps(table, broken), steps(table, sound)) == ([], [50])
    assert [entry.move for entry in table.story(broken)] == [Move.ASK], "half a step is no step"
    assert table.clock(broken).due_at == at + watch.NEXT_TRY


def test_an_outcome_nobody_reports_breaches_and_escalates(table: Table) -> None:
    request_id = table.agreed(needed_ship_date=NOON.date())
    every_ten_minutes(table, MORNING, MORNING + 6 * HOUR)
    assert [row.notice for row in table.messages(request_id, *CLOCK_NOTICES)] == [
        Notice.OUTCOME_WANTED,
        Notice.CLOCK,
        Notice.MEDIATION,
    ]


def test_the_outcome_is_asked_even_after_downtime_and_its_time_starts_then(table: Table) -> None:
    request_id = table.agreed(needed_ship_date=NOON.date())
    back = MORNING + 6 * DAY
    sweep_all(table, back)
    assert len(table.messages(request_id, *CLOCK_NOTICES)) == 1
    assert table.clock(request_id).deadline_at == back + 4 * HOUR


def test_a_reported_lot_is_not_asked_about(table: Table) -> None:
    request_id = table.agreed(needed_ship_date=NOON.date())
    (lot,) = table.commitments(request_id)
    table.do(negotiation.report_outcome, table.people.jonas, lot.id, Outcome.IN_FULL)
    assert table.sweep(NOON + 5 * DAY) == 0


def test_a_batch_takes_those_due_longest_and_the_rest_comes_next(table: Table) -> None:
    for _ in range(5):
        table.asked()
    later_on = NOON + 30 * MINUTE
    taken = [table.database.run_now(watch.sweep, later_on, limit=2) for _ in range(4)]
    assert taken == [2, 2, 1, 0]


def test_the_keys_of_the_outbox_tell_each_fact_once(table: Table) -> None:
    for _ in range(3):
        table.offered(later())
    every_ten_minutes(table, NOON, NOON + 3 * DAY)
    keys = table.database.run_now(lambda session: session.scalars(sa.select(OutboxMessage.key)).all())
    assert len(keys) == len(set(keys))
    assert sum(key.startswith("clock:") for key in keys) == 3 * 4
