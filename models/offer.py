"""A counter-offer: what Ops can do instead, in lots of quantity and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import BIG_ID, MONEY, QUANTITY, SLACK_ID, Base, UtcDateTime, enum_column

if TYPE_CHECKING:
    from models.ask import Ask


class OfferShape(StrEnum):
    """The three standard answers of an availability check."""

    PART_ON_DATE = "part_on_date"
    EVERYTHING_LATER = "everything_later"
    STAGED_LOTS = "staged_lots"


class OfferState(StrEnum):
    """How an offer ended; one per request is open at a time."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPLACED = "replaced"
    CLOSED = "closed"


@dataclass(frozen=True, order=True)
class ShipmentSplit:
    """One lot: how much, when it ships."""

    ship_date: date
    quantity: Decimal
    line: int = 1
    """The line of the request it answers, counted from 1."""


def as_asked(ask: Ask) -> list[ShipmentSplit]:
    """Each line as it is needed: what a commitment as asked commits."""
    return [
        ShipmentSplit(line.needed_ship_date, line.quantity, number) for number, line in enumerate(ask.lines, start=1)
    ]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """An offer before it is made. ``valid_until`` empty means: as long as a decision may take."""

    shape: OfferShape
    lots: tuple[ShipmentSplit, ...]
    conditions: str = ""
    extra_cost: Decimal | None = None
    valid_until: datetime | None = None


class OfferLot(Base, kw_only=True):
    """One lot of an offer."""

    __tablename__ = "offer_lots"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("offers.id"), init=False, index=True)
    position: Mapped[int]
    quantity: Mapped[Decimal] = mapped_column(QUANTITY)
    ship_date: Mapped[date]
    line: Mapped[int] = mapped_column(default=1)
    """The line of the request it answers, counted from 1."""


class Offer(Base, kw_only=True):
    """What Ops can do, until when the offer holds, and how it ended."""

    __tablename__ = "offers"
    __table_args__ = (
        sa.Index(
            "uq_offers_one_open",
            "request_id",
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
        # The partial one knows nothing of offers that ended.
        sa.Index(None, "request_id"),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("expedite_requests.id"))
    shape: Mapped[OfferShape] = mapped_column(enum_column(OfferShape, "shape"))
    conditions: Mapped[str] = mapped_column(sa.Text, default="")
    extra_cost: Mapped[Decimal | None] = mapped_column(MONEY, default=None)
    valid_until: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(SLACK_ID)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[OfferState] = mapped_column(enum_column(OfferState, "state", is_closed=True), default=OfferState.OPEN)
    closed_by: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    lots: Mapped[list[OfferLot]] = relationship(
        lazy="raise", order_by=OfferLot.position, default_factory=list, cascade="all, delete-orphan"
    )

    @property
    def splits(self) -> list[ShipmentSplit]:
        return [ShipmentSplit(lot.ship_date, lot.quantity, lot.line) for lot in self.lots]

    def close(self, state: OfferState, *, by: str | None, at: datetime) -> None:
        self.state, self.closed_by, self.closed_at = state, by, at
