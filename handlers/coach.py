"""Other words for a demanding draft or a sharp reply: taken, left, never shown again, or shown again after all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.blocks import cooling, forms
from bot.blocks.ids import Action
from bot.ports import SlackFault
from bot.services import coaching, filling
from handlers.answers import answers_in
from handlers.submit import review_view
from models.errors import Field
from models.nudge import Unwanted

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.ports import Message
    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]
log = structlog.get_logger()


class Coach:
    """The buttons beside hints about wording."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.action(Action.TAKE_WORDS)(self.take)
        app.action(Action.KEEP_WORDS)(self.leave)
        app.action(Action.NO_COACHING)(self.no_more)
        app.action(Action.LEAVE_REPLY)(self.leave_reply)
        app.action(Action.NO_COOLING)(self.no_cooling)
        app.action(Action.HINTS_AGAIN)(self.again)

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

    async def leave_reply(self, ack: AsyncAck, body: Payload) -> None:
        await self._answer(body, None)
        await ack()

    async def no_cooling(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        await self.conversation.look(caller, coaching.no_more)
        await self._answer(body, cooling.no_more())
        await ack()

    async def again(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        """In App Home the line goes by itself, elsewhere it says that it is done."""
        await self.conversation.look(caller, coaching.again, action["value"])
        await self._answer(body, cooling.on_again(Unwanted(action["value"])))
        await ack()

    async def _answer(self, body: Payload, line: Message | None) -> None:
        """Let the pressed line give way to what came of it; a line that stays does no harm."""
        if not body.get("response_url"):
            return
        try:
            await self.conversation.gateway.answer(str(body["response_url"]), line)
        except SlackFault as fault:
            log.warning("could not tell", action="coach", fault=fault.error)

    async def _again(self, body: Payload, caller: Caller, draft_id: int, answers: Payload) -> None:
        await self.conversation.look(caller, filling.keep, draft_id, {**answers_in(body["view"]), **answers})
        said = await self.conversation.look(caller, filling.review, draft_id)
        await self.conversation.redraw(caller, body["view"], review_view(said))
