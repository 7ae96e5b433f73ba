"""What became of the committed lots; the last report closes the request."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import turns
from bot.services.case import open_case, record, tell
from bot.services.last_step import last_step
from models import Commitment, queries
from models.commitment import Outcome
from models.errors import Field, FormRefused, MoveNotAllowed, RequestUnknown
from models.i18n import _
from models.lifecycle import Move
from models.outbox import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import ExpediteRequest
    from models.lifecycle import How
    from models.tenant import Actor

SHIPPED_IN_FULL = frozenset({Outcome.IN_FULL, Outcome.LATE})
REPORTABLE = SHIPPED_IN_FULL | {Outcome.IN_PART, Outcome.MISSED}


def report_outcome(
    session: Session,
    actor: Actor,
    commitment_id: int,
    outcome: Outcome,
    *,
    quantity: Decimal | None = None,
    ship_date: date | None = None,
    at: datetime,
    how: How,
) -> ExpediteRequest:
    """Report one lot: shipped in full, in part (how much), late (when), or not at all.

    Without a day, the lot shipped on the committed day or, before that, today. Raises :class:`FormRefused` with a
    sentence per answer, and :class:`MoveNotAllowed` when it is reported already.
    """
    request_id = _request_of(session, actor, commitment_id)
    case = open_case(session, actor, request_id, Move.REPORT_OUTCOME, at=at, how=how)
    lots = queries.commitments(session, request_id)
    lot = _open_lot(case, lots, commitment_id)
    today = case.terms.calendar.local_day(at)
    problems = _problems(lot, outcome, quantity, ship_date, today=today)
    if problems:
        raise FormRefused(problems)
    shipped = _quantity(lot, outcome, quantity)
    shipped_on = None if outcome is Outcome.MISSED else ship_date or min(lot.committed_ship_date, today)
    lot.report(outcome, quantity=shipped, ship_date=shipped_on, by=actor.slack_id, at=at)
    turns.stop([clock for clock in queries.open_clocks(session, request_id) if clock.commitment_id == lot.id], at)
    _record(case, lot, _move_after(lots))
    return case.request


def _request_of(session: Session, actor: Actor, commitment_id: int) -> int:
    wanted = sa.select(Commitment.request_id).where(
        Commitment.id == commitment_id, Commitment.tenant_id == actor.tenant_id
    )
    found = session.scalar(wanted)
    if found is None:
        raise RequestUnknown(f"#{commitment_id}")
    return found


def _open_lot(case: Case, lots: Sequence[Commitment], commitment_id: int) -> Commitment:
    for lot in lots:
        if lot.id == commitment_id and lot.outcome is Outcome.OPEN:
            return lot
    last = last_step(case.session, case.request, case.actor, case.at)
    raise MoveNotAllowed(
        _("Nothing is left to report on this lot of {label}: {last} The card shows the rest.").format(
            label=case.request.label, last=last
        )
    )


def _problems(
    lot: Commitment, outcome: Outcome, quantity: Decimal | None, ship_date: date | None, *, today: date
) -> dict[str, str]:
    if outcome not in REPORTABLE:
        return {Field.OUTCOME: _("Choose what became of this lot.")}
    problems: dict[str, str] = {}
    if outcome is Outcome.IN_PART and (quantity is None or not 0 < quantity < lot.quantity):
        problems[Field.ACTUAL_QUANTITY] = _("How much shipped? A part is more than zero and less than {whole}.").format(
            whole=f"{lot.quantity:f}"
        )
    sentence = _day_problem(lot, outcome, ship_date, today)
    if sentence:
        problems[Field.ACTUAL_SHIP_DATE] = sentence
    return problems


def _day_problem(lot: Commitment, outcome: Outcome, ship_date: date | None, today: date) -> str:
    if outcome is Outcome.MISSED:
        return ""
    if ship_date is not None and ship_date > today:
        return _("This day is still to come. Report what has shipped, on the day it shipped.")
    if outcome is Outcome.LATE and (ship_date is None or ship_date <= lot.committed_ship_date):
        return _("On which day did it ship? Late is after the committed day.")
    if outcome is Outcome.IN_FULL and ship_date is not None and ship_date > lot.committed_ship_date:
        return _("This is after the committed day. Choose “late”, or correct the day.")
    return ""


def _quantity(lot: Commitment, outcome: Outcome, quantity: Decimal | None) -> Decimal:
    if outcome is Outcome.MISSED:
        return Decimal(0)
    return quantity if outcome is Outcome.IN_PART and quantity is not None else lot.quantity


def _move_after(lots: Sequence[Commitment]) -> Move:
    """One report of several, or the one that closes the request."""
    outcomes = {lot.outcome for lot in lots}
    if Outcome.OPEN in outcomes:
        return Move.REPORT_OUTCOME
    if outcomes <= SHIPPED_IN_FULL:
        return Move.FULFIL
    return Move.MISS if outcomes == {Outcome.MISSED} else Move.FULFIL_IN_PART


def _record(case: Case, lot: Commitment, move: Move) -> None:
    facts: dict[str, Any] = {
        "commitment": lot.id,
        "position": lot.position,
        "outcome": lot.outcome.value,
        "quantity": format(lot.actual_quantity or Decimal(0), "f"),
        "ship_date": lot.actual_ship_date.isoformat() if lot.actual_ship_date else None,
    }
    entry = record(case, move, facts)
    if move is not Move.REPORT_OUTCOME:
        tell(case, case.request.requester, Notice.CLOSED, entry)
    elif lot.outcome is not Outcome.IN_FULL:
        # Sales has passed the commitment on; the customer should not learn from an empty truck.
        tell(case, case.request.requester, Notice.SHORTFALL, entry, commitment=lot.id)
