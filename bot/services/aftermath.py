"""What follows from a commitment: orders pushed back for it, thanks for keeping it, and the emergency it may cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.case import open_case, record, tell_story
from bot.services.inserts import InsertOnce
from bot.services.texts import optional, required
from models import BumpedOrder, ExpediteRequest, Thanks, TimelineEntry, queries
from models.aftermath import Follows, order_key
from models.ask import NAME_LIMIT
from models.errors import Field, FormRefused, MoveNotAllowed, NotYours
from models.i18n import _
from models.lifecycle import How, Move, Status
from models.outbox import Notice, Surface

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.ask import Ask
    from models.tenant import Actor

LOOKS_BACK = timedelta(days=120)
"""How long after it an emergency is still put down to the one before."""
MOST_DAYS = 250
DELIVERED = frozenset({Status.FULFILLED, Status.PARTLY_FULFILLED})
_THANKS = InsertOnce(Thanks.__table__)

_BUMPED = (
    sa.select(BumpedOrder.request_id)
    .where(
        BumpedOrder.tenant_id == sa.bindparam("tenant"),
        BumpedOrder.order_key == sa.bindparam("key"),
        BumpedOrder.named_at >= sa.bindparam("since"),
    )
    .order_by(BumpedOrder.id.desc())
    .limit(1)
)
_MISSED = (
    sa.select(ExpediteRequest.id)
    .where(
        ExpediteRequest.tenant_id == sa.bindparam("tenant"),
        ExpediteRequest.order_number == sa.bindparam("order"),
        ExpediteRequest.status.in_([Status.MISSED, Status.PARTLY_FULFILLED]),
        ExpediteRequest.closed_at >= sa.bindparam("since"),
    )
    .order_by(ExpediteRequest.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class PushedBack:
    """One order that ships later, by how many working days, and who answers for it."""

    order_number: str
    days: int
    owner: str | None = None


def name_bumped(
    session: Session, actor: Actor, request_id: int, orders: Sequence[PushedBack], *, at: datetime, how: How
) -> ExpediteRequest:
    """Write down which orders were pushed back for this one; whoever answers for them is told at once.

    Raises :class:`FormRefused` with a sentence per row: without a number, or with days that cannot be.
    """
    case = open_case(session, actor, request_id, Move.NAME_BUMPED, at=at, how=how)
    problems = _bump_problems(orders, case.request)
    if problems:
        raise FormRefused(problems)
    session.add_all(_row(case.request, order, actor, at) for order in orders)
    listed = [[order.order_number.strip(), order.days] for order in orders]
    entry = record(case, Move.NAME_BUMPED, {"orders": listed})
    by_owner: dict[str, list[Any]] = {}
    for order in orders:
        if order.owner:
            by_owner.setdefault(order.owner, []).append([order.order_number.strip(), order.days])
    for owner, theirs in by_owner.items():
        surfaces.post(
            session,
            tenant_id=case.request.tenant_id,
            key=f"bumped:{entry.id}:{owner}",
            surface=Surface.DIRECT,
            notice=Notice.BUMPED,
            channel=owner,
            at=at,
            request_id=case.request.id,
            facts={"entry": entry.id, "orders": theirs},
        )
    return case.request


def say_thanks(
    session: Session, actor: Actor, request_id: int, words: str = "", customer_said: str = "", *, at: datetime
) -> ExpediteRequest:
    """Thank those who kept it, once, with a line if there is one; and keep what the customer said.

    Raises :class:`NotYours` for anybody but the requester, :class:`MoveNotAllowed` when nothing has shipped.
    """
    request = queries.request(session, actor.tenant_id, request_id)
    if actor.slack_id != request.requester:
        raise NotYours(_("Only the person who asked for {label} says thanks here.").format(label=request.label))
    if request.status not in DELIVERED:
        raise MoveNotAllowed(
            _("{label} has not shipped: there is nothing to thank for yet.").format(label=request.label)
        )
    line, said = optional(words, Field.THANKS), optional(customer_said, Field.CUSTOMER_SAID)
    row = {"tenant_id": actor.tenant_id, "request_id": request.id, "by": actor.slack_id, "said_at": at, "words": line}
    if not _THANKS.one(session, row):
        raise MoveNotAllowed(_("You have thanked for {label} already.").format(label=request.label))
    request.customer_said = said or request.customer_said
    facts = {"words": line, "customer_said": said, "to": _makers(session, request)}
    _write_down(session, request, actor, Move.THANK, facts, at)
    return request


def keep_customer_said(session: Session, actor: Actor, request_id: int, words: str, *, at: datetime) -> ExpediteRequest:
    """Keep what the customer said in the end, once it is closed; said again it replaces what was said before.

    Raises :class:`NotYours` for anybody but the requester, :class:`MoveNotAllowed` while it is open.
    """
    request = queries.request(session, actor.tenant_id, request_id)
    if actor.slack_id != request.requester:
        raise NotYours(
            _("Only the person who asked for {label} tells what the customer said.").format(label=request.label)
        )
    if request.status.is_open:
        raise MoveNotAllowed(
            _("{label} is still open: tell what the customer said once it is closed.").format(label=request.label)
        )
    said = required(words, Field.CUSTOMER_SAID, _("What did the customer say? Type it, or close the form."))
    request.customer_said = said
    _write_down(session, request, actor, Move.CUSTOMER_SAID, {"customer_said": said}, at)
    return request


def what_it_follows(session: Session, tenant_id: int, ask: Ask, at: datetime) -> tuple[int, Follows] | None:
    """Find the request without which this ask would not exist: one that bumped its order, or missed it."""
    if not ask.order_number.strip():
        return None
    known = {"tenant": tenant_id, "since": at - LOOKS_BACK}
    bumped = session.scalar(_BUMPED, {**known, "key": order_key(ask.order_number)})
    if bumped is not None:
        return bumped, Follows.BUMPED
    missed = session.scalar(_MISSED, {**known, "order": ask.order_number})
    return None if missed is None else (missed, Follows.MISSED)


def _write_down(
    session: Session, request: ExpediteRequest, actor: Actor, move: Move, facts: dict[str, Any], at: datetime
) -> None:
    """Add a line of history to a request that stays where it is, and tell of it."""
    entry = TimelineEntry(
        tenant_id=actor.tenant_id,
        request_id=request.id,
        at=at,
        by=actor.slack_id,
        how=How.FORM,
        move=move,
        facts=facts,
    )
    session.add(entry)
    session.flush()
    tell_story(session, request, entry)
    surfaces.redraw_messages(session, request.id, at)


def _makers(session: Session, request: ExpediteRequest) -> list[str]:
    """Whom the thanks go to: who committed it, who works on it, who reported it."""
    lots = queries.commitments(session, request.id)
    people = {request.owner, *(lot.made_by for lot in lots), *(lot.reported_by for lot in lots)}
    return sorted(person for person in people if person and person != request.requester)


def _row(request: ExpediteRequest, order: PushedBack, actor: Actor, at: datetime) -> BumpedOrder:
    return BumpedOrder(
        tenant_id=request.tenant_id,
        request_id=request.id,
        order_number=order.order_number.strip(),
        order_key=order_key(order.order_number),
        days=order.days,
        owner=order.owner,
        named_by=actor.slack_id,
        named_at=at,
    )


def _bump_problems(orders: Sequence[PushedBack], request: ExpediteRequest) -> dict[str, str]:
    if not orders:
        return {Field.BUMPED_ORDER: _("Which order is pushed back? Give its number.")}
    problems: dict[str, str] = {}
    for row, order in enumerate(orders, start=1):
        number = order.order_number.strip()
        if not number or len(number) > NAME_LIMIT:
            problems[f"{Field.BUMPED_ORDER}_{row}"] = _("Which order is pushed back? Give its number.")
        elif request.order_number and order_key(number) == order_key(request.order_number):
            problems[f"{Field.BUMPED_ORDER}_{row}"] = _(
                "This is the order that is expedited. Name the one it pushes back."
            )
        if not 0 < order.days <= MOST_DAYS:
            problems[f"{Field.BUMPED_DAYS}_{row}"] = _("By how many working days? A number from 1 to {most}.").format(
                most=MOST_DAYS
            )
    return problems
