"""Who did what, when and how: append-only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column
from models.lifecycle import How, Move, Status


class TimelineEntry(Base, kw_only=True):
    """One change of a request. ``by`` is empty for what the product did itself."""

    __tablename__ = "timeline"
    __table_args__ = (sa.Index(None, "request_id", "id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("expedite_requests.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str | None] = mapped_column(SLACK_ID)
    how: Mapped[How] = mapped_column(enum_column(How, "how"))
    move: Mapped[Move] = mapped_column(enum_column(Move, "move"))
    status_before: Mapped[Status | None] = mapped_column(enum_column(Status, "status_before"), default=None)
    source_ts: Mapped[str | None] = mapped_column(sa.String(160), default=None)
    """The message a reply or a reaction belongs to; taking that back undoes this entry."""
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default_factory=dict)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
