"""A commitment on its way: warned of, moved to another day, shipped in part with the rest to follow."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.database import Database
from bot.services import negotiation
from models import Commitment
from models.commitment import Outcome
from models.errors import Field, FormRefused, MoveNotAllowed, NotYours
from models.lifecycle import EndedBecause, Move, Status
from models.outbox import Notice
from models.service_level import ClockKind
from tests.builders import DAY, FRIDAY, NEXT_FRIDAY, Workspace
from tests.negotiating import Table

REASON = "The mould broke."


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


@pytest.fixture
def lot(table: Table) -> Commitment:
    (committed,) = table.commitments(table.agreed())
    return committed


def warn(table: Table, lot: Commitment, proposed: date | None = NEXT_FRIDAY, reason: str = REASON) -> None:
    table.do(negotiation.report_risk, table.people.jonas, lot.id, reason, proposed)


def move(table: Table, lot: Commitment, day: date = NEXT_FRIDAY, reason: str = REASON) -> None:
    table.do(negotiation.recommit, table.people.jonas, lot.id, day, reason)


def now(table: Table, lot: Commitment) -> Commitment:
    return next(one for one in table.commitments(lot.request_id) if one.id == lot.id)


def asked_when(table: Table, lot: Commitment) -> Any:
    return [clock.due_at for clock in table.clocks(lot.request_id) if clock.kind is ClockKind.OUTCOME]


def test_a_warning_moves_nothing_and_reaches_sales(table: Table, lot: Commitment) -> None:
    warn(table, lot)

    after = now(table, lot)
    assert (after.committed_ship_date, after.proposed_ship_date, after.risk_reason) == (FRIDAY, NEXT_FRIDAY, REASON)
    assert table.request(lot.request_id).status is Status.AGREED
    assert [row.channel for row in table.messages(lot.request_id, Notice.AT_RISK)] == [table.people.mara.slack_id]


def test_another_day_keeps_the_first_one_for_ever(table: Table, lot: Commitment) -> None:
    move(table, lot)
    move(table, lot, NEXT_FRIDAY + timedelta(days=7))

    after = now(table, lot)
    assert after.original_ship_date == FRIDAY
    assert after.committed_ship_date == NEXT_FRIDAY + timedelta(days=7)
    assert [entry.facts["before"] for entry in table.story(lot.request_id)[-2:]] == ["2026-11-27", "2026-12-04"]


def test_another_day_moves_the_question_what_shipped(table: Table, lot: Commitment) -> None:
    (before,) = asked_when(table, lot)

    move(table, lot)

    assert asked_when(table, lot) == [before + 7 * DAY]


def test_sales_takes_the_day_that_was_proposed(table: Table, lot: Commitment) -> None:
    warn(table, lot)

    table.do(negotiation.take_new_date, table.people.mara, lot.id)

    after = now(table, lot)
    assert (after.committed_ship_date, after.at_risk_since, after.proposed_ship_date) == (NEXT_FRIDAY, None, None)
    assert table.story(lot.request_id)[-1].move is Move.TAKE_NEW_DATE
    assert [row.channel for row in table.messages(lot.request_id, Notice.RECOMMITTED)] == [table.people.jonas.slack_id]


def test_a_day_that_nobody_proposed_cannot_be_taken(table: Table, lot: Commitment) -> None:
    warn(table, lot, proposed=None)

    with pytest.raises(MoveNotAllowed, match="Ask the desk for another one"):
        table.do(negotiation.take_new_date, table.people.mara, lot.id)


def test_a_proposed_day_that_has_passed_cannot_be_taken(table: Table, lot: Commitment) -> None:
    warn(table, lot)
    table.at += 30 * DAY

    with pytest.raises(MoveNotAllowed, match="has passed"):
        table.do(negotiation.take_new_date, table.people.mara, lot.id)


def test_each_side_makes_its_own_moves(table: Table, lot: Commitment) -> None:
    warn(table, lot)

    with pytest.raises(NotYours):
        table.do(negotiation.take_new_date, table.people.jonas, lot.id)
    with pytest.raises(NotYours):
        table.do(negotiation.recommit, table.people.mara, lot.id, NEXT_FRIDAY, REASON)
    with pytest.raises(NotYours):
        table.do(negotiation.report_risk, table.people.tobias, lot.id, REASON, None)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 11, 23), "has passed"),
        (FRIDAY, "for this day already"),
        (date(2031, 1, 1), "two years"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(table: Table, lot: Commitment, day: date, says: str) -> None:
    for act in (warn, move):
        with pytest.raises(FormRefused, match=says) as refused:
            act(table, lot, day)
        assert list(refused.value.problems) == [Field.NEW_SHIP_DATE]


def test_a_warning_needs_its_reason(table: Table, lot: Commitment) -> None:
    with pytest.raises(FormRefused) as refused:
        warn(table, lot, reason="  ")

    assert list(refused.value.problems) == [Field.RISK_REASON]


def test_the_rest_of_a_part_stays_open_under_the_first_day(table: Table, lot: Commitment) -> None:
    table.do(
        negotiation.report_outcome,
        table.people.jonas,
        lot.id,
        Outcome.IN_PART,
        quantity=Decimal(30),
        rest_date=NEXT_FRIDAY,
    )

    part, rest = table.commitments(lot.request_id)
    assert (part.outcome, part.actual_quantity) == (Outcome.IN_PART, Decimal(30))
    assert (rest.quantity, rest.original_ship_date, rest.committed_ship_date, rest.balance_of) == (
        Decimal(70),
        FRIDAY,
        NEXT_FRIDAY,
        lot.id,
    )
    assert table.request(lot.request_id).status is Status.AGREED
    assert table.clock(lot.request_id).commitment_id == rest.id


@pytest.mark.parametrize(
    ("outcome", "status"), [(Outcome.IN_FULL, Status.FULFILLED), (Outcome.MISSED, Status.PARTLY_FULFILLED)]
)
def test_a_part_is_judged_by_what_became_of_its_rest(
    table: Table, lot: Commitment, outcome: Outcome, status: Status
) -> None:
    facts = {"quantity": Decimal(30), "rest_date": NEXT_FRIDAY}
    table.do(negotiation.report_outcome, table.people.jonas, lot.id, Outcome.IN_PART, **facts)
    rest = table.commitments(lot.request_id)[1]
    table.at += 10 * DAY

    table.do(negotiation.report_outcome, table.people.jonas, rest.id, outcome)

    assert table.request(lot.request_id).status is status


@pytest.mark.parametrize("outcome", [Outcome.IN_FULL, Outcome.MISSED])
def test_only_a_part_leaves_a_rest(table: Table, lot: Commitment, outcome: Outcome) -> None:
    with pytest.raises(FormRefused) as refused:
        table.do(negotiation.report_outcome, table.people.jonas, lot.id, outcome, rest_date=NEXT_FRIDAY)

    assert list(refused.value.problems) == [Field.REST_DATE]


def test_a_customer_who_cancels_ends_it_as_cancelled(table: Table, lot: Commitment) -> None:
    table.do(negotiation.withdraw, table.people.mara, lot.request_id, because=EndedBecause.CUSTOMER_CANCELLED)

    request = table.request(lot.request_id)
    assert (request.status, request.ended_because) == (Status.CANCELLED, EndedBecause.CUSTOMER_CANCELLED)
    assert now(table, lot).outcome is Outcome.CANCELLED
    assert table.clocks(lot.request_id) == []


def test_a_need_that_went_away_is_withdrawn_and_says_so(table: Table, lot: Commitment) -> None:
    table.do(negotiation.withdraw, table.people.mara, lot.request_id, because=EndedBecause.EVAPORATED)

    request = table.request(lot.request_id)
    assert (request.status, request.ended_because) == (Status.WITHDRAWN, EndedBecause.EVAPORATED)
