"""After a downtime: what people did on open cards meanwhile is read from Slack and acted on, as if it were told now.

Slack tells no times of reactions. Those that open a conversation are taken first, then the replies in their order, then
the reactions that end it; what was taken back goes before all of them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from bot.ports import NotAccepted, Posted, SlackFault
from bot.services import gestures, missed
from bot.services.acting import Caller
from bot.services.downtime import Away, CaughtUp
from handlers.answers import plain
from handlers.caller import key_of
from handlers.reply import whisper
from handlers.thread import is_reply
from models.errors import ExpediteError
from models.lifecycle import How
from models.reactions import Gesture

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.ports import Reply
    from bot.services.hints import Told
    from bot.services.missed import OpenCard, Recorded
    from handlers.conversation import Conversation

T = TypeVar("T")
Payload = dict[str, Any]
log = structlog.get_logger()

AT_ONCE = 10
"""Cards that are read without a pause."""
PACE_SECONDS = 2.5
"""Between further cards: Slack allows each of the two calls about fifty times a minute."""
LONGEST_WAIT = 60.0
OVERLAP = timedelta(minutes=1)
"""Replies from shortly before the app went are read too: they may have been on their way."""
OPENING = frozenset({Gesture.ACKNOWLEDGE, Gesture.ASK_INFORMATION})


@dataclass(frozen=True)
class News:
    """One thing somebody did: who, when, and the use case that the event would have reached."""

    slack_id: str
    key: str
    happened_at: datetime
    use_case: Callable[..., Told | None]
    args: tuple[str, ...]


class CatchingUp:
    """Reads what was missed, one card after the other."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    async def __call__(self, away: Away) -> CaughtUp:
        """Catch up on open cards; one that cannot be read is logged and left. Gives what came of it."""
        cards = await self.conversation.database.run(missed.open_cards, at=away.until)
        moved, unread = [], []
        for number, card in enumerate(cards):
            await asyncio.sleep(PACE_SECONDS if number >= AT_ONCE else 0)
            try:
                if await self._read(card, away):
                    moved.append((card.tenant_id, card.number))
            except SlackFault as fault:
                log.warning("card could not be read", action="catch_up", request=card.request_id, fault=fault.error)
                unread.append((card.tenant_id, card.number))
            except Exception:  # whatever it was, the other cards are read
                log.exception("card could not be caught up", action="catch_up", request=card.request_id)
                unread.append((card.tenant_id, card.number))
        return CaughtUp(moved, unread)

    async def _read(self, card: OpenCard, away: Away) -> bool:
        """Act on everything new on one card; tells whether its request moved."""
        database, gateway = self.conversation.database, self.conversation.gateway
        posted = Posted(card.channel, card.ts)
        # Before the call: what happens during it is told as an event, later than this.
        read_at = self.conversation.clock.now()
        reactions = await _patiently(lambda: gateway.reactions(card.team_id, posted))
        recorded = await database.run(missed.recorded, card)
        since = min([away.since, *(one.said_at for one in recorded[:1] if one.how is How.REPLY)]) - OVERLAP
        replies = await _patiently(lambda: gateway.replies(card.team_id, posted, since=since))
        added = await self._unknown(card, [_added(card, *one, read_at) for one in reactions], recorded)
        said = [_said(card, reply) for reply in replies if _counts(card, reply)]
        gone = _gone(card, recorded, reactions, [reply.ts for reply in replies], since, read_at)
        opening = [one for one in added if card.reactions.meaning_of(one.args[2]) in OPENING]
        closing = [one for one in added if one not in opening]
        # One after the other, as they happened: each may build on the one before.
        return any([await self._act(card, one) for one in (*gone, *opening, *said, *closing)])

    async def _unknown(self, card: OpenCard, found: Sequence[News], recorded: Sequence[Recorded]) -> list[News]:
        """Leave out reactions that mean nothing here, and those that were acted on before."""
        done = {(one.slack_id, one.mark) for one in recorded}
        meant = [
            one for one in found if card.reactions.meaning_of(one.args[2]) and (one.slack_id, one.args[2]) not in done
        ]
        new = await self.conversation.database.run(missed.unknown, card, [one.key for one in meant])
        return [one for one in meant if one.key in new]

    async def _act(self, card: OpenCard, news: News) -> bool:
        caller, facts = Caller(card.team_id, news.slack_id), (card.request_id, news.happened_at, news.use_case)
        try:
            late = await self.conversation.act(caller, news.key, missed.late, *facts, *news.args)
        except ExpediteError as refused:
            log.info("not counted", action="catch_up", request=card.request_id, why=type(refused).__name__)
            await self.conversation.remember(caller, news.key)
            return False
        if late is not None and late.hint is not None:
            await whisper(self.conversation, caller, card.channel, late.hint)
        return late is not None and late.has_moved


def _added(card: OpenCard, slack_id: str, reaction: str, at: datetime) -> News:
    return _reaction(card, "reaction_added", gestures.reacted, slack_id, reaction, at)


def _reaction(
    card: OpenCard, kind: str, use_case: Callable[..., Told | None], slack_id: str, reaction: str, at: datetime
) -> News:
    """News of a reaction under the key that the event would have, seen at this moment."""
    item = {"type": "message", "channel": card.channel, "ts": card.ts}
    event = {"type": kind, "user": slack_id, "reaction": reaction, "item": item}
    key = _key({**event, "event_ts": f"{at.timestamp():.6f}"})
    return News(slack_id, key, at, use_case, (card.channel, card.ts, reaction))


def _said(card: OpenCard, reply: Reply) -> News:
    at = datetime.fromtimestamp(float(reply.ts), UTC)
    args = (card.channel, card.ts, reply.ts, plain(reply.text))
    return News(reply.slack_id, _key(_message(card, reply)), at, gestures.replied, args)


def _counts(card: OpenCard, reply: Reply) -> bool:
    return reply.team in {"", card.team_id} and is_reply(_message(card, reply))


def _message(card: OpenCard, reply: Reply) -> Payload:
    """The event that Slack would have sent for a reply."""
    event = {"type": "message", "subtype": reply.subtype or None, "channel": card.channel, "user": reply.slack_id}
    return {**event, "ts": reply.ts, "event_ts": reply.ts, "thread_ts": card.ts}


def _gone(
    card: OpenCard,
    recorded: Sequence[Recorded],
    reactions: Sequence[tuple[str, str]],
    replies: Sequence[str],
    since: datetime,
    at: datetime,
) -> list[News]:
    """What is on record and stands no more in Slack: removed reactions, and deleted replies that were looked for."""
    standing = set(reactions)
    news = []
    for one in recorded:
        if one.how is How.REACTION and (one.slack_id, one.mark) not in standing:
            news.append(_reaction(card, "reaction_removed", gestures.unreacted, one.slack_id, one.mark, at))
        elif one.how is How.REPLY and one.said_at >= since and one.mark not in replies:
            event = {"type": "message", "subtype": "message_deleted", "channel": card.channel, "user": one.slack_id}
            key = _key({**event, "deleted_ts": one.mark, "event_ts": f"{at.timestamp():.6f}"})
            news.append(News(one.slack_id, key, at, gestures.reply_deleted, (card.channel, card.ts, one.mark)))
    return news


def _key(event: Payload) -> str:
    key = key_of({"event": event})
    assert key is not None  # every event has one
    return key


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Ask once more where Slack asks for patience; raises what the second try raises."""
    try:
        return await call()
    except NotAccepted as fault:
        await asyncio.sleep(min(fault.retry_after or 1, LONGEST_WAIT))
        return await call()
