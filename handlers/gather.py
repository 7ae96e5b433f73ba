"""The summit: topics that are raised, agreements that are recorded, and the files people take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import forms_summit, summit
from bot.blocks.ids import COMMAND, Action, Callback
from bot.blocks.phrases import escape
from bot.services import forecasts, summit_acts
from handlers.answers import answers_in, metadata_in, plain
from models.i18n import _

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


def verb_of(command: Payload) -> str:
    """The first word after the command."""
    return plain(str(command.get("text") or "")).strip().partition(" ")[0].lower()


async def is_raise(command: Payload) -> bool:
    """Whether somebody typed ``/expedite raise …``."""
    return verb_of(command) == "raise"


async def is_summit(command: Payload) -> bool:
    """Whether somebody typed ``/expedite summit`` and nothing else."""
    return plain(str(command.get("text") or "")).strip().lower() == "summit"


async def is_forecast(command: Payload) -> bool:
    """Whether somebody typed ``/expedite forecast`` and nothing else."""
    return plain(str(command.get("text") or "")).strip().lower() == "forecast"


class Gather:
    """What both sides talk about once a month."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.command(COMMAND, matchers=[is_raise])(self.raise_command)
        app.command(COMMAND, matchers=[is_summit])(self.summit_command)
        app.command(COMMAND, matchers=[is_forecast])(self.forecast_command)
        app.action(Action.RAISE_TOPIC)(self.raise_pressed)
        app.action(Action.AGREE)(self.agree_pressed)
        app.action(Action.AGREEMENT_DONE)(self.done)
        app.action(Action.TAKE_SUMMIT)(self.take_along)
        app.view(Callback.RAISE_TOPIC)(self.raised)
        app.view(Callback.AGREE)(self.agreed)

    async def raise_command(self, ack: AsyncAck, command: Payload, caller: Caller) -> None:
        text = plain(str(command.get("text") or "")).strip().partition(" ")[2].strip()
        await self.conversation.open(caller, command["trigger_id"], forms_summit.topic_form(text))
        await ack()

    async def raise_pressed(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        await self.conversation.open(caller, body["trigger_id"], forms_summit.topic_form(""))
        await ack()

    async def raised(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        found = await self.conversation.act(caller, key, summit_acts.raise_topic, answers_in(view))
        await ack(response_action="update", view=forms_summit.topic_raised(found.day if found else None))

    async def summit_command(self, ack: AsyncAck, caller: Caller) -> None:
        shown = await self.conversation.look(caller, summit_acts.newest)
        message = summit.summit_message(shown, as_of=self.conversation.clock.now())
        await ack(text=message.text, blocks=message.blocks)

    async def forecast_command(self, ack: AsyncAck, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, forecasts.send, key)
        await ack(text=escape(_("The file is on its way to you: look at the messages from Expedite Desk.")))

    async def agree_pressed(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        shown = await self.conversation.look(caller, summit_acts.looked_at, int(action["value"]))
        await self.conversation.open(caller, body["trigger_id"], forms_summit.agreement_form(shown))
        await ack()

    async def agreed(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        number = int(metadata_in(view)["summit"])
        await self.conversation.act(caller, key, summit_acts.agree, number, answers_in(view))
        await ack()

    async def done(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, summit_acts.done, int(action["value"]))
        await ack()

    async def take_along(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, summit_acts.take_along, int(action["value"]), key)
        await self.conversation.open(caller, body["trigger_id"], forms_summit.page_sent())
        await ack()
