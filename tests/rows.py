"""Rows put down directly, for rules about reading: each call shows only what matters to its test."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.services import surfaces
from models import Commitment, Desk, ExpediteRequest, Offer, OutboxMessage, RequestClock, TimelineEntry, queries
from models.expedite_request import ASK_FIELDS
from models.lifecycle import How, Move
from models.offer import OfferShape
from models.outbox import Notice, Surface
from models.service_level import HOLDER, ClockKind, Step
from tests.builders import FRIDAY, HOUR, JONAS, MARA, NOON, Workspace, an_ask

NUMBERS = count(1000)


def a_request(session: Session, workspace: Workspace, **facts: Any) -> ExpediteRequest:
    """Mara asked for 100 pcs of BRK-2040 for Acme, just now."""
    ask = an_ask(**{name: facts.pop(name) for name in list(facts) if name in ASK_FIELDS})
    desk = session.get_one(Desk, facts.pop("desk_id", workspace.desk_id))
    usual = {
        "tenant_id": desk.tenant_id,
        "number": next(NUMBERS),
        "desk_id": desk.id,
        "calendar_id": desk.calendar_id,
        "policy_id": desk.policy_id,
        "requester": MARA,
        "asked_at": NOON,
    }
    request = ExpediteRequest(**usual | facts, **{name: getattr(ask, name) for name in ASK_FIELDS})
    session.add(request)
    session.flush()
    return request


def a_clock(session: Session, request: ExpediteRequest, kind: ClockKind, **facts: Any) -> RequestClock:
    """A turn that began with the ask and has an hour."""
    started = facts.pop("started_at", request.asked_at)
    deadline = facts.pop("deadline_at", started + HOUR)
    usual = {
        "tenant_id": request.tenant_id,
        "request_id": request.id,
        "kind": kind,
        "holder": HOLDER[kind],
        "started_at": started,
        "target_secs": 3600,
        "deadline_at": deadline,
        "next_step": int(Step.WARN_HALF),
        "due_at": deadline,
    }
    clock = RequestClock(**usual | facts)
    session.add(clock)
    session.flush()
    return clock


def a_commitment(session: Session, request: ExpediteRequest, day: date = FRIDAY, **facts: Any) -> Commitment:
    """Jonas committed all of it for the day."""
    usual = {
        "tenant_id": request.tenant_id,
        "request_id": request.id,
        "position": 1,
        "quantity": Decimal(100),
        "original_ship_date": day,
        "committed_ship_date": day,
        "made_by": JONAS,
        "made_at": NOON,
    }
    commitment = Commitment(**usual | facts)
    session.add(commitment)
    session.flush()
    return commitment


def an_offer(session: Session, request: ExpediteRequest, valid_until: datetime, **facts: Any) -> Offer:
    usual = {
        "tenant_id": request.tenant_id,
        "request_id": request.id,
        "shape": OfferShape.EVERYTHING_LATER,
        "valid_until": valid_until,
        "made_by": JONAS,
        "made_at": NOON,
    }
    offer = Offer(**usual | facts)
    session.add(offer)
    session.flush()
    return offer


def call_in(session: Session, request_id: int, person: str, *, at: datetime) -> int:
    """What the escalation does when it calls a mediator in; gives the id of the message to them."""
    request = session.get_one(ExpediteRequest, request_id)
    clock = queries.open_clocks(session, request_id)[0]
    clock.breached_at, clock.escalated_at = clock.deadline_at, at
    facts = {"clock": clock.id, "step": 200, "kind": clock.kind.value, "holder": clock.holder.value}
    facts |= {"audience": "mediator", "called": person}
    entry = TimelineEntry(
        tenant_id=request.tenant_id,
        request_id=request_id,
        at=at,
        by=None,
        how=How.SYSTEM,
        move=Move.ESCALATE,
        facts=facts,
    )
    session.add(entry)
    session.flush()
    key = f"clock:{clock.id}:200"
    message = {"surface": Surface.DIRECT, "notice": Notice.MEDIATION, "channel": person, "is_live": True}
    told = {"tenant_id": request.tenant_id, "request_id": request_id, "facts": {**facts, "entry": entry.id}}
    surfaces.post(session, key=key, at=at, **message, **told)
    surfaces.redraw(session, request, at)
    return session.scalars(sa.select(OutboxMessage.id).where(OutboxMessage.key == key)).one()
