"""Deadlines are rows: one open clock per turn (and per committed lot), moved from step to step by the sweep."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column
from models.service_level import ClockKind, Holder


class ClockState(StrEnum):
    """Whether somebody is still waiting."""

    OPEN = "open"
    STOPPED = "stopped"


class RequestClock(Base, kw_only=True):
    """One wait. ``target_secs`` are working seconds; ``due_at`` is when its next step is due."""

    __tablename__ = "request_clocks"
    __table_args__ = (
        # Partial: the sweep costs what is due, not what is open. The literal keeps PostgreSQL's generic plans on it.
        sa.Index(
            "ix_request_clocks_due",
            "due_at",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
        sa.Index(None, "request_id", "state"),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("expedite_requests.id"))
    commitment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("commitments.id"), default=None)
    kind: Mapped[ClockKind] = mapped_column(enum_column(ClockKind, "kind"))
    holder: Mapped[Holder] = mapped_column(enum_column(Holder, "holder", is_closed=True))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    target_secs: Mapped[int]
    deadline_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_step: Mapped[int]
    """A value of :class:`models.service_level.Step`, or a later rung of the ladder; 0 when only a stop is left."""
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[ClockState] = mapped_column(enum_column(ClockState, "state", is_closed=True), default=ClockState.OPEN)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    breached_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    """Its holder asked not to be reminded before; the deadline and whoever is called in later do not move."""
    snoozed_by: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
