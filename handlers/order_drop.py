"""A CSV file in a desk's channel: offered to the admin who dropped it, and read when they say so."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog

from bot.blocks import order_drop as drawn
from bot.blocks.ids import Action
from bot.ports import Refused, SlackFault
from bot.services import order_drop
from bot.services.order_file import OrderFileRefused
from handlers.overhear import said_in
from models.i18n import _

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.ports import Message
    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]
log = structlog.get_logger()


class OrderDrop:
    """Listens for files where desks work."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        async def is_order_file(event: Payload, caller: Caller) -> bool:
            return await self.is_order_file(event, caller)

        app.event("message", matchers=[is_order_file])(self.dropped)
        app.action(Action.IMPORT_ORDERS)(self.take_over)
        app.action(Action.LEAVE_ORDERS)(self.leave)

    async def is_order_file(self, event: Payload, caller: Caller) -> bool:
        """Whether an admin dropped a CSV file where a desk works; in threads files belong to what is talked about."""
        if file_in(event) is None or event.get("thread_ts"):
            return False
        where = caller.team_id, event["channel"], caller.slack_id
        return await self.conversation.database.run(order_drop.is_offered, *where)

    async def dropped(self, event: Payload, caller: Caller, key: str) -> None:
        file = file_in(event)
        if file is None or not await self.conversation.act(caller, key, order_drop.require_admin):
            return
        line = drawn.offer_import(str(file["id"]), str(file.get("name") or ""))
        if int(file.get("size") or 0) > order_drop.MOST_BYTES:
            line = drawn.not_imported(order_drop.too_large())
        with suppress(SlackFault):  # only an offer: Slack must not deliver the message again for it
            await self.conversation.gateway.whisper(caller.team_id, event["channel"], caller.slack_id, line)

    async def take_over(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.look(caller, order_drop.require_admin)
        line = await self._taken(caller, key, str(action["value"]))
        if line is not None:
            await self._answer(body, line)
        await ack()

    async def leave(self, ack: AsyncAck, body: Payload) -> None:
        await self._answer(body, None)
        await ack()

    async def _taken(self, caller: Caller, key: str, file_id: str) -> Message | None:
        """Read the file and take it over; what goes wrong is a sentence, and leaves the book as it was."""
        try:
            content = await self.conversation.gateway.read_file(caller.team_id, file_id, most=order_drop.MOST_BYTES)
            done = await self.conversation.act(caller, key, order_drop.take_over, content)
        except OrderFileRefused as refused:
            return drawn.not_imported(str(refused))
        except SlackFault as fault:
            log.warning("a dropped file could not be read", action="import_orders", fault=fault.error)
            return drawn.not_imported(_why(fault))
        if done is None:
            return None
        return drawn.imported(done.lines, done.removed, done.refused, done.sentences)

    async def _answer(self, body: Payload, line: Message | None) -> None:
        with suppress(SlackFault):  # the press has done its work
            await self.conversation.gateway.answer(str(body.get("response_url") or ""), line)


def file_in(event: Payload) -> Payload | None:
    """The first CSV file of a message that a person wrote."""
    said = said_in(event) if event.get("subtype") == "file_share" else None
    files = (said or {}).get("files") or []
    return next((file for file in files if _is_csv(file)), None)


def _is_csv(file: Payload) -> bool:
    return bool(file.get("id")) and str(file.get("name") or "").lower().endswith(".csv")


def _why(fault: SlackFault) -> str:
    if fault.error.startswith("file_too_large"):
        return order_drop.too_large()
    if isinstance(fault, Refused) and fault.error.startswith("missing_scope"):
        return _("The app may not read files here: install it again with the current manifest.")
    if isinstance(fault, Refused):
        return _("Slack did not hand over the file ({reason}). Drop it again.").format(reason=fault.error)
    return _("Slack did not answer in time. Press again in a moment.")
