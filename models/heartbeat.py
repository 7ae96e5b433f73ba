"""When the app was last alive: what happened after that, nobody of us has heard."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime

THE_ONE = 1


class Heartbeat(Base, kw_only=True):
    """One row for the whole installation: it is alive while any of its processes is."""

    __tablename__ = "heartbeats"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=THE_ONE)
    alive_at: Mapped[datetime] = mapped_column(UtcDateTime)
    away_since: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    """From when on nobody listened, until what happened since has been read: a start that breaks off is resumed."""
