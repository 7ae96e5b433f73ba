"""Random people make random moves at random times, and what must always hold is looked at after each."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from bot.database import Database
from bot.services import negotiation
from bot.services.steps import asks_outcome
from models import Desk, DeskMember, Offer, OfferLot, OutboxMessage
from models.business_calendar import BusinessCalendar
from models.commitment import Outcome
from models.errors import CannotUndo, ExpediteError
from models.lifecycle import NEXT, How, Move, Status, allows
from models.offer import OfferState, PaidBy, Proposal
from models.outbox import Notice, Surface
from models.service_level import ClockKind, Holder, Step
from tests.builders import JONAS, PRIYA, a_calendar, furnish, give_sales_hours
from tests.conftest import empty
from tests.flows.following_rules import FollowingRules, says_why
from tests.negotiating import Table, a_part, instead, later, staged

SALES = a_calendar("Mon-Fri 10:00-18:30")
PLANNERS = ("jonas", "priya")
PEOPLE = ("mara", "tobias", "jonas", "priya")
PAUSES = [*[timedelta(minutes=m) for m in (0, 1, 10, 30)], timedelta(hours=2), timedelta(hours=19), timedelta(days=2)]
TURN = {
    Status.ASKED: ClockKind.FIRST_RESPONSE,
    Status.ACKNOWLEDGED: ClockKind.ANSWER,
    Status.INFO_NEEDED: ClockKind.INFORMATION,
    Status.OFFERED: ClockKind.DECISION,
}
HANDS = (Move.HAND_OVER, Move.TAKE, Move.REASSIGN)
DESK = (Move.ACKNOWLEDGE, Move.ASK_INFORMATION, Move.COMMIT, Move.OFFER, Move.DECLINE, Move.STILL_ON_IT, *HANDS)
ENDS = (Move.DECLINE, Move.WITHDRAW)
MOVES: dict[Move, tuple[Any, list[Any], dict[str, Any]]] = {
    Move.ACKNOWLEDGE: (negotiation.acknowledge, [], {}),
    Move.ASK_INFORMATION: (negotiation.ask_information, ["Which?"], {}),
    Move.GIVE_INFORMATION: (negotiation.give_information, ["That."], {}),
    Move.COMMIT: (negotiation.commit_as_asked, [], {}),
    Move.OFFER: (negotiation.offer, [], {}),
    Move.DECLINE: (negotiation.decline, ["No steel", "Later"], {}),
    Move.ACCEPT: (negotiation.accept, [], {}),
    Move.REFUSE: (negotiation.refuse, ["Too late"], {"look_again": True}),
    Move.COUNTER: (negotiation.counter, [], {}),
    Move.WITHDRAW: (negotiation.withdraw, [], {}),
    Move.STILL_ON_IT: (negotiation.still_on_it, [], {}),
}
LIKELY = [Move.ACCEPT, Move.COUNTER, Move.COUNTER, Move.COUNTER, Move.COMMIT, Move.COMMIT]
"""Once something is proposed, what makes a deal or another proposal: else few histories would come that far."""
GESTURES = (Move.ACKNOWLEDGE, Move.ASK_INFORMATION, Move.GIVE_INFORMATION, Move.COMMIT)


class Negotiation(FollowingRules, RuleBasedStateMachine):
    """One request at a table; ``open_database`` is set by the test that runs this."""

    open_database: Callable[[], Database]

    def __init__(self) -> None:
        super().__init__()
        self.first_days = {}
        self.database = type(self).open_database()
        self.table = Table(self.database, self.database.run_now(furnish))
        self.database.run_now(give_sales_hours, "Mon-Fri 10:00-18:30")
        self.desks = [self.table.people.desk_id, self.database.run_now(second_desk)]
        on_both = {who: replace(getattr(self.table.people, who), desk_ids=frozenset(self.desks)) for who in PLANNERS}
        self.table.people = replace(self.table.people, **on_both)
        self.asks()

    def teardown(self) -> None:
        self.database.close()

    @precondition(lambda self: not self.table.request(self.id).status.is_open)
    @rule()
    def asks(self) -> None:
        self.day = self.table.at.date() + timedelta(days=10)
        self.id = self.table.asked(needed_ship_date=self.day)
        self.gestures: list[tuple[str, str, dict[str, Any]]] = []

    @rule(data=st.data(), pause=st.sampled_from(PAUSES), by_gesture=st.booleans())
    def moves(self, data: st.DataObject, pause: timedelta, by_gesture: bool) -> None:
        status = self.table.request(self.id).status
        possible = [move for move in MOVES if allows(status, move) and move not in ENDS]
        likely = LIKELY if status is Status.OFFERED or self.open_of(by_sales=True) else [Move.OFFER] * 3
        move = data.draw(st.sampled_from([*(one for one in likely if one in possible), *possible] * 4 + list(MOVES)))
        who = self.somebody(data, move)
        use_case, words, facts = MOVES[move]
        words = self.what_is_meant(data, move, words)
        if move is Move.COMMIT and self.open_of(by_sales=True) and data.draw(st.booleans()):
            use_case, by_gesture = negotiation.commit_as_countered, False
        if by_gesture and move in GESTURES:
            source = f"1700.{move}:{len(self.table.story(self.id))}"
            before = self.state()
            if self.attempt(who, move, pause, use_case, *words, how=How.REACTION, source_ts=source, **facts):
                self.gestures.append((who, source, before))
        else:
            self.attempt(who, move, pause, use_case, *words, **facts)

    def what_is_meant(self, data: st.DataObject, move: Move, words: list[Any]) -> list[Any]:
        """The offer that is made, the alternative that is taken, or what would be taken instead; else these words."""
        if move is Move.OFFER:
            return [self.an_offer(data)]
        if move is Move.ACCEPT:
            # Mostly one of those that are open; also none, and one that has been closed since.
            every = [None, *(offer.id for offer in self.table.offers(self.id))]
            return [data.draw(st.sampled_from([*every, *[offer.id for offer in self.open_of(by_sales=False)] * 3]))]
        if move is Move.COUNTER:
            return [data.draw(st.sampled_from(self.shapes())).lots, "Or half of it?"]
        return words

    def an_offer(self, data: st.DataObject) -> Proposal:
        first, *others = data.draw(st.lists(st.sampled_from(self.shapes()), min_size=1, max_size=3))
        return replace(first, others=tuple(others))

    def shapes(self) -> list[Proposal]:
        far = self.day + timedelta(days=7)
        more = staged((self.day, 70), (far, 70), extra_cost=Decimal(620), paid_by=PaidBy.US)
        other = instead(90, ship_date=self.day, substitute="BRK-2041")
        return [a_part(ship_date=self.day), later(far), staged((self.day, 1), (far, 99)), more, other]

    def open_of(self, *, by_sales: bool) -> list[Offer]:
        offers = self.table.offers(self.id)
        return [offer for offer in offers if offer.state is OfferState.OPEN and offer.by_sales is by_sales]

    def somebody(self, data: st.DataObject, move: Move) -> str:
        """Mostly somebody who may."""
        usual = ("jonas", "priya") if move in DESK else ("mara",)
        return data.draw(st.sampled_from(usual * 4 + PEOPLE))

    @precondition(lambda self: self.table.request(self.id).status is Status.AGREED)
    @rule(outcome=st.sampled_from([Outcome.IN_FULL, Outcome.MISSED]), data=st.data())
    def reports(self, outcome: Outcome, data: st.DataObject) -> None:
        lot = data.draw(st.sampled_from(self.table.commitments(self.id)))
        who = getattr(self.table.people, self.somebody(data, Move.OFFER))
        try:
            self.table.do(negotiation.report_outcome, who, lot.id, outcome)
        except ExpediteError as refused:
            says_why(refused)

    @precondition(lambda self: self.table.request(self.id).status.is_open)
    @rule(
        data=st.data(), pause=st.sampled_from(PAUSES), move=st.sampled_from([Move.HAND_OVER, Move.TAKE, Move.REASSIGN])
    )
    def changes_hands(self, data: st.DataObject, pause: timedelta, move: Move) -> None:
        here = self.table.request(self.id).desk_id
        other = next(desk for desk in self.desks if desk != here)
        use_case, words = {
            Move.HAND_OVER: (negotiation.hand_over, [data.draw(st.sampled_from([JONAS, PRIYA]))]),
            Move.TAKE: (negotiation.take, []),
            Move.REASSIGN: (negotiation.reassign, [other]),
        }[move]
        if self.attempt(self.somebody(data, move), move, pause, use_case, *words) and move is Move.REASSIGN:
            assert self.table.request(self.id).desk_id == other

    @precondition(lambda self: self.gestures)
    @rule()
    def takes_back(self) -> None:
        who, source, before = self.gestures[-1]
        actor = getattr(self.table.people, who)
        try:
            undone = self.table.do(negotiation.undo, actor, self.id, how=None, source_ts=source)
        except CannotUndo as refused:
            says_why(refused)
        else:
            assert undone
            assert self.state() == before
            self.gestures.pop()

    @rule(pause=st.sampled_from(PAUSES))
    def sweeps(self, pause: timedelta) -> None:
        self.table.at += pause
        for _ in range(20):
            if not self.table.sweep():
                return
        pytest.fail("the sweep never comes to an end")

    def attempt(self, who: str, move: Move, pause: timedelta, use_case: Any, *words: Any, **facts: Any) -> bool:
        """Make a move; whether it succeeds follows from the table of moves, the role, and the clock."""
        self.table.at += pause
        actor = getattr(self.table.people, who)
        status = self.table.request(self.id).status
        may = (actor.is_on_desk(self.table.people.desk_id)) if move in DESK else who == "mara"
        before = self.state()
        try:
            self.table.do(use_case, actor, self.id, *words, **facts)
        except ExpediteError as refused:
            says_why(refused)
            assert self.state() == before
            return False
        assert may
        assert allows(status, move)
        assert self.table.request(self.id).status is NEXT[status, move]
        return True

    def state(self) -> dict[str, Any]:
        request = self.table.request(self.id)
        columns = [column.key for column in type(request).__table__.columns if column.key != "version"]
        clocks = [(c.id, c.kind, c.deadline_at, c.next_step, c.due_at) for c in self.table.clocks(self.id)]
        standing = [
            (lot.id, lot.outcome, lot.quantity, lot.committed_ship_date, lot.proposed_ship_date, lot.at_risk_since)
            for lot in self.table.commitments(self.id)
            if lot.outcome is not Outcome.CANCELLED
        ]
        open_offers = [offer.id for offer in self.table.offers(self.id) if offer.state is OfferState.OPEN]
        return {
            **{key: getattr(request, key) for key in columns},
            "clocks": clocks,
            "lots": standing,
            "open": open_offers,
        }

    @invariant()
    def whoever_has_the_turn_has_the_only_clock(self) -> None:
        status = self.table.request(self.id).status
        clocks = self.table.clocks(self.id)
        if status is Status.AGREED:
            owed = [lot.id for lot in self.table.commitments(self.id) if lot.outcome is Outcome.OPEN]
            assert owed
            assert sorted(clock.commitment_id for clock in clocks) == owed
            assert all(clock.kind is ClockKind.OUTCOME for clock in clocks)
        else:
            assert [clock.kind for clock in clocks] == ([TURN[status]] if status.is_open else [])

    @invariant()
    def an_offer_is_open_exactly_while_it_is_offered(self) -> None:
        status = self.table.request(self.id).status
        by_desk, by_sales = self.open_of(by_sales=False), self.open_of(by_sales=True)
        assert bool(by_desk) == (status is Status.OFFERED)
        assert not by_sales or status.awaits_answer
        proposed = [*by_desk, *by_sales]
        assert len({offer.round_number for offer in proposed}) == bool(proposed)
        assert [offer.alternative for offer in proposed] == list(range(1, len(proposed) + 1))

    @invariant()
    def what_is_committed_is_what_was_agreed_lot_by_lot(self) -> None:
        """As asked, or one alternative and nothing of those beside it, or what Sales proposed; and its money once."""
        request, offers = self.table.request(self.id), self.table.offers(self.id)
        assert (request.closed_at is None) == request.status.is_open
        lots = [
            lot
            for lot in self.table.commitments(self.id)
            if lot.outcome is not Outcome.CANCELLED and lot.balance_of is None
        ]
        taken = [offer for offer in offers if offer.state is OfferState.ACCEPTED]
        assert len(taken) <= 1
        if not lots:
            return
        agreed = [(request.needed_ship_date, request.quantity)]
        if taken:
            agreed = self.database.run_now(lots_offered, taken[0].id)
        assert [(lot.original_ship_date, lot.quantity) for lot in lots] == agreed

    @invariant()
    def what_was_offered_is_kept_as_it_was(self) -> None:
        """Those that were not chosen too: the story and the rows tell the same."""
        rows = {offer.id: offer for offer in self.table.offers(self.id)}
        told = [entry for entry in self.table.story(self.id) if entry.move in {Move.OFFER, Move.COUNTER}]
        named = [number for entry in told for number in entry.facts.get("offers", [entry.facts["offer"]])]
        assert sorted(named) == sorted(rows)

    @invariant()
    def the_story_leads_to_the_status(self) -> None:
        story = self.table.story(self.id)
        status = Status.ASKED
        for entry in story:
            if entry.status_before is not None and entry.undone_at is None:
                assert entry.status_before is status
                status = NEXT[status, entry.move]
        assert status is self.table.request(self.id).status
        noted = {row.facts["entry"] for row in self.table.messages(self.id, Notice.STORY)}
        assert noted == {entry.id for entry in story if entry.by and entry.move is not Move.ASK}

    @invariant()
    def everything_is_told_once_and_clocks_only_in_working_hours(self) -> None:
        keys = self.database.run_now(lambda session: session.scalars(sa.select(OutboxMessage.key)).all())
        assert len(keys) == len(set(keys))
        ticks = [entry for entry in self.table.story(self.id) if entry.by is None]
        once = Counter(
            (entry.facts["clock"], entry.move, entry.facts.get("step"), entry.facts.get("day")) for entry in ticks
        )
        assert set(once.values()) <= {1}
        assert all(self.hours_reached(entry.facts).is_open(entry.at) for entry in ticks)

    def hours_reached(self, facts: dict[str, Any]) -> BusinessCalendar:
        """Those of the holder; the leadership is called in during the desk's."""
        is_sales = facts["holder"] == Holder.REQUESTER and facts.get("step", 0) < Step.ESCALATE
        return SALES if is_sales else a_calendar()

    @invariant()
    def one_card_is_live_and_it_is_where_the_desk_is(self) -> None:
        rows = [row for row in self.table.messages(self.id) if row.surface is Surface.CARD]
        channels = dict(zip(self.desks, ("C0PLANT3", "C0PLANT5"), strict=True))
        assert [channels[self.table.request(self.id).desk_id]] == [row.channel for row in rows if row.is_live]

    @invariant()
    def its_whole_life_is_charged_without_gap_or_overlap(self) -> None:
        request, rows = self.table.request(self.id), self.table.intervals(self.id)
        assert rows[0].starts_at == request.asked_at
        assert rows[-1].ends_at == request.closed_at
        for earlier, later_one in pairwise(rows):
            assert earlier.ends_at == later_one.starts_at
        for row in rows[:-1]:
            hours = SALES if row.holder is Holder.REQUESTER else a_calendar()
            assert row.ends_at is not None
            assert row.working_secs == hours.between(row.starts_at, row.ends_at)

    @invariant()
    def the_open_stretch_is_charged_to_whoever_has_the_turn(self) -> None:
        running, clocks = self.table.intervals(self.id)[-1], self.table.clocks(self.id)
        if self.table.request(self.id).status.is_open:
            owes = {clock.holder for clock in clocks if not asks_outcome(clock, clock.next_step)}
            assert {running.holder} == (owes or {Holder.NOBODY})


