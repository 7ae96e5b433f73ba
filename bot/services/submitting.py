"""Sales asks: the request is numbered, its terms are frozen, the first clock starts and the desk is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import aftermath, drafts, holding, surfaces, turns
from bot.services.inserts import put
from bot.services.terms import desk_and_terms
from models import Draft, ExpediteRequest, RequestLine, Tenant, TimelineEntry, queries
from models.ask import problems_with
from models.draft import INQUIRY
from models.errors import FormRefused
from models.expedite_request import ASK_FIELDS
from models.lifecycle import Move
from models.origin import ORIGIN, origin_in
from models.outbox import Notice, Surface
from models.service_level import ClockKind
from models.urgency import UrgencyRules, judge

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.terms import Terms
    from models import Desk
    from models.ask import Ask, AskedLine
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
    desk, terms = desk_and_terms(session, actor.tenant_id, desk_id, ask=ask, requester_zone=_zone_of(actor))
    problems = problems_with(ask, today=terms.calendar.local_day(at))
    if problems:
        raise FormRefused(problems)
    made_of = draft.answers.get(INQUIRY) if draft is not None else None
    request = _request(session, actor, ask, desk, terms, at, made_of)
    terms = replace(terms, urgency=request.urgency)
    if draft is not None:
        session.connection().execute(_SENT, {"draft": draft.id, "request": request.id})
    put(session, _asked(request, how, draft))
    turns.start(session, request, ClockKind.FIRST_RESPONSE, terms, at=at)
    holding.begin(session, request)
    card = surfaces.card(request, desk.channel_id, key=f"card:{request.id}", at=at)
    surfaces.post_all(session, [card, _receipt(request)])
    surfaces.redraw_homes(session, [request], at)
    return request


def _request(
    session: Session, actor: Actor, ask: Ask, desk: Desk, terms: Terms, at: datetime, made_of: int | None
) -> ExpediteRequest:
    """The request with everything it will be measured by, as it is today."""
    judged = judge(ask, UrgencyRules.from_json(terms.levels.urgency_rules), terms.calendar, at)
    answers: dict[str, Any] = {name: getattr(ask, name) for name in ASK_FIELDS}
    follows = None if ask.is_inquiry else aftermath.what_it_follows(session, actor.tenant_id, ask, at)
    follows_id, follows_why = follows or (None, None)
    request = ExpediteRequest(
        tenant_id=actor.tenant_id,
        number=session.connection().execute(_NEXT_NUMBER, {"tenant": actor.tenant_id}).scalar_one(),
        desk_id=desk.id,
        calendar_id=desk.calendar_id,
        policy_id=desk.policy_id,
        sales_calendar_id=terms.sales_calendar_id,
        requester_zone=_zone_of(actor),
        urgency=judged.urgency,
        urgency_reasons=list(judged.reasons),
        requester=actor.slack_id,
        asked_at=at,
        follows_id=follows_id,
        follows_why=follows_why,
        links=list(ask.links),
        line_count=len(ask.lines),
        inquiry_id=made_of,
        **answers,
    )
    put(session, request)
    for position, line in enumerate(ask.more_lines, start=2):
        put(session, line_row(request, position, line))
    queries.load_lines(session, [request])
    return request


def line_row(request: ExpediteRequest, position: int, line: AskedLine) -> RequestLine:
    """A line as it is kept beside its request."""
    return RequestLine(
        tenant_id=request.tenant_id,
        request_id=request.id,
        position=position,
        line_number=line.line_number,
        item=line.item,
        quantity=line.quantity,
        unit=line.unit,
        needed_ship_date=line.needed_ship_date,
    )


def _zone_of(actor: Actor) -> str:
    return actor.zone if actor.is_zone_known else ""


def _asked(request: ExpediteRequest, how: How, draft: Draft | None) -> TimelineEntry:
    origin = origin_in(draft.answers) if draft is not None else None
    return TimelineEntry(
        tenant_id=request.tenant_id,
        request_id=request.id,
        at=request.asked_at,
        by=request.requester,
        how=how,
        move=Move.ASK,
        facts={} if origin is None else {ORIGIN: origin.to_json()},
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
