"""From answers as typed to an ask: what is read, what is refused where, and what is shown before sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from bot.database import Database
from bot.services import asking, drafts, inbox, negotiation
from models import Draft, Receipt
from models.ask import Ask, AskedLine, CausedBy, CustomerAsked, Fee, PartialAcceptance, ReasonCode, Told
from models.errors import DraftGone, Field, FormRefused, NotSetUp
from tests.builders import DAY, FRIDAY, HOUR, NOON, an_ask, furnish
from tests.negotiating import Table

TODAY = NOON.date()
GOOD = {
    "customer": "Acme",
    "item": "BRK-2040",
    "quantity": "100 pcs",
    "needed_ship_date": "2026-11-27",
    "reason_code": "line_down",
}

ASKED_ABOUT: dict[Field, dict[str, Any]] = {
    Field.SMALLEST_USEFUL_QUANTITY: {"partial_acceptance": "balance_later"},
    Field.TOLD_QUANTITY: {"told": "firm_date", "told_date": "2026-11-27"},
    Field.TOLD_DATE: {"told": "soft_date"},
}
"""The answers on which a conditional question depends."""
TWO_LINES = {**GOOD, "lines": 2, "item_2": "SEAL-7", "quantity_2": "40 m"}


@pytest.fixture
def table(sqlite_url: str) -> Iterator[Table]:
    database = Database(sqlite_url)
    yield Table(database, database.run_now(furnish))
    database.close()


def test_answers_become_an_ask() -> None:
    assert asking.ask_from(GOOD) == an_ask()
    assert asking.problems_in(GOOD, today=TODAY) == {}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (Field.QUANTITY, "0"),
        (Field.QUANTITY, "-1"),
        (Field.QUANTITY, "ten"),
        (Field.QUANTITY, "1e12"),
        (Field.QUANTITY, "999999999999"),
        (Field.QUANTITY, "<!channel>"),
        (Field.QUANTITY, ""),
        (Field.NEEDED_SHIP_DATE, ""),
        (Field.NEEDED_SHIP_DATE, "tomorrow"),
        (Field.NEEDED_SHIP_DATE, "2026-02-30"),
        (Field.REASON_CODE, ""),
        (Field.REASON_CODE, "because"),
        (Field.SMALLEST_USEFUL_QUANTITY, "few"),
        (Field.LATEST_ACCEPTABLE_DATE, "later"),
        (Field.PROMISE_DATE, "soon"),
        (Field.TOLD_QUANTITY, "0"),
        (Field.TOLD, "everything"),
        (Field.VALUE_AT_STAKE, "a lot"),
        (Field.VALUE_AT_STAKE, "-5"),
        (Field.VALUE_AT_STAKE, "NaN"),
        (Field.FEE, "maybe"),
        (Field.CAUSED_BY, "them"),
        (Field.TOLD_DATE, "soon"),
        (Field.CUSTOMER_ASKED, "perhaps"),
        (Field.LINKS, "drawing.pdf"),
        (Field.LINKS, "javascript:alert(1)"),
        (Field.LINKS, "https://user:secret@example.com/x"),
        (Field.LINKS, "https://example.com/a|b"),
        (Field.LINKS, " ".join(f"https://example.com/{n}" for n in range(6))),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(field: Field, typed: str) -> None:
    answers = {**GOOD, **ASKED_ABOUT.get(field, {}), field: typed}
    with pytest.raises(FormRefused) as refused:
        asking.ask_from(answers)
    assert set(refused.value.problems) == {field}
    assert set(asking.problems_in(answers, today=TODAY)) == {field}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (Field.NEEDED_SHIP_DATE, "2026-11-23"),
        (Field.LATEST_ACCEPTABLE_DATE, "2026-11-26"),
        (Field.SMALLEST_USEFUL_QUANTITY, "100"),
        (Field.CUSTOMER, " "),
        (Field.EXPECTATION, "x" * 3000),
        (Field.TOLD, "firm_date"),
    ],
)
def test_what_can_be_read_but_cannot_be_is_refused_too(field: Field, typed: str) -> None:
    shown_at = Field.TOLD_DATE if field is Field.TOLD else field
    assert set(asking.problems_in({**GOOD, **ASKED_ABOUT.get(field, {}), field: typed}, today=TODAY)) == {shown_at}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *[("quantity_2", typed) for typed in ("", "0", "-1", "ten", "1e12", "999999999999", "<!channel>")],
        *[("item_2", typed) for typed in (" ", "x" * 200)],
        *[("needed_ship_date_2", typed) for typed in ("2026-11-02", "tomorrow", "2036-01-01")],
        ("line_number_2", "1" * 30),
    ],
)
def test_a_wrong_answer_about_a_further_line_is_told_at_that_line(field: str, typed: str) -> None:
    assert set(asking.problems_in({**TWO_LINES, field: typed}, today=TODAY)) == {field}


def test_a_line_without_a_day_of_its_own_is_needed_with_the_first() -> None:
    second = AskedLine(item="SEAL-7", quantity=Decimal(40), unit="m", needed_ship_date=FRIDAY)
    assert asking.ask_from(TWO_LINES) == an_ask(more_lines=(second,))


@pytest.mark.parametrize("lines", ["many", -3, 0, None, 1])
def test_a_count_of_lines_that_is_none_means_one(lines: Any) -> None:
    assert asking.ask_from({**TWO_LINES, "lines": lines}) == an_ask()


def test_what_was_typed_under_a_question_that_is_asked_no_more_does_not_count() -> None:
    typed = {"smallest_useful_quantity": "few", "told_date": "soon", "told_quantity": "some"}
    assert asking.ask_from({**GOOD, **typed}) == an_ask()


def test_every_wrong_answer_is_told_at_once() -> None:
    wrong = {"quantity": "ten", "value_at_stake": "much", "smallest_useful_quantity": "1"}
    assert set(asking.problems_in(wrong, today=TODAY)) == {
        Field.CUSTOMER,
        Field.ITEM,
        Field.QUANTITY,
        Field.NEEDED_SHIP_DATE,
        Field.REASON_CODE,
        Field.VALUE_AT_STAKE,
    }


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("$12,500.00", 12500), ("12 500", 12500), ("€9.999", Decimal("10.00")), ("0", 0), ("", None), (None, None)],
)
def test_money_is_read_as_people_write_it(typed: Any, amount: Any) -> None:
    assert asking.money(typed, Field.EXTRA_COST) == amount


def test_money_that_is_none_is_refused_at_its_field() -> None:
    with pytest.raises(FormRefused) as refused:
        asking.money("1e400", Field.EXTRA_COST)
    assert set(refused.value.problems) == {Field.EXTRA_COST}


QUANTITIES = st.integers(1, 9_999_999).map(Decimal) | st.decimals("0.001", "9999", places=3)
DAYS = st.dates(date(2026, 11, 24), date(2028, 1, 1))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20)
LINKS = st.integers(1, 99).map("https://example.com/{}".format)

LINES = st.builds(
    AskedLine,
    item=WORDS,
    quantity=QUANTITIES,
    unit=st.sampled_from(["pcs", "kg"]),
    needed_ship_date=DAYS,
    line_number=WORDS,
)


@given(
    st.builds(
        Ask,
        customer=WORDS,
        item=WORDS,
        quantity=QUANTITIES,
        unit=st.sampled_from(["pcs", "kg", "boxes"]),
        needed_ship_date=DAYS,
        reason_code=st.sampled_from(ReasonCode),
        order_number=WORDS,
        line_number=WORDS,
        promise_date=st.none() | DAYS,
        partial_acceptance=st.sampled_from(PartialAcceptance),
        smallest_useful_quantity=st.none() | QUANTITIES,
        latest_acceptable_date=st.none() | DAYS,
        substitute_allowed=st.booleans(),
        other_site_allowed=st.booleans(),
        expectation=WORDS,
        told=st.sampled_from(Told),
        told_date=st.none() | DAYS,
        told_quantity=st.none() | QUANTITIES,
        caused_by=st.none() | st.sampled_from(CausedBy),
        value_at_stake=st.none() | st.decimals(0, 10**9, places=2),
        fee=st.sampled_from(Fee),
        customer_asked=st.none() | st.sampled_from(CustomerAsked),
        links=st.lists(st.integers(1, 99).map(lambda n: f"https://example.com/{n}"), max_size=5, unique=True).map(
            tuple
        ),
        more_lines=st.lists(LINES, max_size=4).map(tuple),
    )
)
def test_an_ask_comes_back_from_its_own_answers(ask: Ask) -> None:
    """But for what is not asked: how small a part may be where none helps, what was told where nothing was."""
    if ask.told is Told.NOTHING:
        ask = replace(ask, told_date=None, told_quantity=None)
    if ask.partial_acceptance is PartialAcceptance.SHIP_COMPLETE:
        ask = replace(ask, smallest_useful_quantity=None)
    assert asking.ask_from(asking.answers_from(ask)) == ask


def test_the_meter_tells_how_busy_the_desk_is_and_when_it_works(table: Table) -> None:
    def meter(at: Any = NOON) -> Any:
        return table.database.run_now(asking.meter, table.people.tenant_id, None, at)

    assert (meter().hot_open, meter().hot_cap, meter().usual_answer_secs) == (0, 8, None)
    assert (meter().is_open, meter().closes) == (True, NOON + 4 * HOUR)
    assert meter(NOON + 9 * HOUR).next_open == NOON.replace(day=25, hour=6)
    assert (meter(NOON + 9 * HOUR).is_open, meter(NOON + 9 * HOUR).closes) == (False, None)
    for minutes in (10, 20, 30, 40, 50):
        table.at = NOON
        request_id = table.asked()
        table.at += timedelta(minutes=minutes)
        table.do(negotiation.commit_as_asked, table.people.jonas, request_id)
    assert (meter().hot_open, meter().usual_answer_secs) == (5, 30 * 60)


def test_a_workspace_without_a_desk_is_told_so(table: Table) -> None:
    with pytest.raises(NotSetUp):
        table.database.run_now(asking.meter, 999, None, NOON)


def test_the_same_order_already_open_is_shown_before_sending(table: Table) -> None:
    def same(**facts: Any) -> list[str]:
        found = table.database.run_now(asking.same_order_open, table.people.tobias, an_ask(**facts))
        return [request.label for request in found]

    table.asked(order_number="SO-4711", line_number="10")
    closed = table.asked(order_number="SO-4711", line_number="10")
    table.do(negotiation.withdraw, table.people.mara, closed)
    assert same(order_number=" so-4711", line_number="10") == ["EXP-1"]
    assert same(order_number="SO-4711", line_number="20") == []
    assert same(customer="ACME") == ["EXP-1"]
    assert same(customer="Other") == []


def test_the_same_item_open_for_somebody_else_is_shown_too(table: Table) -> None:
    second = AskedLine(item="seal-7", quantity=Decimal(40), unit="m", needed_ship_date=FRIDAY)

    def same(known: set[int], **facts: Any) -> list[str]:
        ask = an_ask(**facts)
        found = table.database.run_now(asking.same_item_open, table.people.tobias, ask, known=known)
        return [request.label for request in found]

    first = table.asked(customer="Northwind", more_lines=(second,))
    table.do(negotiation.withdraw, table.people.mara, table.asked())
    assert same(set(), item=" brk-2040") == ["EXP-1"]
    assert same(set(), item="SEAL-7") == ["EXP-1"]
    assert same(set(), item="Other", more_lines=(second,)) == ["EXP-1"]
    assert same({first}, item="BRK-2040") == []
    assert same(set(), item="Other") == []


def test_a_draft_keeps_every_answer_between_the_steps(table: Table) -> None:
    mara = table.people.mara
    draft = table.do(drafts.start, mara, {Field.CUSTOMER: "Acme"}, how=None)
    table.at += HOUR
    table.do(drafts.save, mara, draft.id, {"item": "BRK", "substitution": ["substitute"]}, how=None)
    kept = table.database.run_now(drafts.latest, mara)
    assert kept.answers == {"customer": "Acme", "item": "BRK", "substitution": ["substitute"]}
    with pytest.raises(DraftGone):
        table.database.run_now(drafts.get, table.people.tobias, draft.id)


def test_a_draft_that_was_sent_is_gone_but_for_sending_it_again(table: Table) -> None:
    mara = table.people.mara
    draft = table.do(drafts.start, mara, GOOD, how=None)
    table.do(negotiation.submit, mara, asking.ask_from(draft.answers), draft_id=draft.id)
    assert table.database.run_now(drafts.latest, mara) is None
    with pytest.raises(DraftGone):
        table.do(drafts.save, mara, draft.id, {}, how=None)
    with pytest.raises(DraftGone):
        table.database.run_now(drafts.get, mara, draft.id)
    assert table.database.run_now(drafts.get, mara, draft.id, is_sent_fine=True).request_id == 1


def test_old_receipts_and_drafts_are_forgotten(table: Table) -> None:
    tenant_id = table.people.tenant_id
    table.do(drafts.start, table.people.mara, GOOD, how=None)
    table.database.run_now(inbox.is_new, tenant_id, "old", NOON)
    table.database.run_now(inbox.is_new, tenant_id, "new", NOON + 31 * DAY)
    table.database.run_now(inbox.forget_old, NOON + 31 * DAY)
    counts = [
        table.database.run_now(lambda session, kind=kind: session.scalar(sa.select(sa.func.count()).select_from(kind)))
        for kind in (Receipt, Draft)
    ]
    assert counts == [1, 0]


def test_what_is_shown_before_asking_does_not_cost_more_with_every_request_ever_made(table: Table) -> None:
    """Both stand between a command and its form: they look into an index, not through the history."""
    plans: list[str] = []

    def heard(connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT") and "FROM expedite_requests" in statement:
            plan = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            plans.append(" | ".join(str(row[-1]) for row in plan))

    table.asked()
    event.listen(table.database.engine, "before_cursor_execute", heard)
    table.database.run_now(asking.meter, table.people.tenant_id, None, NOON)
    table.database.run_now(asking.same_order_open, table.people.mara, an_ask())

    _open, usual, same = plans
    assert "ix_expedite_requests_tenant_id_asked_at" in usual
    assert "TEMP B-TREE" not in usual, "walked in order, so it can be left early"
    assert "ix_expedite_requests_desk_id_status" in same
