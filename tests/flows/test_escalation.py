"""The ladder after a breach: each rung once, in order, in the hours of whom it reaches, until somebody answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.database import Database
from bot.services import negotiation, watch
from models import Desk, Member, OutboxMessage, ServiceLevelPolicy
from models.lifecycle import Move
from models.outbox import Notice, Surface
from models.service_level import Audience, EscalationStep, ServiceLevels, Targets
from tests.builders import (
    DAY,
    HELENA,
    HOUR,
    JONAS,
    LEADERS,
    MINUTE,
    NEXT_FRIDAY,
    NOON,
    PLANT3,
    Workspace,
    give_sales_hours,
    set_levels,
)
from tests.negotiating import Table

QUARTER = 15 * 60
MORNING = NOON.replace(day=25, hour=6)
FRIDAY_LATE = NOON.replace(day=27, hour=15, minute=45)
"""16:45 at the desk, a quarter of an hour before the weekend."""
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GROUP, DEPUTY_CHANNEL = "S0PLANNERS", "C0HELP"


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def climbing(table: Table, *steps: EscalationStep, targets: Targets | None = None, **facts: Any) -> int:
    """A request nobody answers: its hour is over at 14:00 at the desk."""
    levels = replace(ServiceLevels.alike(targets or Targets()), escalation=steps)
    table.database.run_now(set_levels, levels)
    return table.asked(needed_ship_date=NEXT_FRIDAY, **facts)


def rungs(table: Table, request_id: int) -> list[OutboxMessage]:
    told = table.messages(request_id, Notice.CLOCK, Notice.ESCALATION, Notice.MEDIATION)
    return [row for row in told if row.facts["step"] >= 200]


def sweep_through(table: Table, until: datetime, every: timedelta = 5 * MINUTE) -> None:
    """Look as the ticker does; each look tells at most one thing of a request."""
    while table.at < until:
        table.at += every
        while table.sweep():
            pass


def whom(rows: Sequence[OutboxMessage]) -> list[tuple[Surface, str, Notice]]:
    return [(row.surface, row.channel, row.notice) for row in rows]


def test_each_rung_reaches_whom_it_names_in_order_and_once(table: Table) -> None:
    request_id = climbing(
        table,
        EscalationStep(QUARTER, Audience.DESK),
        EscalationStep(QUARTER, Audience.PERSON, HELENA),
        EscalationStep(QUARTER, Audience.GROUP, GROUP),
        EscalationStep(QUARTER, Audience.CHANNEL, DEPUTY_CHANNEL),
        EscalationStep(QUARTER, Audience.MEDIATOR),
    )
    sweep_through(table, NOON + 2 * DAY, every=15 * MINUTE)
    rows = rungs(table, request_id)
    assert whom(rows) == [
        (Surface.NOTE, PLANT3, Notice.CLOCK),
        (Surface.DIRECT, HELENA, Notice.ESCALATION),
        (Surface.NOTE, PLANT3, Notice.CLOCK),
        (Surface.CHANNEL, DEPUTY_CHANNEL, Notice.ESCALATION),
        (Surface.CHANNEL, LEADERS, Notice.MEDIATION),
    ]
    assert [row.facts["step"] for row in rows] == [200, 201, 202, 203, 204]
    assert [row.made_at - NOON for row in rows] == [HOUR + n * 15 * MINUTE for n in (1, 2, 3, 4, 5)]
    assert rows[2].facts["group"] == GROUP
    assert rows[4].is_live
    clock = table.clock(request_id)
    assert (clock.next_step, clock.due_at, clock.breached_at) == (0, None, NOON + HOUR)


def test_a_step_repeats_as_often_as_it_says(table: Table) -> None:
    request_id = climbing(table, EscalationStep(QUARTER, Audience.DESK, repeats=2))
    sweep_through(table, NOON + 2 * DAY, every=15 * MINUTE)
    rows = rungs(table, request_id)
    assert [row.made_at - NOON for row in rows] == [HOUR + n * 15 * MINUTE for n in (1, 2, 3)]
    assert [row.key for row in rows] == [f"clock:{table.clock(request_id).id}:{step}" for step in (200, 201, 202)]


def test_the_ladder_ends_with_the_answer(table: Table) -> None:
    request_id = climbing(table, EscalationStep(QUARTER, Audience.DESK, repeats=5))
    sweep_through(table, NOON + HOUR + 20 * MINUTE)
    assert len(rungs(table, request_id)) == 1
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    sweep_through(table, NOON + 2 * HOUR)
    assert len(rungs(table, request_id)) == 1


def test_a_policy_without_steps_says_nothing_after_the_breach(table: Table) -> None:
    request_id = climbing(table)
    sweep_through(table, NOON + DAY, every=HOUR / 2)
    assert rungs(table, request_id) == []
    assert table.clock(request_id).next_step == 0


def test_a_running_request_keeps_the_ladder_it_was_asked_under(table: Table) -> None:
    request_id = climbing(table, EscalationStep(QUARTER, Audience.MEDIATOR))
    table.database.run_now(_forget_the_steps)
    sweep_through(table, NOON + DAY, every=HOUR / 2)
    assert len(rungs(table, request_id)) == 1


def _forget_the_steps(session: sa.orm.Session) -> None:
    """A later version of the policy, which has no steps."""
    desk = session.query(Desk).one()
    levels = replace(ServiceLevels.usual(), escalation=())
    row = ServiceLevelPolicy(tenant_id=1, name="Plant 3", version=3, seconds=levels.to_json(), made_at=NOON)
    session.add(row)
    session.flush()
    desk.policy_id = row.id


def test_a_rung_waits_for_monday_and_never_falls_into_the_weekend(table: Table) -> None:
    table.at = FRIDAY_LATE - HOUR
    request_id = climbing(table, EscalationStep(2 * QUARTER, Audience.MEDIATOR))
    sweep_through(table, MONDAY + 8 * HOUR)
    (row,) = rungs(table, request_id)
    assert row.made_at == MONDAY + 6 * HOUR + 15 * MINUTE


def test_an_urgent_rung_reaches_the_leadership_in_the_evening(table: Table) -> None:
    table.at = FRIDAY_LATE - HOUR
    request_id = climbing(table, EscalationStep(2 * QUARTER, Audience.MEDIATOR, is_urgent=True))
    sweep_through(table, MONDAY)
    (row,) = rungs(table, request_id)
    assert row.made_at == FRIDAY_LATE + 30 * MINUTE


def test_a_person_elsewhere_is_reached_in_their_own_hours(table: Table) -> None:
    """Helena works in Chicago: 14:15 in Berlin is before her day; a quarter of an hour after eight there is 15:15."""
    table.database.run_now(give_sales_hours)
    table.database.run_now(_move_helena)
    request_id = climbing(table, EscalationStep(QUARTER, Audience.PERSON, HELENA))
    sweep_through(table, NOON + 4 * HOUR)
    (row,) = rungs(table, request_id)
    assert row.made_at == NOON.replace(hour=14, minute=15)


def _move_helena(session: sa.orm.Session) -> None:
    session.execute(sa.update(Member).where(Member.slack_id == HELENA).values(zone="America/Chicago"))


def test_somebody_on_the_desk_is_reached_in_its_hours_wherever_they_are(table: Table) -> None:
    table.database.run_now(give_sales_hours)
    there = sa.update(Member).where(Member.slack_id == JONAS).values(zone="Pacific/Auckland")
    table.database.run_now(lambda session: session.execute(there))
    request_id = climbing(table, EscalationStep(QUARTER, Audience.PERSON, JONAS))
    sweep_through(table, NOON + 2 * HOUR)
    (row,) = rungs(table, request_id)
    assert row.made_at == NOON + HOUR + 15 * MINUTE


def test_sales_is_reminded_in_its_own_hours_when_the_desk_has_gone_home(table: Table) -> None:
    """The desk closes at 17:00, Sales at 18:00: half of four hours from 15:30 is over at 17:30."""
    table.database.run_now(give_sales_hours)
    table.at = NOON + 2 * HOUR + 30 * MINUTE
    request_id = table.offered()
    sweep_through(table, NOON + 5 * HOUR)
    (row,) = table.messages(request_id, Notice.CLOCK)
    assert row.made_at == NOON + 4 * HOUR + 30 * MINUTE


def test_after_downtime_the_newest_rung_speaks_once_and_the_breach_is_on_record(table: Table) -> None:
    steps = (EscalationStep(QUARTER, Audience.DESK, repeats=3), EscalationStep(QUARTER, Audience.MEDIATOR))
    request_id = climbing(table, *steps)
    table.sweep(NOON + 7 * DAY)
    assert table.sweep() == 0
    assert [row.facts["step"] for row in table.messages(request_id, Notice.CLOCK, Notice.MEDIATION)] == [204]
    assert table.clock(request_id).breached_at == NOON + HOUR


def test_after_downtime_what_can_be_told_now_is_told_and_the_rest_waits_for_its_hours(table: Table) -> None:
    """At seven in Berlin nobody works in Chicago: the desk hears first, Helena when her day begins."""
    table.database.run_now(give_sales_hours)
    table.database.run_now(_move_helena)
    steps = (EscalationStep(QUARTER, Audience.DESK), EscalationStep(QUARTER, Audience.PERSON, HELENA))
    request_id = climbing(table, *steps)
    table.at = MORNING + 6 * DAY - MINUTE
    sweep_through(table, MORNING + 7 * DAY - HOUR)
    rows = rungs(table, request_id)
    assert [(row.made_at, row.facts["step"]) for row in rows] == [
        (MORNING + 6 * DAY + 4 * MINUTE, 200),
        (MORNING + 6 * DAY + 8 * HOUR + 4 * MINUTE, 201),
    ]


def test_several_lots_that_fall_due_at_once_are_one_message_a_request(table: Table) -> None:
    request_id = table.agreed_in_lots()
    back = NOON + 30 * DAY
    table.sweep(back)
    table.sweep(back)
    (question,) = table.messages(request_id, Notice.OUTCOME_WANTED)
    lots = [lot.id for lot in table.commitments(request_id)]
    assert question.facts["lots"] == lots
    table.sweep(back + 11 * DAY)
    assert len(table.messages(request_id, Notice.CLOCK, Notice.MEDIATION)) == 1
    moves = [entry.move for entry in table.story(request_id) if entry.by is None]
    assert moves == [Move.ASK_OUTCOME, Move.ASK_OUTCOME, Move.ESCALATE, Move.ESCALATE]


def test_a_batch_that_holds_one_lot_of_a_request_takes_the_others_along(table: Table) -> None:
    request_id = table.agreed_in_lots()
    assert table.database.run_now(_sweep_one, NOON + 30 * DAY) == 2
    assert len(table.messages(request_id, Notice.OUTCOME_WANTED)) == 1


def _sweep_one(session: sa.orm.Session, at: datetime) -> int:
    return watch.sweep(session, at, limit=1)
