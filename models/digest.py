"""The weekly digest as it was sent: its numbers never change afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime


class Digest(Base, kw_only=True):
    """One week of one workspace. A silent week is a row too, so that it is decided once."""

    __tablename__ = "digests"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "week_of"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    week_of: Mapped[date]
    """The Monday of the week it tells about, in the workspace's zone."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    figures: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    is_silent: Mapped[bool] = mapped_column(default=False)


class DigestMute(Base, kw_only=True):
    """Somebody who does not want the digest as a direct message."""

    __tablename__ = "digest_mutes"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "slack_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
    muted_at: Mapped[datetime] = mapped_column(UtcDateTime)
