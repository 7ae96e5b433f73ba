"""What random people do once something is committed: warn, move, ship parts, call it off; and what must add up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from bot.services import negotiation
from models import Commitment
from models.commitment import Outcome
from models.errors import ExpediteError
from models.lifecycle import NEXT, EndedBecause, Move, Status, allows
from tests.negotiating import Table

SALES = (Move.TAKE_NEW_DATE, Move.CANCEL)
REPORTS = (Move.REPORT_OUTCOME, Move.FULFIL, Move.FULFIL_IN_PART, Move.MISS)
WHO = st.sampled_from(("jonas", "priya", "jonas", "priya", "mara", "mara", "tobias"))
AHEAD = st.integers(0, 20)


class FollowingRules:
    """Rules for the model of a negotiation; it brings the table, the request and how its state is told."""

    table: Table
    id: int
    state: Any
    first_days: dict[int, date]

    @precondition(lambda self: self.lots())
    @rule(who=WHO, ahead=st.none() | AHEAD, data=st.data())
    def warns(self, who: str, ahead: int | None, data: st.DataObject) -> None:
        proposed = None if ahead is None else self.in_days(ahead)
        self.on_lot(who, Move.REPORT_RISK, negotiation.report_risk, self.any_lot(data), "The mould broke.", proposed)

    @precondition(lambda self: self.lots())
    @rule(who=WHO, ahead=AHEAD, data=st.data())
    def recommits(self, who: str, ahead: int, data: st.DataObject) -> None:
        lot = self.any_lot(data)
        if self.on_lot(who, Move.RECOMMIT, negotiation.recommit, lot, self.in_days(ahead), "The mould broke."):
            assert self.lot(lot.id).committed_ship_date == self.in_days(ahead)

    @precondition(lambda self: self.lots())
    @rule(who=WHO, data=st.data())
    def takes_the_new_date(self, who: str, data: st.DataObject) -> None:
        lot = self.any_lot(data)
        if self.on_lot(who, Move.TAKE_NEW_DATE, negotiation.take_new_date, lot):
            now = self.lot(lot.id)
            assert (now.committed_ship_date, now.at_risk_since) == (lot.proposed_ship_date, None)

    @precondition(lambda self: self.lots())
    @rule(who=WHO, part=st.integers(0, 100), ahead=st.none() | AHEAD, data=st.data())
    def ships_a_part(self, who: str, part: int, ahead: int | None, data: st.DataObject) -> None:
        """More than the lot, or nothing of it, is refused; a rest is committed for another day or will not ship."""
        rest = None if ahead is None else self.in_days(ahead)
        facts = {"quantity": Decimal(part), "rest_date": rest}
        lot = self.any_lot(data)
        if self.on_lot(who, None, negotiation.report_outcome, lot, Outcome.IN_PART, **facts):
            rests = [one for one in self.table.commitments(self.id) if one.balance_of == lot.id]
            assert [one.quantity for one in rests] == ([] if rest is None else [lot.quantity - part])

    @precondition(lambda self: self.table.request(self.id).status.is_open)
    @rule(who=st.sampled_from(("mara", "jonas", "tobias")), is_meant=st.integers(0, 5))
    def calls_it_off(self, who: str, is_meant: int) -> None:
        """Now and then: it ends the request."""
        if is_meant == 0:
            status = self.table.request(self.id).status
            because = EndedBecause.CUSTOMER_CANCELLED
            self.tried(who, Move.CANCEL, status, negotiation.withdraw, self.id, because=because)

    def on_lot(self, who: str, move: Move | None, use_case: Any, lot: Commitment, *words: Any, **facts: Any) -> bool:
        return self.tried(who, move, Status.AGREED, use_case, lot.id, *words, **facts)

    def tried(self, who: str, move: Move | None, status: Status, use_case: Any, *words: Any, **facts: Any) -> bool:
        """Make a move; a refused one changes nothing, an answered one was theirs and leads where the table says."""
        before = self.state()
        try:
            self.table.do(use_case, getattr(self.table.people, who), *words, **facts)
        except ExpediteError as refused:
            says_why(refused)
            assert self.state() == before
            return False
        moves = REPORTS if move is None else (move,)
        assert who == "mara" if move in SALES else who in {"jonas", "priya"}
        assert allows(status, moves[0])
        assert self.table.request(self.id).status in {NEXT[status, one] for one in moves}
        return True

    def in_days(self, days: int) -> date:
        return self.table.at.date() + timedelta(days=days)

    def any_lot(self, data: st.DataObject) -> Commitment:
        return data.draw(st.sampled_from(self.lots()))

    def lots(self) -> list[Commitment]:
        """Those of an agreed request, reported or not."""
        if self.table.request(self.id).status is not Status.AGREED:
            return []
        return [lot for lot in self.table.commitments(self.id) if lot.outcome is not Outcome.CANCELLED]

    def lot(self, lot_id: int) -> Commitment:
        return next(lot for lot in self.table.commitments(self.id) if lot.id == lot_id)

    @invariant()
    def what_shipped_and_what_is_left_add_up(self) -> None:
        lots = self.table.commitments(self.id)
        for lot in lots:
            rests = [one.quantity for one in lots if one.balance_of == lot.id and one.outcome is not Outcome.CANCELLED]
            assert (lot.actual_quantity or 0) + sum(rests) <= lot.quantity
        shipped = sum(lot.actual_quantity or 0 for lot in lots)
        assert shipped <= self.table.request(self.id).quantity

    @invariant()
    def the_first_committed_day_is_never_lost(self) -> None:
        for lot in self.table.commitments(self.id):
            assert self.first_days.setdefault(lot.id, lot.original_ship_date) == lot.original_ship_date
            if lot.balance_of is not None:
                assert lot.original_ship_date == self.first_days[lot.balance_of]


def says_why(refused: ExpediteError) -> None:
    assert refused.sentence.endswith(".")
