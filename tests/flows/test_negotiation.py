"""The way of a request from the ask to the agreement: what each move changes, whom it tells, whose turn it makes."""

from __future__ import annotations

import pytest

from bot.database import Database
from bot.services import negotiation
from models.commitment import Outcome
from models.errors import NotSetUp
from models.lifecycle import How, Move, Status
from models.offer import OfferState
from models.outbox import Notice
from models.service_level import ClockKind, Holder
from tests.builders import FRIDAY, HOUR, JONAS, MARA, MINUTE, NOON, Workspace, an_ask
from tests.negotiating import Table, a_part, later, staged


@pytest.fixture
def table(database: Database, workspace: Workspace) -> Table:
    return Table(database, workspace)


def notices(table: Table, request_id: int, person: str) -> list[Notice]:
    return [row.notice for row in table.messages(request_id) if row.channel == person]


def test_an_ask_is_numbered_frozen_timed_and_told_to_both_sides(table: Table) -> None:
    first, second = table.request(table.asked()), table.request(table.asked())
    assert (first.label, second.label) == ("EXP-1", "EXP-2")
    assert first.status is Status.ASKED
    assert first.calendar_id
    assert first.policy_id
    clock = table.clock(first.id)
    assert (clock.kind, clock.holder, clock.deadline_at) == (ClockKind.FIRST_RESPONSE, Holder.DESK, NOON + HOUR)
    rows = {row.notice: row for row in table.messages(first.id)}
    assert set(rows) == {Notice.CARD, Notice.RECEIPT}
    assert all(row.is_live for row in rows.values())


def test_an_acknowledgement_starts_the_answer_clock(table: Table) -> None:
    request_id = table.asked()
    request = table.do(negotiation.acknowledge, table.people.jonas, request_id)
    clock = table.clock(request_id)
    assert (request.status, request.owner, request.first_responded_at) == (Status.ACKNOWLEDGED, JONAS, NOON)
    assert (clock.kind, clock.deadline_at) == (ClockKind.ANSWER, NOON + 4 * HOUR)
    assert request.answer_due_at == clock.deadline_at
    assert request.answered_at is None


def test_a_named_time_becomes_the_deadline(table: Table) -> None:
    request_id = table.asked()
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    closing = NOON.replace(hour=16)
    table.do(negotiation.name_answer_time, table.people.priya, request_id, closing)
    clock = table.clock(request_id)
    assert (clock.deadline_at, clock.target_secs) == (closing, 4 * 3600)
    assert table.request(request_id).owner == table.people.priya.slack_id


def test_a_question_moves_the_clock_to_sales_and_the_answer_brings_back_what_was_left(table: Table) -> None:
    request_id = table.asked()
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    table.at += HOUR
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which revision?")
    assert table.clock(request_id).holder is Holder.REQUESTER
    assert Notice.QUESTION_FOR_YOU in notices(table, request_id, MARA)
    table.at += 30 * MINUTE
    request = table.do(negotiation.give_information, table.people.mara, request_id, "Revision C")
    clock = table.clock(request_id)
    assert (clock.kind, clock.target_secs) == (ClockKind.ANSWER, 3 * 3600)
    assert (request.status, request.information) == (Status.ACKNOWLEDGED, "Revision C")
    assert Notice.DESK_TURN in notices(table, request_id, JONAS)


def test_an_answered_question_leaves_the_desk_a_quarter_of_an_hour_at_least(table: Table) -> None:
    request_id = table.asked()
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    table.at = NOON.replace(hour=15, minute=59)
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which revision?")
    table.do(negotiation.give_information, table.people.mara, request_id, "Revision C")
    assert table.clock(request_id).target_secs == 15 * 60


def test_a_question_asked_first_thing_is_followed_by_a_whole_answer_clock(table: Table) -> None:
    request_id = table.asked()
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which revision?")
    table.do(negotiation.give_information, table.people.mara, request_id, "Revision C")
    assert table.clock(request_id).target_secs == 4 * 3600


