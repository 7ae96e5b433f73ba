"""What was read out of a reply in the thread of a card, until its writer says whether it was meant."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column


class Means(StrEnum):
    """What a reply would do."""

    TALK = "talk"
    ANSWER_TIME = "answer_time"
    """It promises an answer by a time: the one meaning that is recorded before it is confirmed."""
    COMMIT = "commit"
    OFFER = "offer"
    DECLINE = "decline"
    QUESTION = "question"


class ProposalState(StrEnum):
    """Where the reading of a reply stands with its writer."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    NOT_MEANT = "not_meant"
    DELETED = "deleted"
    """The reply is gone: nothing it said counts, even where Slack tells of it afterwards."""


class ReplyProposal(Base, kw_only=True):
    """The newest reading of one reply.

    ``facts`` hold the lots read, the time read, and the words only where they would be passed on; ``seen`` is the
    newest line of history at that moment.
    """

    __tablename__ = "reply_proposals"
    __table_args__ = (sa.UniqueConstraint("request_id", "reply_ts"), sa.Index(None, "made_at"))

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("expedite_requests.id"))
    by: Mapped[str] = mapped_column(SLACK_ID)
    reply_ts: Mapped[str] = mapped_column(sa.String(32))
    said_ts: Mapped[str] = mapped_column(sa.String(32))
    """When the words that were read were written: the reply's own time stamp, or that of its newest edit."""
    version: Mapped[int] = mapped_column(default=0)
    """Grows with each edit: a button under an older reading does nothing."""
    means: Mapped[Means] = mapped_column(enum_column(Means, "means"), default=Means.TALK)
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default_factory=dict)
    state: Mapped[ProposalState] = mapped_column(
        enum_column(ProposalState, "state", is_closed=True), default=ProposalState.OPEN
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
