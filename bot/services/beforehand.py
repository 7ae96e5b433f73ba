"""What Sales sees before asking: how busy the desk is, how fast it usually answers, what is open already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services.terms import desk_and_terms
from models import Desk, ExpediteRequest, RequestLine, queries
from models.lifecycle import OPEN
from models.picture import DeskMeter
from models.urgency import UrgencyRules, judge

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.terms import Terms
    from models.ask import Ask
    from models.tenant import Actor
    from models.urgency import Urgency

RECENT = 50
"""How many recent requests the usual answer time looks at,"""
ENOUGH = 5
"""and how many of them it takes to call it usual."""
MOST_SHOWN = 5

# By tenant and the time of asking: that index is walked from its end and left after a few rows, whatever lies behind.
_ANSWERED = (
    sa.select(ExpediteRequest.asked_at, ExpediteRequest.answered_at)
    .where(
        ExpediteRequest.tenant_id == sa.bindparam("tenant"),
        ExpediteRequest.desk_id == sa.bindparam("desk"),
        ExpediteRequest.answered_at.is_not(None),
    )
    .order_by(ExpediteRequest.asked_at.desc())
    .limit(RECENT)
)


def meter(session: Session, tenant_id: int, desk_id: int | None, at: datetime) -> DeskMeter:
    """What a desk is like right now: how busy, when it works next, how long an answer usually takes."""
    desk, terms = desk_and_terms(session, tenant_id, desk_id)
    is_open = terms.calendar.is_open(at)
    return DeskMeter(
        desk_name=desk.name,
        hot_open=queries.hot_open(session, desk.id),
        hot_cap=desk.hot_cap,
        next_open=terms.calendar.next_open(at),
        usual_answer_secs=_usual_answer(session, desk, terms),
        zone=terms.calendar.zone,
        is_open=is_open,
        closes=terms.calendar.next_close(at) if is_open else None,
    )


def urgency_of(session: Session, tenant_id: int, ask: Ask, at: datetime) -> Urgency:
    """How pressing an ask would be if it were sent now."""
    _desk, terms = desk_and_terms(session, tenant_id)
    return judge(ask, UrgencyRules.from_json(terms.levels.urgency_rules), terms.calendar, at)


def same_order_open(session: Session, actor: Actor, ask: Ask) -> list[ExpediteRequest]:
    """Open requests for the same order line or, without an order number, for the same item and customer."""
    table = ExpediteRequest
    if ask.order_number.strip():
        pairs = [(table.order_number, ask.order_number), (table.line_number, ask.line_number)]
    else:
        pairs = [(table.customer, ask.customer), (table.item, ask.item)]
    return _open_ones(session, actor, [_lower(column) == text.strip().lower() for column, text in pairs])


def same_item_open(session: Session, actor: Actor, ask: Ask, *, known: Collection[int]) -> list[ExpediteRequest]:
    """Other open requests for an item of this one, whoever needs it: they take from the same shelf."""
    items = sorted({line.item.strip().lower() for line in ask.lines})
    by_line = sa.select(RequestLine.request_id).where(
        RequestLine.tenant_id == actor.tenant_id, _lower(RequestLine.item).in_(items)
    )
    is_same = sa.or_(_lower(ExpediteRequest.item).in_(items), ExpediteRequest.id.in_(by_line))
    return _open_ones(session, actor, [is_same, ExpediteRequest.id.not_in(sorted(known))])


def _open_ones(session: Session, actor: Actor, same: Sequence[sa.ColumnElement[bool]]) -> list[ExpediteRequest]:
    # The workspace by its desks: desk and status have an index that finds what is open, however much is closed.
    table = ExpediteRequest
    desks = sa.select(Desk.id).where(Desk.tenant_id == actor.tenant_id)
    wanted = sa.select(table).where(table.desk_id.in_(desks), table.status.in_(OPEN), *same)
    found = list(session.scalars(wanted.order_by(table.number.desc()).limit(MOST_SHOWN)))
    queries.load_lines(session, found)
    return found


def _lower(column: Any) -> sa.ColumnElement[str]:
    return sa.func.lower(column)


def _usual_answer(session: Session, desk: Desk, terms: Terms) -> int | None:
    rows = session.execute(_ANSWERED, {"tenant": desk.tenant_id, "desk": desk.id}).all()
    spans = sorted(terms.calendar.between(asked_at, answered_at) for asked_at, answered_at in rows if answered_at)
    return spans[(len(spans) - 1) // 2] if len(spans) >= ENOUGH else None
