"""Sales takes its turn: it informs, accepts or refuses an offer, or withdraws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services.agreement import agree, cancel_lots, lots_as_facts
from bot.services.answering import start_answer
from bot.services.case import open_case, record, stop_clocks, tell
from bot.services.proposals import close_open_offer, standing_offer
from bot.services.texts import optional, required
from models import RequestClock, queries
from models.errors import Field, OfferLapsed
from models.i18n import _
from models.lifecycle import EndedBecause, Move
from models.offer import OfferState
from models.outbox import Notice
from models.service_level import ClockKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import ExpediteRequest, Offer, TimelineEntry
    from models.lifecycle import How
    from models.tenant import Actor

SHORTEST_REST = 15 * 60
"""Working seconds the desk has at least, when a question comes back answered."""


def give_information(
    session: Session,
    actor: Actor,
    request_id: int,
    information: str,
    *,
    at: datetime,
    how: How,
    source_ts: str | None = None,
) -> ExpediteRequest:
    """Answer the desk's question: its clock goes on with the working time it had left."""
    case = open_case(session, actor, request_id, Move.GIVE_INFORMATION, at=at, how=how, source_ts=source_ts)
    given = required(information, Field.INFORMATION, _("Write the answer to the desk's question."))
    stop_clocks(case)
    case.request.information = given
    facts = {"information": given, **start_answer(case, target_secs=_rest(case))}
    entry = record(case, Move.GIVE_INFORMATION, facts)
    tell(case, case.request.owner, Notice.DESK_TURN, entry)
    return case.request


def accept(
    session: Session, actor: Actor, request_id: int, offer_id: int | None = None, *, at: datetime, how: How
) -> ExpediteRequest:
    """Take the offer, or one of its alternatives: its lots become commitments, those beside it are kept as not chosen.

    Raises :class:`OfferLapsed` after its time, and :class:`MoveNotAllowed` when it was changed meanwhile.
    """
    case = open_case(session, actor, request_id, Move.ACCEPT, at=at, how=how)
    offer = standing_offer(case, offer_id)
    _require_valid(case, offer)
    stop_clocks(case)
    closed = close_open_offer(case, OfferState.CLOSED)
    offer.close(OfferState.ACCEPTED, by=actor.slack_id, at=at)
    agree(case, offer.splits, made_by=offer.made_by)
    facts = {"offer": offer.id, "lots": lots_as_facts(offer.splits), "of": len(closed)}
    record(case, Move.ACCEPT, {**facts, "substitute": offer.substitute, "site": offer.site}, closed=closed)
    return case.request


def refuse(
    session: Session, actor: Actor, request_id: int, reason: str, *, look_again: bool, at: datetime, how: How
) -> ExpediteRequest:
    """Turn the offer down: the desk looks again, or the request is withdrawn."""
    case = open_case(session, actor, request_id, Move.REFUSE, at=at, how=how)
    why = required(reason, Field.REFUSE_REASON, _("Why does the offer not help? The desk needs to know."))
    stop_clocks(case)
    closed = close_open_offer(case, OfferState.REFUSED)
    case.request.closing_word = why
    facts: dict[str, Any] = {"offer": closed[0] if closed else None, "reason": why, "look_again": look_again}
    if not look_again:
        case.request.ended_because = EndedBecause.OFFER_NO_HELP
        _call_off(case, record(case, Move.WITHDRAW, facts, closed=closed))
        return case.request
    entry = record(case, Move.REFUSE, {**facts, **start_answer(case)}, closed=closed)
    tell(case, case.request.owner, Notice.DESK_TURN, entry)
    return case.request


def withdraw(
    session: Session,
    actor: Actor,
    request_id: int,
    reason: str = "",
    *,
    because: EndedBecause | None = None,
    at: datetime,
    how: How,
) -> ExpediteRequest:
    """Take the request back, whatever it has come to; open lots are cancelled.

    Where the customer cancelled the order, the request ends as cancelled: nobody on either side let it go.
    """
    move = Move.CANCEL if because is EndedBecause.CUSTOMER_CANCELLED else Move.WITHDRAW
    case = open_case(session, actor, request_id, move, at=at, how=how)
    why = optional(reason, Field.REFUSE_REASON)
    stop_clocks(case)
    closed = close_open_offer(case, OfferState.CLOSED)
    cancel_lots(session, case.request.id)
    case.request.closing_word, case.request.ended_because = why, because
    facts = {"reason": why, "because": because.value if because else None}
    _call_off(case, record(case, move, facts, closed=closed))
    return case.request


def _call_off(case: Case, entry: TimelineEntry) -> None:
    """Tell whoever works on it to stop."""
    if case.request.owner != case.actor.slack_id:
        tell(case, case.request.owner, Notice.WITHDRAWN, entry)


def _require_valid(case: Case, offer: Offer) -> None:
    today = case.terms.calendar.local_day(case.at)
    if case.at >= offer.valid_until or min(lot.ship_date for lot in offer.splits) < today:
        raise OfferLapsed(
            _("This offer has lapsed. Refuse it and ask the desk to look again; {label} stays open.").format(
                label=case.request.label
            )
        )


def _grew_since_asked(case: Case) -> bool:
    """Whether more was asked since the desk put its question."""
    story = queries.timeline(case.session, case.request.id)
    since = [entry for entry in story if entry.move in {Move.ASK_INFORMATION, Move.EDIT}]
    asked = max((n for n, entry in enumerate(since) if entry.move is Move.ASK_INFORMATION), default=0)
    return any(entry.facts.get("grew") for entry in since[asked:])


def _rest(case: Case) -> int | None:
    """Working seconds that were left of the desk's answer when it asked; None when it had not begun.

    Its question may have been made clearer since: every wording had a clock of its own. Where Sales asked for more in
    the meantime, the desk has its whole time.
    """
    if _grew_since_asked(case):
        return None
    interrupted = case.session.scalar(
        sa.select(RequestClock)
        .where(
            RequestClock.request_id == case.request.id,
            RequestClock.kind.not_in((ClockKind.INFORMATION, ClockKind.FOLLOW_UP)),
            RequestClock.stopped_at.is_not(None),
        )
        .order_by(RequestClock.stopped_at.desc(), RequestClock.id.desc())
        .limit(1)
    )
    if interrupted is None or interrupted.kind is not ClockKind.ANSWER or interrupted.stopped_at is None:
        return None
    return max(SHORTEST_REST, case.terms.calendar.between(interrupted.stopped_at, interrupted.deadline_at))
