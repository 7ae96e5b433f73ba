"""Sales decides: accept, refuse, withdraw, answer a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import forms
from bot.blocks.ids import Action, Callback
from bot.services import lists, negotiation, offer_form
from handlers.answers import answers_in, metadata_in
from models.errors import Field
from models.lifecycle import EndedBecause, How, Move

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


class Settle:
    """The requester's side of the conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.view(Callback.INFORMATION)(self.information)
        app.view(Callback.REFUSE)(self.refuse)
        app.view(Callback.COUNTER)(self.counter)
        app.action(Action.ADD_COUNTER_LOT)(self.lot_added)
        app.view(Callback.WITHDRAW)(self.withdraw)
        app.view(Callback.THANKS)(self.thanks)
        app.view(Callback.CUSTOMER_SAID)(self.customer_said)

    async def accept(self, caller: Caller, key: str, request_id: int, offer_id: int | None) -> None:
        await self.conversation.act(caller, key, negotiation.accept, request_id, offer_id, how=How.BUTTON)

    async def take_new_date(self, caller: Caller, key: str, commitment_id: int) -> None:
        await self.conversation.act(caller, key, negotiation.take_new_date, commitment_id, how=How.BUTTON)

    async def open_information(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.GIVE_INFORMATION)
        await self.conversation.open(caller, trigger_id, forms.information_form(shown))

    async def open_refuse(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.REFUSE)
        await self.conversation.open(caller, trigger_id, forms.refuse_form(shown))

    async def open_counter(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.COUNTER)
        rows = 2 if shown.offer is None else max(2, len(shown.offer.splits))
        await self.conversation.open(caller, trigger_id, forms.counter_form(shown, rows=rows))

    async def lot_added(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        view = body["view"]
        carried, answers = metadata_in(view), answers_in(view)
        shown = await self.conversation.look(caller, negotiation.picture_for, int(carried["request"]), Move.COUNTER)
        drawn = forms.counter_form(shown, answers, rows=int(carried.get("rows", 2)) + 1)
        await self.conversation.redraw(caller, view, drawn)
        await ack()

    async def open_withdraw(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.WITHDRAW)
        await self.conversation.open(caller, trigger_id, forms.withdraw_form(shown))

    async def open_thanks(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, lists.picture_of, request_id)
        await self.conversation.open(caller, trigger_id, forms.thanks_form(shown))

    async def thanks(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        answers, request_id = answers_in(view), int(metadata_in(view)["request"])
        words, said = answers.get(Field.THANKS, ""), answers.get(Field.CUSTOMER_SAID, "")
        await self.conversation.act(caller, key, negotiation.say_thanks, request_id, words, said)
        await ack()

    async def open_customer_said(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, lists.picture_of, request_id)
        await self.conversation.open(caller, trigger_id, forms.customer_said_form(shown))

    async def customer_said(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        request_id, said = int(metadata_in(view)["request"]), answers_in(view).get(Field.CUSTOMER_SAID, "")
        await self.conversation.act(caller, key, negotiation.keep_customer_said, request_id, said)
        await ack()

    async def information(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        told = answers_in(view).get(Field.INFORMATION, "")
        await self._submit(caller, key, view, negotiation.give_information, told)
        await ack()

    async def refuse(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        answers = answers_in(view)
        look_again = answers.get(Field.REFUSE_NEXT) != "close"
        reason = answers.get(Field.REFUSE_REASON, "")
        await self._submit(caller, key, view, negotiation.refuse, reason, look_again=look_again)
        await ack()

    async def counter(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        answers, offer_id = answers_in(view), metadata_in(view).get("offer")
        await self._submit(caller, key, view, offer_form.counter, answers, offer_id=offer_id)
        await ack()

    async def withdraw(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        answers = answers_in(view)
        named = answers.get(Field.ENDED_BECAUSE)
        because = EndedBecause(named) if named else None
        reason = answers.get(Field.REFUSE_REASON, "")
        await self._submit(caller, key, view, negotiation.withdraw, reason, because=because)
        await ack()

    async def _submit(self, caller: Caller, key: str, view: Payload, use_case: Any, *args: Any, **facts: Any) -> None:
        request_id = int(metadata_in(view)["request"])
        await self.conversation.act(caller, key, use_case, request_id, *args, how=How.FORM, **facts)
