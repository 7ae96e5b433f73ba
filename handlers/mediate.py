"""A leader mediates: asks one side or the other, calls both together; and whoever is asked answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import forms
from bot.blocks.ids import Action, Callback
from bot.services import mediating
from handlers.answers import answers_in, metadata_in
from models.errors import Field
from models.lifecycle import How
from models.service_level import Holder

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]
SIDES = {Action.ASK_OPS.value: Holder.DESK, Action.ASK_SALES.value: Holder.REQUESTER}


class Mediate:
    """The mediator's side of the conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        for name in SIDES:
            app.action(name)(self.open_question)
        app.action(Action.DECIDE_TOGETHER)(self.decide_together)
        app.action(Action.ANSWER_MEDIATOR)(self.open_answer)
        app.view(Callback.MEDIATOR_QUESTION)(self.question)
        app.view(Callback.MEDIATOR_ANSWER)(self.answer)

    async def open_question(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller) -> None:
        shown = await self.conversation.look(caller, mediating.picture_for_asking, int(action["value"]))
        view = forms.mediator_question_form(shown, SIDES[action["action_id"]])
        await self.conversation.open(caller, body["trigger_id"], view)
        await ack()

    async def decide_together(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        request_id = int(action["value"])
        await self.conversation.act(caller, key, mediating.decide_together, request_id, how=How.BUTTON)
        await ack()

    async def open_answer(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller) -> None:
        request_id, _colon, entry_id = action["value"].partition(":")
        shown, asked = await self.conversation.look(
            caller, mediating.picture_for_answering, int(request_id), int(entry_id)
        )
        await self.conversation.open(caller, body["trigger_id"], forms.mediator_answer_form(shown, asked))
        await ack()

    async def question(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        carried = metadata_in(view)
        side = Holder.DESK if carried["desk"] else Holder.REQUESTER
        asked = answers_in(view).get(Field.QUESTION, "")
        await self.conversation.act(caller, key, mediating.ask, int(carried["request"]), side, asked, how=How.FORM)
        await ack()

    async def answer(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        carried = metadata_in(view)
        told = answers_in(view).get(Field.INFORMATION, "")
        await self.conversation.act(
            caller, key, mediating.answer, int(carried["request"]), int(carried["entry"]), told, how=How.FORM
        )
        await ack()
