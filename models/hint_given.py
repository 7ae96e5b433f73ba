"""Hints that a person gets once, ever, or once a day: the second time they know it, or did not want to know."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column


class HintKind(StrEnum):
    """What was explained."""

    REACTION_OF_OTHERS = "reaction_of_others"
    """Only members of the desk answer by reaction."""
    SHARP_REPLY = "sharp_reply"
    """A reply may read sharper than meant: the one hint that may come again, on another day."""


class HintGiven(Base, kw_only=True):
    """One hint that one person got."""

    __tablename__ = "hints_given"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "slack_id", "hint"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
    hint: Mapped[HintKind] = mapped_column(enum_column(HintKind, "hint"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
