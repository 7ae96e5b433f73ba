"""Sales proposes what it would take instead of what was offered; the desk commits that, or answers otherwise.

It is no gesture: the form was meant, and whatever the desk does next closes it. One proposal is open at a time,
whichever side made it.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.services.agreement import agree, lots_as_facts
from bot.services.answering import start_answer
from bot.services.case import open_case, record, responded, stop_clocks, tell
from bot.services.offers import lots_of
from bot.services.proposals import close_open_offer, lots_problem, standing_counter
from bot.services.texts import too_long
from models import Offer, queries
from models.errors import Field, FormRefused, MoveNotAllowed
from models.i18n import _
from models.lifecycle import Move
from models.offer import OfferShape, OfferState, most_lots
from models.offer_queries import next_round, open_offers
from models.outbox import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import ExpediteRequest
    from models.lifecycle import How
    from models.offer import ShipmentSplit
    from models.tenant import Actor


def counter(
    session: Session,
    actor: Actor,
    request_id: int,
    lots: Sequence[ShipmentSplit],
    words: str = "",
    *,
    answers: int | None = None,
    at: datetime,
    how: How,
) -> ExpediteRequest:
    """Say what would help instead: the offer is answered, and the desk has the turn.

    ``answers`` is the offer that was looked at. Raises :class:`FormRefused` for lots nobody can ship, and
    :class:`MoveNotAllowed` when that offer was changed meanwhile.
    """
    case = open_case(session, actor, request_id, Move.COUNTER, at=at, how=how)
    queries.load_lines(session, [case.request])
    _require_still_open(case, answers)
    _require_possible(case, lots, words)
    stop_clocks(case)
    closed = close_open_offer(case, OfferState.REPLACED)
    made = _make(case, lots, words)
    facts = {"offer": made.id, "answers": closed, "lots": lots_as_facts(made.splits), "words": made.conditions}
    entry = record(case, Move.COUNTER, {**facts, **start_answer(case)}, closed=closed)
    tell(case, case.request.owner, Notice.DESK_TURN, entry)
    return case.request


def commit_as_countered(
    session: Session, actor: Actor, request_id: int, offer_id: int | None = None, *, at: datetime, how: How
) -> ExpediteRequest:
    """Commit what Sales proposed: nothing is left to accept."""
    case = open_case(session, actor, request_id, Move.COMMIT, at=at, how=how)
    proposed = standing_counter(case, offer_id)
    if case.at >= proposed.valid_until:
        raise MoveNotAllowed(
            _("A day that Sales proposed for {label} has passed. Offer what you can ship, and when.").format(
                label=case.request.label
            )
        )
    stop_clocks(case)
    proposed.close(OfferState.ACCEPTED, by=actor.slack_id, at=at)
    agree(case, proposed.splits, made_by=actor.slack_id)
    responded(case, answered=True)
    facts = {"lots": lots_as_facts(proposed.splits), "countered": proposed.id}
    entry = record(case, Move.COMMIT, facts, closed=[proposed.id])
    tell(case, case.request.requester, Notice.COMMITTED, entry)
    return case.request


def _require_still_open(case: Case, answers: int | None) -> None:
    if answers is None or answers in {offer.id for offer in open_offers(case.session, case.request.id)}:
        return
    raise MoveNotAllowed(
        _("The offer on {label} was changed meanwhile, so nothing was proposed. Look at the new one.").format(
            label=case.request.label
        )
    )


def _require_possible(case: Case, lots: Sequence[ShipmentSplit], words: str) -> None:
    problems: dict[str, str] = {}
    sentence = lots_problem(lots, case.terms.calendar.local_day(case.at))
    most = most_lots(case.request.ask)
    if len(lots) > most:
        sentence = _("Propose at most {most} lots.").format(most=most)
    if sentence:
        problems[Field.OFFER_LOTS] = sentence
    if too_long(words):
        problems[Field.COUNTER_WORDS] = too_long(words)
    if problems:
        raise FormRefused(problems)


def _make(case: Case, lots: Sequence[ShipmentSplit], words: str) -> Offer:
    """It holds until the first of its days is over at the desk."""
    first = min(lot.ship_date for lot in lots)
    over = datetime.combine(first + timedelta(days=1), time(), ZoneInfo(case.terms.calendar.zone))
    made = Offer(
        tenant_id=case.request.tenant_id,
        request_id=case.request.id,
        shape=_shape(lots, case.request),
        conditions=words.strip(),
        valid_until=over,
        made_by=case.actor.slack_id,
        made_at=case.at,
        round_number=next_round(case.session, case.request.id),
        by_sales=True,
        lots=lots_of(case.request.tenant_id, lots),
    )
    case.session.add(made)
    case.session.flush()
    return made


def _shape(lots: Sequence[ShipmentSplit], request: ExpediteRequest) -> OfferShape:
    if len(lots) > 1 or request.line_count > 1:
        return OfferShape.STAGED_LOTS
    return OfferShape.PART_ON_DATE if lots[0].quantity < request.quantity else OfferShape.EVERYTHING_LATER
