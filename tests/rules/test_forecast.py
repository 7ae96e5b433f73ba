"""What is handed over to the joint forecast: what comes back as an emergency, how far behind, and who orders late."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from models.ask import AskedLine, CausedBy, ReasonCode, RequestKind
from models.commitment import Outcome
from models.forecast import Forecast, forecast_of, lead_time_gap, lines_of
from models.scorecards import Period
from tests.builders import DAY, FRIDAY, NOON, ZONE
from tests.score_rows import a_lot, a_row

MONTH = Period.month_of(FRIDAY, ZONE)


def asked(number: int, **facts: Any) -> Any:
    return a_row(id=number, number=number, **facts)


def test_what_is_asked_for_once_does_not_come_back() -> None:
    found = forecast_of([asked(1), asked(2, customer="Wingtip", item="VLV-88")], MONTH)

    assert found.is_empty


def test_an_item_comes_back_with_its_customers_and_quantities_by_unit() -> None:
    rows = [asked(1), asked(2, customer="Wingtip", unit="boxes", quantity=Decimal(4)), asked(3, item="brk-2040 ")]
    (item,) = forecast_of(rows, MONTH).items

    assert (item.name, item.requests, item.partners) == ("brk-2040 ", 3, ("Acme", "Wingtip"))
    assert item.quantities == (("pcs", Decimal(200)), ("boxes", Decimal(4)))


def test_the_lead_time_gap_ends_when_all_of_it_is_committed_or_shipped() -> None:
    later = FRIDAY + timedelta(days=10)
    half, rest = a_lot(quantity=Decimal(60)), a_lot(id=2, quantity=Decimal(40), committed_ship_date=later)

    assert gap(half, rest._replace(outcome=Outcome.OPEN)) == 10
    assert gap(half, rest._replace(outcome=Outcome.MISSED)) is None
    assert gap(a_lot()) == 0
    assert gap(a_lot(actual_ship_date=FRIDAY - timedelta(days=2))) == 0


def gap(*lots: Any) -> int | None:
    (line,) = lines_of(a_row(lots=lots))
    return lead_time_gap(line)


def test_each_line_of_a_request_is_a_demand_of_its_own_item_and_one_request_of_its_customer() -> None:
    second = AskedLine(item="VLV-88", quantity=Decimal(7), unit="pcs", needed_ship_date=FRIDAY - timedelta(days=1))
    rows = [asked(n, more_lines=(second,), lots=(a_lot(), a_lot(line=2, quantity=Decimal(7)))) for n in (1, 2)]
    found = forecast_of(rows, MONTH)

    assert [(one.name, one.requests, one.quantities) for one in found.items] == [
        ("VLV-88", 2, (("pcs", Decimal(14)),)),
        ("BRK-2040", 2, (("pcs", Decimal(200)),)),
    ]
    assert [one.gap_days for one in found.items] == [1, 0]
    (customer,) = found.customers
    assert (customer.requests, customer.lines, customer.covered, customer.uncovered) == (2, 4, 4, 0)


def test_a_question_before_a_promise_is_no_demand() -> None:
    assert forecast_of([asked(n, kind=RequestKind.INQUIRY) for n in (1, 2)], MONTH).is_empty


def test_a_request_without_a_full_commitment_is_uncovered_and_moves_no_median() -> None:
    (item,) = forecast_of([asked(1), asked(2, lots=())], MONTH).items

    assert (item.gap_days, item.covered, item.uncovered) == (0, 1, 1)


def test_a_customer_orders_late_when_two_requests_are_their_doing() -> None:
    rows = [
        asked(1, caused_by=CausedBy.CUSTOMER),
        asked(2, reason_code=ReasonCode.CUSTOMER_ORDERED_LATE, needed_ship_date=FRIDAY + timedelta(days=4)),
        asked(3, caused_by=CausedBy.US),
    ]
    (late,) = forecast_of(rows, MONTH).late

    assert (late.requests, late.notice_days, late.partners) == (2, 3, ("BRK-2040",))
    assert forecast_of(rows[1:], MONTH).late == ()


def test_what_was_asked_before_the_period_is_left_out_and_storing_changes_nothing() -> None:
    found = forecast_of([asked(1), asked(2), asked(3, asked_at=NOON - 40 * DAY)], MONTH)

    assert [item.requests for item in found.items] == [2]
    assert Forecast.from_json(found.to_json()) == found
