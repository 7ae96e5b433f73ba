"""The author of a message that somebody else turned into a request: they say whether it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import forms
from bot.blocks.ids import Action, Callback
from bot.services import crediting
from handlers.answers import answers_in, metadata_in
from models.errors import Field

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


class Credit:
    """Confirm and Correct."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.action(Action.VOUCH)(self.vouch)
        app.action(Action.CORRECT)(self.open_correction)
        app.view(Callback.CORRECTION)(self.correct)

    async def vouch(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, crediting.vouch, int(action["value"]))
        await ack()

    async def open_correction(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller) -> None:
        shown = await self.conversation.look(caller, crediting.picture_for_author, int(action["value"]))
        await self.conversation.open(caller, body["trigger_id"], forms.correction_form(shown))
        await ack()

    async def correct(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        words = str(answers_in(view).get(Field.CORRECTION) or "")
        await self.conversation.act(caller, key, crediting.correct, int(metadata_in(view)["request"]), words)
        await ack()
