"""“/expedite ask”: a question before a promise, by command, and the request that is made of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import notices
from bot.blocks.ids import COMMAND, Action, Callback
from bot.ports import SlackFault
from bot.services import filling
from handlers.answers import answers_in, at_blocks, metadata_in, plain
from handlers.submit import inquiry_view
from models.errors import FormRefused
from models.i18n import _
from models.lifecycle import How

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation
    from handlers.submit import Submit

Payload = dict[str, Any]
VERB = "ask"


async def is_inquiry(command: Payload) -> bool:
    """Whether the words after the command begin a question."""
    return str(command.get("text") or "").strip().partition(" ")[0].lower() == VERB


class Inquire:
    """Three fields, and no order needed."""

    def __init__(self, conversation: Conversation, submit: Submit) -> None:
        self.conversation = conversation
        self.submit = submit

    def register(self, app: AsyncApp) -> None:
        app.command(COMMAND, matchers=[is_inquiry])(self.command)
        app.view(Callback.INQUIRY)(self.send)
        app.view_closed(Callback.INQUIRY)(self.submit.left)
        app.action(Action.TURN_INTO_REQUEST)(self.turn_into_request)
        app.action(Action.RESUME_INQUIRY)(self.resume)

    async def command(self, ack: AsyncAck, command: Payload, caller: Caller) -> None:
        text = plain(str(command.get("text") or "")).strip()[len(VERB) :].strip()
        started = await self.conversation.look(caller, filling.begin_inquiry, text)
        try:
            await self.conversation.open(caller, command["trigger_id"], inquiry_view(started))
        except SlackFault:
            sentence = _("Slack did not open the form just now. What you typed is kept: press the button to go on.")
            value, label = str(started.draft_id), _("Open the form")
            hint = notices.hint(sentence, value=value, action=Action.RESUME_INQUIRY, label=label)
            await ack(text=hint.text, blocks=hint.blocks)
        else:
            await ack()

    async def resume(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        kept = await self.conversation.look(caller, filling.resume, int(action["value"]))
        await self.conversation.open(caller, body["trigger_id"], inquiry_view(kept))
        await ack()

    async def send(self, ack: AsyncAck, view: Payload, caller: Caller) -> None:
        """Asked at once: when Slack hears “yes”, the question is in the database."""
        draft_id = int(metadata_in(view)["draft"])
        await self.conversation.look(caller, filling.keep, draft_id, answers_in(view))
        try:
            await self.conversation.look(caller, filling.send_inquiry, draft_id, how=How.FORM)
        except FormRefused as refused:
            await ack(response_action="errors", errors=at_blocks(view, refused.problems))
        else:
            await ack(response_action="clear")

    async def turn_into_request(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        started = await self.conversation.look(caller, filling.from_inquiry, int(action["value"]))
        await self.submit.open_or_hand_over(caller, body["trigger_id"], started)
        await ack()
