"""People who are away, and who stands in for them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime


class Absence(Base, kw_only=True):
    """One person away from an instant to another. Turns of theirs go to the deputy meanwhile, and say so."""

    __tablename__ = "absences"
    __table_args__ = (
        sa.Index(None, "tenant_id", "slack_id", "ends_at"),
        sa.Index(
            "ix_absences_due_at",
            "due_at",
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deputy: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    made_by: Mapped[str] = mapped_column(SLACK_ID)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    """When something happens by itself next: it begins, then it ends; None once it is over."""
