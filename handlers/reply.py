"""The buttons under what a reply was read as: only its writer sees them, and only what they press decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.blocks import forms, notices, said_back
from bot.blocks.ids import LOT_ROWS, Action
from bot.ports import SlackFault
from bot.services import saying_back
from bot.services.hints import SaidBack
from models.errors import Field
from models.i18n import _
from models.lifecycle import Move
from models.reply_proposal import Means

if TYPE_CHECKING:
    from datetime import datetime

    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.ports import Message, View
    from bot.services.acting import Caller
    from bot.services.hints import Hint, Told
    from bot.services.saying_back import Prefilled
    from handlers.conversation import Conversation

Payload = dict[str, Any]
log = structlog.get_logger()


class Reply:
    """Confirm, Edit and Not that."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.action(Action.CONFIRM_REPLY)(self.confirm)
        app.action(Action.EDIT_REPLY)(self.edit)
        app.action(Action.NOT_MEANT)(self.not_meant)

    async def confirm(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller, key: str) -> None:
        hint = await self.conversation.act(caller, key, saying_back.confirm, *_reading(action))
        if hint is not None:
            await give_way(self.conversation, caller, body, hint)
        await ack()

    async def edit(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller) -> None:
        read = await self.conversation.look(caller, saying_back.to_edit, *_reading(action))
        await self.conversation.open(caller, body["trigger_id"], _form(read, self.conversation.clock.now()))
        await ack()

    async def not_meant(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller, key: str) -> None:
        hint = await self.conversation.act(caller, key, saying_back.not_meant, *_reading(action))
        if hint is not None:
            await give_way(self.conversation, caller, body, hint)
        await ack()


async def give_way(conversation: Conversation, caller: Caller, body: Payload, hint: Hint) -> None:
    """Let the pressed line say what came of it, without its buttons; where Slack has forgotten it, a new line does."""
    try:
        await conversation.gateway.answer(str(body.get("response_url") or ""), _message(hint))
    except SlackFault as fault:
        log.warning("could not replace", action="hint", fault=fault.error)
        await whisper(conversation, caller, body["channel"]["id"], hint)


async def whisper(conversation: Conversation, caller: Caller, channel: str, told: Told) -> None:
    """Tell only the person who acted; what was done stands even where Slack does not show it."""
    message = _message(told)
    try:
        await conversation.gateway.whisper(caller.team_id, channel, caller.slack_id, message, thread_ts=told.thread_ts)
    except SlackFault as fault:  # Slack must not deliver it again for the hint's sake
        log.warning("could not tell", action="hint", fault=fault.error)


def _message(told: Told) -> Message:
    if isinstance(told, SaidBack):
        return said_back.said_back(told.picture, told.proposal, told.lots)
    action, label = _going_on(told)
    return notices.hint(told.sentence, value=str(told.request_id), action=action, label=label)


def _going_on(hint: Hint) -> tuple[Action | None, str]:
    """The button that continues what somebody began."""
    labels = {
        Move.DECLINE: (Action.DECLINE, _("Decline…")),
        Move.ASK_INFORMATION: (Action.ASK_INFORMATION, _("Ask…")),
        Move.NAME_ANSWER_TIME: (Action.NAME_ANSWER_TIME, _("Name a time…")),
    }
    return labels[hint.offers] if hint.offers else (None, "")


def _reading(action: Payload) -> tuple[int, int]:
    """The reading a button belongs to: its row, and which edit of the reply it was."""
    proposal, _colon, version = str(action["value"]).partition(":")
    return int(proposal), int(version or 0)


def _form(read: Prefilled, now: datetime) -> View:
    """The form that the meaning belongs to. A time that was noted stands there as the one that is named."""
    if read.means is Means.DECLINE:
        return forms.decline_form(read.picture, {Field.DECLINE_REASON: read.words})
    if read.means is Means.QUESTION:
        return forms.question_form(read.picture, {Field.QUESTION: read.words})
    due = read.picture.request.answer_due_at
    if read.means is Means.ANSWER_TIME and due is not None:
        return forms.answer_time_form(read.picture, {Field.ANSWER_DUE: int(due.timestamp())}, as_of=now)
    rows = max(2, min(read.lots, LOT_ROWS))
    return forms.offer_form(read.picture, read.answers, shape=read.shape, rows=rows, as_of=now)
