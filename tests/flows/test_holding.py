"""Who held a request when: stretches that meet, each charged in the working time of whoever held it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from bot.database import Database
from bot.services import holding, negotiation
from bot.services.terms import terms_of
from models import Desk, DeskCalendar, ExpediteRequest, ServiceLevelPolicy
from models.commitment import Outcome
from models.lifecycle import How
from models.service_level import Holder
from tests.builders import DAY, FRIDAY, HOUR, JONAS, MARA, MINUTE, NOON, Workspace, a_calendar, give_sales_hours
from tests.negotiating import Table, later

DESK, SALES, NOBODY = Holder.DESK, Holder.REQUESTER, Holder.NOBODY
CHICAGO = "America/Chicago"


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def held(table: Table, request_id: int) -> list[tuple[Holder, int | None]]:
    """Who held it, and the minutes of working time it is charged."""
    rows = table.intervals(request_id)
    assert all(earlier.ends_at == next_one.starts_at for earlier, next_one in pairwise(rows))
    return [(row.holder, None if row.working_secs is None else row.working_secs // 60) for row in rows]


def test_the_desk_has_the_turn_from_asking_on(table: Table) -> None:
    request_id = table.asked()
    (first,) = table.intervals(request_id)
    assert (first.holder, first.starts_at, first.ends_at, first.held_by) == (DESK, NOON, None, None)


def test_every_side_is_charged_for_its_own_time(table: Table) -> None:
    request_id = table.asked()
    table.at += 10 * MINUTE
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which?")
    table.at += 20 * MINUTE
    table.do(negotiation.give_information, table.people.mara, request_id, "That.")
    table.at += 30 * MINUTE
    table.do(negotiation.offer, table.people.jonas, request_id, later())
    table.at += 40 * MINUTE
    table.do(negotiation.accept, table.people.mara, request_id)
    assert held(table, request_id) == [(DESK, 10), (SALES, 20), (DESK, 30), (SALES, 40), (NOBODY, None)]
    assert [row.held_by for row in table.intervals(request_id)] == [None, MARA, JONAS, MARA, None]


def test_nobody_is_charged_while_a_commitment_is_waited_for_and_the_desk_once_it_is_asked(table: Table) -> None:
    request_id = table.agreed(needed_ship_date=NOON.date())
    table.sweep(NOON + 3 * HOUR)
    table.at += 30 * MINUTE
    (lot,) = table.commitments(request_id)
    table.do(negotiation.report_outcome, table.people.jonas, lot.id, Outcome.IN_FULL)
    assert held(table, request_id)[1:] == [(NOBODY, 180), (DESK, 30)]
    assert table.intervals(request_id)[-1].ends_at == table.request(request_id).closed_at


def test_between_two_lots_it_is_nobodys_turn_again(table: Table) -> None:
    request_id = table.agreed_in_lots()
    friday_afternoon = NOON.replace(day=FRIDAY.day, hour=15)
    table.sweep(friday_afternoon)
    lot = table.commitments(request_id)[0]
    table.do(negotiation.report_outcome, table.people.jonas, lot.id, Outcome.IN_FULL)
    assert [holder for holder, _minutes in held(table, request_id)][-3:] == [NOBODY, DESK, NOBODY]


def test_the_night_is_charged_to_nobody(table: Table) -> None:
    request_id = table.asked()
    table.at = NOON + DAY
    table.do(negotiation.withdraw, table.people.mara, request_id)
    assert held(table, request_id) == [(DESK, 600)]


def test_sales_is_charged_in_its_own_hours_and_zone(table: Table) -> None:
    """From 13:00 to 17:00 in Berlin it is 06:00 to 10:00 in Chicago, where work begins at eight."""
    sales = table.database.run_now(give_sales_hours)
    table.people = replace(table.people, mara=replace(table.people.mara, zone=CHICAGO))
    request_id = table.offered(later())
    table.at += 4 * HOUR
    table.do(negotiation.accept, table.people.mara, request_id)
    turn = table.intervals(request_id)[1]
    assert (turn.working_secs, turn.calendar_id, turn.zone) == (2 * 3600, sales, CHICAGO)


def test_what_is_taken_back_begins_a_new_stretch_and_changes_none_that_ended(table: Table) -> None:
    request_id = table.asked()
    table.at += 10 * MINUTE
    eyes = {"how": How.REACTION, "source_ts": "1700.1:eyes"}
    table.do(negotiation.acknowledge, table.people.jonas, request_id, **eyes)
    table.at += 5 * MINUTE
    table.do(negotiation.undo, table.people.jonas, request_id, how=None, source_ts="1700.1:eyes")
    table.at += 5 * MINUTE
    table.do(negotiation.withdraw, table.people.mara, request_id)
    assert held(table, request_id) == [(DESK, 10), (DESK, 5), (DESK, 5)]


def test_a_clearer_question_is_still_the_same_turn(table: Table) -> None:
    request_id = table.asked()
    for words in ("Which?", "Which of the two?"):
        table.do(negotiation.ask_information, table.people.jonas, request_id, words)
    assert [holder for holder, _minutes in held(table, request_id)] == [DESK, SALES]


def test_another_desk_leaves_the_first_one_its_time(table: Table) -> None:
    """By its own hours: the second desk works at night, the first one did not."""
    request_id = table.asked()
    table.at = NOON + DAY
    table.database.run_now(_pass_on, request_id, table.at)
    table.at += 2 * HOUR
    table.do(negotiation.withdraw, table.people.mara, request_id)
    assert held(table, request_id) == [(DESK, 600), (DESK, 60)]
    first, second = table.intervals(request_id)
    assert first.desk_id != second.desk_id


def _pass_on(session: sa.orm.Session, request_id: int, at: object) -> None:
    request = session.get_one(ExpediteRequest, request_id)
    hours = DeskCalendar(tenant_id=1, name="Night", hours=a_calendar("Mon-Fri 14:00-22:00").to_json(), made_at=NOON)
    session.add(hours)
    session.flush()
    policy = session.scalars(sa.select(ServiceLevelPolicy.id)).one()
    desk = Desk(tenant_id=1, name="Night desk", channel_id="C0NIGHT", calendar_id=hours.id, policy_id=policy)
    session.add(desk)
    session.flush()
    request.desk_id, request.calendar_id = desk.id, hours.id
    holding.settle(session, request, terms_of(session, request), at=at)  # type: ignore[arg-type]


def test_a_clock_that_was_set_back_leaves_no_gap(table: Table) -> None:
    request_id = table.asked()
    table.at -= timedelta(minutes=5)
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    table.at += 2 * HOUR
    table.do(negotiation.withdraw, table.people.mara, request_id)
    assert held(table, request_id) == [(DESK, 0), (DESK, 115)]
