"""“We look into it” holds for a while: then the desk is asked again, once a working day, until it is heard of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.database import Database
from bot.services import negotiation
from models.errors import Field, FormRefused, MoveNotAllowed, NotYours
from models.lifecycle import How, Move
from models.outbox import Notice, OutboxMessage, Surface
from models.service_level import HOUR as HOUR_SECS
from models.service_level import ServiceLevels, Targets
from tests.builders import DAY, HOUR, MINUTE, NOON, PLANT3, Workspace, set_levels
from tests.negotiating import Table, later

MORNING = datetime(2026, 11, 25, 6, tzinfo=UTC)
AT_THREE = NOON + 2 * HOUR
"""Two working hours after noon: an acknowledgement of noon expires."""


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    """The answer has four working days, an acknowledgement two working hours."""
    levels = ServiceLevels.alike(Targets(answer=40 * HOUR_SECS))
    database.run_now(set_levels, replace(levels, acknowledgement_secs=2 * HOUR_SECS))
    return Table(database, workspace)


def acknowledged(table: Table) -> int:
    request_id = table.asked()
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    return request_id


def asked_again(table: Table, request_id: int) -> list[OutboxMessage]:
    return list(table.messages(request_id, Notice.FOLLOW_UP))


def times(table: Table, request_id: int) -> list[datetime]:
    return [row.made_at for row in asked_again(table, request_id)]


def sweep_through(table: Table, until: datetime, every: timedelta = 30 * MINUTE) -> None:
    at = table.at
    while at < until:
        at += every
        table.sweep(at)


def reply(table: Table, actor: Any, request_id: int) -> None:
    table.do(negotiation.reply_received, actor, request_id, how=None, ts=f"17.{table.at}", text="Steel is on its way")


def test_when_it_expires_the_desk_is_asked_in_the_thread(table: Table) -> None:
    request_id = acknowledged(table)
    sweep_through(table, AT_THREE)
    (row,) = asked_again(table, request_id)
    assert (row.made_at, row.surface, row.channel) == (AT_THREE, Surface.NOTE, PLANT3)
    assert table.story(request_id)[-1].move is Move.ASK_AGAIN


def test_it_is_asked_once_a_working_day_at_most(table: Table) -> None:
    request_id = acknowledged(table)
    sweep_through(table, NOON + 6 * DAY)
    days = [MORNING.date() + timedelta(days=n) for n in (-1, 0, 1, 2, 5)]
    assert [at.date() for at in times(table, request_id)] == days
    assert len({row.key for row in asked_again(table, request_id)}) == len(days)


def test_the_answer_is_due_when_it_was(table: Table) -> None:
    request_id = acknowledged(table)
    due = table.clock(request_id).deadline_at
    sweep_through(table, NOON + DAY)
    table.do(negotiation.still_on_it, table.people.jonas, request_id)
    assert table.clock(request_id).deadline_at == due


def test_a_named_time_is_the_promise_that_expires(table: Table) -> None:
    request_id = acknowledged(table)
    named = NOON + 3 * HOUR
    table.do(negotiation.name_answer_time, table.people.jonas, request_id, named)
    sweep_through(table, NOON + DAY)
    assert times(table, request_id) == [MORNING + HOUR], "two working hours after three, an hour of them overnight"


@pytest.mark.parametrize("who", ["jonas", "priya"])
def test_whoever_of_the_desk_writes_in_the_thread_puts_it_off(table: Table, who: str) -> None:
    request_id = acknowledged(table)
    table.at = NOON + HOUR
    reply(table, getattr(table.people, who), request_id)
    sweep_through(table, NOON + 4 * HOUR - MINUTE)
    assert times(table, request_id) == [NOON + 3 * HOUR]


@pytest.mark.parametrize("who", ["mara", "tobias"])
def test_what_others_write_does_not(table: Table, who: str) -> None:
    request_id = acknowledged(table)
    table.at = NOON + HOUR
    reply(table, getattr(table.people, who), request_id)
    sweep_through(table, AT_THREE)
    assert times(table, request_id) == [AT_THREE]


def test_still_on_it_puts_it_off_and_is_in_the_record(table: Table) -> None:
    request_id = acknowledged(table)
    table.sweep(AT_THREE)
    table.do(negotiation.still_on_it, table.people.priya, request_id)
    entry = table.story(request_id)[-1]
    assert (entry.move, entry.by) == (Move.STILL_ON_IT, table.people.priya.slack_id)
    follow_up = table.follow_up(request_id)
    assert follow_up is not None
    assert follow_up.deadline_at == MORNING, "not a second time on the same day"
    assert table.request(request_id).owner == table.people.priya.slack_id


def test_only_the_desk_can_say_that_it_is_still_on_it_and_only_while_it_looks_into_it(table: Table) -> None:
    request_id = acknowledged(table)
    with pytest.raises(NotYours):
        table.do(negotiation.still_on_it, table.people.mara, request_id)
    table.do(negotiation.offer, table.people.jonas, request_id, later())
    with pytest.raises(MoveNotAllowed):
        table.do(negotiation.still_on_it, table.people.jonas, request_id)


def test_an_answer_ends_it_and_taking_the_answer_back_brings_it_back(table: Table) -> None:
    request_id = acknowledged(table)
    before = table.follow_up(request_id)
    check = {"how": How.REACTION, "source_ts": "1700.1:white_check_mark"}
    table.do(negotiation.commit_as_asked, table.people.jonas, request_id, **check)
    assert table.follow_up(request_id) is None
    table.do(negotiation.undo, table.people.jonas, request_id, how=None, source_ts="1700.1:white_check_mark")
    after = table.follow_up(request_id)
    assert before is not None
    assert after is not None
    assert (after.id, after.due_at) == (before.id, before.due_at)


def test_nobody_is_asked_while_the_other_side_has_the_turn(table: Table) -> None:
    request_id = acknowledged(table)
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which?")
    sweep_through(table, NOON + DAY)
    assert times(table, request_id) == []


def test_beside_a_weightier_word_the_question_is_only_written_down(table: Table) -> None:
    """After downtime the breach speaks: one message a request."""
    request_id = acknowledged(table)
    table.sweep(NOON + 20 * DAY)
    assert times(table, request_id) == []
    moves = [entry.move for entry in table.story(request_id) if entry.by is None]
    assert sorted(moves) == [Move.ASK_AGAIN, Move.ESCALATE]


def test_ops_names_a_time_within_the_policy(table: Table) -> None:
    levels = replace(ServiceLevels.alike(Targets()), longest_answer_secs=10 * HOUR_SECS)
    table.database.run_now(set_levels, levels, version=3)
    request_id = acknowledged(table)
    with pytest.raises(FormRefused, match="an answer by Wed 25 Nov 13:00 at the latest") as refused:
        table.do(negotiation.name_answer_time, table.people.jonas, request_id, NOON + DAY + MINUTE)
    assert list(refused.value.problems) == [Field.ANSWER_DUE]
    table.do(negotiation.name_answer_time, table.people.jonas, request_id, NOON + DAY)
    assert table.request(request_id).answer_due_at == NOON + DAY
