"""What a reaction or a reply did can be taken back by its author, exactly, while nobody has built on it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.database import Database
from bot.services import negotiation
from models.commitment import Outcome
from models.errors import CannotUndo
from models.lifecycle import How, Move, Status
from models.offer import OfferState
from models.outbox import Delivery, Notice
from models.service_level import ClockKind
from tests.builders import HOUR, MINUTE, NOON, Workspace
from tests.negotiating import Table, later

EYES, CHECK, REPLY = "1700.1:eyes", "1700.1:white_check_mark", "1700.9"


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def react(table: Table, use_case: Any, request_id: int, source_ts: str, *more: Any) -> None:
    table.do(use_case, table.people.jonas, request_id, *more, how=How.REACTION, source_ts=source_ts)


def undo(table: Table, request_id: int, source_ts: str) -> bool:
    return bool(table.do(negotiation.undo, table.people.jonas, request_id, how=None, source_ts=source_ts))


def state(table: Table, request_id: int) -> dict[str, Any]:
    """Everything that says where a request stands; the version and the story are history, not state."""
    request = {
        column.key: getattr(table.request(request_id), column.key)
        for column in type(table.request(request_id)).__table__.columns
        if column.key != "version"
    }
    clocks = [
        (clock.id, clock.kind, clock.deadline_at, clock.next_step, clock.due_at, clock.stopped_at)
        for clock in table.clocks(request_id)
    ]
    lots = [lot.id for lot in table.commitments(request_id) if lot.outcome is not Outcome.CANCELLED]
    offers = [(offer.id, offer.closed_by) for offer in table.offers(request_id) if offer.state is OfferState.OPEN]
    return {"request": request, "clocks": clocks, "lots": lots, "offers": offers}


def test_taking_back_an_acknowledgement_makes_it_asked_again(table: Table) -> None:
    request_id = table.asked()
    before = state(table, request_id)
    table.at += MINUTE
    react(table, negotiation.acknowledge, request_id, EYES)
    table.at += MINUTE
    assert undo(table, request_id, EYES)
    assert state(table, request_id) == before
    assert table.clock(request_id).kind is ClockKind.FIRST_RESPONSE


def test_taking_back_a_commitment_opens_the_replaced_offer_again(table: Table) -> None:
    request_id = table.offered(later())
    before = state(table, request_id)
    react(table, negotiation.commit_as_asked, request_id, CHECK)
    assert table.request(request_id).status is Status.AGREED
    assert undo(table, request_id, CHECK)
    assert state(table, request_id) == before
    offer_message = table.messages(request_id, Notice.OFFER_FOR_YOU)[0]
    assert offer_message.is_live


def test_reactions_are_taken_back_one_by_one_newest_first(table: Table) -> None:
    request_id = table.asked()
    asked = state(table, request_id)
    react(table, negotiation.acknowledge, request_id, EYES)
    acknowledged = state(table, request_id)
    react(table, negotiation.commit_as_asked, request_id, CHECK)
    with pytest.raises(CannotUndo, match="You committed it at 13:00"):
        undo(table, request_id, EYES)
    assert undo(table, request_id, CHECK)
    assert state(table, request_id) == acknowledged
    assert undo(table, request_id, EYES)
    assert state(table, request_id) == asked


def test_a_question_and_its_answer_by_reply_are_taken_back(table: Table) -> None:
    request_id = table.asked()
    react(table, negotiation.ask_information, request_id, EYES, "Which revision?")
    before = state(table, request_id)
    table.at += HOUR
    reply = negotiation.reply_received
    assert table.do(reply, table.people.mara, request_id, how=None, ts=REPLY, text="Revision C")
    assert table.do(negotiation.undo, table.people.mara, request_id, how=None, source_ts=REPLY)
    assert state(table, request_id) == before


def test_only_ones_own_gesture_is_taken_back(table: Table) -> None:
    request_id = table.asked()
    react(table, negotiation.acknowledge, request_id, EYES)
    assert not table.do(negotiation.undo, table.people.priya, request_id, how=None, source_ts=EYES)
    assert not undo(table, request_id, CHECK)
    assert table.request(request_id).status is Status.ACKNOWLEDGED


def test_what_a_button_did_stays(table: Table) -> None:
    request_id = table.asked()
    table.do(negotiation.acknowledge, table.people.jonas, request_id, source_ts=EYES)
    assert not undo(table, request_id, EYES)


def test_nothing_is_taken_back_once_somebody_has_built_on_it(table: Table) -> None:
    request_id = table.asked()
    react(table, negotiation.acknowledge, request_id, EYES)
    table.do(negotiation.offer, table.people.priya, request_id, later())
    with pytest.raises(CannotUndo, match="Priya Nair made an offer at 13:00"):
        undo(table, request_id, EYES)


def test_the_same_step_is_taken_back_once(table: Table) -> None:
    request_id = table.asked()
    react(table, negotiation.acknowledge, request_id, EYES)
    assert undo(table, request_id, EYES)
    assert not undo(table, request_id, EYES)
    react(table, negotiation.acknowledge, request_id, EYES)
    assert undo(table, request_id, EYES)


def test_taking_back_is_a_line_of_its_own_and_keeps_the_old_one(table: Table) -> None:
    request_id = table.asked()
    react(table, negotiation.acknowledge, request_id, EYES)
    undo(table, request_id, EYES)
    _, taken, back = table.story(request_id)
    assert taken.undone_at == NOON
    assert (back.move, back.facts) == (Move.UNDO, {"entry": taken.id, "move": "acknowledge"})
    assert len(table.messages(request_id, Notice.STORY)) == 2


def test_a_warning_in_between_does_not_hinder(table: Table) -> None:
    """A clock that ticks is nobody's step to build on."""
    request_id = table.asked()
    react(table, negotiation.acknowledge, request_id, EYES)
    table.sweep(NOON + 2 * HOUR)
    assert undo(table, request_id, EYES)
    assert table.sweep() == 1
    (note,) = table.messages(request_id, Notice.MEDIATION)
    assert note.facts["kind"] == "first_response"


