"""Help that a person does not want: kept per person, taken back by a press, and never shown to anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.inserts import InsertOnce
from models import OptOut
from models.home_queries import left

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.nudge import Unwanted
    from models.tenant import Actor

_OPT_OUT = InsertOnce(OptOut.__table__)


def leave(session: Session, actor: Actor, what: Unwanted, *, at: datetime) -> bool:
    """Leave the person alone with it from now on."""
    row = {"tenant_id": actor.tenant_id, "slack_id": actor.slack_id, "what": what, "at": at}
    _OPT_OUT.one(session, row)
    surfaces.redraw_homes_of(session, actor.tenant_id, [actor.slack_id], at)
    return True


def come_back(session: Session, actor: Actor, what: Unwanted, *, at: datetime) -> bool:
    """Take back :func:`leave`."""
    mine = OptOut.tenant_id == actor.tenant_id, OptOut.slack_id == actor.slack_id, OptOut.what == what
    session.execute(sa.delete(OptOut).where(*mine))
    surfaces.redraw_homes_of(session, actor.tenant_id, [actor.slack_id], at)
    return True


def left_by(session: Session, actor: Actor, *, at: datetime) -> frozenset[Unwanted]:
    """Everything this person does not want."""
    del at  # every use case is told the time
    return left(session, actor.tenant_id, actor.slack_id)


def has_left(session: Session, actor: Actor, what: Unwanted) -> bool:
    mine = OptOut.tenant_id == actor.tenant_id, OptOut.slack_id == actor.slack_id, OptOut.what == what
    return session.scalar(sa.select(OptOut.id).where(*mine)) is not None
