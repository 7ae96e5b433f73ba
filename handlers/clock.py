"""The clock of a request: explained, put off, and in whose hands it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import forms
from bot.blocks.ids import Action, Callback
from bot.services import explaining, hands, negotiation, pauses
from bot.services.pauses import Pause
from handlers.answers import answers_in, metadata_in
from models.errors import Field
from models.lifecycle import How, Move

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.ports import View
    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


class Clock:
    """What people do about a turn without taking it."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.action(Action.EXPLAIN_CHOSEN)(self.chosen)
        app.view(Callback.HAND_OVER)(self.hand_over)
        app.view(Callback.REASSIGN)(self.reassign)

    async def shown(self, caller: Caller, request_id: int) -> View:
        """The clock as this person sees it now."""
        clock, viewer = await self.conversation.look(caller, explaining.explain, request_id)
        return forms.clock_view(clock, as_of=self.conversation.clock.now(), viewer=viewer)

    async def open_clock(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        await self.conversation.open(caller, trigger_id, await self.shown(caller, request_id))

    async def chosen(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller) -> None:
        """One of the requests of a list."""
        await self.open_clock(caller, body["trigger_id"], int(action["selected_option"]["value"]))
        await ack()

    async def half_hour(self, caller: Caller, key: str, request_id: int) -> None:
        await self._put_off(caller, key, request_id, Pause.HALF_HOUR)

    async def two_hours(self, caller: Caller, key: str, request_id: int) -> None:
        await self._put_off(caller, key, request_id, Pause.TWO_HOURS)

    async def next_morning(self, caller: Caller, key: str, request_id: int) -> None:
        await self._put_off(caller, key, request_id, Pause.NEXT_MORNING)

    async def take(self, caller: Caller, key: str, request_id: int) -> None:
        await self.conversation.act(caller, key, negotiation.take, request_id, how=How.BUTTON)

    async def open_hand_over(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.HAND_OVER)
        await self.conversation.open(caller, trigger_id, forms.hand_over_form(shown))

    async def open_reassign(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown, desks = await self.conversation.look(caller, hands.other_desks, request_id)
        await self.conversation.open(caller, trigger_id, forms.reassign_form(shown, desks))

    async def hand_over(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        answers, request_id = answers_in(view), int(metadata_in(view)["request"])
        person, note = answers.get(Field.HAND_TO, ""), answers.get(Field.NOTE, "")
        await self.conversation.act(caller, key, negotiation.hand_over, request_id, person, note, how=How.FORM)
        await ack()

    async def reassign(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        answers, request_id = answers_in(view), int(metadata_in(view)["request"])
        desk_id, note = int(answers.get(Field.DESK) or 0), answers.get(Field.NOTE, "")
        await self.conversation.act(caller, key, negotiation.reassign, request_id, desk_id, note, how=How.FORM)
        await ack()

    async def _put_off(self, caller: Caller, key: str, request_id: int, pause: Pause) -> None:
        await self.conversation.act(caller, key, pauses.put_off, request_id, pause, how=How.BUTTON)
