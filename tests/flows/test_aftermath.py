"""What follows from a commitment: who is pushed back, who is thanked, and which emergency it causes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.database import Database
from bot.services import negotiation
from bot.services.aftermath import LOOKS_BACK, PushedBack
from models import Thanks
from models.aftermath import Follows
from models.commitment import Outcome
from models.errors import FormRefused, MoveNotAllowed, NotYours
from models.lifecycle import Move, Status
from models.outbox import Notice
from tests.builders import DAY, Workspace
from tests.negotiating import Table


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def push_back(table: Table, request_id: int, *orders: PushedBack) -> None:
    table.do(negotiation.name_bumped, table.people.jonas, request_id, list(orders))


def delivered(table: Table, outcome: Outcome = Outcome.IN_FULL, **facts: Any) -> int:
    request_id = table.agreed(**facts)
    (lot,) = table.commitments(request_id)
    table.do(negotiation.report_outcome, table.people.jonas, lot.id, outcome)
    return request_id


def thank(table: Table, request_id: int, words: str = "", *, who: Any = None) -> None:
    table.do(negotiation.say_thanks, who or table.people.mara, request_id, words, "", how=None)


def test_the_owner_of_an_order_that_is_pushed_back_hears_it_once_with_all_their_orders(table: Table) -> None:
    request_id = table.agreed()
    tobias = table.people.tobias.slack_id

    push_back(table, request_id, PushedBack("4711", 2, tobias), PushedBack("4712", 3, tobias), PushedBack("9", 1))

    (told,) = table.messages(request_id, Notice.BUMPED)
    assert (told.channel, told.facts["orders"]) == (tobias, [["4711", 2], ["4712", 3]])
    assert table.story(request_id)[-1].move is Move.NAME_BUMPED


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (PushedBack("", 2), "bumped_order_1"),
        (PushedBack("x" * 121, 2), "bumped_order_1"),
        (PushedBack("45-1880", 2), "bumped_order_1"),
        (PushedBack("4711", 0), "bumped_days_1"),
        (PushedBack("4711", -3), "bumped_days_1"),
        (PushedBack("4711", 9999), "bumped_days_1"),
    ],
)
def test_an_order_that_cannot_be_pushed_back_is_refused_at_its_field(
    table: Table, order: PushedBack, field: str
) -> None:
    request_id = table.agreed(order_number="45-1880")

    with pytest.raises(FormRefused) as refused:
        push_back(table, request_id, order)

    assert list(refused.value.problems) == [field]


def test_only_the_desk_says_what_is_pushed_back(table: Table) -> None:
    request_id = table.agreed()

    with pytest.raises(NotYours):
        table.do(negotiation.name_bumped, table.people.mara, request_id, [PushedBack("4711", 2)])


def test_an_ask_for_an_order_that_was_pushed_back_follows_the_request_that_did_it(table: Table) -> None:
    """The emergency loop: without the first there would be no second."""
    first = table.agreed(order_number="A-1")
    push_back(table, first, PushedBack(" b-77 ", 2))

    second = table.request(table.asked(order_number="B-77"))

    assert (second.follows_id, second.follows_why) == (first, Follows.BUMPED)


def test_an_ask_for_an_order_we_missed_follows_the_miss(table: Table) -> None:
    first = delivered(table, Outcome.MISSED, order_number="A-1")
    assert table.request(first).status is Status.MISSED

    second = table.request(table.asked(order_number="A-1"))

    assert (second.follows_id, second.follows_why) == (first, Follows.MISSED)


@pytest.mark.parametrize("order", ["", "A-2"])
def test_other_orders_follow_nothing(table: Table, order: str) -> None:
    delivered(table, Outcome.MISSED, order_number="A-1")

    assert table.request(table.asked(order_number=order)).follows_id is None


def test_what_is_long_past_causes_nothing_any_more(table: Table) -> None:
    push_back(table, table.agreed(order_number="A-1"), PushedBack("B-77", 2))
    table.at += LOOKS_BACK + DAY

    later = table.request(table.asked(order_number="B-77", needed_ship_date=table.at.date()))

    assert later.follows_id is None


def test_thanks_go_to_those_who_made_it_once(table: Table) -> None:
    request_id = delivered(table)

    thank(table, request_id, "You saved the week.")

    entry = table.story(request_id)[-1]
    assert (entry.move, entry.facts["to"]) == (Move.THANK, [table.people.jonas.slack_id])
    with pytest.raises(MoveNotAllowed, match="already"):
        thank(table, request_id, "Again!")
    rows = table.database.run_now(lambda session: session.query(Thanks).all())
    assert [row.words for row in rows] == ["You saved the week."]


def test_thanks_leave_the_end_of_the_request_as_it_was(table: Table) -> None:
    request_id = delivered(table)
    closed_at = table.request(request_id).closed_at
    table.at += DAY

    thank(table, request_id)

    assert table.request(request_id).closed_at == closed_at


def test_nobody_thanks_for_what_has_not_shipped_or_for_others(table: Table) -> None:
    with pytest.raises(MoveNotAllowed, match="not shipped"):
        thank(table, table.agreed())
    with pytest.raises(NotYours):
        thank(table, delivered(table), who=table.people.tobias)
