"""What became of an attempt, written so that a late report of an older attempt changes nothing.

Bad news counts only while the row is still being sent by that attempt. Good news counts as long as no later attempt has
begun: a message that certainly stands in Slack must not be posted again, however late we learn of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.courier.claims import pause
from models import OutboxMessage
from models.outbox import Delivery

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.courier.claims import Errand, Patience
    from bot.ports import NotAccepted, Posted, SlackFault

LONGEST_WAIT = 60.0
EDIT_WAIT = 5.0
ERROR_LIMIT = 500

_outbox: Any = OutboxMessage.__table__
_column = _outbox.c
_this_attempt = sa.and_(_column.id == sa.bindparam("row_id"), _column.attempts == sa.bindparam("attempt"))
SHOWN = sa.case(
    (_column.wanted > _column.shown, sa.literal(Delivery.STALE, _column.state.type)),
    else_=sa.literal(Delivery.SENT, _column.state.type),
)
"""The state of a row whose last attempt is known to stand: done, unless more was wanted meanwhile."""

_SENT = (
    sa.update(_outbox)
    .where(_this_attempt)
    .values(
        state=SHOWN,
        ts=sa.func.coalesce(sa.bindparam("new_ts"), _column.ts),
        posted_channel=sa.func.coalesce(sa.bindparam("new_channel"), _column.posted_channel),
        sent_at=sa.bindparam("at", type_=_column.sent_at.type),
        not_before=sa.bindparam("at", type_=_column.sent_at.type),
        error=sa.bindparam("remark"),
    )
)
_FAILED = (
    sa.update(_outbox)
    .where(_this_attempt, _column.state == sa.literal(Delivery.SENDING, _column.state.type))
    .values(
        state=sa.bindparam("new_state", type_=_column.state.type),
        not_before=sa.bindparam("again_at", type_=_column.not_before.type),
        error=sa.bindparam("remark"),
    )
)


def sent(session: Session, errand: Errand, posted: Posted | None, *, at: datetime, remark: str = "") -> None:
    """It stands in Slack; ``posted`` is where, for what was not there before."""
    where = {"new_ts": posted.ts, "new_channel": posted.channel} if posted else {"new_ts": None, "new_channel": None}
    session.execute(_SENT, {**_fence(errand), **where, "at": at, "remark": remark[:ERROR_LIMIT]})


def put_off(session: Session, errand: Errand, fault: NotAccepted, *, at: datetime) -> None:
    """Slack did not take it: again later, and nothing else through that lane before the time Slack named."""
    again_at = at + timedelta(seconds=fault.retry_after or _backoff(errand))
    _fail(session, errand, _again(errand), fault, again_at)
    # After the row, as a claim does: locks taken in one order never wait for each other in a circle.
    if fault.retry_after is not None:
        pause(session, errand.tenant_id, errand.lane, until=at + timedelta(seconds=fault.retry_after))


def give_up(session: Session, errand: Errand, fault: SlackFault, *, at: datetime) -> None:
    """Trying again will not help: the row stays where an admin can see it, with Slack's word for why."""
    _fail(session, errand, Delivery.DEAD, fault, at)


def leave_unsure(session: Session, errand: Errand, fault: SlackFault, *, at: datetime, patience: Patience) -> None:
    """Nobody knows whether Slack took it: an edit is simply repeated, a new message is looked for first."""
    if errand.can_be_repeated:
        _fail(session, errand, Delivery.STALE, fault, at + timedelta(seconds=_backoff(errand)))
    else:
        _fail(session, errand, Delivery.UNSURE, fault, at + timedelta(seconds=patience.settle))


def _fail(session: Session, errand: Errand, state: Delivery, fault: SlackFault, again_at: datetime) -> None:
    facts = {"new_state": state, "again_at": again_at, "remark": fault.error[:ERROR_LIMIT]}
    session.execute(_FAILED, {**_fence(errand), **facts})


def _fence(errand: Errand) -> dict[str, int]:
    return {"row_id": errand.row_id, "attempt": errand.attempt}


def _again(errand: Errand) -> Delivery:
    return Delivery.STALE if errand.can_be_repeated else Delivery.READY


def _backoff(errand: Errand) -> float:
    """Seconds. The attempts of a row count its edits too, so they say nothing about how often an edit failed."""
    return EDIT_WAIT if errand.can_be_repeated else min(LONGEST_WAIT, 2.0 ** min(errand.attempt, 6))
