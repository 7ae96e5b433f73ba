"""Who changed which setting, when, from what to what: append-only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime


class SettingChange(Base, kw_only=True):
    """One change of one part of the settings. ``by`` is empty for a change by command on the server."""

    __tablename__ = "setting_changes"
    __table_args__ = (sa.Index(None, "tenant_id", "id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str | None] = mapped_column(SLACK_ID)
    part: Mapped[str] = mapped_column(sa.String(120))
    """What changed, as a path in the settings file: ``desks/Plant 3/hours``."""
    before: Mapped[Any | None] = mapped_column(sa.JSON, default=None)
    after: Mapped[Any | None] = mapped_column(sa.JSON, default=None)


class WatchedChannel(Base, kw_only=True):
    """A channel in which free text is read for expedite asks: opted in by an admin."""

    __tablename__ = "watched_channels"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "channel_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    channel_id: Mapped[str] = mapped_column(SLACK_ID)
    added_by: Mapped[str | None] = mapped_column(SLACK_ID)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
