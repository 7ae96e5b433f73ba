"""Ops answers: acknowledge, name a time, ask, commit, offer, decline — and what became of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.blocks import forms
from bot.blocks.ids import Action, Callback
from bot.services import desk_forms, negotiation, offer_form
from handlers.answers import answers_in, metadata_in
from models.errors import Field
from models.lifecycle import How, Move
from models.offer import OfferShape

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]
SHAPES = re.compile(rf"(?:alt[0-9]_)?{Action.OFFER_SHAPE}")
"""The choice of a shape, in each alternative of the form."""


class Respond:
    """The desk's side of the conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.action(SHAPES)(self.shape_chosen)
        app.action(Action.ADD_LOT)(self.lot_added)
        app.action(Action.ADD_ALTERNATIVE)(self.alternative_added)
        app.view(Callback.ANSWER_TIME)(self.answer_time)
        app.view(Callback.QUESTION)(self.question)
        app.view(Callback.OFFER)(self.offer)
        app.view(Callback.DECLINE)(self.decline)
        app.view(Callback.OUTCOME)(self.outcome)
        app.view(Callback.RISK)(self.risk)
        app.view(Callback.BUMPED)(self.bumped)

    async def acknowledge(self, caller: Caller, key: str, request_id: int) -> None:
        await self.conversation.act(caller, key, negotiation.acknowledge, request_id, how=How.BUTTON)

    async def commit_as_countered(self, caller: Caller, key: str, request_id: int, offer_id: int | None) -> None:
        await self.conversation.act(caller, key, negotiation.commit_as_countered, request_id, offer_id, how=How.BUTTON)

    async def commit_as_asked(self, caller: Caller, key: str, request_id: int) -> None:
        await self.conversation.act(caller, key, negotiation.commit_as_asked, request_id, how=How.BUTTON)

    async def still_on_it(self, caller: Caller, key: str, request_id: int) -> None:
        await self.conversation.act(caller, key, negotiation.still_on_it, request_id, how=How.BUTTON)

    async def open_answer_time(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.NAME_ANSWER_TIME)
        view = forms.answer_time_form(shown, as_of=self.conversation.clock.now())
        await self.conversation.open(caller, trigger_id, view)

    async def open_question(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.ASK_INFORMATION)
        await self.conversation.open(caller, trigger_id, forms.question_form(shown))

    async def open_offer(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.OFFER)
        now = self.conversation.clock.now()
        view = forms.offer_form(shown, {}, shape=OfferShape.PART_ON_DATE, rows=2, as_of=now)
        await self.conversation.open(caller, trigger_id, view)

    async def open_decline(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.DECLINE)
        await self.conversation.open(caller, trigger_id, forms.decline_form(shown))

    async def open_outcome(self, caller: Caller, trigger_id: str, request_id: int, commitment_id: int | None) -> None:
        shown, lot = await self.conversation.look(caller, desk_forms.lot_to_report, request_id, commitment_id)
        view = forms.outcome_form(shown, lot, as_of=self.conversation.clock.now())
        await self.conversation.open(caller, trigger_id, view)

    async def open_risk(
        self, caller: Caller, trigger_id: str, request_id: int, lot: int | None = None, *, is_firm: bool = False
    ) -> None:
        # A lot that was pressed must still be open: with one left the form does not ask which.
        if lot is not None:
            await self.conversation.look(caller, desk_forms.lot_to_report, request_id, lot)
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.REPORT_RISK)
        view = forms.risk_form(shown, as_of=self.conversation.clock.now(), lot_id=lot, is_firm=is_firm)
        await self.conversation.open(caller, trigger_id, view)

    async def open_new_date(self, caller: Caller, trigger_id: str, request_id: int, lot: int | None) -> None:
        await self.open_risk(caller, trigger_id, request_id, lot, is_firm=True)

    async def open_bumped(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, negotiation.picture_for, request_id, Move.NAME_BUMPED)
        await self.conversation.open(caller, trigger_id, forms.bumped_form(shown))

    async def shape_chosen(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        await self._redraw_offer(body, caller, _rows(body["view"]))
        await ack()

    async def lot_added(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        rows = _rows(body["view"])
        number = int(action["value"].partition(":")[2] or 1)
        rows[number - 1 : number] = [rows[number - 1] + 1]
        await self._redraw_offer(body, caller, rows)
        await ack()

    async def alternative_added(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        await self._redraw_offer(body, caller, [*_rows(body["view"]), 2])
        await ack()

    async def _redraw_offer(self, body: Payload, caller: Caller, rows: list[int]) -> None:
        """Show the questions of the chosen shapes; what was typed stays."""
        view = body["view"]
        carried, answers = metadata_in(view), answers_in(view)
        shown = await self.conversation.look(caller, negotiation.picture_for, int(carried["request"]), Move.OFFER)
        shape, now = forms.shape_in(answers, 1), self.conversation.clock.now()
        drawn = forms.offer_form(shown, answers, shape=shape, rows=rows[0], further=rows[1:], as_of=now)
        await self.conversation.redraw(caller, view, drawn)

    async def answer_time(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        await self._submit(caller, key, view, desk_forms.name_answer_time, answers_in(view))
        await ack()

    async def question(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        asked = answers_in(view).get(Field.QUESTION, "")
        await self._submit(caller, key, view, negotiation.ask_information, asked)
        await ack()

    async def offer(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        """Sales reads everything that has to be said of it; so does whoever made it."""
        made = await self._submit(caller, key, view, offer_form.offer, answers_in(view))
        said = None if made is None else forms.offer_sent(made)
        await (ack() if said is None else ack(response_action="update", view=said))

    async def decline(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        answers = answers_in(view)
        reason, alternative = answers.get(Field.DECLINE_REASON, ""), answers.get(Field.ALTERNATIVE, "")
        none = bool(answers.get(Field.NO_ALTERNATIVE))
        await self._submit(caller, key, view, negotiation.decline, reason, alternative, no_alternative=none)
        await ack()

    async def outcome(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        lot = int(metadata_in(view)["commitment"])
        await self.conversation.act(caller, key, desk_forms.report, lot, answers_in(view), how=How.FORM)
        await ack()

    async def risk(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        await self._submit(caller, key, view, desk_forms.risk, answers_in(view))
        await ack()

    async def bumped(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        await self._submit(caller, key, view, desk_forms.bumped, answers_in(view))
        await ack()

    async def _submit(self, caller: Caller, key: str, view: Payload, use_case: Any, *args: Any, **facts: Any) -> Any:
        request_id = int(metadata_in(view)["request"])
        return await self.conversation.act(caller, key, use_case, request_id, *args, how=How.FORM, **facts)


def _rows(view: Payload) -> list[int]:
    """How many lots the form shows for each alternative."""
    carried = metadata_in(view)
    return [int(carried.get("rows", 2)), *[int(many) for many in carried.get("further", [])]]