def test_a_question_made_clearer_gives_the_desk_no_more_time(table: Table) -> None:
    request_id = table.asked()
    table.do(negotiation.acknowledge, table.people.jonas, request_id)
    table.at += HOUR
    table.do(negotiation.ask_information, table.people.jonas, request_id, "Which revision?")
    table.at += MINUTE
    table.do(negotiation.ask_information, table.people.priya, request_id, "Which revision of the drawing?")
    table.at += MINUTE
    table.do(negotiation.give_information, table.people.mara, request_id, "Revision C")
    assert table.clock(request_id).target_secs == 3 * 3600


def test_a_full_commitment_needs_no_acceptance(table: Table) -> None:
    request_id = table.agreed()
    request = table.request(request_id)
    (lot,) = table.commitments(request_id)
    assert request.status is Status.AGREED
    assert (lot.quantity, lot.committed_ship_date, lot.outcome) == (100, FRIDAY, Outcome.OPEN)
    assert request.first_responded_at == request.answered_at == request.agreed_at == NOON
    assert Notice.COMMITTED in notices(table, request_id, MARA)
    clock = table.clock(request_id)
    assert (clock.kind, clock.commitment_id) == (ClockKind.OUTCOME, lot.id)
    assert clock.due_at is not None
    assert clock.due_at.isoformat() == "2026-11-27T15:00:00+00:00"


def test_an_offer_waits_for_sales_until_it_lapses(table: Table) -> None:
    request_id = table.offered(a_part(valid_until=NOON + 2 * HOUR))
    clock = table.clock(request_id)
    assert (clock.kind, clock.holder, clock.deadline_at) == (ClockKind.DECISION, Holder.REQUESTER, NOON + 2 * HOUR)
    assert Notice.OFFER_FOR_YOU in notices(table, request_id, MARA)


def test_an_offer_without_an_end_holds_as_long_as_a_decision_may_take(table: Table) -> None:
    request_id = table.offered(later())
    (offer,) = table.offers(request_id)
    assert offer.valid_until == NOON + 4 * HOUR == table.clock(request_id).deadline_at


def test_an_accepted_offer_becomes_one_followed_commitment_per_lot(table: Table) -> None:
    request_id = table.agreed_in_lots()
    lots, clocks = table.commitments(request_id), table.clocks(request_id)
    assert [lot.quantity for lot in lots] == [40, 60]
    assert all(lot.made_by == JONAS for lot in lots)
    assert {clock.commitment_id for clock in clocks} == {lot.id for lot in lots}
    assert [offer.state for offer in table.offers(request_id)] == [OfferState.ACCEPTED]


def test_one_offer_is_open_at_a_time(table: Table) -> None:
    request_id = table.offered()
    table.do(negotiation.offer, table.people.priya, request_id, staged())
    assert [offer.state for offer in table.offers(request_id)] == [OfferState.REPLACED, OfferState.OPEN]
    assert table.clock(request_id).kind is ClockKind.DECISION


def test_a_refused_offer_goes_back_to_the_desk(table: Table) -> None:
    request_id = table.offered()
    table.do(negotiation.refuse, table.people.mara, request_id, "Too little", look_again=True)
    assert table.request(request_id).status is Status.ACKNOWLEDGED
    assert table.clock(request_id).kind is ClockKind.ANSWER
    assert Notice.DESK_TURN in notices(table, request_id, JONAS)


def test_a_refused_offer_may_end_it(table: Table) -> None:
    request_id = table.offered()
    table.do(negotiation.refuse, table.people.mara, request_id, "Bought elsewhere", look_again=False)
    request = table.request(request_id)
    assert (request.status, request.closed_at, request.closing_word) == (Status.WITHDRAWN, NOON, "Bought elsewhere")
    assert not table.clocks(request_id)
    assert [offer.state for offer in table.offers(request_id)] == [OfferState.REFUSED]


