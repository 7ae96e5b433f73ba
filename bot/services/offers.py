"""The desk offers something else than was asked; Sales takes one of it, proposes something, or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.services import turns
from bot.services.agreement import lots_as_facts
from bot.services.case import open_case, record, responded, stop_clocks, tell
from bot.services.inquiries import available
from bot.services.proposals import close_open_offer, problems_with_proposal
from bot.services.settling import accept, refuse
from models import Offer, OfferLot, queries
from models.ask import RequestKind
from models.errors import FormRefused
from models.lifecycle import Move
from models.offer import OfferState
from models.offer_queries import next_round
from models.outbox import Notice
from models.service_level import ClockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import ExpediteRequest
    from models.lifecycle import How
    from models.offer import Proposal, ShipmentSplit
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
    """Offer quantities and days, to choose from; what is open already is replaced. Sales decides until it lapses.

    Raises :class:`FormRefused` with a sentence per answer.
    """
    case = open_case(session, actor, request_id, Move.OFFER, at=at, how=how, source_ts=source_ts)
    queries.load_lines(session, [case.request])
    today = case.terms.calendar.local_day(at)
    problems = problems_with_proposal(proposal, case.request, today=today, at=at)
    if problems:
        raise FormRefused(problems)
    if case.request.kind is RequestKind.INQUIRY:
        said = _make(case, proposal)
        return available(case, [one.splits for one in said], made=said)
    stop_clocks(case)
    closed = close_open_offer(case, OfferState.REPLACED)
    responded(case, answered=True)
    made = _make(case, proposal)
    turns.start(session, case.request, ClockKind.DECISION, case.terms, at=at, deadline=made[0].valid_until)
    entry = record(case, Move.OFFER, _facts(made), closed=closed)
    tell(case, case.request.requester, Notice.OFFER_FOR_YOU, entry)
    return case.request


def _facts(made: Sequence[Offer]) -> dict[str, Any]:
    """What history keeps of an offer; ``alternatives`` only where there are several."""
    first = made[0]
    facts: dict[str, Any] = {
        "offer": first.id,
        "offers": [one.id for one in made],
        "shape": first.shape.value,
        "lots": lots_as_facts(first.splits),
        "valid_until": first.valid_until.isoformat(),
        "substitute": first.substitute,
        "site": first.site,
    }
    if len(made) > 1:
        facts["alternatives"] = [
            {"lots": lots_as_facts(one.splits), "substitute": one.substitute, "site": one.site} for one in made
        ]
    return facts


def _make(case: Case, proposal: Proposal) -> list[Offer]:
    until = proposal.valid_until or case.terms.sales.add(case.at, case.terms.targets.decision)
    number = next_round(case.session, case.request.id)
    made = [
        Offer(
            tenant_id=case.request.tenant_id,
            request_id=case.request.id,
            shape=one.shape,
            conditions=one.conditions.strip(),
            extra_cost=one.extra_cost,
            paid_by=one.paid_by,
            substitute=one.substitute.strip(),
            site=one.site.strip(),
            valid_until=until,
            made_by=case.actor.slack_id,
            made_at=case.at,
            round_number=number,
            alternative=position,
            lots=lots_of(case.request.tenant_id, one.lots),
        )
        for position, one in enumerate(proposal.alternatives, start=1)
    ]
    case.session.flush()
    case.session.add_all(made)
    case.session.flush()
    return made


def lots_of(tenant_id: int, lots: Iterable[ShipmentSplit]) -> list[OfferLot]:
    """Lots as rows, the soonest first."""
    return [
        OfferLot(tenant_id=tenant_id, position=n, quantity=lot.quantity, ship_date=lot.ship_date, line=lot.line)
        for n, lot in enumerate(sorted(lots), start=1)
    ]
