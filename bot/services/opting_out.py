"""Help that a person does not want: kept per person, taken back by a press, and never shown to anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services.inserts import InsertOnce
from models import OptOut

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.nudge import Unwanted
    from models.tenant import Actor

_OPT_OUT = InsertOnce(OptOut.__table__)


def leave(session: Session, actor: Actor, what: Unwanted, *, at: datetime) -> bool:
    """Leave the person alone with it from now on."""
    row = {"tenant_id": actor.tenant_id, "slack_id": actor.slack_id, "what": what, "at": at}
    return _OPT_OUT.one(session, row) or True


def come_back(session: Session, actor: Actor, what: Unwanted) -> bool:
    """Take back :func:`leave`."""
    mine = OptOut.tenant_id == actor.tenant_id, OptOut.slack_id == actor.slack_id, OptOut.what == what
    session.execute(sa.delete(OptOut).where(*mine))
    return True


def has_left(session: Session, actor: Actor, what: Unwanted) -> bool:
    mine = OptOut.tenant_id == actor.tenant_id, OptOut.slack_id == actor.slack_id, OptOut.what == what
    return session.scalar(sa.select(OptOut.id).where(*mine)) is not None
