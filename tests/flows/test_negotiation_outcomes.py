"""What became of the committed lots, and how the last report closes the request."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.database import Database
from bot.services import negotiation
from models.commitment import Outcome
from models.errors import Field, FormRefused, MoveNotAllowed, RequestUnknown
from models.lifecycle import Move, Status
from models.outbox import Notice
from tests.builders import DAY, FRIDAY, NEXT_FRIDAY, Workspace
from tests.negotiating import Table


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def report(table: Table, commitment_id: int, outcome: Outcome, **facts: Any) -> None:
    table.do(negotiation.report_outcome, table.people.jonas, commitment_id, outcome, **facts)


@pytest.mark.parametrize(
    ("outcome", "facts", "status"),
    [
        (Outcome.IN_FULL, {}, Status.FULFILLED),
        (Outcome.LATE, {"ship_date": FRIDAY + timedelta(days=1)}, Status.FULFILLED),
        (Outcome.IN_PART, {"quantity": Decimal(30)}, Status.PARTLY_FULFILLED),
        (Outcome.MISSED, {}, Status.MISSED),
    ],
)
def test_the_last_report_closes_the_request(
    table: Table, outcome: Outcome, facts: dict[str, Any], status: Status
) -> None:
    request_id = table.agreed()
    (lot,) = table.commitments(request_id)
    table.at += 5 * DAY
    report(table, lot.id, outcome, **facts)
    request = table.request(request_id)
    assert (request.status, request.closed_at) == (status, table.at)
    assert not table.clocks(request_id)
    assert len(table.messages(request_id, Notice.CLOSED)) == 1


def test_a_report_of_one_lot_leaves_the_others_open(table: Table) -> None:
    request_id = table.agreed_in_lots()
    first, second = table.commitments(request_id)
    report(table, first.id, Outcome.IN_FULL)
    assert table.request(request_id).status is Status.AGREED
    assert table.clock(request_id).commitment_id == second.id
    assert table.story(request_id)[-1].move is Move.REPORT_OUTCOME
    report(table, second.id, Outcome.MISSED)
    assert table.request(request_id).status is Status.PARTLY_FULFILLED


def test_withdrawing_the_rest_keeps_what_was_reported(table: Table) -> None:
    request_id = table.agreed_in_lots()
    first, _ = table.commitments(request_id)
    report(table, first.id, Outcome.IN_FULL)
    table.do(negotiation.withdraw, table.people.mara, request_id)
    assert [lot.outcome for lot in table.commitments(request_id)] == [Outcome.IN_FULL, Outcome.CANCELLED]


def test_what_shipped_is_kept_as_reported(table: Table) -> None:
    (lot,) = table.commitments(table.agreed())
    report(table, lot.id, Outcome.IN_PART, quantity=Decimal("30.5"))
    (kept,) = table.commitments(lot.request_id)
    assert (kept.actual_quantity, kept.actual_ship_date) == (Decimal("30.5"), table.at.date())
    assert (kept.reported_by, kept.original_ship_date) == (table.people.jonas.slack_id, FRIDAY)


@pytest.mark.parametrize(
    ("outcome", "facts", "field"),
    [
        (Outcome.IN_PART, {}, Field.ACTUAL_QUANTITY),
        (Outcome.IN_PART, {"quantity": Decimal(0)}, Field.ACTUAL_QUANTITY),
        (Outcome.IN_PART, {"quantity": Decimal(100)}, Field.ACTUAL_QUANTITY),
        (Outcome.LATE, {}, Field.ACTUAL_SHIP_DATE),
        (Outcome.LATE, {"ship_date": FRIDAY}, Field.ACTUAL_SHIP_DATE),
        (Outcome.LATE, {"ship_date": NEXT_FRIDAY}, Field.ACTUAL_SHIP_DATE),
        (Outcome.IN_FULL, {"ship_date": FRIDAY}, Field.ACTUAL_SHIP_DATE),
        (Outcome.OPEN, {}, Field.OUTCOME),
        (Outcome.CANCELLED, {}, Field.OUTCOME),
    ],
)
def test_a_report_that_cannot_be_is_refused_at_its_field(
    table: Table, outcome: Outcome, facts: dict[str, Any], field: Field
) -> None:
    (lot,) = table.commitments(table.agreed())
    with pytest.raises(FormRefused) as refused:
        report(table, lot.id, outcome, **facts)
    assert set(refused.value.problems) == {field}


def test_a_lot_is_reported_once(table: Table) -> None:
    request_id = table.agreed_in_lots()
    first, _ = table.commitments(request_id)
    report(table, first.id, Outcome.IN_FULL)
    with pytest.raises(MoveNotAllowed, match="You reported what shipped"):
        report(table, first.id, Outcome.MISSED)


def test_an_unknown_lot_is_a_sentence(table: Table) -> None:
    with pytest.raises(RequestUnknown):
        report(table, 4711, Outcome.IN_FULL)


@pytest.mark.parametrize(
    ("outcome", "facts"), [(Outcome.IN_PART, {"quantity": Decimal(30)}), (Outcome.MISSED, {}), (Outcome.LATE, {})]
)
def test_sales_hears_at_once_what_did_not_ship_as_committed(
    table: Table, outcome: Outcome, facts: dict[str, Any]
) -> None:
    """Their customer was told; while other lots are open nothing else would say so."""
    request_id = table.agreed_in_lots()
    first, second = table.commitments(request_id)
    table.at += 5 * DAY
    late = {"ship_date": FRIDAY + timedelta(days=1)} if outcome is Outcome.LATE else {}
    report(table, first.id, outcome, **facts, **late)
    (told,) = table.messages(request_id, Notice.SHORTFALL)
    entry = table.story(request_id)[-1]
    assert (told.channel, told.key) == (table.people.mara.slack_id, f"shortfall:{entry.id}")
    assert told.facts == {"entry": entry.id, "commitment": first.id}
    report(table, second.id, Outcome.MISSED)
    assert len(table.messages(request_id, Notice.SHORTFALL)) == 1, (
        "the last report closes the request, and that is told"
    )
    assert len(table.messages(request_id, Notice.CLOSED)) == 1


def test_a_lot_in_full_and_on_time_is_no_news(table: Table) -> None:
    first, _ = table.commitments(table.agreed_in_lots())
    report(table, first.id, Outcome.IN_FULL)
    assert not table.messages(first.request_id, Notice.SHORTFALL)
