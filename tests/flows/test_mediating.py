"""A mediator's question, its answer, both sides together: who may, who hears of it, and nothing moves."""

from __future__ import annotations

from typing import Any

import pytest

from bot.services import gestures, mediating, negotiation
from models import OutboxMessage
from models.errors import FormRefused, MoveNotAllowed, NotYours
from models.lifecycle import How, Move, Status
from models.outbox import Delivery, Notice
from models.service_level import Holder
from tests.builders import HELENA, HOUR, JONAS, MARA, NOON, PRIYA, TOBIAS
from tests.negotiating import Table
from tests.rows import call_in


@pytest.fixture
def table(database, workspace) -> Table:
    return Table(database, workspace)


def called_in(table: Table, request_id: int, person: str = HELENA) -> int:
    return int(table.database.run_now(call_in, request_id, person, at=table.at))


def asked(table: Table, request_id: int, side: Holder = Holder.DESK, words: str = "What would help?") -> int:
    return int(table.do(mediating.ask, table.people.helena, request_id, side, words, how=How.FORM).id)


def direct(table: Table, request_id: int, notice: Notice) -> list[str]:
    return [row.channel for row in table.messages(request_id, notice)]


def test_a_question_goes_to_who_holds_it_and_into_the_thread_and_moves_nothing(table: Table) -> None:
    request_id = table.offered()
    before = table.clock(request_id)
    asked(table, request_id)
    asked(table, request_id, Holder.REQUESTER)

    assert [JONAS, MARA] == direct(table, request_id, Notice.MEDIATOR_ASKS)
    assert 2 == len(table.messages(request_id, Notice.MEDIATION_NOTE))
    assert table.request(request_id).status is Status.OFFERED
    after = table.clock(request_id)
    assert (before.id, before.due_at, before.deadline_at) == (after.id, after.due_at, after.deadline_at)


def test_a_desk_whose_request_nobody_took_is_asked_in_the_thread_alone(table: Table) -> None:
    request_id = table.asked()
    asked(table, request_id)

    assert [] == direct(table, request_id, Notice.MEDIATOR_ASKS)
    assert [JONAS, PRIYA] == table.story(request_id)[-1].facts["to"]


@pytest.mark.parametrize("who", ["mara", "tobias", "jonas", "sam"])
def test_only_leaders_and_who_was_called_in_mediate(table: Table, who: str) -> None:
    request_id = table.asked()
    actor = getattr(table.people, who)
    for use_case, more in ((mediating.ask, (Holder.DESK, "Why?")), (mediating.decide_together, ())):
        with pytest.raises(NotYours, match="Only leaders, or who was called in"):
            table.do(use_case, actor, request_id, *more)
    with pytest.raises(NotYours, match="EXP-1"):
        table.do(mediating.picture_for_asking, actor, request_id, how=None)


def test_who_was_called_in_may_mediate_without_being_a_leader(table: Table) -> None:
    request_id = table.asked()
    called_in(table, request_id, TOBIAS)
    table.do(mediating.ask, table.people.tobias, request_id, Holder.DESK, "Why?", how=How.FORM)

    assert TOBIAS == table.story(request_id)[-1].by


def test_an_empty_question_is_refused_at_its_field(table: Table) -> None:
    request_id = table.asked()
    with pytest.raises(FormRefused) as refused:
        asked(table, request_id, words="  ")
    assert ["question"] == list(refused.value.problems)


def test_a_closed_request_needs_no_mediator(table: Table) -> None:
    request_id = table.asked()
    table.do(negotiation.withdraw, table.people.mara, request_id)
    with pytest.raises(MoveNotAllowed, match="EXP-1 is closed"):
        asked(table, request_id)


def test_the_answer_goes_back_to_the_leader_once(table: Table) -> None:
    request_id = table.offered()
    entry = asked(table, request_id)
    table.do(mediating.answer, table.people.jonas, request_id, entry, "Overtime on Saturday.", how=How.FORM)

    assert [HELENA] == direct(table, request_id, Notice.MEDIATOR_TOLD)
    assert "Overtime on Saturday." == table.story(request_id)[-1].facts["answer"]
    with pytest.raises(MoveNotAllowed, match="answered already"):
        table.do(mediating.answer, table.people.priya, request_id, entry, "No.", how=How.FORM)


