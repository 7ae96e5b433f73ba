"""Somebody says that they are away, or that they are back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.blocks import forms
from bot.blocks.ids import Action, Callback
from bot.services import absences
from handlers.answers import answers_in

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


class Away:
    """From App Home, and from the command."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.action(Action.GO_AWAY)(self.pressed)
        app.action(Action.BE_BACK)(self.back)
        app.view(Callback.AWAY)(self.away)

    async def pressed(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        await self.open_form(caller, body["trigger_id"])
        await ack()

    async def open_form(self, caller: Caller, trigger_id: str) -> None:
        zone = await self.conversation.look(caller, absences.zone_of)
        today = self.conversation.clock.now().astimezone(ZoneInfo(zone)).date()
        await self.conversation.open(caller, trigger_id, forms.away_form({}, today=today, zone=zone))

    async def away(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, absences.go_away, answers_in(view))
        await ack()

    async def back(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, absences.come_back, int(action["value"]))
        await ack()
