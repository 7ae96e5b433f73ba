"""The desk offers something else than was asked; Sales accepts or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services import turns
from bot.services.agreement import lots_as_facts
from bot.services.case import open_case, record, responded, stop_clocks, tell
from bot.services.inquiries import available
from bot.services.proposals import close_open_offer, problems_with_proposal
from bot.services.settling import accept, refuse
from models import Offer, OfferLot
from models.ask import RequestKind
from models.errors import FormRefused
from models.lifecycle import Move
from models.offer import OfferState
from models.outbox import Notice
from models.service_level import ClockKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import ExpediteRequest
    from models.lifecycle import How
    from models.offer import Proposal
    from models.tenant import Actor

__all__ = ["accept", "offer", "refuse"]


def offer(
    session: Session,
    actor: Actor,
    request_id: int,
    proposal: Proposal,
    *,
    at: datetime,
    how: How,
    source_ts: str | None = None,
) -> ExpediteRequest:
    """Offer quantities and days; an offer that is open already is replaced. Sales decides until it lapses.

    Raises :class:`FormRefused` with a sentence per answer.
    """
    case = open_case(session, actor, request_id, Move.OFFER, at=at, how=how, source_ts=source_ts)
    today = case.terms.calendar.local_day(at)
    problems = problems_with_proposal(proposal, case.request, today=today, at=at)
    if problems:
        raise FormRefused(problems)
    if case.request.kind is RequestKind.INQUIRY:
        said = _make(case, proposal)
        return available(case, said.splits, made=said)
    stop_clocks(case)
    closed = close_open_offer(case, OfferState.REPLACED)
    responded(case, answered=True)
    made = _make(case, proposal)
    turns.start(session, case.request, ClockKind.DECISION, case.terms, at=at, deadline=made.valid_until)
    facts = {
        "offer": made.id,
        "shape": made.shape.value,
        "lots": lots_as_facts(made.splits),
        "valid_until": made.valid_until.isoformat(),
    }
    entry = record(case, Move.OFFER, facts, offer_id=closed)
    tell(case, case.request.requester, Notice.OFFER_FOR_YOU, entry)
    return case.request


def _make(case: Case, proposal: Proposal) -> Offer:
    lots = [
        OfferLot(
            tenant_id=case.request.tenant_id,
            position=position,
            quantity=lot.quantity,
            ship_date=lot.ship_date,
            line=lot.line,
        )
        for position, lot in enumerate(sorted(proposal.lots), start=1)
    ]
    until = proposal.valid_until or case.terms.sales.add(case.at, case.terms.targets.decision)
    made = Offer(
        tenant_id=case.request.tenant_id,
        request_id=case.request.id,
        shape=proposal.shape,
        conditions=proposal.conditions.strip(),
        extra_cost=proposal.extra_cost,
        valid_until=until,
        made_by=case.actor.slack_id,
        made_at=case.at,
        lots=lots,
    )
    case.session.add(made)
    case.session.flush()
    return made
