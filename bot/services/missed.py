"""What people did while the app was away: reactions and replies found in Slack, against what is known of them.

Slack keeps no news for an app that was gone, but it keeps what people did: reactions stand on the card, replies in its
thread. What was acted on before left a receipt or an entry; the rest is news.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import gestures, inbox
from models import Desk, ExpediteRequest, OutboxMessage, Tenant, TimelineEntry, queries
from models.lifecycle import OPEN, How, Move
from models.outbox import Surface
from models.reactions import Reactions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from bot.services.hints import Told
    from models.tenant import Actor

MOST_CARDS = 300
"""Cards that are looked at after a downtime: each costs two calls."""

_NEWEST = sa.select(sa.func.max(TimelineEntry.id)).where(TimelineEntry.request_id == ExpediteRequest.id)
_OPEN_CARDS = (
    sa.select(ExpediteRequest, OutboxMessage.posted_channel, OutboxMessage.ts, Tenant.team_id, Desk.reactions)
    .join(OutboxMessage, OutboxMessage.request_id == ExpediteRequest.id)
    .join(Tenant, Tenant.id == ExpediteRequest.tenant_id)
    .join(Desk, Desk.id == ExpediteRequest.desk_id)
    .where(OutboxMessage.surface == Surface.CARD, OutboxMessage.ts.is_not(None), Tenant.uninstalled_at.is_(None))
    .where(
        ExpediteRequest.status.in_(sorted(OPEN)),
        OutboxMessage.made_at >= sa.bindparam("since", type_=OutboxMessage.made_at.type),
    )
    .order_by(_NEWEST.scalar_subquery().desc())
    .limit(MOST_CARDS)
)
_STANDING = (
    sa.select(TimelineEntry)
    .where(
        TimelineEntry.request_id == sa.bindparam("request_id"),
        TimelineEntry.how.in_([How.REACTION, How.REPLY]),
        TimelineEntry.move != Move.UNDO,
        TimelineEntry.undone_at.is_(None),
        TimelineEntry.source_ts.is_not(None),
    )
    .order_by(TimelineEntry.id.desc())
)
_LAST = sa.select(sa.func.max(TimelineEntry.id), sa.func.max(TimelineEntry.at)).where(
    TimelineEntry.request_id == sa.bindparam("request_id")
)


@dataclass(frozen=True)
class OpenCard:
    """The card of an open request, where it stands in Slack."""

    tenant_id: int
    team_id: str
    request_id: int
    number: int
    channel: str
    ts: str
    reactions: Reactions
    """What reactions on it mean: its desk's."""


@dataclass(frozen=True)
class Recorded:
    """A reaction or a reply that did something, and still stands here. ``mark`` is an emoji's name or a time stamp."""

    slack_id: str
    how: How
    mark: str

    @property
    def said_at(self) -> datetime:
        """When a reply was written."""
        return datetime.fromtimestamp(float(self.mark), UTC)


@dataclass(frozen=True)
class Late:
    """What acting on something missed came to."""

    hint: Told | None
    has_moved: bool


def open_cards(session: Session, *, at: datetime) -> list[OpenCard]:
    """The cards of open requests that people can have reacted to, those with the newest activity first.

    Cards older than what is remembered of reactions are left out: what stands there may be long settled.
    """
    found = session.execute(_OPEN_CARDS, {"since": at - inbox.KEEP_EVENTS + timedelta(days=1)})
    return [
        OpenCard(request.tenant_id, team_id, request.id, request.number, channel, ts, Reactions.from_json(meant))
        for request, channel, ts, team_id, meant in found
        if channel and ts
    ]


def recorded(session: Session, card: OpenCard) -> list[Recorded]:
    """What reactions and replies have done on a request and nobody has taken back, newest first."""
    entries = session.scalars(_STANDING, {"request_id": card.request_id})
    return [
        Recorded(entry.by, entry.how, gestures.mark_of(str(entry.source_ts)))
        for entry in entries
        if entry.by is not None
    ]


def unknown(session: Session, card: OpenCard, keys: Sequence[str]) -> list[str]:
    """Of the keys of reactions that stand on a card, those that nobody has acted on."""
    return [key for key in keys if not inbox.is_standing(session, card.tenant_id, key)]


def late(
    session: Session,
    actor: Actor,
    request_id: int,
    happened_at: datetime,
    gesture: Callable[..., Told | None],
    *args: Any,
    at: datetime,
) -> Late:
    """Act on something missed as of when it happened: not before anything that is on record, and never ahead of now."""
    queries.request(session, actor.tenant_id, request_id)
    before, last = session.execute(_LAST, {"request_id": request_id}).one()
    hint = gesture(session, actor, *args, at=min(at, max(happened_at, last or happened_at)))
    after, _at = session.execute(_LAST, {"request_id": request_id}).one()
    return Late(hint, has_moved=after != before)