def test_a_desk_members_first_reply_acknowledges_and_deleting_it_takes_that_back(table: Table) -> None:
    request_id = table.asked()
    reply = negotiation.reply_received
    assert not table.do(reply, table.people.mara, request_id, how=None, ts=REPLY, text="Any news?")
    assert not table.do(reply, table.people.tobias, request_id, how=None, ts=REPLY, text="Me too")
    assert table.do(reply, table.people.jonas, request_id, how=None, ts=REPLY, text="Looking")
    assert table.story(request_id)[-1].how is How.REPLY
    assert not table.do(reply, table.people.priya, request_id, how=None, ts="1700.10", text="Me too")
    assert undo(table, request_id, REPLY)
    assert table.request(request_id).status is Status.ASKED


def test_a_question_by_reaction_gets_its_words_from_the_next_reply(table: Table) -> None:
    """The reaction says that something is missing; the reply says what. Sales sees it where they were asked."""
    request_id = table.asked()
    asked_at_first = state(table, request_id)
    react(table, negotiation.ask_information, request_id, EYES, "Jonas needs more information.")
    table.everything_sent()
    reply = negotiation.reply_received
    assert not table.do(reply, table.people.priya, request_id, how=None, ts=REPLY, text="Not mine to say")
    assert table.do(reply, table.people.jonas, request_id, how=None, ts=REPLY, text="Which revision?")
    assert table.request(request_id).question == "Which revision?"
    assert len(table.story(request_id)) == 2
    assert table.messages(request_id, Notice.QUESTION_FOR_YOU)[0].state is Delivery.STALE
    assert not table.do(reply, table.people.jonas, request_id, how=None, ts="1700.10", text="And the drawing")
    assert table.request(request_id).question == "Which revision?", "what follows is talk"
    assert undo(table, request_id, EYES)
    assert state(table, request_id) == asked_at_first


def test_a_question_that_has_its_words_keeps_them(table: Table) -> None:
    request_id = table.asked()
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which revision?")
    reply = negotiation.reply_received
    assert not table.do(reply, table.people.jonas, request_id, how=None, ts=REPLY, text="It is urgent")
    assert table.request(request_id).question == "Which revision?"
