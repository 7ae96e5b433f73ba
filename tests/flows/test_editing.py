"""Changing what was asked: old and new told, the clock anew only if the ask grew, offers closed by a written rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.database import Database
from bot.services import asking, drafts, editing, filling, negotiation
from models.ask import AskedLine
from models.draft import EDITS
from models.errors import EditOvertaken, FormRefused, MoveNotAllowed, NotYours
from models.lifecycle import How, Move, Status
from models.offer import OfferState
from models.outbox import Notice
from models.service_level import ClockKind
from tests.builders import FRIDAY, HOUR, NEXT_FRIDAY, Workspace, an_ask
from tests.negotiating import Table, a_part

SECOND = AskedLine(item="SEAL-7", quantity=Decimal(40), unit="m", needed_ship_date=NEXT_FRIDAY)
ASK = an_ask(more_lines=(SECOND,))
GROWN = [
    replace(ASK, quantity=Decimal(120)),
    replace(ASK, needed_ship_date=FRIDAY - timedelta(days=1)),
    replace(ASK, unit="boxes"),
    replace(ASK, item="BRK-2041"),
    replace(ASK, more_lines=(replace(SECOND, quantity=Decimal(41)),)),
    replace(ASK, more_lines=(replace(SECOND, needed_ship_date=FRIDAY),)),
    replace(ASK, more_lines=(SECOND, SECOND)),
]
NOT_GROWN = [
    replace(ASK, quantity=Decimal(80)),
    replace(ASK, needed_ship_date=NEXT_FRIDAY),
    replace(ASK, more_lines=()),
    replace(ASK, expectation="They can start on Saturday"),
    replace(ASK, links=("https://example.com/seal.pdf",)),
]


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def edit(table: Table, request_id: int, who: Any = None, **answers: Any) -> int:
    """Open the form and send it with these answers instead; gives the draft."""
    who = who or table.people.mara
    draft = table.do(filling.edit, who, request_id, how=None)
    table.do(filling.keep, who, draft.draft_id, answers, how=None)
    table.do(filling.send, who, draft.draft_id, how=How.FORM)
    return int(draft.draft_id)


@pytest.mark.parametrize("new", GROWN)
def test_more_earlier_another_item_or_another_line_is_a_grown_ask(new: Any) -> None:
    assert editing.grew(ASK, new)


@pytest.mark.parametrize("new", NOT_GROWN)
def test_less_later_and_words_are_not(new: Any) -> None:
    assert not editing.grew(ASK, new)
    assert editing.changes_between(ASK, new)


def test_changes_are_named_with_old_and_new_the_lines_first() -> None:
    new = replace(ASK, quantity=Decimal(80), expectation="Soon", more_lines=())
    assert editing.changes_between(ASK, new) == [
        ["quantity", "100 pcs", "80 pcs"],
        ["item_2", "SEAL-7", ""],
        ["quantity_2", "40 m", ""],
        ["needed_ship_date_2", "2026-12-04", ""],
        ["expectation", "", "Soon"],
    ]


def test_a_grown_ask_starts_the_first_clock_again_and_says_so(table: Table) -> None:
    request_id = table.asked()
    before = table.clock(request_id)
    table.at += HOUR / 2
    edit(table, request_id, quantity="120 pcs", lines=2, item_2="SEAL-7", quantity_2="40 m")

    clock, entry, request = table.clock(request_id), table.story(request_id)[-1], table.request(request_id)
    assert (clock.kind, clock.started_at, clock.id != before.id) == (ClockKind.FIRST_RESPONSE, table.at, True)
    assert (entry.move, entry.facts["grew"], entry.facts["restarted"]) == (Move.EDIT, True, True)
    assert entry.facts["changes"][0] == ["quantity", "100 pcs", "120 pcs"]
    assert (request.status, request.quantity, request.line_count) == (Status.ASKED, Decimal(120), 2)
    assert table.messages(request_id, Notice.STORY)


def test_less_leaves_the_clock_alone(table: Table) -> None:
    request_id = table.asked(more_lines=(SECOND,))
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    before = table.clock(request_id)
    table.at += HOUR / 2
    edit(table, request_id, quantity="80 pcs", lines=1)

    assert (table.clock(request_id).id, table.clock(request_id).deadline_at) == (before.id, before.deadline_at)
    assert (table.request(request_id).status, table.request(request_id).line_count) == (Status.ACKNOWLEDGED, 1)
    assert table.story(request_id)[-1].facts["restarted"] is False


def test_an_offer_on_other_lines_is_closed_and_the_answer_due_anew(table: Table) -> None:
    request_id = table.offered()
    edit(table, request_id, quantity="80 pcs")

    (offer,) = table.offers(request_id)
    assert (offer.state, table.request(request_id).status) == (OfferState.CLOSED, Status.ACKNOWLEDGED)
    assert (table.clock(request_id).kind, table.story(request_id)[-1].move) == (ClockKind.ANSWER, Move.ASK_ANEW)
    assert [row.channel for row in table.messages(request_id, Notice.DESK_TURN)] == [table.people.jonas.slack_id]


def test_an_offer_stays_open_when_the_lines_are_what_they_were(table: Table) -> None:
    request_id = table.offered()
    edit(table, request_id, expectation="They can start on Saturday")

    (offer,) = table.offers(request_id)
    assert (offer.state, table.request(request_id).status) == (OfferState.OPEN, Status.OFFERED)
    assert table.clock(request_id).kind is ClockKind.DECISION


def test_an_agreed_request_is_not_changed(table: Table) -> None:
    request_id = table.agreed()
    with pytest.raises(MoveNotAllowed):
        table.do(filling.edit, table.people.mara, request_id, how=None)


def test_only_who_asked_changes_it(table: Table) -> None:
    request_id = table.asked()
    for other in (table.people.tobias, table.people.jonas):
        with pytest.raises(NotYours):
            table.do(filling.edit, other, request_id, how=None)


def test_who_was_overtaken_is_told_and_may_send_it_after_all(table: Table) -> None:
    request_id, mara = table.asked(), table.people.mara
    draft_id = table.do(filling.edit, mara, request_id, how=None).draft_id
    table.do(filling.keep, mara, draft_id, {"quantity": "80 pcs"}, how=None)
    table.do(negotiation.offer, table.people.jonas, request_id, a_part())
    with pytest.raises(EditOvertaken, match=r"EXP-1 has moved on since you opened it: .* made an offer"):
        table.do(filling.send, mara, draft_id, how=How.FORM)
    assert table.request(request_id).quantity == Decimal(100)

    said = table.do(filling.review_after_all, mara, draft_id, "overtaken", how=None)
    assert (said.changes.closes_offer, said.changes.overtaken) == (True, "overtaken")
    table.do(filling.send, mara, draft_id, how=How.FORM)
    assert table.request(request_id).quantity == Decimal(80)


def test_the_same_change_sent_twice_changes_once_and_no_change_leaves_no_trace(table: Table) -> None:
    request_id = table.asked()
    draft_id = edit(table, request_id, quantity="80 pcs")
    table.do(filling.send, table.people.mara, draft_id, how=How.FORM)
    edit(table, request_id)

    assert [entry.move for entry in table.story(request_id)] == [Move.ASK, Move.EDIT]


def test_a_change_that_cannot_be_is_refused_at_its_field(table: Table) -> None:
    request_id = table.asked()
    with pytest.raises(FormRefused) as refused:
        edit(table, request_id, needed_ship_date="2026-11-02")
    assert set(refused.value.problems) == {"needed_ship_date"}


def test_the_last_form_is_gone_on_with_while_it_is_young_unsent_and_says_something(table: Table) -> None:
    def left(at: Any = None) -> int | None:
        found = table.database.run_now(drafts.unfinished, table.people.mara, at=at or table.at)
        return found.id if found else None

    def started(**answers: Any) -> int:
        table.at += timedelta(minutes=1)
        return int(table.do(filling.begin_with, table.people.mara, answers, how=None).draft_id)

    assert left() is None
    first = started(customer="Acme")
    assert (left(), left(table.at + timedelta(days=6, hours=23))) == (first, first)
    assert left(table.at + timedelta(days=7, hours=1)) is None
    assert table.database.run_now(drafts.unfinished, table.people.tobias, at=table.at) is None
    table.do(filling.start_afresh, table.people.mara, first, how=None)
    assert left() is None, "a form begun afresh takes the place of the one that was left"
    sent = started(**asking.answers_from(an_ask()))
    table.do(filling.send, table.people.mara, sent, how=How.FORM)
    assert left() is None
    started(**{EDITS: 1, "customer": "Acme"})
    assert left() is None, "a change begins at its request"


def test_more_asked_while_the_desk_waits_for_an_answer_gives_it_its_whole_time(table: Table) -> None:
    request_id, people = table.asked(), table.people
    table.do(negotiation.acknowledge, people.jonas, request_id)
    whole = table.clock(request_id).target_secs
    table.at += HOUR / 2
    table.do(negotiation.ask_information, people.jonas, request_id, "Which revision?")
    edit(table, request_id, quantity="120 pcs")
    assert table.clock(request_id).kind is ClockKind.INFORMATION
    assert table.story(request_id)[-1].facts["later"] is True
    table.do(negotiation.give_information, people.mara, request_id, "C")

    assert table.clock(request_id).target_secs == whole
