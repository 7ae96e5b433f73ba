"""What happens beside the buttons: reactions on cards, replies in their threads, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.blocks import notices
from bot.blocks.ids import Action
from bot.ports import SlackFault
from bot.services import gestures
from bot.services.gestures import Gesture
from handlers.answers import plain
from models.errors import ExpediteError
from models.i18n import _

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.services.acting import Caller
    from bot.services.gestures import Hint
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
        except ExpediteError:
            # The reaction stays on the card: nobody may count it later for what it did not mean now.
            await self.conversation.remember(caller, key)
            raise
        if hint is not None:
            await self.whisper(caller, item["channel"], hint)

    async def reaction_removed(self, event: Payload, caller: Caller, key: str) -> None:
        item = event["item"]
        if item.get("type") == "message":
            await self.conversation.act(caller, key, gestures.unreacted, item["channel"], item["ts"], event["reaction"])

    async def message(self, event: Payload, caller: Caller, key: str) -> None:
        if event.get("subtype") == "message_deleted":
            await self._deleted(event, caller, key)
        elif is_reply(event):
            said = plain(event.get("text") or "")
            await self.conversation.act(
                caller, key, gestures.replied, event["channel"], event["thread_ts"], event["ts"], said
            )

    async def _deleted(self, event: Payload, caller: Caller, key: str) -> None:
        """Only the author's own reply is taken back, whoever pressed delete."""
        gone = event.get("previous_message") or {}
        if not gone.get("thread_ts") or gone.get("bot_id") or not gone.get("user"):
            return
        author = type(caller)(team_id=caller.team_id, slack_id=gone["user"], name="")
        await self.conversation.act(
            author, key, gestures.reply_deleted, event["channel"], gone["thread_ts"], gone["ts"]
        )

    async def whisper(self, caller: Caller, channel: str, hint: Hint) -> None:
        """Tell only the person who acted how to go on."""
        labels = {
            Gesture.DECLINE: (Action.DECLINE, _("Decline…")),
            Gesture.ASK_INFORMATION: (Action.ASK_INFORMATION, _("Ask…")),
        }
        action, label = labels[hint.offers] if hint.offers else (None, "")
        message = notices.hint(hint.sentence, value=str(hint.request_id), action=action, label=label)
        gateway = self.conversation.gateway
        try:
            await gateway.whisper(caller.team_id, channel, caller.slack_id, message)
        except SlackFault as fault:  # what was done stands; Slack must not deliver it again for the hint's sake
            log.warning("could not tell", action="hint", fault=fault.error)


def is_reply(event: Payload) -> bool:
    """A person's words in a thread: no bot, no noise, not the thread's first message."""
    by_person = event.get("subtype") in SAID_BY_A_PERSON and not event.get("bot_id") and bool(event.get("user"))
    return by_person and event.get("thread_ts") not in (None, event.get("ts"))
