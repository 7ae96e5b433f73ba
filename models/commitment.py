"""A commitment: a quantity and a date Ops binds itself to, followed to its outcome."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, QUANTITY, SLACK_ID, Base, UtcDateTime, enum_column


class Outcome(StrEnum):
    """What became of a commitment. ``CANCELLED`` is one that was withdrawn or taken back before its date."""

    OPEN = "open"
    IN_FULL = "in_full"
    IN_PART = "in_part"
    LATE = "late"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Commitment(Base, kw_only=True):
    """One lot that Ops committed. The original date is never changed; the latest one may be."""

    __tablename__ = "commitments"
    __table_args__ = (
        sa.Index(None, "request_id"),
        sa.Index(None, "tenant_id", "committed_ship_date"),
        sa.Index(
            "ix_commitments_at_risk",
            "tenant_id",
            sqlite_where=sa.text("at_risk_since IS NOT NULL"),
            postgresql_where=sa.text("at_risk_since IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("expedite_requests.id"))
    position: Mapped[int]
    quantity: Mapped[Decimal] = mapped_column(QUANTITY)
    original_ship_date: Mapped[date]
    committed_ship_date: Mapped[date]
    made_by: Mapped[str] = mapped_column(SLACK_ID)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    line: Mapped[int] = mapped_column(default=1)
    """The line of the request it answers, counted from 1."""
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome, "outcome"), default=Outcome.OPEN)
    balance_of: Mapped[int | None] = mapped_column(sa.ForeignKey("commitments.id"), default=None)
    """The lot this is the rest of, where that one shipped in part; its first date is that lot's."""
    at_risk_since: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    risk_reason: Mapped[str] = mapped_column(sa.Text, default="")
    proposed_ship_date: Mapped[date | None] = mapped_column(default=None)
    """A new day the desk thinks of; nobody is bound to it until Sales takes it or the desk commits it."""
    actual_quantity: Mapped[Decimal | None] = mapped_column(QUANTITY, default=None)
    actual_ship_date: Mapped[date | None] = mapped_column(default=None)
    reported_by: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    @property
    def is_kept(self) -> bool:
        """In full by its latest committed date."""
        return self.outcome is Outcome.IN_FULL

    def recommit(self, ship_date: date) -> None:
        """Bind the desk to another day. The first committed day stays what it was."""
        self.committed_ship_date = ship_date
        self.at_risk_since, self.risk_reason, self.proposed_ship_date = None, "", None

    def report(
        self, outcome: Outcome, *, quantity: Decimal | None, ship_date: date | None, by: str, at: datetime
    ) -> None:
        self.outcome, self.actual_quantity, self.actual_ship_date = outcome, quantity, ship_date
        self.reported_by, self.reported_at = by, at
