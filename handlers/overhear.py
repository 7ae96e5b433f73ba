"""Free text in watched channels: read, answered to its writer alone, and turned into the form when they press."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from bot.adapters.slack_text import words_of
from bot.blocks import nudge as nudges
from bot.blocks.ids import Action
from bot.ports import Posted, SlackFault
from bot.services import filling, noticing
from bot.services.acting import Caller
from bot.services.noticing import Overheard
from handlers.answers import plain
from models.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.ports import Message
    from handlers.conversation import Conversation
    from handlers.submit import Submit
    from models import Nudge

T = TypeVar("T")
Payload = dict[str, Any]
log = structlog.get_logger()

READ_SECONDS = 1.5
"""A form's trigger lives three seconds: what Slack does not tell in this time is done without."""
SAID_BY_A_PERSON = {None, "file_share", "thread_broadcast"}
SLACKBOT = "USLACKBOT"


class Overhear:
    """Listens where an admin wants it to."""

    def __init__(self, conversation: Conversation, submit: Submit) -> None:
        self.conversation = conversation
        self.submit = submit

    def register(self, app: AsyncApp) -> None:
        async def is_watched(event: Payload, caller: Caller) -> bool:
            return await self.is_watched(event, caller)

        app.event("message", matchers=[is_watched])(self.message)
        app.action(Action.NUDGE_OPEN)(self.open_form)
        app.action(Action.NUDGE_NOT_NOW)(self.not_now)
        app.action(Action.NUDGE_NEVER_ME)(self.never_me)
        app.action(Action.NUDGE_NEVER_HERE)(self.never_here)
        app.action(Action.NUDGE_ME_AGAIN)(self.me_again)

    async def is_watched(self, event: Payload, caller: Caller) -> bool:
        """Whether this is somebody's text in a watched channel; anything else is for others to hear."""
        said = said_in(event)
        if said is None:
            return False
        where = caller.team_id, said["channel"], said.get("thread_ts") or said["ts"]
        return await self.conversation.database.run(noticing.is_watched, *where)

    async def message(self, event: Payload, caller: Caller) -> None:
        said = said_in(event)
        if said is None or _is_stranger(said, caller):
            return
        writer = Caller(caller.team_id, said["user"])
        thread_ts = said.get("thread_ts")
        heard = Overheard(said["channel"], said["ts"], thread_ts or said["ts"], words_of(said))
        noticed = await self.conversation.act(writer, None, noticing.notice, heard)
        if noticed is not None:
            line = nudges.nudge(noticed.nudge_id, noticed.reasons, is_admin=noticed.is_admin)
            await self._whisper(writer, heard, line, thread_ts)

    async def open_form(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        """Read the message again, as it is now, and open the form with what it says."""
        nudge = await self.conversation.look(caller, noticing.opened, int(action["value"]))
        text, link = await asyncio.gather(self._text(caller, nudge), self._link(caller, nudge))
        origin = Origin(nudge.channel_id, nudge.message_ts, link, nudge.id)
        words = None if text is None else plain(text)
        started = await self.conversation.look(caller, filling.begin_from_message, words, origin=origin)
        await self.submit.open_or_hand_over(caller, body["trigger_id"], started)
        await ack()

    async def not_now(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller, key: str) -> None:
        if await self.conversation.act(caller, key, noticing.not_now, int(action["value"])):
            await self._answer(body, None)
        await ack()

    async def never_me(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller, key: str) -> None:
        if await self.conversation.act(caller, key, noticing.never_me, int(action["value"])):
            await self._answer(body, nudges.never_again())
        await ack()

    async def never_here(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller, key: str) -> None:
        nudge = await self.conversation.act(caller, key, noticing.never_here, int(action["value"]))
        if nudge:
            await self._answer(body, nudges.not_watched(nudge.channel_id))
        await ack()

    async def me_again(self, ack: AsyncAck, body: Payload, caller: Caller, key: str) -> None:
        if await self.conversation.act(caller, key, noticing.me_again):
            await self._answer(body, nudges.again())
        await ack()

    async def _text(self, caller: Caller, nudge: Nudge) -> str | None:
        thread_ts = nudge.thread_ts if nudge.is_reply else None
        posted = Posted(nudge.channel_id, nudge.message_ts)
        found = await _in_time(lambda: self.conversation.gateway.message(caller.team_id, posted, thread_ts=thread_ts))
        return found.text if found is not None and found.slack_id == caller.slack_id else None

    async def _link(self, caller: Caller, nudge: Nudge) -> str:
        posted = Posted(nudge.channel_id, nudge.message_ts)
        return await _in_time(lambda: self.conversation.gateway.permalink(caller.team_id, posted)) or ""

    async def _whisper(self, writer: Caller, heard: Overheard, line: Message, thread_ts: str | None) -> None:
        gateway = self.conversation.gateway
        try:
            await gateway.whisper(writer.team_id, heard.channel, writer.slack_id, line, thread_ts=thread_ts)
        except SlackFault as fault:  # only an offer of help: Slack must not deliver the message again for it
            log.warning("could not tell", action="nudge", fault=fault.error)

    async def _answer(self, body: Payload, line: Message | None) -> None:
        """Let the pressed line give way to what came of it; a line that stays does no harm."""
        try:
            await self.conversation.gateway.answer(str(body.get("response_url") or ""), line)
        except SlackFault as fault:
            log.warning("could not tell", action="nudge", fault=fault.error)


def said_in(event: Payload) -> Payload | None:
    """The message that a person wrote or rewrote, with its channel; None for bots, apps and Slack's own news."""
    message = event
    if event.get("subtype") == "message_changed":
        message = event.get("message") or {}
        before = event.get("previous_message") or {}
        # Slack tells of previews and of new replies in the same way: only a person's edit has a mark of its own.
        if not message.get("edited") or words_of(message) == words_of(before):
            return None
    is_text = message.get("subtype") in SAID_BY_A_PERSON and bool(message.get("ts"))
    by_app = message.get("bot_id") or message.get("app_id") or message.get("user") in {None, "", SLACKBOT}
    return {**message, "channel": event["channel"]} if is_text and not by_app else None


def _is_stranger(said: Payload, caller: Caller) -> bool:
    """Whether the message comes from another company; of an edit only the message inside tells."""
    return (said.get("user_team") or said.get("team") or caller.team_id) != caller.team_id


async def _in_time(call: Callable[[], Awaitable[T]]) -> T | None:
    """What Slack tells in time; None where it does not."""
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await call()
    except (SlackFault, TimeoutError) as fault:
        log.warning("could not read", action="nudge", fault=str(fault) or "timeout")
        return None
