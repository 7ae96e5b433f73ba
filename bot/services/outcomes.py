"""What became of the committed lots; the last report closes the request."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.services import turns
from bot.services.case import record, tell
from bot.services.following import balance, open_lot
from models import queries
from models.ask import FURTHEST
from models.commitment import Outcome
from models.errors import Field, FormRefused
from models.i18n import _
from models.lifecycle import Move
from models.outbox import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import Commitment, ExpediteRequest
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
    rest_date: date | None = None,
    at: datetime,
    how: How,
) -> ExpediteRequest:
    """Report one lot: shipped in full, in part (how much), late (when), or not at all.

    Without a day, the lot shipped on the committed day or, before that, today. ``rest_date`` commits the rest of a part
    for that day; without it the rest will not ship. Raises :class:`FormRefused` with a sentence per answer, and
    :class:`MoveNotAllowed` when it is reported already.
    """
    case, lot = open_lot(session, actor, commitment_id, Move.REPORT_OUTCOME, at=at, how=how)
    today = case.terms.calendar.local_day(at)
    problems = _problems(lot, outcome, quantity, ship_date, rest_date, today=today)
    if problems:
        raise FormRefused(problems)
    shipped = _quantity(lot, outcome, quantity)
    shipped_on = None if outcome is Outcome.MISSED else ship_date or min(lot.committed_ship_date, today)
    lot.report(outcome, quantity=shipped, ship_date=shipped_on, by=actor.slack_id, at=at)
    running = queries.open_clocks(session, case.request.id)
    turns.stop([clock for clock in running if clock.commitment_id == lot.id], at)
    if outcome is Outcome.IN_PART and rest_date is not None:
        balance(case, lot, rest_date)
    _record(case, lot, _move_after(queries.commitments(session, case.request.id)), rest_date)
    return case.request


def _problems(
    lot: Commitment,
    outcome: Outcome,
    quantity: Decimal | None,
    ship_date: date | None,
    rest_date: date | None,
    *,
    today: date,
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
    if rest_date is not None and (sentence := _rest_problem(outcome, rest_date, today)):
        problems[Field.REST_DATE] = sentence
    return problems


def _rest_problem(outcome: Outcome, rest_date: date, today: date) -> str:
    if outcome is not Outcome.IN_PART:
        return _("There is a rest only if a part shipped. Choose “only a part”, or clear this day.")
    if rest_date < today:
        return _("This day has passed. When does the rest ship? Choose today or a later day.")
    return _("This day is more than two years away. Check the year.") if rest_date > today + FURTHEST else ""


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
    parts = {lot.balance_of for lot in lots} - {None}
    # A part whose rest was committed is judged by that rest.
    outcomes = {lot.outcome for lot in lots if lot.id not in parts}
    if Outcome.OPEN in outcomes:
        return Move.REPORT_OUTCOME
    if outcomes <= SHIPPED_IN_FULL:
        return Move.FULFIL
    return Move.MISS if outcomes == {Outcome.MISSED} and not parts else Move.FULFIL_IN_PART


def _record(case: Case, lot: Commitment, move: Move, rest_date: date | None) -> None:
    facts: dict[str, Any] = {
        "commitment": lot.id,
        "position": lot.position,
        "outcome": lot.outcome.value,
        "quantity": format(lot.actual_quantity or Decimal(0), "f"),
        "ship_date": lot.actual_ship_date.isoformat() if lot.actual_ship_date else None,
        "rest_date": rest_date.isoformat() if rest_date else None,
    }
    entry = record(case, move, facts)
    if move is not Move.REPORT_OUTCOME:
        tell(case, case.request.requester, Notice.CLOSED, entry)
    elif lot.outcome is not Outcome.IN_FULL:
        # Sales has passed the commitment on; the customer should not learn from an empty truck.
        tell(case, case.request.requester, Notice.SHORTFALL, entry, commitment=lot.id)