@pytest.mark.parametrize(("side", "who"), [(Holder.DESK, "mara"), (Holder.REQUESTER, "jonas"), (Holder.DESK, "sam")])
def test_a_question_is_answered_by_its_side_alone(table: Table, side: Holder, who: str) -> None:
    request_id = table.offered()
    entry = asked(table, request_id, side)
    with pytest.raises(NotYours, match="somebody else"):
        table.do(mediating.answer, getattr(table.people, who), request_id, entry, "I would say yes.", how=How.FORM)


def reply(table: Table, actor: Any, request_id: int, text: str, ts: str) -> bool:
    return bool(table.do(negotiation.reply_received, actor, request_id, ts=ts, text=text, how=None))


def test_a_reply_in_the_thread_answers_too_and_deleting_it_opens_the_question_again(table: Table) -> None:
    request_id = table.offered()
    entry = asked(table, request_id, Holder.REQUESTER)
    assert not reply(table, table.people.tobias, request_id, "I know nothing", "5.1")
    assert reply(table, table.people.mara, request_id, "They take Monday.", "5.2")
    assert [HELENA] == direct(table, request_id, Notice.MEDIATOR_TOLD)
    assert not reply(table, table.people.mara, request_id, "And thanks", "5.3")

    where = sent_card(table, request_id)
    table.do(gestures.reply_deleted, table.people.mara, *where, "5.2", how=None)
    assert table.story(request_id)[-1].undone_at is not None
    table.do(mediating.answer, table.people.mara, request_id, entry, "They take Tuesday.", how=How.FORM)


def sent_card(table: Table, request_id: int) -> tuple[str, str]:
    card_id = table.messages(request_id, Notice.CARD)[0].id

    def send(session: Any) -> tuple[str, str]:
        card = session.get_one(OutboxMessage, card_id)
        card.posted_channel, card.ts, card.state = card.channel, "1.1", Delivery.SENT
        return card.channel, "1.1"

    return table.database.run_now(send)


def test_a_desk_members_reply_answers_the_mediator_and_is_the_first_response(table: Table) -> None:
    request_id = table.asked()
    asked(table, request_id)
    assert reply(table, table.people.priya, request_id, "On it, the mould is back", "5.1")

    assert [Move.MEDIATE, Move.ACKNOWLEDGE] == [entry.move for entry in table.story(request_id)][-2:]
    assert [HELENA] == direct(table, request_id, Notice.MEDIATOR_TOLD)


@pytest.mark.parametrize("mediator_first", [True, False])
def test_of_two_questions_to_sales_a_reply_answers_the_newer(table: Table, *, mediator_first: bool) -> None:
    request_id = table.asked()
    if mediator_first:
        asked(table, request_id, Holder.REQUESTER)
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which revision?")
    if not mediator_first:
        asked(table, request_id, Holder.REQUESTER)
    reply(table, table.people.mara, request_id, "Revision C.", "5.1")

    status = Status.ACKNOWLEDGED if mediator_first else Status.INFO_NEEDED
    assert table.request(request_id).status is status


def test_both_sides_are_called_together_once(table: Table) -> None:
    request_id = table.offered()
    table.do(mediating.decide_together, table.people.helena, request_id)
    with pytest.raises(MoveNotAllowed, match="Helena Voss has called both sides together already"):
        table.do(mediating.decide_together, table.people.helena, request_id)

    (note,) = table.messages(request_id, Notice.MEDIATION_NOTE)
    assert [MARA, JONAS, HELENA] == table.story(request_id)[-1].facts["to"]
    assert note.thread_of == table.messages(request_id, Notice.CARD)[0].id


def test_a_mediators_step_takes_no_undo_away_from_anybody(table: Table) -> None:
    request_id = table.asked()
    where = sent_card(table, request_id)
    table.do(gestures.reacted, table.people.jonas, *where, "eyes", how=None)
    asked(table, request_id)
    table.do(gestures.unreacted, table.people.jonas, *where, "eyes", how=None)

    assert table.request(request_id).status is Status.ASKED


def test_the_mediators_message_stays_up_to_date_after_the_turn_has_moved(table: Table) -> None:
    request_id = table.asked()
    message = called_in(table, request_id)
    table.everything_sent()
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    (row,) = table.messages(request_id, Notice.MEDIATION)

    assert (message, Delivery.STALE, True) == (row.id, row.state, row.is_live)


def test_a_step_draws_the_mediators_message_again(table: Table) -> None:
    request_id = table.asked()
    called_in(table, request_id)
    table.everything_sent()
    table.at = NOON + HOUR
    asked(table, request_id)

    assert [Delivery.STALE] == [row.state for row in table.messages(request_id, Notice.MEDIATION)]
