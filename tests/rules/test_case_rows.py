"""A request is a case of the period in which it was asked or closed, and of no other."""

from __future__ import annotations

from datetime import date, timedelta

from models.ask import Told
from models.case_rows import case_facts, cases_of
from models.cases import CaseKind
from models.commitment import Outcome
from models.kept import Ending
from models.lifecycle import Status
from models.scorecards import Period
from tests.builders import DAY, FRIDAY, NOON, ZONE
from tests.score_rows import a_lot, a_row

WEEK = Period.week_of(date(2026, 11, 24), ZONE)
LATER = Period.week_of(date(2026, 12, 8), ZONE)
LATE = FRIDAY + timedelta(days=3)


def test_a_kept_request_is_a_save_of_the_period_in_which_it_closed() -> None:
    assert [case.kind for case in cases_of([a_row()], WEEK)] == [CaseKind.BEST_SAVE]
    assert cases_of([a_row()], LATER) == []


def test_what_was_told_beyond_what_is_committed_is_a_gap_of_the_period_in_which_it_was_asked() -> None:
    told = a_row(told=Told.FIRM_DATE, told_date=FRIDAY, lots=(a_lot(committed_ship_date=LATE),), closed_at=None)
    told = told._replace(status=Status.AGREED, lots=(a_lot(committed_ship_date=LATE, outcome=Outcome.OPEN),))
    (gap,) = cases_of([told], WEEK)

    assert (gap.kind, gap.amount) == (CaseKind.WORST_GAP, 3)
    assert cases_of([told], LATER) == []


def test_a_late_shipment_is_so_many_days_late() -> None:
    late = a_row(lots=(a_lot(outcome=Outcome.LATE, actual_ship_date=LATE),))
    facts = case_facts(late, WEEK)

    assert (facts.ending, facts.days_late) == (Ending.LATE, 3)


def test_a_wait_beyond_its_target_is_a_case_while_nobody_has_answered() -> None:
    waiting = a_row(status=Status.ASKED, lots=(), first_responded_at=None, closed_at=None, waited_secs=7201)
    (wait,) = cases_of([waiting], WEEK)

    assert (wait.kind, wait.amount) == (CaseKind.LONGEST_WAIT, 7201)


def test_only_requests_asked_in_the_period_make_a_repeat_customer() -> None:
    before = a_row(id=2, number=2, asked_at=NOON - 14 * DAY)

    assert cases_of([a_row(), before], WEEK, [CaseKind.REPEAT_CUSTOMER]) == []
    again = a_row(id=3, number=3, customer="ACME ")
    assert [case.numbers for case in cases_of([a_row(), again], WEEK, [CaseKind.REPEAT_CUSTOMER])] == [(1, 3)]
