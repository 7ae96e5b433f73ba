"""The digest: any week by command, and the buttons under it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from bot.blocks.charts import without_charts
from bot.blocks.digest import decisions_view
from bot.blocks.digest_forms import day_form, heard_again_message, muted_message, preview_message
from bot.blocks.ids import COMMAND, Action, Callback
from bot.ports import SlackFault
from bot.services import digest_readers
from handlers.answers import answers_in, plain

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.ports import Message
    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]

VERB = "digest"


async def is_digest(command: Payload) -> bool:
    """Whether the words after the command ask for a week."""
    return str(command.get("text") or "").strip().partition(" ")[0].lower() == VERB


class Digests:
    """What readers of the digest do."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.command(COMMAND, matchers=[is_digest])(self.command)
        app.action(Action.DECISIONS)(self.decisions)
        app.action(Action.DIGEST_DAY)(self.open_day)
        app.view(Callback.DIGEST_DAY)(self.choose_day)
        app.action(Action.DIGEST_MUTE)(self.mute)
        app.action(Action.DIGEST_AGAIN)(self.hear_again)

    async def command(self, ack: AsyncAck, command: Payload, caller: Caller) -> None:
        """Show a week to whoever asked. What answers a command is never refused aloud, so its charts go ahead of it."""
        words = plain(str(command["text"])).strip()[len(VERB) :]
        shown = await self.conversation.look(caller, digest_readers.preview, words)
        message = preview_message(shown.page, is_stored=shown.is_stored)
        if await self._whispered(caller, str(command.get("channel_id") or ""), message):
            await ack()
            return
        calm = without_charts(message)
        await ack(text=calm.text, blocks=calm.blocks)

    async def decisions(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        waiting = await self.conversation.look(caller, digest_readers.decisions)
        view = decisions_view(waiting, as_of=self.conversation.clock.now())
        await self.conversation.open(caller, body["trigger_id"], view)
        await ack()

    async def open_day(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        now = await self.conversation.look(caller, digest_readers.day_now)
        await self.conversation.open(caller, body["trigger_id"], day_form(now))
        await ack()

    async def choose_day(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, digest_readers.choose_day, answers_in(view))
        await ack()

    async def mute(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        channel = await self.conversation.look(caller, digest_readers.mute)
        await self._whispered(caller, body["channel"]["id"], muted_message(has_channel=bool(channel)))
        await ack()

    async def hear_again(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        await self.conversation.act(caller, None, digest_readers.hear_again)
        await self._whispered(caller, body["channel"]["id"], heard_again_message())
        await ack()

    async def _whispered(self, caller: Caller, channel: str, message: Message) -> bool:
        """Show it to this person only; False where Slack would not, as in a channel the app is not in."""
        with suppress(SlackFault):
            await self.conversation.gateway.whisper(caller.team_id, channel, caller.slack_id, message)
            return True
        return False
