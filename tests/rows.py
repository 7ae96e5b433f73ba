"""Rows put down directly, for rules about reading: each call shows only what matters to its test."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from models import Commitment, Desk, ExpediteRequest, Offer, RequestClock
from models.expedite_request import ASK_FIELDS
from models.offer import OfferShape
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
