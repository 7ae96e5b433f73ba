"""Asks in free text: noticed in channels that are watched, told to their writer alone, once, and only ids are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.reader.messages import read_message
from bot.services import opting_out
from bot.services.inserts import InsertOnce
from bot.services.settings.applying import apply
from bot.services.settings.reading import read
from models import Member, Nudge, OptOut, OutboxMessage, Tenant, WatchedChannel
from models.errors import NudgeGone
from models.nudge import Decision, Unwanted
from models.origin import origin_in
from models.outbox import Surface
from models.tenant import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session

    from bot.reader.messages import Reason
    from models import ExpediteRequest
    from models.tenant import Actor

MOST_AGE = timedelta(days=1)
"""An older message was answered by somebody, or forgotten: a late delivery or an edit of it is left alone."""

_NUDGE = InsertOnce(Nudge.__table__)
_WATCH = InsertOnce(WatchedChannel.__table__)
_TENANT: Any = sa.bindparam("tenant")
_CHANNEL: Any = sa.bindparam("channel")
_THREAD: Any = sa.bindparam("thread")
_PERSON: Any = sa.bindparam("person")
_IS_CARD = sa.exists().where(
    OutboxMessage.tenant_id == Tenant.id,
    OutboxMessage.posted_channel == _CHANNEL,
    OutboxMessage.ts == _THREAD,
    OutboxMessage.surface == Surface.CARD,
)
_WATCHED = (
    sa.select(Tenant.id)
    .join(WatchedChannel, WatchedChannel.tenant_id == Tenant.id)
    .where(
        Tenant.team_id == sa.bindparam("team"),
        Tenant.uninstalled_at.is_(None),
        WatchedChannel.channel_id == _CHANNEL,
        sa.not_(_IS_CARD),
    )
)
_IS_SETTLED = sa.select(
    sa.or_(
        sa.exists().where(Nudge.tenant_id == _TENANT, Nudge.channel_id == _CHANNEL, Nudge.thread_ts == _THREAD),
        sa.exists().where(OptOut.tenant_id == _TENANT, OptOut.slack_id == _PERSON, OptOut.what == Unwanted.NUDGES),
        sa.exists().where(Member.tenant_id == _TENANT, Member.slack_id == _PERSON, Member.is_bot),
        sa.not_(sa.exists().where(WatchedChannel.tenant_id == _TENANT, WatchedChannel.channel_id == _CHANNEL)),
    )
)


@dataclass(frozen=True)
class Overheard:
    """A message of a person, as it was told. ``thread_ts`` is its own outside threads."""

    channel: str
    ts: str
    thread_ts: str
    text: str

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(float(self.ts), UTC)


@dataclass(frozen=True)
class Noticed:
    """What to tell the writer of a message that reads like an ask."""

    nudge_id: int
    reasons: Sequence[Reason]
    is_admin: bool


def is_watched(session: Session, team_id: str, channel: str, thread_ts: str) -> bool:
    """Whether free text there is read: an admin chose the channel, and the thread is not that of a card."""
    facts = {"team": team_id, "channel": channel, "thread": thread_ts}
    return session.connection().execute(_WATCHED, facts).first() is not None


def watch_from_the_start(session: Session, team_id: str, channels: Collection[str], *, at: datetime) -> None:
    """Watch channels of a workspace in which nobody has changed a setting yet; afterwards its admins decide."""
    fresh = sa.select(Tenant.id).where(Tenant.team_id == team_id, Tenant.settings_version == 0)
    tenant_id = session.scalar(fresh)
    if tenant_id is not None:
        facts = {"tenant_id": tenant_id, "added_by": None, "added_at": at}
        _WATCH.all(session, [{**facts, "channel_id": channel} for channel in sorted(channels)])


def notice(session: Session, actor: Actor, said: Overheard, *, at: datetime) -> Noticed | None:
    """Notice a message that asks for goods sooner or for more of them; None when it is better to stay silent."""
    if actor.is_outsider or at - said.at > MOST_AGE:
        return None
    place = {"tenant": actor.tenant_id, "channel": said.channel, "thread": said.thread_ts, "person": actor.slack_id}
    if session.connection().execute(_IS_SETTLED, place).scalar_one():
        return None
    reading = read_message(said.text, now=said.at.astimezone(ZoneInfo(actor.zone or "UTC")))
    if not reading.expedite or not _NUDGE.one(session, _row(actor, said, at)):
        return None
    found = sa.select(Nudge.id).where(
        Nudge.tenant_id == actor.tenant_id, Nudge.channel_id == said.channel, Nudge.thread_ts == said.thread_ts
    )
    return Noticed(session.scalars(found).one(), reading.reasons, Role.ADMIN in actor.roles)


def _row(actor: Actor, said: Overheard, at: datetime) -> dict[str, Any]:
    return {
        "tenant_id": actor.tenant_id,
        "channel_id": said.channel,
        "message_ts": said.ts,
        "thread_ts": said.thread_ts,
        "slack_id": actor.slack_id,
        "at": at,
        "decision": Decision.NONE,
    }


def opened(session: Session, actor: Actor, nudge_id: int, *, at: datetime) -> Nudge:  # noqa: ARG001 every use case is told the time
    """Note that the writer opens the form; gives where the message stands. Raises :class:`NudgeGone`."""
    return _decide(session, actor, nudge_id, Decision.OPENED)


def not_now(session: Session, actor: Actor, nudge_id: int, *, at: datetime) -> Nudge:  # noqa: ARG001 every use case is told the time
    """Leave this message, and its thread, alone."""
    return _decide(session, actor, nudge_id, Decision.NOT_NOW)


def never_me(session: Session, actor: Actor, nudge_id: int, *, at: datetime) -> Nudge:
    """Leave this person alone, in every channel, until they take it back."""
    nudge = _decide(session, actor, nudge_id, Decision.NEVER_ME)
    opting_out.leave(session, actor, Unwanted.NUDGES, at=at)
    return nudge


def me_again(session: Session, actor: Actor, *, at: datetime) -> bool:
    """Take back :func:`never_me`."""
    return opting_out.come_back(session, actor, Unwanted.NUDGES, at=at)


def never_here(session: Session, actor: Actor, nudge_id: int, *, at: datetime) -> Nudge:
    """Stop watching the channel: a change of the settings, on record as one. Raises :class:`NotYours`."""
    nudge = _decide(session, actor, nudge_id, Decision.NEVER_HERE)
    before = read(session, actor.tenant_id)
    rest = tuple(channel for channel in before.watched_channels if channel != nudge.channel_id)
    version = session.get_one(Tenant, actor.tenant_id).settings_version
    apply(session, actor, replace(before, watched_channels=rest), expected_version=version, at=at)
    return nudge


def sent(session: Session, answers: Mapping[str, Any], request: ExpediteRequest) -> None:
    """Tie the request to the message it was made of, where that was noticed."""
    origin = origin_in(answers)
    nudge = session.get(Nudge, origin.nudge) if origin is not None and origin.nudge else None
    if nudge is not None and nudge.tenant_id == request.tenant_id:
        nudge.decision, nudge.request_id = Decision.SENT, request.id


def _decide(session: Session, actor: Actor, nudge_id: int, decision: Decision) -> Nudge:
    """Note what a writer decided about their own message; a request that was made of it stays on record."""
    locked = sa.select(Nudge).where(Nudge.id == nudge_id).with_for_update()
    nudge = session.scalar(locked.execution_options(populate_existing=True))
    if nudge is None or (nudge.tenant_id, nudge.slack_id) != (actor.tenant_id, actor.slack_id):
        raise NudgeGone
    if nudge.decision is not Decision.SENT:
        nudge.decision = decision
    return nudge
