"""What somebody chose to see on their App Home: which page of it, narrowed down how, and how far they have turned."""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, enum_column
from models.lifecycle import OPEN

TURN = "turn"
"""A status to narrow down to that is none of a request: whatever is this side's turn."""
STANDINGS = (TURN, *[status.value for status in sorted(OPEN)])
LONGEST_SEARCH = 120


class HomePart(StrEnum):
    """The parts of an App Home. Which of them somebody has depends on their roles when it is drawn."""

    NOW = "now"
    """Everything that needs them, in one list."""
    MINE = "mine"
    """What they asked for, and what they may tell their customers."""
    DESK = "desk"
    LEADERS = "leaders"


class HomeChoice(Base, kw_only=True):
    """One person's choice; without a row it is the first part, whole."""

    __tablename__ = "home_choices"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "slack_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
    part: Mapped[HomePart] = mapped_column(enum_column(HomePart, "part"), default=HomePart.NOW)
    desk_id: Mapped[int | None] = mapped_column(sa.ForeignKey("desks.id"), default=None)
    """Only this one of their desks."""
    standing: Mapped[str] = mapped_column(sa.String(32), default="")
    """One of :data:`STANDINGS`; empty: all that is open."""
    customer: Mapped[str] = mapped_column(sa.String(120), default="")
    """Part of a customer's name; empty: all."""
    page: Mapped[int] = mapped_column(default=0)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.desk_id or self.standing or self.customer)
