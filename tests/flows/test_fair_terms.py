"""What a request is measured by: frozen when it is asked, each side in its own working hours, by how pressing it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.database import Database
from bot.services import filling, negotiation
from models.ask import ReasonCode
from models.lifecycle import How
from models.service_level import ClockKind, ServiceLevels, UrgencyClass
from tests.builders import DAY, HOUR, NEXT_FRIDAY, NOON, Workspace, give_sales_hours, set_levels
from tests.negotiating import Table, later

CHICAGO = "America/Chicago"


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def test_a_request_keeps_sales_hours_and_the_zone_of_its_requester(table: Table) -> None:
    sales = table.database.run_now(give_sales_hours)
    mara = replace(table.people.mara, zone=CHICAGO)
    table.people = replace(table.people, mara=mara)
    request = table.request(table.asked())
    assert (request.sales_calendar_id, request.requester_zone) == (sales, CHICAGO)


def test_a_zone_nobody_knows_is_not_frozen(table: Table) -> None:
    table.people = replace(table.people, mara=replace(table.people.mara, zone="UTC", is_zone_known=False))
    assert table.request(table.asked()).requester_zone == ""


def test_a_question_is_answered_in_the_hours_of_the_requester(table: Table) -> None:
    """13:00 in Berlin is 06:00 in Chicago: four hours of work end at noon there, three hours after the desk closed."""
    table.database.run_now(give_sales_hours)
    table.people = replace(table.people, mara=replace(table.people.mara, zone=CHICAGO))
    request_id = table.asked()
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which?")
    clock = table.clock(request_id)
    assert (clock.kind, clock.deadline_at) == (ClockKind.INFORMATION, NOON.replace(hour=18))


def test_an_offer_holds_for_a_decision_in_the_hours_of_the_requester(table: Table) -> None:
    table.database.run_now(give_sales_hours)
    table.people = replace(table.people, mara=replace(table.people.mara, zone=CHICAGO))
    request_id = table.offered(later())
    (offer,) = table.offers(request_id)
    assert offer.valid_until == table.clock(request_id).deadline_at == NOON.replace(hour=18)


def test_without_hours_of_their_own_sales_is_measured_by_the_desks(table: Table) -> None:
    table.people = replace(table.people, mara=replace(table.people.mara, zone=CHICAGO))
    assert table.clock(table.offered(later())).deadline_at == NOON + 4 * HOUR


@pytest.mark.parametrize(
    ("facts", "urgency", "first_response"),
    [
        ({"reason_code": ReasonCode.LINE_DOWN}, UrgencyClass.CRITICAL, HOUR / 4),
        ({"reason_code": ReasonCode.PENALTY}, UrgencyClass.HIGH, HOUR / 2),
        ({"reason_code": ReasonCode.OTHER}, UrgencyClass.STANDARD, HOUR),
    ],
)
def test_what_presses_more_is_owed_sooner(
    table: Table, facts: dict[str, ReasonCode], urgency: UrgencyClass, first_response: object
) -> None:
    table.database.run_now(set_levels, ServiceLevels.usual())
    request_id = table.asked(needed_ship_date=NEXT_FRIDAY, **facts)
    assert table.request(request_id).urgency is urgency
    assert table.clock(request_id).deadline_at == NOON + first_response  # type: ignore[operator]


def test_the_reasons_are_kept_and_a_rule_that_changes_later_changes_nothing(table: Table) -> None:
    request_id = table.asked(value_at_stake=Decimal(200_000), reason_code=ReasonCode.OTHER)
    rules = {"by_reason": {}, "critical_within_days": 9, "high_within_days": 9, "critical_above": None}
    levels = replace(ServiceLevels.usual(), urgency_rules={**rules, "high_above": None})
    table.database.run_now(set_levels, levels)
    assert table.request(request_id).urgency_reasons == ["worth_more:100000"]
    later_on = table.request(table.asked(reason_code=ReasonCode.OTHER))
    assert (later_on.urgency, later_on.urgency_reasons) == (UrgencyClass.CRITICAL, ["within_days:9"])


def test_the_review_says_how_pressing_it_will_be(table: Table) -> None:
    answers = {
        "customer": "Acme",
        "item": "BRK-2040",
        "quantity": "5",
        "needed_ship_date": date(2026, 12, 11).isoformat(),
        "reason_code": "penalty",
    }
    draft = table.do(filling.begin_with, table.people.mara, answers, how=None).draft_id
    said = table.do(filling.review, table.people.mara, draft, how=None)
    sent = table.do(filling.send, table.people.mara, draft, how=How.FORM)
    assert said.urgency.reasons == tuple(sent.urgency_reasons) == ("reason:penalty",)


def test_a_day_later_the_same_terms_hold(table: Table) -> None:
    """A request that was asked before Sales had hours keeps being measured without them."""
    request_id = table.asked()
    table.at = NOON + DAY
    table.database.run_now(give_sales_hours, "Mon-Fri 15:00-16:00")
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which?")
    assert table.clock(request_id).deadline_at == datetime(2026, 11, 25, 16, tzinfo=UTC)
