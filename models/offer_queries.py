"""The proposals of a request: what is open, and what its surfaces show of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from models.offer import Offer, OfferState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_ALL = (
    sa.select(Offer)
    .where(Offer.request_id == sa.bindparam("request"))
    .order_by(Offer.round_number, Offer.alternative, Offer.id)
    .options(selectinload(Offer.lots))
)
_OPEN = _ALL.where(Offer.state == OfferState.OPEN)
_LAST_ROUND = sa.select(sa.func.max(Offer.round_number)).where(Offer.request_id == sa.bindparam("request"))


class Proposals(NamedTuple):
    """The desk's newest offer, and what Sales proposes instead while that is open."""

    offer: Offer | None = None
    others: Sequence[Offer] = ()
    counter: Offer | None = None


def open_offers(session: Session, request_id: int) -> Sequence[Offer]:
    """The alternatives of the open proposal, in their order; none while nothing is proposed."""
    return session.scalars(_OPEN, {"request": request_id}).all()


def next_round(session: Session, request_id: int) -> int:
    """The number of the next proposal of this request."""
    return (session.scalar(_LAST_ROUND, {"request": request_id}) or 0) + 1


def proposals_of(session: Session, request_id: int) -> Proposals:
    """What a picture shows of the proposals."""
    rows = session.scalars(_ALL, {"request": request_id}).all()
    counter = next((row for row in rows if row.by_sales and row.state is OfferState.OPEN), None)
    by_desk = [row for row in rows if not row.by_sales]
    if not by_desk:
        return Proposals(counter=counter)
    # The open one first: a newer one that was taken back leaves the one it had replaced open again.
    newest = max(by_desk, key=lambda row: (row.state is OfferState.OPEN, row.round_number)).round_number
    first, *others = sorted((row for row in by_desk if row.round_number == newest), key=_taken_first)
    return Proposals(first, others, counter)


def _taken_first(row: Offer) -> tuple[bool, int]:
    return row.state is not OfferState.ACCEPTED, row.alternative
