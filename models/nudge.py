"""What came of free text in watched channels: which message was noticed and what its writer decided. Never the text."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column

TIME_STAMP = sa.String(32)


class Decision(StrEnum):
    """What the writer of a noticed message did with the line they were shown."""

    NONE = "none"
    OPENED = "opened"
    SENT = "sent"
    NOT_NOW = "not_now"
    NEVER_ME = "never_me"
    NEVER_HERE = "never_here"


class Nudge(Base, kw_only=True):
    """One message that was taken for an ask. A thread has one at most, and with it each of its messages."""

    __tablename__ = "nudges"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "channel_id", "thread_ts"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    channel_id: Mapped[str] = mapped_column(SLACK_ID)
    message_ts: Mapped[str] = mapped_column(TIME_STAMP)
    thread_ts: Mapped[str] = mapped_column(TIME_STAMP)
    """The message that begins the thread: of a message outside threads, itself."""
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
    """Who wrote it, and alone was asked."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    decision: Mapped[Decision] = mapped_column(enum_column(Decision, "decision"), default=Decision.NONE)
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("expedite_requests.id"), default=None)

    @property
    def is_reply(self) -> bool:
        return self.message_ts != self.thread_ts


class Unwanted(StrEnum):
    """Help that a person can do without."""

    NUDGES = "nudges"
    COACHING = "coaching"


class OptOut(Base, kw_only=True):
    """A person who does not want to be asked about what they write, or to be shown other words for it."""

    __tablename__ = "opt_outs"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "slack_id", "what"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
    what: Mapped[Unwanted] = mapped_column(enum_column(Unwanted, "what"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
