"""Sales asks: the request is numbered, its terms are frozen, the first clock starts and the desk is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import drafts, surfaces, turns
from bot.services.inserts import put
from bot.services.routing import desk_for
from bot.services.terms import desk_and_terms
from models import Draft, ExpediteRequest, Tenant, TimelineEntry
from models.ask import problems_with
from models.errors import FormRefused
from models.expedite_request import ASK_FIELDS
from models.lifecycle import Move
from models.outbox import Notice, Surface
from models.service_level import ClockKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import Desk
    from models.ask import Ask
    from models.lifecycle import How
    from models.tenant import Actor

_TENANTS: Any = Tenant.__table__
_DRAFTS: Any = Draft.__table__
_SENT = sa.update(_DRAFTS).where(_DRAFTS.c.id == sa.bindparam("draft")).values(request_id=sa.bindparam("request"))
_NEXT_NUMBER = (
    sa.update(_TENANTS)
    .where(_TENANTS.c.id == sa.bindparam("tenant"))
    .values(last_number=_TENANTS.c.last_number + 1)
    .returning(_TENANTS.c.last_number)
)


def submit(
    session: Session,
    actor: Actor,
    ask: Ask,
    *,
    at: datetime,
    how: How,
    desk_id: int | None = None,
    draft_id: int | None = None,
    draft: Draft | None = None,
) -> ExpediteRequest:
    """Send a request to the desk that a rule names, unless one is named here. The same draft sent twice is one request.

    Raises :class:`FormRefused` with a sentence per answer, :class:`NotSetUp`, or :class:`DraftGone`.
    """
    if draft is None and draft_id is not None:
        draft = drafts.locked(session, actor, draft_id)
    if draft is not None and draft.request_id is not None:
        return session.get_one(ExpediteRequest, draft.request_id)
    if desk_id is None:
        desk_id = desk_for(session, actor.tenant_id, item=ask.item, customer=ask.customer)
    desk, terms = desk_and_terms(session, actor.tenant_id, desk_id)
    problems = problems_with(ask, today=terms.calendar.local_day(at))
    if problems:
        raise FormRefused(problems)
    request = _request(session, actor, ask, desk, at)
    if draft is not None:
        session.connection().execute(_SENT, {"draft": draft.id, "request": request.id})
    put(session, _asked(request, how))
    turns.start(session, request, ClockKind.FIRST_RESPONSE, terms, at=at)
    surfaces.post_all(session, [_card(request, desk), _receipt(request)])
    surfaces.redraw_homes(session, [request], at)
    return request


def _request(session: Session, actor: Actor, ask: Ask, desk: Desk, at: datetime) -> ExpediteRequest:
    answers: dict[str, Any] = {name: getattr(ask, name) for name in ASK_FIELDS}
    request = ExpediteRequest(
        tenant_id=actor.tenant_id,
        number=session.connection().execute(_NEXT_NUMBER, {"tenant": actor.tenant_id}).scalar_one(),
        desk_id=desk.id,
        calendar_id=desk.calendar_id,
        policy_id=desk.policy_id,
        requester=actor.slack_id,
        asked_at=at,
        **answers,
    )
    put(session, request)
    return request


def _asked(request: ExpediteRequest, how: How) -> TimelineEntry:
    return TimelineEntry(
        tenant_id=request.tenant_id,
        request_id=request.id,
        at=request.asked_at,
        by=request.requester,
        how=how,
        move=Move.ASK,
    )


def _card(request: ExpediteRequest, desk: Desk) -> dict[str, Any]:
    return surfaces.row(
        tenant_id=request.tenant_id,
        key=f"card:{request.id}",
        surface=Surface.CARD,
        notice=Notice.CARD,
        channel=desk.channel_id,
        at=request.asked_at,
        request_id=request.id,
        is_live=True,
    )


def _receipt(request: ExpediteRequest) -> dict[str, Any]:
    return surfaces.row(
        tenant_id=request.tenant_id,
        key=f"receipt:{request.id}",
        surface=Surface.DIRECT,
        notice=Notice.RECEIPT,
        channel=request.requester,
        at=request.asked_at,
        request_id=request.id,
        is_live=True,
    )
