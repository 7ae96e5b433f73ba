"""Other words for a demanding draft: taken, left, or never shown again, always before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import forms
from bot.blocks.ids import Action
from bot.services import coaching, filling
from handlers.answers import answers_in
from handlers.submit import review_view
from models.errors import Field

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


class Coach:
    """Three buttons on what is said back."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.action(Action.TAKE_WORDS)(self.take)
        app.action(Action.KEEP_WORDS)(self.leave)
        app.action(Action.NO_COACHING)(self.no_more)

    async def take(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        said = await self.conversation.look(caller, filling.review, int(action["value"]))
        await self._again(body, caller, said.draft_id, {Field.EXPECTATION.value: forms.asking_words(said.ask)})
        await ack()

    async def leave(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        await self._again(body, caller, int(action["value"]), {coaching.LEFT: True})
        await ack()

    async def no_more(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        await self.conversation.look(caller, coaching.no_more)
        await self._again(body, caller, int(action["value"]), {})
        await ack()

    async def _again(self, body: Payload, caller: Caller, draft_id: int, answers: Payload) -> None:
        await self.conversation.look(caller, filling.keep, draft_id, {**answers_in(body["view"]), **answers})
        said = await self.conversation.look(caller, filling.review, draft_id)
        await self.conversation.redraw(caller, body["view"], review_view(said))
