"""Who may act at all, and which deliveries count: guests do not, late and repeated ones do nothing."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.database import Database
from bot.ports import Person
from bot.services import acting, gestures, inbox, lists, negotiation, setup
from bot.services.acting import Caller
from handlers.caller import key_of
from models import Member, OutboxMessage, queries
from models.errors import NotSetUp, NotYours
from models.lifecycle import How, Status
from models.outbox import Surface
from tests import payloads
from tests.builders import JONAS, MARA, NOON, PLANT3, TEAM, TOBIAS, Workspace, an_ask
from tests.negotiating import Table

CARD_TS = "1764000000.000100"


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def act(table: Table, slack_id: str, use_case: Any, *args: Any, key: str | None = None, **facts: Any) -> Any:
    return table.database.run_now(acting.act, Caller(TEAM, slack_id), key, NOON, use_case, *args, **facts)


def become(table: Table, slack_id: str, **facts: bool) -> None:
    changed = sa.update(Member).where(Member.slack_id == slack_id).values(**facts)
    table.database.run_now(lambda session: session.execute(changed))


@pytest.mark.parametrize("fact", ["is_guest", "is_deactivated"])
def test_outsiders_neither_read_nor_ask(table: Table, fact: str) -> None:
    """Guests are people of other companies: what customers were promised is not theirs to know."""
    table.asked()
    become(table, TOBIAS, **{fact: True})
    with pytest.raises(NotYours, match="Ask a colleague"):
        act(table, TOBIAS, lists.status_of, "1")
    with pytest.raises(NotYours):
        act(table, TOBIAS, negotiation.submit, an_ask(), how=How.FORM)


def test_a_guest_in_the_desks_channel_answers_like_its_other_members(table: Table) -> None:
    """Somebody put them there on purpose."""
    request_id = table.asked()
    become(table, JONAS, is_guest=True)
    act(table, JONAS, negotiation.acknowledge, request_id, how=How.BUTTON)
    assert table.request(request_id).status is Status.ACKNOWLEDGED


def test_what_guests_do_beside_cards_is_left_alone(table: Table) -> None:
    become(table, TOBIAS, is_guest=True)
    assert act(table, TOBIAS, gestures.reacted, PLANT3, "1764000000.999999", "eyes") is None


def test_news_of_a_guest_is_taken_in(table: Table) -> None:
    """Otherwise nobody would ever be let back in."""
    become(table, TOBIAS, is_deactivated=True)
    act(table, TOBIAS, setup.person_changed, Person(slack_id=TOBIAS, name="Tobias Brandt", zone="Europe/Berlin"))
    assert act(table, TOBIAS, negotiation.submit, an_ask(), how=How.FORM).number == 1


def test_after_a_removal_nothing_starts_any_more(table: Table) -> None:
    table.database.run_now(setup.uninstall, TEAM, at=NOON)
    with pytest.raises(NotSetUp):
        act(table, MARA, negotiation.submit, an_ask(), how=How.FORM)


def test_a_reaction_told_of_after_its_removal_does_nothing(table: Table) -> None:
    """Slack delivers out of order, and once more a minute after a failure."""
    request_id = a_posted_card(table)
    added, removed = reactions(removed_after=1)
    react(table, gestures.unreacted, removed)
    react(table, gestures.reacted, added)
    assert table.request(request_id).status is Status.ASKED


def test_a_reaction_set_again_after_a_removal_counts(table: Table) -> None:
    request_id = a_posted_card(table)
    added, removed = reactions(removed_after=-1)
    react(table, gestures.unreacted, removed)
    react(table, gestures.reacted, added)
    assert table.request(request_id).status is Status.AGREED


def test_a_removal_of_another_reaction_says_nothing_about_this_one(table: Table) -> None:
    request_id = a_posted_card(table)
    added, removed = reactions(removed_after=1)
    removed["event"]["reaction"] = "white_check_mark_2"
    react(table, gestures.unreacted, removed)
    react(table, gestures.reacted, added)
    assert table.request(request_id).status is Status.AGREED


def test_a_delivery_with_a_very_long_name_is_counted_once_and_told_apart(table: Table) -> None:
    def is_new(key: str) -> bool:
        return table.database.run_now(inbox.is_new, table.people.tenant_id, key, NOON)

    name = "event:" + "x" * 400
    assert [is_new(name + "1"), is_new(name + "2"), is_new(name + "1")] == [True, True, False]


def a_posted_card(table: Table) -> int:
    request_id = table.asked()
    posted = sa.update(OutboxMessage).where(OutboxMessage.surface == Surface.CARD)
    table.database.run_now(lambda session: session.execute(posted.values(posted_channel=PLANT3, ts=CARD_TS)))
    assert table.database.run_now(queries.request_of_message, table.people.tenant_id, PLANT3, CARD_TS) is not None
    return request_id


def reactions(*, removed_after: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A check mark and its removal, as Slack tells of them, so many seconds apart."""
    added = payloads.reaction(JONAS, "white_check_mark", CARD_TS)
    removed = payloads.reaction(JONAS, "white_check_mark", CARD_TS, removed=True)
    added["event"]["event_ts"] = "1764000100.000000"
    removed["event"]["event_ts"] = f"{1764000100 + removed_after}.000000"
    return added, removed


def react(table: Table, use_case: Any, body: dict[str, Any]) -> None:
    act(table, JONAS, use_case, PLANT3, CARD_TS, body["event"]["reaction"], key=key_of(body))