def test_a_decline_names_its_reason_and_what_could_be_done_instead(table: Table) -> None:
    request_id = table.offered()
    table.do(negotiation.decline, table.people.jonas, request_id, "No steel", "50 in two weeks")
    request = table.request(request_id)
    assert (request.status, request.decline_reason, request.alternative) == (
        Status.DECLINED,
        "No steel",
        "50 in two weeks",
    )
    assert Notice.DECLINED in notices(table, request_id, MARA)
    assert [offer.state for offer in table.offers(request_id)] == [OfferState.CLOSED]


def test_withdrawing_an_agreed_request_cancels_its_lots(table: Table) -> None:
    request_id = table.agreed()
    table.do(negotiation.withdraw, table.people.mara, request_id, "Customer cancelled")
    assert table.request(request_id).status is Status.WITHDRAWN
    assert [lot.outcome for lot in table.commitments(request_id)] == [Outcome.CANCELLED]
    assert not table.clocks(request_id)


def test_every_move_leaves_a_line_and_a_note_in_the_cards_thread(table: Table) -> None:
    request_id = table.agreed()
    asked, committed = table.story(request_id)
    (note,) = table.messages(request_id, Notice.STORY)
    (card,) = table.messages(request_id, Notice.CARD)
    assert (asked.move, asked.status_before, asked.how) == (Move.ASK, None, How.FORM)
    assert (committed.move, committed.status_before, committed.by) == (Move.COMMIT, Status.ASKED, JONAS)
    assert committed.facts["lots"] == [["2026-11-27", "100"]]
    assert (note.thread_of, note.facts) == (card.id, {"entry": committed.id})


def test_a_message_whose_turn_is_over_is_drawn_once_more_and_then_left_alone(table: Table) -> None:
    request_id = table.offered()
    table.everything_sent()
    table.do(negotiation.accept, table.people.mara, request_id)
    (offer,) = table.messages(request_id, Notice.OFFER_FOR_YOU)
    (card,) = table.messages(request_id, Notice.CARD)
    assert (offer.is_live, offer.state, offer.wanted) == (False, "stale", 2)
    assert (card.is_live, card.state) == (True, "stale")


def test_a_request_for_a_workspace_without_a_desk_is_refused(database: Database, table: Table) -> None:
    stranger = type(table.people.mara)(tenant_id=999, slack_id="U0NOBODY", name="Nobody")
    with pytest.raises(NotSetUp):
        table.do(negotiation.submit, stranger, an_ask())


@pytest.mark.parametrize("ended", ["withdrawn", "refused for good"])
def test_whoever_works_on_a_request_hears_that_it_is_over(table: Table, ended: str) -> None:
    request_id = table.offered()
    if ended == "withdrawn":
        table.do(negotiation.withdraw, table.people.mara, request_id, "Order cancelled")
    else:
        table.do(negotiation.refuse, table.people.mara, request_id, "Too late", look_again=False)
    (told,) = table.messages(request_id, Notice.WITHDRAWN)
    entry = table.story(request_id)[-1]
    assert (told.channel, told.key, told.facts) == (JONAS, f"withdrawn:{entry.id}", {"entry": entry.id})


def test_nobody_hears_of_a_withdrawal_who_did_not_work_on_it(table: Table) -> None:
    """Neither before anybody took it, nor whoever withdrew it."""
    untouched = table.asked()
    table.do(negotiation.withdraw, table.people.mara, untouched)
    own = int(table.do(negotiation.submit, table.people.jonas, an_ask(), how=How.FORM).id)
    table.do(negotiation.acknowledge, table.people.jonas, own)
    table.do(negotiation.withdraw, table.people.jonas, own)
    assert not table.messages(untouched, Notice.WITHDRAWN)
    assert not table.messages(own, Notice.WITHDRAWN)
