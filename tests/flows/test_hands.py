"""Who holds a request: handed over, taken, moved to another desk; what each is refused for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.database import Database
from bot.services import absences, hands, negotiation
from models import Desk, DeskCalendar, DeskMember, ServiceLevelPolicy, Tenant
from models.errors import CannotUndo, Field, FormRefused, MoveNotAllowed, NotYours
from models.lifecycle import NEXT, OPEN, How, Move, Status
from models.outbox import Notice, Surface
from models.service_level import ClockKind, Holder, ServiceLevels, Targets
from models.tenant import Actor
from tests.builders import DAY, HELENA, HOUR, JONAS, MARA, MINUTE, NOON, PRIYA, TOBIAS, a_calendar, furnish
from tests.negotiating import Table, a_part, later

PLANT5 = "C0PLANT5"
HANDS = (Move.HAND_OVER, Move.TAKE, Move.REASSIGN)


@pytest.fixture
def table(sqlite_url: str) -> Iterator[Table]:
    database = Database(sqlite_url)
    yield Table(database, database.run_now(furnish))
    database.close()


def open_plant_5(session: Session, tenant_id: int, **facts: Any) -> int:
    """A second desk: other hours, a first answer within two hours; Helena answers there."""
    hours = a_calendar("Mon-Fri 09:00-12:00", "Europe/London").to_json()
    levels = ServiceLevels.alike(Targets(first_response=2 * 3600))
    calendar = DeskCalendar(tenant_id=tenant_id, name="Plant 5", hours=hours, made_at=NOON)
    policy = ServiceLevelPolicy(tenant_id=tenant_id, name="Plant 5", seconds=levels.to_json(), made_at=NOON)
    session.add_all([calendar, policy])
    session.flush()
    usual = {"name": "Plant 5 desk", "channel_id": PLANT5, "calendar_id": calendar.id, "policy_id": policy.id}
    desk = Desk(**{"tenant_id": tenant_id, **usual, **facts})
    session.add(desk)
    session.flush()
    session.add(DeskMember(tenant_id=tenant_id, desk_id=desk.id, slack_id=HELENA))
    return desk.id


def plant_5(table: Table, **facts: Any) -> int:
    return table.database.run_now(open_plant_5, table.people.tenant_id, **facts)


def in_status(table: Table, status: Status) -> int:
    """A request that stands there, held by Jonas wherever somebody holds it."""
    jonas, mara = table.people.jonas, table.people.mara
    if status is Status.AGREED:
        return table.agreed()
    if status is Status.OFFERED:
        return table.offered(a_part())
    request_id = table.asked()
    if status is Status.ACKNOWLEDGED:
        table.do(negotiation.acknowledge, jonas, request_id)
    elif status is Status.INFO_NEEDED:
        table.do(negotiation.ask_information, jonas, request_id, "Which?")
    elif status is Status.WITHDRAWN:
        table.do(negotiation.acknowledge, jonas, request_id)
        table.do(negotiation.withdraw, mara, request_id)
    return request_id


def make(table: Table, move: Move, actor: Actor, request_id: int, desk_id: int) -> Any:
    if move is Move.HAND_OVER:
        return table.do(negotiation.hand_over, actor, request_id, PRIYA)
    if move is Move.TAKE:
        return table.do(negotiation.take, actor, request_id)
    return table.do(negotiation.reassign, actor, request_id, desk_id)


@pytest.mark.parametrize("move", HANDS)
@pytest.mark.parametrize("status", [*sorted(OPEN), Status.WITHDRAWN])
def test_members_of_the_desk_may_where_the_table_says_so_and_nobody_else(
    table: Table, status: Status, move: Move
) -> None:
    desk_id = plant_5(table)
    request_id = in_status(table, status)
    for outsider in (table.people.mara, table.people.tobias, table.people.helena, table.people.sam):
        with pytest.raises(NotYours, match="members of Plant 3 desk"):
            make(table, move, outsider, request_id, desk_id)
    is_free = move is Move.TAKE and status is Status.ASKED
    if (status, move) not in NEXT or is_free:
        with pytest.raises(MoveNotAllowed):
            make(table, move, table.people.priya, request_id, desk_id)
        return
    actor = table.people.priya if move is Move.TAKE else table.people.jonas
    assert make(table, move, actor, request_id, desk_id).status is NEXT[status, move]


def test_who_is_handed_a_request_is_told_and_the_one_before_is_let_go(table: Table) -> None:
    request_id = in_status(table, Status.INFO_NEEDED)
    table.do(negotiation.give_information, table.people.mara, request_id, "That.")
    table.do(negotiation.hand_over, table.people.jonas, request_id, PRIYA, "I am in the workshop.")

    told = [
        (row.notice, row.channel, row.is_live) for row in table.messages(request_id) if row.channel in {JONAS, PRIYA}
    ]
    assert [(Notice.DESK_TURN, JONAS, False), (Notice.HANDED_OVER, PRIYA, True)] == told
    assert PRIYA == table.request(request_id).owner


def test_handing_over_leaves_sales_turn_as_it_is(table: Table) -> None:
    request_id = in_status(table, Status.OFFERED)
    clock = table.clock(request_id)
    table.do(negotiation.hand_over, table.people.jonas, request_id, PRIYA)

    assert [True] == [row.is_live for row in table.messages(request_id, Notice.OFFER_FOR_YOU)]
    assert (clock.id, clock.deadline_at) == (table.clock(request_id).id, table.clock(request_id).deadline_at)
    assert Status.AGREED is table.do(negotiation.accept, table.people.mara, request_id).status


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("", "Choose who"),
        (TOBIAS, "Tobias Brandt does not answer for Plant 3 desk"),
        (JONAS, "Jonas Keller holds it already"),
        (PRIYA, "Priya Nair is away now"),
    ],
)
def test_a_request_is_not_handed_to_who_cannot_hold_it(table: Table, person: str, words: str) -> None:
    request_id = in_status(table, Status.ACKNOWLEDGED)
    away = {"away_from": "2026-11-24", "back_on": "2026-11-30"}
    table.do(absences.go_away, table.people.priya, away, how=None)
    with pytest.raises(FormRefused, match=words) as refused:
        table.do(negotiation.hand_over, table.people.jonas, request_id, person)

    assert {Field.HAND_TO} == set(refused.value.problems)


def test_what_one_holds_cannot_be_taken(table: Table) -> None:
    request_id = in_status(table, Status.ACKNOWLEDGED)
    with pytest.raises(MoveNotAllowed, match="You hold EXP-1 already"):
        table.do(negotiation.take, table.people.jonas, request_id)


def test_who_takes_it_holds_it_and_the_stretch_is_theirs(table: Table) -> None:
    request_id = in_status(table, Status.ACKNOWLEDGED)
    table.at += HOUR
    table.do(negotiation.take, table.people.priya, request_id)

    assert [JONAS, PRIYA] == [row.held_by for row in table.intervals(request_id)][-2:]


def test_another_desk_begins_anew_by_its_own_terms_of_today(table: Table) -> None:
    desk_id = plant_5(table)
    request_id = in_status(table, Status.ACKNOWLEDGED)
    table.at += 20 * MINUTE
    request = table.do(negotiation.reassign, table.people.jonas, request_id, desk_id, "Their machine.")
    clock = table.clock(request_id)

    assert (Status.ASKED, None, None) == (request.status, request.owner, request.answer_due_at)
    assert (ClockKind.FIRST_RESPONSE, 2 * 3600) == (clock.kind, clock.target_secs)
    # Twelve in Berlin is past closing in London's morning hours: two hours of tomorrow.
    assert NOON.replace(hour=11, minute=0) + DAY == clock.deadline_at


def test_the_first_desks_time_stays_on_its_account(table: Table) -> None:
    desk_id = plant_5(table)
    request_id = table.asked()
    table.at += 20 * MINUTE
    table.do(negotiation.reassign, table.people.jonas, request_id, desk_id)
    table.at = NOON + 22 * HOUR
    helena = replace(table.people.helena, desk_ids=frozenset({desk_id}))
    table.do(negotiation.offer, helena, request_id, later())

    found = [(row.holder, row.desk_id, row.working_secs) for row in table.intervals(request_id)]
    assert [(Holder.DESK, table.people.desk_id, 20 * 60), (Holder.DESK, desk_id, 3600)] == found[:2]


def test_the_live_card_is_the_one_at_the_new_desk(table: Table) -> None:
    desk_id = plant_5(table)
    request_id = table.asked()
    table.do(negotiation.reassign, table.people.jonas, request_id, desk_id)
    cards = [row for row in table.messages(request_id) if row.surface is Surface.CARD]

    assert [(Notice.CARD_MOVED, "C0PLANT3", False), (Notice.CARD, PLANT5, True)] == [
        (row.notice, row.channel, row.is_live) for row in cards
    ]
    helena = replace(table.people.helena, desk_ids=frozenset({desk_id}))
    table.do(negotiation.acknowledge, helena, request_id)
    notes = [row for row in table.messages(request_id, Notice.STORY) if row.thread_of == cards[1].id]
    assert [PLANT5, PLANT5] == [row.channel for row in notes]


def test_reminders_hang_under_the_live_card(table: Table) -> None:
    desk_id = plant_5(table)
    request_id = table.asked()
    table.do(negotiation.reassign, table.people.jonas, request_id, desk_id)
    table.sweep(NOON + 22 * HOUR + MINUTE)

    assert [PLANT5] == [row.channel for row in table.messages(request_id, Notice.CLOCK)]


def test_it_can_go_back_and_each_desk_keeps_one_live_card(table: Table) -> None:
    desk_id = plant_5(table)
    request_id = table.asked()
    table.do(negotiation.reassign, table.people.jonas, request_id, desk_id)
    helena = replace(table.people.helena, desk_ids=frozenset({desk_id}))
    table.do(negotiation.reassign, helena, request_id, table.people.desk_id)

    cards = [row for row in table.messages(request_id) if row.surface is Surface.CARD]
    assert [False, False, True] == [row.is_live for row in cards]
    assert "C0PLANT3" == cards[-1].channel


def test_an_open_question_of_the_first_desk_is_not_waited_for(table: Table) -> None:
    desk_id = plant_5(table)
    request_id = in_status(table, Status.INFO_NEEDED)
    request = table.do(negotiation.reassign, table.people.jonas, request_id, desk_id)

    assert "" == request.question
    assert [False] == [row.is_live for row in table.messages(request_id, Notice.QUESTION_FOR_YOU)]


def test_what_sales_answered_goes_along(table: Table) -> None:
    desk_id = plant_5(table)
    request_id = in_status(table, Status.INFO_NEEDED)
    table.do(negotiation.give_information, table.people.mara, request_id, "Revision C.")
    request = table.do(negotiation.reassign, table.people.jonas, request_id, desk_id)

    assert ("Which?", "Revision C.") == (request.question, request.information)


def test_a_desk_that_cannot_take_it_is_refused_at_the_field(table: Table) -> None:
    retired = plant_5(table, retired_at=NOON)
    request_id = table.asked()
    for desk_id, words in ((0, "Choose the desk"), (4711, "Choose the desk"), (retired, "takes no new requests")):
        with pytest.raises(FormRefused, match=words) as refused:
            table.do(negotiation.reassign, table.people.jonas, request_id, desk_id)
        assert {Field.DESK} == set(refused.value.problems)
    with pytest.raises(FormRefused, match="EXP-1 is with Plant 3 desk already"):
        table.do(negotiation.reassign, table.people.jonas, request_id, table.people.desk_id)


def test_a_desk_of_another_workspace_is_none_to_choose(table: Table) -> None:
    elsewhere = plant_5(table)
    request_id = table.asked()
    table.database.run_now(lambda session: _move_away(session, elsewhere))
    with pytest.raises(FormRefused, match="Choose the desk"):
        table.do(negotiation.reassign, table.people.jonas, request_id, elsewhere)


def _move_away(session: Session, desk_id: int) -> None:
    other = Tenant(team_id="T0OTHER", installed_at=NOON)
    session.add(other)
    session.flush()
    session.get_one(Desk, desk_id).tenant_id = other.id


def test_without_another_desk_there_is_nothing_to_choose(table: Table) -> None:
    request_id = table.asked()
    with pytest.raises(MoveNotAllowed, match="no other desk"):
        table.do(hands.other_desks, table.people.jonas, request_id, how=None)


def test_a_reaction_before_the_move_cannot_be_taken_back_after_it(table: Table) -> None:
    desk_id = plant_5(table)
    request_id = table.asked()
    table.do(negotiation.acknowledge, table.people.jonas, request_id, how=How.REACTION, source_ts="1:eyes")
    table.do(negotiation.reassign, table.people.jonas, request_id, desk_id)
    with pytest.raises(CannotUndo, match="moved it to another desk"):
        table.do(negotiation.undo, table.people.jonas, request_id, how=None, source_ts="1:eyes")


def test_mara_still_sees_one_request(table: Table) -> None:
    """The receipt is hers and stays up to date."""
    desk_id = plant_5(table)
    request_id = table.asked()
    table.do(negotiation.reassign, table.people.jonas, request_id, desk_id)

    assert [(MARA, True)] == [(row.channel, row.is_live) for row in table.messages(request_id, Notice.RECEIPT)]
