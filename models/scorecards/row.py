"""One request as the scorecard reads it: a row of the one select, with the times that follow from it. Pure."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, cast

from models.aftermath import Follows
from models.ask import AskedLine, CausedBy, ReasonCode, RequestKind, Told
from models.commitment import Outcome
from models.kept import Measure, measure
from models.lifecycle import EndedBecause, Status, label_of
from models.promise_gap import PromiseGap, promise_gap
from models.service_level import UrgencyClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.ask import Ask
    from models.commitment import Commitment
    from models.expedite_request import ExpediteRequest

ANSWERED_WITH = frozenset({Status.DECLINED, Status.MISSED})
"""Statuses that answer a request for good, whether lots are committed or not."""


class Lot(NamedTuple):
    """One committed lot; the names are those of :class:`models.commitment.Commitment`."""

    id: int
    quantity: Decimal
    original_ship_date: date
    committed_ship_date: date
    outcome: Outcome
    balance_of: int | None
    actual_quantity: Decimal | None
    actual_ship_date: date | None
    made_by: str
    line: int = 1


class ScoreRow(NamedTuple):
    """One request; the names are those of :class:`models.expedite_request.ExpediteRequest` where it has them."""

    id: int
    number: int
    kind: RequestKind
    desk_id: int
    requester: str
    owner: str | None
    urgency: UrgencyClass
    customer: str
    item: str
    order_number: str
    quantity: Decimal
    unit: str
    needed_ship_date: date
    reason_code: ReasonCode
    caused_by: CausedBy | None
    told: Told
    told_date: date | None
    told_quantity: Decimal | None
    value_at_stake: Decimal | None
    status: Status
    ended_because: EndedBecause | None
    asked_at: datetime
    first_responded_at: datetime | None
    closed_at: datetime | None
    follows_id: int | None
    follows_why: Follows | None
    thanked_at: datetime | None
    """When the requester said thanks."""
    extra_cost: Decimal | None
    """What the desk said that expediting it costs (overtime, premium freight); None where nothing was said."""
    waited_secs: int
    """Working seconds of the desk from asking to its first response; or until it closed, or until now."""
    target_secs: int
    """Working seconds that the first response may take, by the policy frozen on the request."""
    desk_secs: int
    """Working seconds of its life in which it was the desk's turn."""
    sales_secs: int
    """Working seconds, in Sales' own hours, in which it was the requester's turn."""
    nobody_secs: int
    """Working seconds of the desk in which a commitment was only waited for."""
    lots: tuple[Lot, ...]
    more_lines: tuple[AskedLine, ...] = ()
    """Lines 2 and later; its own item, quantity and day are those of the first."""

    @property
    def label(self) -> str:
        return label_of(self.number)

    @property
    def lines(self) -> tuple[AskedLine | ScoreRow, ...]:
        """All lines, the first one included: the request's own columns are that one's."""
        return (self, *self.more_lines)

    @property
    def ask(self) -> ScoreRow:
        """What was asked: the request's own columns."""
        return self

    @property
    def is_inquiry(self) -> bool:
        """A question asked before a promise was made: no request yet."""
        return self.kind is RequestKind.INQUIRY

    @property
    def is_answered(self) -> bool:
        """Whether the desk responded at all: acknowledged, asked, offered, committed or declined."""
        return self.first_responded_at is not None

    @property
    def is_late_to_answer(self) -> bool:
        return self.waited_secs > self.target_secs

    @property
    def is_target_decided(self) -> bool:
        """Whether it is known if the target was met: it was answered, or the time for it ran out."""
        return self.is_answered or self.is_late_to_answer

    @property
    def is_from_loop(self) -> bool:
        """Whether it exists because we missed a commitment, or because another expedite pushed its order back."""
        return self.follows_why is not None or self.reason_code is ReasonCode.OWN_MISSED_COMMITMENT

    @property
    def is_promise_judged(self) -> bool:
        """Whether something was told to the customer that can be held against what is committed."""
        if self.told is Told.NOTHING or self.told_date is None:
            return False
        return self.status in ANSWERED_WITH or any(lot.outcome is not Outcome.CANCELLED for lot in self.lots)

    def gap(self) -> PromiseGap | None:
        """How far what was told reaches beyond what is committed; see :mod:`models.promise_gap`."""
        return promise_gap(cast("Ask", self), cast("Sequence[Commitment]", self.lots))

    def measured(self) -> Measure | None:
        """How it ended, against its three target dates; see :mod:`models.kept`. None while it is open."""
        return measure(cast("ExpediteRequest", self), cast("Sequence[Commitment]", self.lots))
