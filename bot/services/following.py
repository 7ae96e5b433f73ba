"""A commitment on its way: an early warning, another day, the rest of a part. The first committed day is never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import turns
from bot.services.case import open_case, record, tell
from bot.services.last_step import last_step
from bot.services.texts import required
from models import Commitment, queries
from models.ask import FURTHEST
from models.commitment import Outcome
from models.errors import Field, FormRefused, MoveNotAllowed, RequestUnknown
from models.i18n import _
from models.lifecycle import Move
from models.outbox import Notice

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import ExpediteRequest
    from models.lifecycle import How
    from models.tenant import Actor


def report_risk(
    session: Session,
    actor: Actor,
    commitment_id: int,
    reason: str,
    proposed: date | None = None,
    *,
    at: datetime,
    how: How,
) -> ExpediteRequest:
    """Warn that a lot may slip, with the day it might ship instead. Nothing is moved: Sales hears it early.

    Raises :class:`FormRefused` without a reason or with a day that cannot be.
    """
    case, lot = open_lot(session, actor, commitment_id, Move.REPORT_RISK, at=at, how=how)
    why = required(reason, Field.RISK_REASON, _("What stands in the way? Sales has to explain it to the customer."))
    if proposed is not None:
        _require_day(case, lot, proposed)
    lot.at_risk_since, lot.risk_reason, lot.proposed_ship_date = at, why, proposed
    facts = {"commitment": lot.id, "reason": why, "ship_date": proposed.isoformat() if proposed else None}
    entry = record(case, Move.REPORT_RISK, facts)
    tell(case, case.request.requester, Notice.AT_RISK, entry, commitment=lot.id)
    return case.request


def recommit(
    session: Session,
    actor: Actor,
    commitment_id: int,
    ship_date: date,
    reason: str,
    *,
    at: datetime,
    how: How,
) -> ExpediteRequest:
    """Bind the desk to another day for a lot, with the reason; the first day is kept and counted.

    Raises :class:`FormRefused` for a day that has passed, is the committed one already, or lies too far ahead.
    """
    case, lot = open_lot(session, actor, commitment_id, Move.RECOMMIT, at=at, how=how)
    why = required(reason, Field.RISK_REASON, _("What stands in the way? Sales has to explain it to the customer."))
    _require_day(case, lot, ship_date)
    _move_lot(case, lot, ship_date, why, Move.RECOMMIT)
    return case.request


def take_new_date(session: Session, actor: Actor, commitment_id: int, *, at: datetime, how: How) -> ExpediteRequest:
    """Let the requester agree to the day the desk proposed for a lot at risk: it becomes the committed one."""
    case, lot = open_lot(session, actor, commitment_id, Move.TAKE_NEW_DATE, at=at, how=how)
    if lot.proposed_ship_date is None or lot.proposed_ship_date < case.terms.calendar.local_day(at):
        raise MoveNotAllowed(_("The day that was proposed has passed or was taken back. Ask the desk for another one."))
    _move_lot(case, lot, lot.proposed_ship_date, lot.risk_reason, Move.TAKE_NEW_DATE)
    return case.request


def balance(case: Case, lot: Commitment, ship_date: date) -> Commitment:
    """Commit the rest of a lot that shipped in part; it stays measured by that lot's first day."""
    session = case.session
    newest = sa.select(sa.func.max(Commitment.position)).where(Commitment.request_id == case.request.id)
    rest = Commitment(
        tenant_id=lot.tenant_id,
        request_id=lot.request_id,
        position=(session.scalar(newest) or 0) + 1,
        quantity=lot.quantity - (lot.actual_quantity or 0),
        original_ship_date=lot.original_ship_date,
        committed_ship_date=ship_date,
        made_by=case.actor.slack_id,
        made_at=case.at,
        line=lot.line,
        balance_of=lot.id,
    )
    session.add(rest)
    session.flush()
    turns.follow(session, case.request, rest, case.terms, at=case.at)
    return rest


def open_lot(
    session: Session, actor: Actor, commitment_id: int, move: Move, *, at: datetime, how: How
) -> tuple[Case, Commitment]:
    """Take the request of a lot for a move, and the lot if nobody has reported on it.

    Raises :class:`RequestUnknown`, :class:`NotYours` or :class:`MoveNotAllowed`.
    """
    case = open_case(session, actor, _request_of(session, actor, commitment_id), move, at=at, how=how)
    return case, _still_open(case, commitment_id)


def _move_lot(case: Case, lot: Commitment, ship_date: date, why: str, move: Move) -> None:
    before = lot.committed_ship_date
    lot.recommit(ship_date)
    running = queries.open_clocks(case.session, case.request.id)
    turns.stop([clock for clock in running if clock.commitment_id == lot.id], case.at)
    turns.follow(case.session, case.request, lot, case.terms, at=case.at)
    facts: dict[str, Any] = {
        "commitment": lot.id,
        "reason": why,
        "ship_date": ship_date.isoformat(),
        "before": before.isoformat(),
    }
    entry = record(case, move, facts)
    other = case.request.owner if case.actor.slack_id == case.request.requester else case.request.requester
    tell(case, other, Notice.RECOMMITTED, entry, commitment=lot.id)


def _request_of(session: Session, actor: Actor, commitment_id: int) -> int:
    wanted = sa.select(Commitment.request_id).where(
        Commitment.id == commitment_id, Commitment.tenant_id == actor.tenant_id
    )
    found = session.scalar(wanted)
    if found is None:
        raise RequestUnknown(f"#{commitment_id}")
    return found


def _still_open(case: Case, commitment_id: int) -> Commitment:
    for lot in queries.commitments(case.session, case.request.id):
        if lot.id == commitment_id and lot.outcome is Outcome.OPEN:
            return lot
    last = last_step(case.session, case.request, case.actor, case.at)
    raise MoveNotAllowed(
        _("Nothing is left to report on this lot of {label}: {last} The card shows the rest.").format(
            label=case.request.label, last=last
        )
    )


def _require_day(case: Case, lot: Commitment, ship_date: date) -> None:
    today = case.terms.calendar.local_day(case.at)
    sentence = ""
    if ship_date < today:
        sentence = _("This day has passed. Choose today or a later day.")
    elif ship_date > today + FURTHEST:
        sentence = _("This day is more than two years away. Check the year.")
    elif ship_date == lot.committed_ship_date:
        sentence = _("The lot is committed for this day already. Choose another one, or leave it empty.")
    if sentence:
        raise FormRefused({Field.NEW_SHIP_DATE: sentence})
