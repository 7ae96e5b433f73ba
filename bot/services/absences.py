"""People go away and come back: what is open goes to their deputy, once, and comes back with them.

An absence may lie ahead. Its row says when it begins and ends, and a sweep looks at what is due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.absence_form import Plan, plan_from
from bot.services.absence_turns import pass_on_turns
from models import Absence
from models.absence_queries import own_absence
from models.base import UtcDateTime
from models.errors import RequestUnknown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor

__all__ = ["absence_of", "begin_and_end", "come_back", "go_away", "zone_of"]

BATCH = 25

_DUE = (
    sa.select(Absence)
    .where(Absence.due_at.is_not(None), Absence.due_at <= sa.bindparam("now", type_=UtcDateTime()))
    .order_by(Absence.due_at, Absence.id)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
)


def go_away(session: Session, actor: Actor, answers: dict[str, Any], *, at: datetime) -> Absence:
    """Be away from one time to another. What was planned before and overlaps ends where this begins.

    Raises :class:`FormRefused` with a sentence per answer.
    """
    plan = plan_from(session, actor, answers, at)
    _replace(session, actor, plan, at)
    absence = Absence(
        tenant_id=actor.tenant_id,
        slack_id=actor.slack_id,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        deputy=plan.deputy,
        made_by=actor.slack_id,
        made_at=at,
        due_at=plan.starts_at,
    )
    session.add(absence)
    session.flush()
    if absence.starts_at <= at:
        _begin(session, absence, at)
    _redraw_homes(session, absence, at)
    return absence


def come_back(session: Session, actor: Actor, absence_id: int, *, at: datetime) -> None:
    """Be there again from now on; one that has not begun is called off. Pressed twice, it does nothing more."""
    found = session.get(Absence, absence_id, with_for_update=True)
    if found is None or (found.tenant_id, found.slack_id) != (actor.tenant_id, actor.slack_id):
        raise RequestUnknown("")
    _call_off(session, found, at)
    _redraw_homes(session, found, at)


def absence_of(session: Session, actor: Actor, *, at: datetime) -> Absence | None:
    """Somebody's absence that runs, else their next one."""
    return own_absence(session, actor.tenant_id, actor.slack_id, at)


def zone_of(session: Session, actor: Actor, *, at: datetime) -> str:
    """Return the zone in which somebody's days and times are read."""
    del session, at  # every use case is called with them
    return actor.zone


def begin_and_end(session: Session, at: datetime, *, limit: int = BATCH) -> int:
    """Let absences whose time has come begin or end; gives how many were looked at, 0 when none is due."""
    due = session.scalars(_DUE, {"now": at, "most": limit}).all()
    for absence in due:
        if absence.ends_at <= at:
            _end(session, absence, at)
        else:
            _begin(session, absence, at)
        _redraw_homes(session, absence, at)
    session.flush()
    return len(due)


def _replace(session: Session, actor: Actor, plan: Plan, at: datetime) -> None:
    """Let what overlaps end where the new one begins. Turns then go straight to the new deputy."""
    for old in _ahead(session, actor, at):
        if old.starts_at >= plan.ends_at or plan.starts_at >= old.ends_at:
            continue
        if old.starts_at > at and old.starts_at >= plan.starts_at:
            session.delete(old)
        else:
            old.ends_at = max(plan.starts_at, at)
            old.due_at = old.starts_at if old.starts_at > at else _unless_over(old.ends_at, at)
        _redraw_homes(session, old, at)
    session.flush()


def _unless_over(ends_at: datetime, at: datetime) -> datetime | None:
    return ends_at if ends_at > at else None


def _ahead(session: Session, actor: Actor, at: datetime) -> Sequence[Absence]:
    mine = Absence.tenant_id == actor.tenant_id, Absence.slack_id == actor.slack_id, Absence.ends_at > at
    return session.scalars(sa.select(Absence).where(*mine).order_by(Absence.starts_at, Absence.id)).all()


def _call_off(session: Session, absence: Absence, at: datetime) -> None:
    """End one that runs, forget one that has not begun."""
    if absence.due_at is None:
        return
    if absence.starts_at > at:
        session.delete(absence)
        return
    absence.ends_at = at
    _end(session, absence, at)


def _begin(session: Session, absence: Absence, at: datetime) -> None:
    absence.due_at = absence.ends_at
    session.flush()
    pass_on_turns(session, absence, at)


def _end(session: Session, absence: Absence, at: datetime) -> None:
    absence.due_at = None
    session.flush()
    pass_on_turns(session, absence, at)


def _redraw_homes(session: Session, absence: Absence, at: datetime) -> None:
    people = [absence.slack_id, *([absence.deputy] if absence.deputy else [])]
    surfaces.redraw_homes_of(session, absence.tenant_id, people, at)
