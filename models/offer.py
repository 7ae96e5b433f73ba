"""A proposal: what Ops can do instead, to choose from, or what Sales would take instead. In lots of quantity and date.

A proposal is one row for each alternative, all with the same ``round_number``; one proposal is open at a time. The one
that is taken becomes the commitments; those beside it that were not chosen are closed, and kept.
"""

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
    from collections.abc import Iterable

    from models.ask import Ask

FEWEST_LOTS, MOST_LOTS = 2, 4
"""Of staged lots for one line."""
MOST_ALTERNATIVES = 3
"""More to choose from is no help to anybody."""


class OfferShape(StrEnum):
    """The three standard answers of an availability check, and another item or site instead."""

    PART_ON_DATE = "part_on_date"
    EVERYTHING_LATER = "everything_later"
    STAGED_LOTS = "staged_lots"
    INSTEAD = "instead"
    """A substitute item, or the same one from another site."""


class OfferState(StrEnum):
    """How a proposal ended; one per request is open at a time."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPLACED = "replaced"
    """By another proposal: a newer offer, what Sales proposed instead, or a commitment as asked."""
    CLOSED = "closed"
    """Not chosen among several, or the request ended."""


class PaidBy(StrEnum):
    """Who pays what the offer costs extra."""

    CUSTOMER = "customer"
    US = "us"
    SUPPLIER = "supplier"


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


def covered_on(lots: Iterable[ShipmentSplit], wanted: Decimal) -> date | None:
    """The day by which that much has shipped; None when it never has."""
    reached = Decimal(0)
    for lot in sorted(lots):
        reached += lot.quantity
        if reached >= wanted:
            return lot.ship_date
    return None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One alternative before it is offered, and the ``others`` to choose from.

    ``valid_until`` counts for all of them; empty means: as long as a decision may take.
    """

    shape: OfferShape
    lots: tuple[ShipmentSplit, ...]
    conditions: str = ""
    extra_cost: Decimal | None = None
    valid_until: datetime | None = None
    paid_by: PaidBy | None = None
    substitute: str = ""
    """The item that would ship instead; empty: the one asked for."""
    site: str = ""
    """The site it would ship from instead; empty: the usual one."""
    others: tuple[Proposal, ...] = ()

    @property
    def alternatives(self) -> tuple[Proposal, ...]:
        return (self, *self.others)


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
    """One alternative of a proposal: what ships when, until when it holds, and how it ended."""

    __tablename__ = "offers"
    __table_args__ = (
        sa.Index(
            "uq_offers_one_open",
            "request_id",
            "alternative",
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
    round_number: Mapped[int] = mapped_column(default=1)
    """Which proposal of the request this is part of, counted from 1."""
    alternative: Mapped[int] = mapped_column(default=1)
    """Its number among those to choose from."""
    by_sales: Mapped[bool] = mapped_column(default=False)
    """What Sales would take instead of what was offered: the desk can commit it."""
    paid_by: Mapped[PaidBy | None] = mapped_column(enum_column(PaidBy, "paid_by"), default=None)
    substitute: Mapped[str] = mapped_column(sa.String(120), default="")
    site: Mapped[str] = mapped_column(sa.String(120), default="")
    lots: Mapped[list[OfferLot]] = relationship(
        lazy="raise", order_by=OfferLot.position, default_factory=list, cascade="all, delete-orphan"
    )

    @property
    def splits(self) -> list[ShipmentSplit]:
        return [ShipmentSplit(lot.ship_date, lot.quantity, lot.line) for lot in self.lots]

    def close(self, state: OfferState, *, by: str | None, at: datetime) -> None:
        self.state, self.closed_by, self.closed_at = state, by, at


def most_lots(ask: Ask) -> int:
    """The most lots of one alternative: more are no plan."""
    return MOST_LOTS if len(ask.lines) == 1 else 2 * MOST_LOTS


def line_field(field: str, line: int) -> str:
    """The question of a form about one line of the request: the first goes by the plain name."""
    return str(field) if line == 1 else f"{field}_line{line}"


def field_of(alternative: int, field: str) -> str:
    """The question of a form about one alternative: the first goes by the plain name."""
    return str(field) if alternative == 1 else f"alt{alternative}_{field}"
