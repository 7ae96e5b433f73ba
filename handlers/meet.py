"""Knowing each other: joining and leaving the monthly pairs, and saying what became of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import pairs as drawing
from bot.blocks.ids import COMMAND, Action
from bot.services import pairs
from handlers.answers import plain
from models.pairing import PairState

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from bot.services.pairs import Standing
    from handlers.conversation import Conversation

Payload = dict[str, Any]


async def is_pairs(command: Payload) -> bool:
    """Whether somebody typed ``/expedite pairs``."""
    return plain(str(command.get("text") or "")).strip().lower() == "pairs"


class Meet:
    """The choice is a person's own; the pairs are made by the clock."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.command(COMMAND, matchers=[is_pairs])(self.command)
        app.action(Action.PAIR_JOIN)(self.joined)
        app.action(Action.PAIR_LEAVE)(self.left)
        app.action(Action.PAIR_DONE)(self.met)
        app.action(Action.PAIR_NOT_NOW)(self.not_now)
        app.action(Action.PAIR_STOP)(self.stopped)

    async def command(self, ack: AsyncAck, caller: Caller) -> None:
        told = await self.conversation.look(caller, pairs.standing)
        message = drawing.standing_message(is_wanted=told.is_wanted, partner=told.partner)
        await ack(text=message.text, blocks=message.blocks)

    async def joined(self, ack: AsyncAck, body: Payload, caller: Caller, key: str) -> None:
        await self._show(body, await self.conversation.act(caller, key, pairs.join))
        await ack()

    async def left(self, ack: AsyncAck, body: Payload, caller: Caller, key: str) -> None:
        await self._show(body, await self.conversation.act(caller, key, pairs.leave))
        await ack()

    async def met(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, pairs.answer, int(action["value"]), PairState.DONE)
        await ack()

    async def not_now(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, pairs.answer, int(action["value"]), PairState.NOT_THIS_MONTH)
        await ack()

    async def stopped(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, pairs.stop, int(action["value"]))
        await ack()

    async def _show(self, body: Payload, told: Standing | None) -> None:
        """Say it where it was pressed; App Home is drawn again by itself."""
        address = body.get("response_url")
        if address and told is not None:
            message = drawing.standing_message(is_wanted=told.is_wanted, partner=told.partner)
            await self.conversation.gateway.answer(address, message)
