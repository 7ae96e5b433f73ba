"""The monthly summit: what is put on its table, what is agreed there, and its page as it was posted.

A page's figures never change once it is posted; topics and agreements are added until the summit is over.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, FixedPoint, UtcDateTime, enum_column
from models.summit_figures import Figure

FIGURE = FixedPoint(2)
"""A figure that an agreement is to move: shares in percent, times in seconds."""


class Summit(Base, kw_only=True):
    """One month's summit of one workspace. A month in which there is nothing to talk about is a row too."""

    __tablename__ = "summits"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "month"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    month: Mapped[date]
    """The first day of its month."""
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    """How long it lasts."""
    zone: Mapped[str] = mapped_column(sa.String(64))
    first_day: Mapped[date]
    last_day: Mapped[date]
    """The days that its figures and cases are about, both included, in ``zone``."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    page: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """Figures, cases and forecast as they were known then (:class:`models.summit_page.SummitPage`)."""
    is_silent: Mapped[bool] = mapped_column(default=False)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Topic(Base, kw_only=True):
    """Something somebody put on the table of the next summit.

    Without a name nothing about the author is stored: neither who it was, nor the time at which it was raised.
    """

    __tablename__ = "topics"
    __table_args__ = (sa.Index(None, "tenant_id", "summit_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    raised_by: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    raised_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    summit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("summits.id"), default=None)
    """The summit at which it is talked about; None until one is posted."""


class Agreement(Base, kw_only=True):
    """What both sides agreed: who does what until when, and which figure it is meant to move."""

    __tablename__ = "agreements"
    __table_args__ = (sa.Index(None, "tenant_id", "summit_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    summit_id: Mapped[int] = mapped_column(sa.ForeignKey("summits.id"))
    what: Mapped[str] = mapped_column(sa.Text)
    who: Mapped[str] = mapped_column(SLACK_ID)
    by_day: Mapped[date]
    figure: Mapped[Figure | None] = mapped_column(enum_column(Figure, "figure"), default=None)
    value_then: Mapped[Decimal | None] = mapped_column(FIGURE, default=None)
    """The figure on the page of the summit at which this was agreed; None where too few requests made one."""
    made_by: Mapped[str] = mapped_column(SLACK_ID)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    value_after: Mapped[Decimal | None] = mapped_column(FIGURE, default=None)
    """The figure on the page of the next summit, at which it is evaluated."""
    evaluated_in: Mapped[int | None] = mapped_column(sa.ForeignKey("summits.id"), default=None)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    """When somebody said that it is done."""
