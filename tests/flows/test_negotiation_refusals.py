"""What is refused, and with which sentence: wrong input, wrong person, too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.database import Database
from bot.services import acting, drafts, negotiation
from bot.services.acting import Caller
from models import ExpediteRequest, Receipt
from models.ask import PartialAcceptance
from models.errors import (
    DraftGone,
    ExpediteError,
    Field,
    FormRefused,
    MoveNotAllowed,
    NotSetUp,
    NotYours,
    OfferLapsed,
    RequestUnknown,
)
from models.lifecycle import How, Move, Status
from models.offer import Proposal
from tests.builders import DAY, FRIDAY, HOUR, MARA, NEXT_FRIDAY, NOON, TEAM, an_ask, furnish
from tests.negotiating import Table, a_part, instead, later, staged

LONG = "x" * 3000


@pytest.fixture
def table(sqlite_url: str) -> Iterator[Table]:
    database = Database(sqlite_url)
    yield Table(database, database.run_now(furnish))
    database.close()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"quantity": Decimal(0)}, Field.QUANTITY),
        ({"quantity": Decimal(-1)}, Field.QUANTITY),
        ({"quantity": Decimal("1e12")}, Field.QUANTITY),
        ({"needed_ship_date": NOON.date() - timedelta(days=1)}, Field.NEEDED_SHIP_DATE),
        ({"needed_ship_date": date(9999, 12, 31)}, Field.NEEDED_SHIP_DATE),
        ({"latest_acceptable_date": FRIDAY - timedelta(days=1)}, Field.LATEST_ACCEPTABLE_DATE),
        (
            {"partial_acceptance": PartialAcceptance.BALANCE_LATER, "smallest_useful_quantity": Decimal(101)},
            Field.SMALLEST_USEFUL_QUANTITY,
        ),
        ({"expectation": LONG}, Field.EXPECTATION),
        ({"customer": LONG}, Field.CUSTOMER),
        ({"customer": "   "}, Field.CUSTOMER),
        ({"item": ""}, Field.ITEM),
    ],
)
def test_an_ask_that_cannot_be_is_refused_at_its_field(table: Table, facts: dict[str, Any], field: Field) -> None:
    with pytest.raises(FormRefused) as refused:
        table.asked(**facts)
    assert set(refused.value.problems) == {field}
    assert table.database.run_now(lambda session: session.query(ExpediteRequest).count()) == 0


def test_text_that_looks_like_a_broadcast_is_kept_as_text(table: Table) -> None:
    text = "<!channel> & <b>now</b>"
    request = table.request(table.asked(customer=text, item=text, order_number=text, expectation=text))
    assert request.customer == request.item == request.order_number == request.expectation == text


@pytest.mark.parametrize(
    ("proposal", "field"),
    [
        (a_part(0), Field.OFFER_QUANTITY),
        (a_part(-1), Field.OFFER_QUANTITY),
        (a_part(100), Field.OFFER_QUANTITY),
        (a_part(150), Field.OFFER_QUANTITY),
        (a_part(ship_date=NEXT_FRIDAY), Field.OFFER_DATE),
        (a_part(ship_date=NOON.date() - timedelta(days=1)), Field.OFFER_DATE),
        (later(FRIDAY), Field.OFFER_DATE),
        (later(date(2999, 1, 1)), Field.OFFER_DATE),
        (later(quantity=90), Field.OFFER_QUANTITY),
        (staged((FRIDAY, 40)), Field.OFFER_LOTS),
        (staged((FRIDAY, 40), (NEXT_FRIDAY, 9_999_999)), Field.OFFER_LOTS),
        (staged((FRIDAY, 40), (NEXT_FRIDAY, 0)), Field.OFFER_LOTS),
        (staged(*[(FRIDAY + timedelta(days=n), 10) for n in range(5)]), Field.OFFER_LOTS),
        (a_part(conditions=LONG), Field.CONDITIONS),
        (a_part(extra_cost=Decimal(-5)), Field.EXTRA_COST),
        (a_part(valid_until=NOON), Field.VALID_UNTIL),
        (instead(substitute="", site=" "), Field.SUBSTITUTE_ITEM),
        (instead(substitute="B" * 121), Field.SUBSTITUTE_ITEM),
        (instead(site="G" * 121), Field.OTHER_SITE),
        (instead(0, substitute="BRK-2041"), Field.OFFER_QUANTITY),
        (instead(ship_date=NOON.date() - timedelta(days=1), substitute="BRK-2041"), Field.OFFER_DATE),
        (a_part(others=(later(FRIDAY),)), "alt2_offer_date"),
        (a_part(others=(later(), a_part(0))), "alt3_offer_quantity"),
        (a_part(others=(later(), later(), later())), Field.OFFER_SHAPE),
    ],
)
def test_an_offer_that_cannot_be_is_refused_at_its_field(table: Table, proposal: Proposal, field: Field) -> None:
    with pytest.raises(FormRefused) as refused:
        table.offered(proposal)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize("text", ["", "  \n ", LONG])
def test_words_are_needed_and_have_to_fit(table: Table, text: str) -> None:
    request_id = table.asked()
    with pytest.raises(FormRefused) as refused:
        table.do(negotiation.ask_information, table.people.jonas, request_id, text)
    assert set(refused.value.problems) == {Field.QUESTION}
    with pytest.raises(FormRefused) as refused:
        table.do(negotiation.decline, table.people.jonas, request_id, text, "50 later")
    assert set(refused.value.problems) == {Field.DECLINE_REASON}
    assert table.request(request_id).status is Status.ASKED


def test_a_bare_no_is_refused_unless_it_is_said_out_loud(table: Table) -> None:
    request_id = table.asked()
    with pytest.raises(FormRefused) as refused:
        table.do(negotiation.decline, table.people.jonas, request_id, "No steel", " ")
    assert set(refused.value.problems) == {Field.ALTERNATIVE}
    table.do(negotiation.decline, table.people.jonas, request_id, "No steel", no_alternative=True)
    assert table.request(request_id).status is Status.DECLINED


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (NOON, "has passed"),
        (NOON + 6 * HOUR, "opens Wed 25 Nov at 07:00"),
        (NOON + 900 * DAY, "two years"),
    ],
)
def test_an_answer_time_lies_ahead_and_in_the_desks_hours(table: Table, named: Any, words: str) -> None:
    request_id = table.asked()
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    with pytest.raises(FormRefused, match=words):
        table.do(negotiation.name_answer_time, table.people.jonas, request_id, named)


def test_only_the_desk_answers_and_only_the_requester_decides(table: Table) -> None:
    request_id = table.offered()
    with pytest.raises(NotYours, match="members of Plant 3 desk"):
        table.do(negotiation.commit_as_asked, table.people.tobias, request_id)
    with pytest.raises(NotYours, match="asked by Mara Lindqvist"):
        table.do(negotiation.accept, table.people.tobias, request_id)
    with pytest.raises(NotYours, match="asked by Mara Lindqvist"):
        table.do(negotiation.withdraw, table.people.helena, request_id)
    assert table.request(request_id).status is Status.OFFERED


def test_a_form_that_could_not_be_sent_is_not_opened(table: Table) -> None:
    request_id = table.asked()
    look = negotiation.picture_for
    assert table.do(look, table.people.jonas, request_id, Move.OFFER, how=None).request.id == request_id
    with pytest.raises(NotYours):
        table.do(look, table.people.mara, request_id, Move.OFFER, how=None)
    with pytest.raises(MoveNotAllowed):
        table.do(look, table.people.mara, request_id, Move.ACCEPT, how=None)


def test_a_request_of_another_workspace_is_unknown(table: Table) -> None:
    request_id = table.asked()
    jonas = table.people.jonas
    stranger = type(jonas)(tenant_id=2, slack_id=jonas.slack_id, name="X", desk_ids=jonas.desk_ids)
    for unknown, actor in ((request_id, stranger), (4711, jonas)):
        with pytest.raises(RequestUnknown):
            table.do(negotiation.acknowledge, actor, unknown)


@pytest.mark.parametrize("move", ["acknowledge", "commit_as_asked", "withdraw", "offer", "decline"])
def test_a_stale_button_changes_nothing_and_says_who_was_first(table: Table, move: str) -> None:
    request_id = table.asked()
    table.do(negotiation.withdraw, table.people.mara, request_id)
    actor = table.people.mara if move == "withdraw" else table.people.jonas
    more = {"offer": [a_part()], "decline": ["No steel", "Later"]}.get(move, [])
    with pytest.raises(MoveNotAllowed, match=r"EXP-1 is closed: (You|Mara Lindqvist) withdrew it at 13:00\."):
        table.do(getattr(negotiation, move), actor, request_id, *more)
    assert len(table.story(request_id)) == 2


def test_the_sentence_about_an_older_move_names_its_day(table: Table) -> None:
    request_id = table.agreed()
    table.at += DAY
    with pytest.raises(MoveNotAllowed, match=r"Jonas Keller committed it on Tue 24 Nov at 13:00\."):
        table.do(negotiation.commit_as_asked, table.people.priya, request_id)


def test_a_lapsed_offer_cannot_be_accepted_but_looked_at_again(table: Table) -> None:
    request_id = table.offered(later(valid_until=NOON + HOUR))
    table.at += HOUR
    with pytest.raises(OfferLapsed):
        table.do(negotiation.accept, table.people.mara, request_id)
    table.do(negotiation.refuse, table.people.mara, request_id, "Too late", look_again=True)
    assert table.request(request_id).status is Status.ACKNOWLEDGED


def test_an_offer_whose_day_has_passed_has_lapsed(table: Table) -> None:
    request_id = table.offered(a_part(valid_until=NOON + 10 * DAY))
    table.at += 5 * DAY
    with pytest.raises(OfferLapsed):
        table.do(negotiation.accept, table.people.mara, request_id)


def test_nothing_is_committed_for_a_day_that_has_passed(table: Table) -> None:
    request_id = table.asked()
    table.at += 5 * DAY
    with pytest.raises(MoveNotAllowed, match="has passed"):
        table.do(negotiation.commit_as_asked, table.people.jonas, request_id)


def test_a_refused_press_may_be_pressed_again(table: Table) -> None:
    caller = Caller(TEAM, MARA)
    for _ in range(2):
        with pytest.raises(ExpediteError):
            table.database.run_now(acting.act, caller, "k", NOON, negotiation.submit, an_ask(item=""), how=How.FORM)
    assert table.database.run_now(lambda session: session.query(Receipt).count()) == 0


def test_a_draft_sent_twice_is_one_request(table: Table) -> None:
    draft = table.do(drafts.start, table.people.mara, {"customer": "Acme"}, how=None)
    sent = [table.do(negotiation.submit, table.people.mara, an_ask(), draft_id=draft.id).id for _ in range(2)]
    assert sent[0] == sent[1]
    with pytest.raises(DraftGone):
        table.do(negotiation.submit, table.people.tobias, an_ask(), draft_id=draft.id)


def test_an_unknown_workspace_is_told_to_set_up(table: Table) -> None:
    with pytest.raises(NotSetUp):
        table.database.run_now(acting.act, Caller("T0NOWHERE", MARA), "k", NOON, negotiation.submit, an_ask())


def test_a_person_seen_for_the_first_time_is_remembered_by_name(table: Table) -> None:
    caller = Caller(TEAM, "U0NEW", "Nora New")
    request = table.database.run_now(acting.act, caller, "k", NOON, negotiation.submit, an_ask(), how=How.FORM)
    shown = table.do(negotiation.picture_for, table.people.jonas, request.id, Move.OFFER, how=None)
    assert shown.name_of("U0NEW") == "Nora New"
