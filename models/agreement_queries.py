"""What was agreed last and how far it is: for the digest and for leaders' App Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from models.digest_page import Promise, PromiseState
from models.pair import Pair
from models.pairing import PairState
from models.summit import Agreement

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

MOST_PROMISES = 6


def last_agreements(session: Session, tenant_id: int, today: date) -> tuple[Promise, ...]:
    """Return the agreements of the newest summit that made any, and older ones that are open still; soonest first.

    ``today`` decides what is overdue.
    """
    newest = sa.select(sa.func.max(Agreement.summit_id)).where(Agreement.tenant_id == tenant_id).scalar_subquery()
    is_left_open = sa.and_(Agreement.done_at.is_(None), Agreement.evaluated_in.is_(None))
    wanted = (
        sa.select(Agreement)
        .where(Agreement.tenant_id == tenant_id)
        .where(sa.or_(Agreement.summit_id == newest, is_left_open))
        .order_by(Agreement.done_at.is_not(None), Agreement.by_day, Agreement.id)
        .limit(MOST_PROMISES)
    )
    return tuple(
        Promise(what=one.what, who=one.who, by=one.by_day, state=_state(one, today)) for one in session.scalars(wanted)
    )


def _state(one: Agreement, today: date) -> PromiseState:
    if one.done_at is not None:
        return PromiseState.DONE
    return PromiseState.OVERDUE if one.by_day < today else PromiseState.OPEN


def pairs_met(session: Session, tenant_id: int, month: date) -> tuple[int, int]:
    """Return how many pairs the month of a day has, and how many of them said that they met: numbers, never names."""
    counted = sa.select(sa.func.count(), sa.func.count(sa.case((Pair.state == PairState.DONE, 1)))).where(
        Pair.tenant_id == tenant_id, Pair.month == month.replace(day=1)
    )
    made, met = session.execute(counted).one()
    return made, met
