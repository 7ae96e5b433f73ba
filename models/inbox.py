"""What Slack has already told us: it delivers at least once, we act once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime


class Receipt(Base, kw_only=True):
    """One interaction acted on, written in the transaction of its effect."""

    __tablename__ = "receipts"

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
