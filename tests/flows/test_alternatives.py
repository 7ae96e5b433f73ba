"""Several alternatives in one offer, what Sales proposes instead, and lots that name their line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.database import Database
from bot.services import negotiation
from models import queries
from models.ask import AskedLine
from models.errors import FormRefused, MoveNotAllowed
from models.lifecycle import How, Status
from models.offer import OfferState, PaidBy, ShipmentSplit
from models.outbox import Notice
from tests.builders import DAY, FRIDAY, NEXT_FRIDAY, Workspace
from tests.negotiating import Table, a_part, instead, later, staged

HALVES = (ShipmentSplit(FRIDAY, Decimal(50)), ShipmentSplit(NEXT_FRIDAY, Decimal(50)))


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def choice(table: Table) -> int:
    others = (later(extra_cost=Decimal(620), paid_by=PaidBy.US), instead(site="Gdansk"))
    return table.offered(a_part(others=others))


def test_the_alternative_that_is_taken_is_committed_and_the_others_are_kept(table: Table) -> None:
    request_id = choice(table)
    first, second, third = table.offers(request_id)
    table.do(negotiation.accept, table.people.mara, request_id, second.id)

    (lot,) = table.commitments(request_id)
    assert (lot.quantity, lot.committed_ship_date) == (Decimal(100), NEXT_FRIDAY)
    states = [offer.state for offer in table.offers(request_id)]
    assert states == [OfferState.CLOSED, OfferState.ACCEPTED, OfferState.CLOSED]
    assert [first.alternative, second.alternative, third.alternative] == [1, 2, 3]
    shown = table.database.run_now(lambda session: queries.picture(session, queries.request(session, 1, request_id)))
    assert shown.offer is not None
    assert [shown.offer.id, *[one.id for one in shown.other_offers]] == [second.id, first.id, third.id]


def test_nobody_takes_one_of_several_unnamed_or_one_that_was_changed_meanwhile(table: Table) -> None:
    request_id = choice(table)
    with pytest.raises(MoveNotAllowed, match="3 alternatives"):
        table.do(negotiation.accept, table.people.mara, request_id)
    seen = table.offers(request_id)[0].id
    table.do(negotiation.offer, table.people.priya, request_id, later())
    for move in (
        negotiation.accept,
        lambda *args, **facts: negotiation.counter(*args[:-1], HALVES, answers=seen, **facts),
    ):
        with pytest.raises(MoveNotAllowed, match="changed meanwhile"):
            table.do(move, table.people.mara, request_id, seen)
    assert table.request(request_id).status is Status.OFFERED


def test_what_sales_proposes_gives_the_turn_to_the_desk_which_commits_it_lot_by_lot(table: Table) -> None:
    request_id = choice(table)
    table.do(negotiation.counter, table.people.mara, request_id, HALVES, "On Saturday?")

    assert table.request(request_id).status is Status.ACKNOWLEDGED
    assert [offer.state for offer in table.offers(request_id)[:3]] == [OfferState.REPLACED] * 3
    assert table.messages(request_id, Notice.DESK_TURN)
    table.do(negotiation.commit_as_countered, table.people.priya, request_id)

    lots = [(lot.original_ship_date, lot.quantity, lot.made_by) for lot in table.commitments(request_id)]
    who = table.people.priya.slack_id
    assert lots == [(FRIDAY, Decimal(50), who), (NEXT_FRIDAY, Decimal(50), who)]
    with pytest.raises(MoveNotAllowed):
        table.do(negotiation.commit_as_countered, table.people.jonas, request_id)


def test_a_commitment_by_reaction_that_is_taken_back_leaves_open_what_sales_proposed(table: Table) -> None:
    request_id = table.offered()
    table.do(negotiation.counter, table.people.mara, request_id, HALVES)
    jonas = table.people.jonas
    table.do(negotiation.commit_as_asked, jonas, request_id, how=How.REACTION, source_ts="1.1")
    assert table.offers(request_id)[-1].state is OfferState.REPLACED
    table.do(negotiation.undo, jonas, request_id, how=None, source_ts="1.1")

    assert table.offers(request_id)[-1].state is OfferState.OPEN
    table.do(negotiation.commit_as_countered, jonas, request_id)


def test_what_cannot_be_proposed_is_refused_and_what_has_passed_cannot_be_committed(table: Table) -> None:
    request_id = table.offered(staged((NEXT_FRIDAY, 40), (NEXT_FRIDAY + 3 * DAY, 60)))
    for lots in ((), (ShipmentSplit(FRIDAY, Decimal(0)),), (ShipmentSplit(FRIDAY - 30 * DAY, Decimal(1)),)):
        with pytest.raises(FormRefused):
            table.do(negotiation.counter, table.people.mara, request_id, lots)
    with pytest.raises(FormRefused):
        table.do(negotiation.counter, table.people.mara, request_id, HALVES, "x" * 1501)
    table.do(negotiation.counter, table.people.mara, request_id, HALVES)
    table.at += 5 * DAY
    with pytest.raises(MoveNotAllowed, match="has passed"):
        table.do(negotiation.commit_as_countered, table.people.jonas, request_id)


def test_lots_answer_the_line_they_name(table: Table) -> None:
    second = AskedLine(item="SEAL-9", quantity=Decimal(20), unit="box", needed_ship_date=FRIDAY)
    lots = (ShipmentSplit(FRIDAY, Decimal(40)), ShipmentSplit(NEXT_FRIDAY, Decimal(60)))
    proposal = staged()
    whole = type(proposal)(shape=proposal.shape, lots=(*lots, ShipmentSplit(NEXT_FRIDAY, Decimal(20), 2)))
    request_id = table.offered(whole, more_lines=(second,))
    table.do(negotiation.accept, table.people.mara, request_id)

    found = [(lot.line, lot.quantity, lot.committed_ship_date) for lot in table.commitments(request_id)]
    assert sorted(found) == [(1, Decimal(40), FRIDAY), (1, Decimal(60), NEXT_FRIDAY), (2, Decimal(20), NEXT_FRIDAY)]
