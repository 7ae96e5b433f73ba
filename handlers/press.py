"""Buttons on cards, messages and lists: each press finds its act by name, from a button or from the overflow menu."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from bot.blocks import forms
from bot.blocks.ids import Action, Callback
from bot.ports import SlackFault
from bot.services import exporting
from bot.services import lists as listing
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.ports import View
    from bot.services.acting import Caller
    from handlers.clock import Clock
    from handlers.conversation import Conversation
    from handlers.respond import Respond
    from handlers.settle import Settle

Payload = dict[str, Any]


LOT_FORMS = {
    Action.REPORT_OUTCOME: "open_outcome",
    Action.REPORT_RISK: "open_risk",
    Action.NEW_DATE: "open_new_date",
}
"""Forms about one lot of a request, by the name of the method that opens them."""


class Press:
    """The table of buttons."""

    def __init__(self, conversation: Conversation, respond: Respond, settle: Settle, clock: Clock) -> None:
        self.conversation = conversation
        self.respond = respond
        self.settle = settle
        self.clock = clock
        self.acts: dict[str, Callable[[Caller, str, int], Awaitable[None]]] = {
            Action.ACKNOWLEDGE: respond.acknowledge,
            Action.COMMIT_AS_ASKED: respond.commit_as_asked,
            Action.STILL_ON_IT: respond.still_on_it,
            Action.SNOOZE_HALF_HOUR: clock.half_hour,
            Action.SNOOZE_TWO_HOURS: clock.two_hours,
            Action.SNOOZE_MORNING: clock.next_morning,
            Action.TAKE: clock.take,
            Action.GET_RECORD: self.get_record,
        }
        self.of_an_offer: dict[str, Callable[[Caller, str, int, int | None], Awaitable[None]]] = {
            Action.ACCEPT: settle.accept,
            Action.COMMIT_COUNTER: respond.commit_as_countered,
        }
        self.forms: dict[str, Callable[[Caller, str, int], Awaitable[None]]] = {
            Action.NAME_ANSWER_TIME: respond.open_answer_time,
            Action.ASK_INFORMATION: respond.open_question,
            Action.OFFER: respond.open_offer,
            Action.DECLINE: respond.open_decline,
            Action.NAME_BUMPED: respond.open_bumped,
            Action.THANK: settle.open_thanks,
            Action.CUSTOMER_SAID: settle.open_customer_said,
            Action.GIVE_INFORMATION: settle.open_information,
            Action.REFUSE: settle.open_refuse,
            Action.COUNTER: settle.open_counter,
            Action.COMPARE: self.open_compare,
            Action.WITHDRAW: settle.open_withdraw,
            Action.OPEN_REQUEST: self.open_request,
            Action.TELL_CUSTOMER: self.tell_customer,
            Action.EXPLAIN: clock.open_clock,
            Action.HAND_OVER: clock.open_hand_over,
            Action.REASSIGN: clock.open_reassign,
        }

    def register(self, app: AsyncApp) -> None:
        for name in (*self.acts, *self.of_an_offer, *self.forms, *LOT_FORMS, Action.TAKE_NEW_DATE):
            app.action(name)(self.pressed)
        app.action(Action.MORE)(self.chosen)
        app.action(Action.GET_LIST)(self.get_list)

    async def pressed(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller, key: str) -> None:
        await self._do(action["action_id"], action["value"], body, caller, key)
        await ack()

    async def chosen(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller, key: str) -> None:
        """The overflow menu: its option says which act, then which request."""
        name, _colon, value = action["selected_option"]["value"].partition(":")
        await self._do(name, value, body, caller, key)
        await ack()

    async def open_request(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        await self.conversation.open(caller, trigger_id, await self._shown(caller, request_id))

    async def open_compare(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown, viewer = await self.conversation.look(caller, listing.shown_to, request_id)
        view = forms.compare_view(shown, as_of=self.conversation.clock.now(), viewer=viewer)
        await self.conversation.open(caller, trigger_id, view)

    async def tell_customer(self, caller: Caller, trigger_id: str, request_id: int) -> None:
        shown = await self.conversation.look(caller, listing.picture_of, request_id)
        await self.conversation.open(caller, trigger_id, forms.customer_view(shown))

    async def get_list(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, exporting.send_list, str(action.get("value") or ""))
        await self.conversation.hint(caller, body, _("The list is on its way to your direct messages with this app."))
        await ack()

    async def get_record(self, caller: Caller, key: str, request_id: int) -> None:
        await self.conversation.act(caller, key, exporting.send_record, request_id)

    async def _shown(self, caller: Caller, request_id: int) -> View:
        shown, viewer = await self.conversation.look(caller, listing.shown_to, request_id)
        return forms.show_request(shown, as_of=self.conversation.clock.now(), viewer=viewer)

    async def _show_again(self, view: Payload, caller: Caller, request_id: int) -> None:
        """A request that is open in a window shows at once what the press changed."""
        if view.get("type") != "modal":
            return
        is_clock = view.get("callback_id") == Callback.CLOCK
        shown = await (self.clock.shown if is_clock else self._shown)(caller, request_id)
        with suppress(SlackFault):  # the press has done its work; the window was closed, or shows it next time
            await self.conversation.redraw(caller, view, shown)

    async def _do(self, name: str, value: str, body: Payload, caller: Caller, key: str) -> None:
        request_id, _colon, lot = value.partition(":")
        if name in self.acts:
            await self.acts[name](caller, key, int(request_id))
            await self._show_again(body.get("view") or {}, caller, int(request_id))
        elif name in self.of_an_offer:
            await self.of_an_offer[name](caller, key, int(request_id), int(lot) if lot else None)
            await self._show_again(body.get("view") or {}, caller, int(request_id))
        elif name == Action.TAKE_NEW_DATE:
            await self.settle.take_new_date(caller, key, int(lot))
        elif name in LOT_FORMS:
            open_form = getattr(self.respond, LOT_FORMS[Action(name)])
            await open_form(caller, body["trigger_id"], int(request_id), int(lot) if lot else None)
        else:
            await self.forms[name](caller, body["trigger_id"], int(request_id))
