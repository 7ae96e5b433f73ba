"""What happens beside the buttons: reactions on cards, replies in their threads, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.blocks.cooling import sharp_reply
from bot.ports import SlackFault
from bot.reader.heat import read_heat
from bot.services import cooling, gestures
from handlers.answers import plain
from handlers.reply import whisper
from models.errors import ExpediteError, NotYours

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.async_app import AsyncApp

    from bot.services.acting import Caller
    from bot.services.hints import Told
    from handlers.conversation import Conversation

Payload = dict[str, Any]
log = structlog.get_logger()

SAID_BY_A_PERSON = {None, "file_share", "thread_broadcast"}
"""Subtypes of messages that carry what somebody wrote; the rest is noise."""


class Thread:
    """Listens where people talk."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.event("reaction_added")(self.reaction_added)
        app.event("reaction_removed")(self.reaction_removed)
        app.event("message")(self.message)

    async def reaction_added(self, event: Payload, caller: Caller, key: str) -> None:
        item = event["item"]
        if item.get("type") != "message":
            return
        where = item["channel"], item["ts"], event["reaction"]
        try:
            hint = await self.conversation.act(caller, key, gestures.reacted, *where)
        except NotYours:
            await self.conversation.remember(caller, key)
            if await self.conversation.act(caller, None, gestures.is_first_told):
                raise  # told once, ever; after that they know
            return
        except ExpediteError:
            # The reaction stays on the card: nobody may count it later for what it did not mean now.
            await self.conversation.remember(caller, key)
            raise
        if hint is not None:
            await whisper(self.conversation, caller, item["channel"], hint)

    async def reaction_removed(self, event: Payload, caller: Caller, key: str) -> None:
        item = event["item"]
        if item.get("type") == "message":
            await self.conversation.act(caller, key, gestures.unreacted, item["channel"], item["ts"], event["reaction"])

    async def message(self, event: Payload, caller: Caller, key: str) -> None:
        if event.get("subtype") == "message_deleted":
            await self._deleted(event, caller, key)
        elif event.get("subtype") == "message_changed":
            await self._edited(event, caller, key)
        elif is_reply(event):
            said = plain(event.get("text") or "")
            where = event["channel"], event["thread_ts"], event["ts"]
            await self._follow(caller, key, gestures.replied, *where, said)
            await self._cool(caller, event["channel"], event["thread_ts"], said)

    async def _edited(self, event: Payload, caller: Caller, key: str) -> None:
        """Only what a person wrote anew: Slack also tells of links it unfolded."""
        now, before = event.get("message") or {}, event.get("previous_message") or {}
        if not is_reply(now) or not now.get("edited") or now.get("text") == before.get("text"):
            return
        where = event["channel"], now["thread_ts"], now["ts"], now["edited"]["ts"]
        author, said = _author(caller, now["user"]), plain(now.get("text") or "")
        await self._follow(author, key, gestures.reply_edited, *where, said)
        await self._cool(author, event["channel"], now["thread_ts"], said)

    async def _cool(self, caller: Caller, channel: str, thread_ts: str, said: str) -> None:
        """Tell the writer alone that it may read sharper than meant; a hint that Slack does not show is no loss."""
        heat = read_heat(said)
        if heat is None or not await self.conversation.act(caller, None, cooling.may_hint, channel, thread_ts):
            return
        line, gateway = sharp_reply(heat.calmer), self.conversation.gateway
        try:
            await gateway.whisper(caller.team_id, channel, caller.slack_id, line, thread_ts=thread_ts)
        except SlackFault as fault:
            log.warning("could not tell", action="cool", fault=fault.error)

    async def _deleted(self, event: Payload, caller: Caller, key: str) -> None:
        """Only the author's own reply is taken back, whoever pressed delete."""
        gone = event.get("previous_message") or {}
        if not gone.get("thread_ts") or gone.get("bot_id") or not gone.get("user"):
            return
        where = event["channel"], gone["thread_ts"], gone["ts"]
        await self._follow(_author(caller, gone["user"]), key, gestures.reply_deleted, *where)

    async def _follow(self, caller: Caller, key: str, use_case: Callable[..., Told | None], *args: str) -> None:
        told = await self.conversation.act(caller, key, use_case, *args)
        if told is not None:
            await whisper(self.conversation, caller, args[0], told)


def _author(caller: Caller, slack_id: str) -> Caller:
    return type(caller)(team_id=caller.team_id, slack_id=slack_id, name="")


def is_reply(event: Payload) -> bool:
    """A person's words in a thread: no bot, no noise, not the thread's first message."""
    by_person = event.get("subtype") in SAID_BY_A_PERSON and not event.get("bot_id") and bool(event.get("user"))
    return by_person and event.get("thread_ts") not in (None, event.get("ts"))
