"""Asking for the alternative instead: what Ops named stands in the form, the rest stays as it was."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.database import Database
from bot.services import asking, filling, negotiation
from models.ask import PartialAcceptance
from tests.builders import DAY, FRIDAY, NOON, Workspace, an_ask
from tests.negotiating import Table

MONDAY = date(2026, 11, 30)


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def answers_after(table: Table, alternative: str, **asked: Any) -> dict[str, Any]:
    """What the form begins with after a decline that names this, opened some days later."""
    request_id = table.asked(**asked)
    facts = {"no_alternative": True} if not alternative else {}
    table.do(negotiation.decline, table.people.jonas, request_id, "No steel", alternative, **facts)
    table.at += 2 * DAY
    answers: dict[str, Any] = table.do(filling.again, table.people.mara, request_id, how=None).answers
    return answers


@pytest.mark.parametrize(
    ("alternative", "changed"),
    [
        ("15 pcs on Mon 30 Nov", {"quantity": "15 pcs", "needed_ship_date": MONDAY.isoformat()}),
        ("We can do 15 by then", {}),
        ("SUB-9 instead, all of it", {"item": "SUB-9"}),
        ("60 kg BRK-2041", {"quantity": "60 kg", "item": "BRK-2041"}),
        ("15 pcs of the older type", {"quantity": "15 pcs"}),
        ("Ship from another site", {}),
    ],
)
def test_what_the_alternative_says_stands_in_the_form(table: Table, alternative: str, changed: dict[str, Any]) -> None:
    kept = f"Alternative named by Ops on EXP-1: {alternative}"
    assert answers_after(table, alternative) == {**asking.answers_from(an_ask()), "expectation": kept, **changed}


def test_a_weekday_is_the_one_that_ops_meant(table: Table) -> None:
    """Not the one after the day on which Sales reads it."""
    assert answers_after(table, "100 pcs tomorrow")["needed_ship_date"] == (NOON + DAY).date().isoformat()


def test_limits_that_no_longer_fit_are_left_out(table: Table) -> None:
    limits = {
        "partial_acceptance": PartialAcceptance.BALANCE_LATER,
        "smallest_useful_quantity": Decimal(40),
        "latest_acceptable_date": FRIDAY + timedelta(days=1),
        "promise_date": FRIDAY,
    }
    answers = answers_after(table, "15 pcs on Mon 30 Nov", **limits)
    assert not {"smallest_useful_quantity", "latest_acceptable_date", "promise_date"} & set(answers)
    assert asking.problems_in(answers, today=NOON.date()) == {}


def test_without_an_alternative_the_form_begins_with_the_old_answers(table: Table) -> None:
    assert answers_after(table, "") == asking.answers_from(an_ask())


def test_a_long_alternative_still_fits_its_question(table: Table) -> None:
    answers = answers_after(table, "x" * 1500)
    assert asking.problems_in(answers, today=NOON.date()) == {}