def second_desk(session: Session) -> int:
    """Another desk with the same people and hours."""
    first = session.query(Desk).one()
    same = {"tenant_id": first.tenant_id, "calendar_id": first.calendar_id, "policy_id": first.policy_id}
    desk = Desk(name="Plant 5 desk", channel_id="C0PLANT5", **same)
    session.add(desk)
    session.flush()
    for slack_id in (JONAS, PRIYA):
        session.add(DeskMember(tenant_id=first.tenant_id, desk_id=desk.id, slack_id=slack_id))
    return desk.id


def lots_offered(session: Session, offer_id: int) -> list[tuple[date, Decimal]]:
    rows = session.query(OfferLot).filter_by(offer_id=offer_id).order_by(OfferLot.position)
    return [(row.ship_date, row.quantity) for row in rows]


def play(open_database: Callable[[], Database], examples: int, steps: int) -> None:
    machine = type("NegotiationHere", (Negotiation,), {"open_database": staticmethod(open_database)})
    limits = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=limits)


def test_whatever_people_do_on_sqlite_the_rules_hold(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.db"

    def fresh() -> Database:
        for old in tmp_path.glob("model.db*"):
            old.unlink()
        shutil.copy(sqlite_template, path)
        return Database(f"sqlite:///{path}")

    play(fresh, examples=15, steps=25)


def test_whatever_people_do_on_postgresql_the_rules_hold(postgres_url: str) -> None:
    def fresh() -> Database:
        empty(postgres_url)
        return Database(postgres_url)

    play(fresh, examples=5, steps=20)
