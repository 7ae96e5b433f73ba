"""Who held a request when: the intervals of its life, each charged to one side in that side's working time."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column
from models.service_level import ClockKind, Holder


class TurnInterval(Base, kw_only=True):
    """One stretch of a request's life. From asking to closing they leave no gap and never overlap.

    An interval that ended is never changed again: what is taken back begins a new one.
    """

    __tablename__ = "turn_intervals"
    __table_args__ = (
        sa.Index(None, "request_id", "id"),
        sa.Index(None, "tenant_id", "ends_at"),
        # One that still runs, at most.
        sa.Index(
            "uq_turn_intervals_one_open",
            "request_id",
            unique=True,
            sqlite_where=sa.text("ends_at IS NULL"),
            postgresql_where=sa.text("ends_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("expedite_requests.id"))
    desk_id: Mapped[int] = mapped_column(sa.ForeignKey("desks.id"))
    """The desk that had the request then; another one may have it now."""
    holder: Mapped[Holder] = mapped_column(enum_column(Holder, "holder", is_closed=True))
    kind: Mapped[ClockKind] = mapped_column(enum_column(ClockKind, "kind"))
    held_by: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    """The person whose turn it was, where it was one person's."""
    calendar_id: Mapped[int] = mapped_column(sa.ForeignKey("desk_calendars.id"))
    """The working hours that count, in ``zone`` where that is not empty."""
    zone: Mapped[str] = mapped_column(sa.String(64), default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    working_secs: Mapped[int | None] = mapped_column(default=None)
    """Working seconds from start to end by that calendar; None while it runs."""
