"""Talking: posts, edits, reactions, channels, and a look at the app's home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import conversations, events
from bot.sandbox.control.asks import FORBIDDEN, NOT_FOUND, Ask
from bot.sandbox.errors import ControlError
from bot.sandbox.messages import Message
from bot.sandbox.web_api import files
from bot.sandbox.wording import stored

if TYPE_CHECKING:
    from bot.sandbox.people import Channel

Json = dict[str, Any]


async def post(ask: Ask) -> Json:
    """Post as a person, in the channel or in a thread."""
    person, channel, thread = ask.person(), _open(ask.channel()), ask.optional("thread")
    if thread is not None:
        parent = ask.world.messages.get(channel.id, thread)
        if parent is None or parent.visible_to is not None:
            raise ControlError(f"There is no message {thread} to answer.", NOT_FOUND)
        thread = parent.thread_ts or parent.ts
    text, broadcast = stored(ask.world, ask.text("text")), bool(ask.body.get("broadcast")) and thread is not None
    message = Message(channel.id, ask.world.next_ts(), text, person.id, thread_ts=thread, broadcast=broadcast)
    message.blocks = None
    conversations.say(ask.world, message)
    return {"ok": True, "ts": message.ts, "channel": channel.id}


async def share(ask: Ask) -> Json:
    """Share a file of plain text as a person, in the channel."""
    person, channel, name = ask.person(), _open(ask.channel()), ask.text("name")
    content = str(ask.body.get("content") or "").encode()
    file = files.shared(ask.stage, person.id, name, content)
    text = stored(ask.world, str(ask.body.get("text") or ""))
    message = Message(channel.id, ask.world.next_ts(), text, person.id, subtype="file_share", files=[file])
    conversations.say(ask.world, message)
    return {"ok": True, "ts": message.ts, "channel": channel.id, "file": file["id"]}


def _open(channel: Channel) -> Channel:
    if channel.is_archived:
        raise ControlError(f"#{channel.name} is archived: nobody can post there.", FORBIDDEN)
    return channel


def _own(ask: Ask) -> Message:
    message = ask.message()
    if message.user != ask.person().id:
        raise ControlError("People change only their own messages.", FORBIDDEN)
    return message


async def edit(ask: Ask) -> Json:
    text = stored(ask.world, ask.text("text"))
    conversations.change(ask.world, _own(ask), text=text, blocks=None, by=ask.person().id)
    return {"ok": True}


async def delete(ask: Ask) -> Json:
    """Delete one's own message, or dismiss an ephemeral one, which the app does not hear of."""
    message = ask.message()
    conversations.remove(ask.world, message if message.visible_to else _own(ask))
    return {"ok": True}


async def react(ask: Ask) -> Json:
    conversations.react(ask.world, _public(ask), ask.person().id, ask.text("name").strip(":"))
    return {"ok": True}


async def unreact(ask: Ask) -> Json:
    conversations.unreact(ask.world, _public(ask), ask.person().id, ask.text("name").strip(":"))
    return {"ok": True}


def _public(ask: Ask) -> Message:
    message = ask.message()
    if message.visible_to is not None:
        raise ControlError("Nobody can react to a message that only one person sees.", FORBIDDEN)
    return message


async def read(ask: Ask) -> Json:
    channel = ask.channel()
    feed = ask.world.messages.feed(channel.id)
    if feed:
        ask.world.read_until[ask.person().id, channel.id] = feed[-1].ts
        ask.world.touch("conversations")
    return {"ok": True}


async def home(ask: Ask) -> Json:
    """Open the app's home."""
    person, world = ask.person(), ask.world
    channel = world.direct(person.id, world.app.bot_user_id)
    world.emit(events.home_opened(world, person.id, channel))
    return {"ok": True}


async def invite(ask: Ask) -> Json:
    conversations.join(ask.world, ask.any_channel(), ask.person("user").id, ask.optional("as"))
    return {"ok": True}


async def kick(ask: Ask) -> Json:
    conversations.leave(ask.world, ask.any_channel(), ask.person("user").id)
    return {"ok": True}


async def archive(ask: Ask) -> Json:
    conversations.archive(ask.world, ask.any_channel(), ask.optional("as") or "U0ADMIN")
    return {"ok": True}


POST = {
    "post": post,
    "share": share,
    "edit": edit,
    "delete": delete,
    "react": react,
    "unreact": unreact,
    "read": read,
    "home": home,
    "invite": invite,
    "kick": kick,
    "archive": archive,
}
