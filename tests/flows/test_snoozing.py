"""A reminder put off by whoever has the turn: held back, then given once; nothing that others rely on moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.database import Database
from bot.services import negotiation
from models.errors import ExpediteError, Field, FormRefused, MoveNotAllowed, NotYours
from models.lifecycle import How, Move
from models.outbox import Notice
from models.tenant import Actor
from tests.builders import DAY, HOUR, JONAS, MARA, MINUTE, NOON, Workspace, give_sales_hours
from tests.negotiating import Table, later

EVENING = datetime(2026, 11, 25, 16, tzinfo=UTC)
"""17:00 on Wednesday, when the desk closes a working day after what is due on Tuesday."""
REMINDERS = (Notice.CLOCK, Notice.TURN_WARNING, Notice.MEDIATION)


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def snooze(table: Table, actor: Actor, request_id: int, until: datetime) -> None:
    table.do(negotiation.snooze, actor, request_id, until)


def told(table: Table, request_id: int) -> list[tuple[int, int]]:
    """The minute after noon and the step of everything a clock said."""
    return [
        (int((row.made_at - NOON).total_seconds()) // 60, row.facts["step"])
        for row in table.messages(request_id, *REMINDERS)
    ]


def sweep_through(table: Table, until: datetime, every: timedelta = 2 * MINUTE) -> None:
    at = table.at
    while at < until:
        at += every
        table.sweep(at)


def test_warnings_wait_for_the_end_of_the_snooze_and_come_once(table: Table) -> None:
    request_id = table.asked()
    snooze(table, table.people.jonas, request_id, NOON + 40 * MINUTE)
    sweep_through(table, NOON + 58 * MINUTE)
    assert told(table, request_id) == [(40, 50), (48, 80)]


def test_a_snooze_over_both_warnings_ends_in_one_reminder(table: Table) -> None:
    request_id = table.asked()
    snooze(table, table.people.jonas, request_id, NOON + 56 * MINUTE)
    sweep_through(table, NOON + 58 * MINUTE)
    assert told(table, request_id) == [(56, 80)]


def test_after_the_last_warning_a_snooze_still_ends_in_a_reminder(table: Table) -> None:
    request_id = table.asked()
    table.sweep(NOON + 50 * MINUTE)
    snooze(table, table.people.jonas, request_id, NOON + 56 * MINUTE)
    sweep_through(table, NOON + 58 * MINUTE)
    assert told(table, request_id) == [(50, 80), (56, 80)]
    assert table.clock(request_id).snoozed_until is None


def test_the_deadline_the_breach_and_whoever_is_called_in_do_not_move(table: Table) -> None:
    request_id = table.asked()
    deadline = table.clock(request_id).deadline_at
    snooze(table, table.people.jonas, request_id, NOON + 2 * HOUR)
    sweep_through(table, NOON + 3 * HOUR)
    clock = table.clock(request_id)
    assert (clock.deadline_at, clock.breached_at) == (deadline, deadline)
    assert told(table, request_id) == [(60, 100), (90, 200), (120, 80)]


def test_a_reminder_that_was_put_off_comes_in_the_hours_of_its_holder(table: Table) -> None:
    request_id = table.asked()
    snooze(table, table.people.jonas, request_id, NOON + 16 * HOUR)
    sweep_through(table, NOON + DAY, every=30 * MINUTE)
    opening = int((datetime(2026, 11, 25, 6, tzinfo=UTC) - NOON).total_seconds()) // 60
    assert told(table, request_id) == [(60, 100), (90, 200), (opening, 80)]


def test_sales_puts_its_own_reminder_off(table: Table) -> None:
    table.database.run_now(give_sales_hours)
    request_id = table.offered(later())
    snooze(table, table.people.mara, request_id, NOON + 3 * HOUR + 30 * MINUTE)
    sweep_through(table, NOON + 3 * HOUR + 40 * MINUTE)
    (row,) = table.messages(request_id, *REMINDERS)
    assert (row.channel, row.notice, row.made_at) == (MARA, Notice.TURN_WARNING, NOON + 3 * HOUR + 30 * MINUTE)


def test_it_is_in_the_record_with_who_and_until_when(table: Table) -> None:
    request_id = table.asked()
    until = NOON + 40 * MINUTE
    snooze(table, table.people.priya, request_id, until)
    entry = table.story(request_id)[-1]
    assert (entry.move, entry.by, entry.facts["until"]) == (Move.SNOOZE, "U0PRIYA", until.isoformat())
    clock = table.clock(request_id)
    assert (clock.snoozed_until, clock.snoozed_by) == (until, "U0PRIYA")


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (NOON, "This time has passed. Choose a later one."),
        (NOON - MINUTE, "This time has passed. Choose a later one."),
        (EVENING + MINUTE, "A reminder can be put off until Wed 25 Nov at 17:00 at the latest. Choose a time before"),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field(table: Table, until: datetime, sentence: str) -> None:
    request_id = table.asked()
    with pytest.raises(FormRefused, match=sentence) as refused:
        snooze(table, table.people.jonas, request_id, until)
    assert list(refused.value.problems) == [Field.SNOOZE_UNTIL]
    assert table.clock(request_id).snoozed_until is None


def test_the_latest_time_is_accepted(table: Table) -> None:
    request_id = table.asked()
    snooze(table, table.people.jonas, request_id, EVENING)
    assert table.clock(request_id).snoozed_until == EVENING


@pytest.mark.parametrize("who", ["mara", "tobias", "helena"])
def test_on_the_desks_turn_only_the_desk_may(table: Table, who: str) -> None:
    request_id = table.asked()
    with pytest.raises(NotYours, match="It is the desk's turn on EXP-1"):
        snooze(table, getattr(table.people, who), request_id, NOON + HOUR)


@pytest.mark.parametrize("who", ["jonas", "tobias"])
def test_on_sales_turn_only_who_asked_may(table: Table, who: str) -> None:
    request_id = table.offered()
    with pytest.raises(NotYours, match="It is Sales' turn on EXP-1"):
        snooze(table, getattr(table.people, who), request_id, NOON + HOUR)


def test_where_nobody_is_waited_for_there_is_nothing_to_put_off(table: Table) -> None:
    committed, closed = table.agreed(), table.asked()
    table.do(negotiation.withdraw, table.people.mara, closed)
    for request_id in (committed, closed):
        with pytest.raises(MoveNotAllowed, match="Nobody is waited for on EXP-"):
            snooze(table, table.people.jonas, request_id, NOON + HOUR)


def test_a_stranger_to_the_workspace_learns_nothing(table: Table) -> None:
    request_id = table.asked()
    stranger = replace(table.people.jonas, tenant_id=99)
    with pytest.raises(ExpediteError, match="There is no request"):
        snooze(table, stranger, request_id, NOON + HOUR)


def test_a_snooze_does_not_keep_a_reaction_from_being_taken_back(table: Table) -> None:
    request_id = table.asked()
    eyes = {"how": How.REACTION, "source_ts": "1700.1:eyes"}
    table.do(negotiation.acknowledge, table.people.jonas, request_id, **eyes)
    snooze(table, table.people.jonas, request_id, NOON + HOUR)
    assert table.do(negotiation.undo, table.people.jonas, request_id, how=None, source_ts="1700.1:eyes")
    assert table.clock(request_id).snoozed_until is None, "the first turn was never put off"


def test_a_question_about_a_lot_is_not_put_off_before_it_is_asked_but_after(table: Table) -> None:
    request_id = table.agreed(needed_ship_date=NOON.date())
    table.sweep(NOON + 3 * HOUR)
    snooze(table, table.people.jonas, request_id, NOON + 23 * HOUR)
    assert table.clock(request_id).snoozed_by == JONAS
