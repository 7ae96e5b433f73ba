"""What must still reach Slack. Written in the transaction of the change it tells of; sent by the courier.

A row is a *surface*: a card, a note in its thread, a direct message, a digest, somebody's App Home. It is drawn from
the current state each time it is sent, so many changes cost one edit. States::

    ready -> sending -> sent            stale -> sending -> sent      (an edit of what was sent)
                |-- 429, refused before sending -> ready (not before …)
                |-- permanent refusal           -> dead   (an admin can see it)
                '-- nobody knows                -> unsure -> found in Slack: sent | not found: ready
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column


class Surface(StrEnum):
    """What kind of thing a row shows."""

    CARD = "card"
    NOTE = "note"
    DIRECT = "direct"
    CHANNEL = "channel"
    DIGEST = "digest"
    HOME = "home"
    FILE = "file"
    """A file for a person, a channel or a thread. Made when it is sent, never changed afterwards."""


class Delivery(StrEnum):
    """How far a row has come."""

    READY = "ready"
    STALE = "stale"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    DEAD = "dead"


class Notice(StrEnum):
    """What a message tells. The blocks know the words."""

    CARD = "card"
    HOME = "home"
    DIGEST = "digest"
    DIGEST_DETAIL = "digest_detail"
    """A note under a digest; facts name the week and the part."""
    DIGEST_ROWS = "digest_rows"
    """The file under a digest: the requests behind its figures."""
    # direct messages
    RECEIPT = "receipt"
    OFFER_FOR_YOU = "offer_for_you"
    QUESTION_FOR_YOU = "question_for_you"
    COMMITTED = "committed"
    DECLINED = "declined"
    INQUIRY_ANSWERED = "inquiry_answered"
    """To who asked before promising: what is available."""
    DESK_TURN = "desk_turn"
    OUTCOME_WANTED = "outcome_wanted"
    CLOSED = "closed"
    SHORTFALL = "shortfall"
    """To the requester: a lot shipped late, in part or not at all."""
    AT_RISK = "at_risk"
    """To the requester: a committed lot may slip."""
    BUMPED = "bumped"
    """To whoever answers for an order: it was pushed back for another one."""
    RECOMMITTED = "recommitted"
    """To the requester: a lot has another committed day."""
    WITHDRAWN = "withdrawn"
    """To the desk member who works on it: stop."""
    TURN_WARNING = "turn_warning"
    FORM_LINK = "form_link"
    # notes in the card's thread; facts carry what happened
    STORY = "story"
    CLOCK = "clock"
    FOLLOW_UP = "follow_up"
    """Whether the desk is still on it: asked again when an acknowledgement has expired."""
    MORNING = "morning"
    """In the desk's channel, once a working morning: the lots due today, overdue or at risk."""
    # leadership
    ESCALATION = "escalation"
    HANDED_OVER = "handed_over"
    """To the desk member who holds it from now on."""
    CARD_MOVED = "card_moved"
    """The card that was left behind in the channel of the desk before."""
    MEDIATION = "mediation"
    """To the leader who is called in: the whole story, and what they can do about it."""
    MEDIATION_NOTE = "mediation_note"
    """In the card's thread: what the mediator asked, or that both sides are called together."""
    MEDIATOR_ASKS = "mediator_asks"
    """To the side that is asked."""
    MEDIATOR_TOLD = "mediator_told"
    """To the leader: the answer."""
    TURNED_INTO = "turned_into"
    """To the author of a message that somebody else made a request of: is it right?"""
    CORRECTED = "corrected"
    """To the requester: what that author says is not right."""
    # the summit, and people who meet
    SUMMIT = "summit"
    SUMMIT_INVITATION = "summit_invitation"
    SUMMIT_MARKDOWN = "summit_markdown"
    SUMMIT_HTML = "summit_html"
    FORECAST = "forecast"
    """The hand-over to the joint forecast, as a file."""
    PAIR = "pair"
    """To each of two people who are asked to meet."""
    # the log channel
    CAUGHT_UP = "caught_up"
    # files that somebody asked for
    LIST_FILE = "list_file"
    RECORD_FILE = "record_file"
    EXPORT_FILE = "export_file"
    """Rows behind the figures, for whoever asked."""
    # set-up
    TEST_CARD = "test_card"


class OutboxMessage(Base, kw_only=True):
    """One surface to keep true in Slack."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.UniqueConstraint("tenant_id", "key"),
        sa.Index(
            "ix_outbox_waiting",
            "not_before",
            sqlite_where=sa.text("state IN ('ready', 'stale', 'sending', 'unsure')"),
            postgresql_where=sa.text("state IN ('ready', 'stale', 'sending', 'unsure')"),
        ),
        sa.Index(None, "tenant_id", "posted_channel", "ts"),
        sa.Index(None, "request_id", "surface"),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    key: Mapped[str] = mapped_column(sa.String(120))
    """Says what it is (``card:17``, ``clock:40:80``): the same fact is told once."""
    surface: Mapped[Surface] = mapped_column(enum_column(Surface, "surface"))
    notice: Mapped[Notice] = mapped_column(enum_column(Notice, "notice"))
    channel: Mapped[str] = mapped_column(SLACK_ID)
    """Where to: a channel, or a person for direct messages and App Home."""
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("expedite_requests.id"), default=None)
    thread_of: Mapped[int | None] = mapped_column(sa.ForeignKey("outbox.id"), default=None)
    """A note waits for the card it hangs under."""
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default_factory=dict)
    state: Mapped[Delivery] = mapped_column(enum_column(Delivery, "state", is_closed=True), default=Delivery.READY)
    is_live: Mapped[bool] = mapped_column(default=False)
    """Drawn again when its request changes: it carries buttons or a turn line."""
    wanted: Mapped[int] = mapped_column(default=1)
    """Revision that should be seen; ``shown`` is the one that is."""
    shown: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    first_attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    posted_channel: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    ts: Mapped[str | None] = mapped_column(sa.String(32), default=None)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    error: Mapped[str] = mapped_column(sa.String(500), default="")


class ChannelPace(Base, kw_only=True):
    """When the next message may go to a channel: Slack takes about one a second."""

    __tablename__ = "channel_paces"

    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
