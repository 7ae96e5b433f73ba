"""What a change asks of the outbox: each fact told once, live surfaces drawn again, nobody else's timing touched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bot.database import CHANGED, Database
from bot.services import acting, negotiation, surfaces
from bot.services.acting import Caller
from models import Member, OutboxMessage
from models.lifecycle import How
from models.outbox import Delivery, Notice, Surface
from models.tenant import Role
from tests.builders import HELENA, HOUR, JONAS, MARA, MINUTE, NOON, PLANT3, PRIYA, TEAM, TOBIAS, Workspace, an_ask
from tests.negotiating import Table


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def home_of(table: Table, slack_id: str) -> OutboxMessage | None:
    wanted = sa.select(OutboxMessage).where(OutboxMessage.key == f"home:{slack_id}")
    return table.database.run_now(lambda session: session.scalar(wanted))


def put(table: Table, request_id: int, **columns: Any) -> None:
    """Set the request's card as the courier may have left it."""
    card = sa.update(OutboxMessage).where(OutboxMessage.key == f"card:{request_id}").values(**columns)
    table.database.run_now(lambda session: session.execute(card))


@pytest.mark.parametrize("state", [Delivery.READY, Delivery.SENDING, Delivery.UNSURE, Delivery.STALE])
def test_only_what_was_sent_becomes_stale_and_every_live_row_is_wanted_anew(table: Table, state: Delivery) -> None:
    """A row being sent keeps its lease, one that waits keeps its pace."""
    request_id = table.asked()
    put(table, request_id, state=state, not_before=NOON + HOUR)
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    (card,) = table.messages(request_id, Notice.CARD)
    assert (card.state, card.not_before, card.wanted) == (state, NOON + HOUR, 2)


def test_a_card_that_slack_refused_once_is_tried_again_at_the_next_change(table: Table) -> None:
    """Its channel may be back; otherwise it would show an old state for ever."""
    request_id = table.asked()
    put(table, request_id, state=Delivery.DEAD, ts="1.0", error="is_archived")
    table.at += MINUTE
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    (card,) = table.messages(request_id, Notice.CARD)
    assert (card.state, card.not_before, card.wanted) == (Delivery.STALE, table.at, 2)


def test_what_was_sent_is_edited_at_once(table: Table) -> None:
    request_id = table.asked()
    table.everything_sent()
    table.at += MINUTE
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    (card,) = table.messages(request_id, Notice.CARD)
    assert (card.state, card.not_before, card.wanted) == (Delivery.STALE, table.at, 2)


def test_the_homes_of_both_sides_follow_and_wait_a_moment_for_more(table: Table) -> None:
    people = table.people
    for actor in (people.mara, people.jonas, people.tobias):
        table.do(surfaces.open_home, actor, how=None)
    table.everything_sent()
    table.asked()
    for slack_id in (MARA, JONAS):
        home = home_of(table, slack_id)
        assert home is not None
        assert (home.state, home.wanted, home.not_before) == (Delivery.STALE, 2, NOON + surfaces.COALESCE_HOMES)
    bystander = home_of(table, TOBIAS)
    assert bystander is not None
    assert bystander.state is Delivery.SENT
    assert home_of(table, PRIYA) is None


def test_opening_ones_home_draws_it_for_the_first_time_or_again(table: Table) -> None:
    table.do(surfaces.open_home, table.people.mara, how=None)
    first = home_of(table, MARA)
    assert first is not None
    assert (first.surface, first.state, first.is_live, first.wanted) == (Surface.HOME, Delivery.READY, True, 1)
    table.everything_sent()
    table.do(surfaces.open_home, table.people.mara, how=None)
    again = home_of(table, MARA)
    assert again is not None
    assert (again.id, again.state, again.wanted) == (first.id, Delivery.STALE, 2)


def test_the_same_fact_is_told_once(table: Table) -> None:
    row = {
        "tenant_id": table.people.tenant_id,
        "key": "k",
        "surface": Surface.CHANNEL,
        "notice": Notice.ESCALATION,
        "channel": PLANT3,
        "at": NOON,
    }
    for _ in range(2):
        table.database.run_now(surfaces.post, **row)
    assert table.database.run_now(lambda session: session.query(OutboxMessage).count()) == 1


def test_a_change_wakes_the_courier_and_a_refusal_does_not(table: Table) -> None:
    def asks(session: Any, item: str) -> bool:
        try:
            negotiation.submit(session, table.people.mara, an_ask(item=item), at=NOON, how=How.FORM)
        except Exception:  # noqa: BLE001 only whether it left something to send is looked at
            session.rollback()
        return bool(session.info.get(CHANGED))

    assert table.database.run_now(asks, "BRK-2040")
    assert not table.database.run_now(asks, "")


def test_sending_a_request_takes_few_statements(table: Table) -> None:
    """Every one is a round trip on the way to the acknowledgement that Slack waits for."""
    statements: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    event.listen(table.database.engine, "before_cursor_execute", heard)
    caller = Caller(TEAM, MARA, "Mara")
    table.database.run_now(acting.act, caller, "k", NOON, negotiation.submit, an_ask(), how=How.FORM)
    assert len([one for one in statements if not one.startswith("BEGIN")]) <= 11


def test_who_somebody_is_comes_from_the_database_at_the_moment_of_acting(table: Table) -> None:
    def who(slack_id: str) -> Any:
        return table.database.run_now(acting.actor_of, table.people.tenant_id, slack_id)

    assert who(JONAS) == table.people.jonas
    assert who(HELENA).roles == {Role.LEADER}
    stranger = who("U0STRANGER")
    assert (stranger.name, stranger.zone, stranger.roles, stranger.desk_ids) == ("U0STRANGER", "UTC", set(), set())


def test_a_zone_nobody_knows_does_not_keep_a_person_from_acting(table: Table) -> None:
    odd = sa.update(Member).where(Member.slack_id == MARA).values(zone="Mars/Olympus")
    table.database.run_now(lambda session: session.execute(odd))
    who = table.database.run_now(acting.actor_of, table.people.tenant_id, MARA, zone="Europe/Berlin")
    assert who == replace(table.people.mara, is_zone_known=False)


def test_an_interaction_delivered_again_is_acted_on_once(table: Table) -> None:
    def deliver(key: str | None) -> Any:
        caller = Caller(TEAM, MARA)
        return table.database.run_now(acting.act, caller, key, NOON, negotiation.submit, an_ask(), how=How.FORM)

    assert deliver("trigger-1").number == 1
    assert deliver("trigger-1") is None
    assert deliver("trigger-2").number == 2
    assert [deliver(None).number for _ in range(2)] == [3, 4]
