"""Talking: every change to what is said, with the events and the page news that follow from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox import events
from bot.sandbox.errors import SlackError

if TYPE_CHECKING:
    from bot.sandbox.messages import Message
    from bot.sandbox.people import Channel
    from bot.sandbox.world import World

Json = dict[str, Any]
EMOJI = re.compile(r"[a-z0-9_'+-]+(::skin-tone-[2-6])?")


def say(world: World, message: Message) -> Message:
    """Put a new message where it belongs and tell everyone."""
    channel = world.channel(message.channel)
    world.messages.add(message)
    world.read_until[message.user, channel.id] = message.ts
    world.touch(f"messages:{channel.id}")
    if message.visible_to is None:
        _tell_app(world, channel, events.said(world, channel, message))
    return message


def change(world: World, message: Message, *, text: str, blocks: list[Json] | None, by: str) -> Message:
    """Give a message new content."""
    channel, before = world.channel(message.channel), message.as_slack()
    message.text, message.blocks = text, blocks
    message.edited = {"user": by, "ts": world.next_ts()}
    world.messages.revise(message)
    world.touch(f"messages:{channel.id}")
    if message.visible_to is None:
        _tell_app(world, channel, events.changed(world, channel, message, before))
    return message


def remove(world: World, message: Message) -> None:
    """Delete a message; a parent with replies leaves a gravestone, as in Slack."""
    channel = world.channel(message.channel)
    gone = events.deleted(world, channel, message)
    if world.messages.replies(channel.id, message.ts):
        message.text, message.blocks, message.subtype = "This message was deleted.", None, "tombstone"
        message.user, message.bot_id, message.reactions = "USLACKBOT", None, {}
        world.messages.revise(message)
    else:
        world.messages.remove(message)
    world.touch(f"messages:{channel.id}")
    if message.visible_to is None:
        _tell_app(world, channel, gone)


def react(world: World, message: Message, user: str, name: str) -> None:
    """Add a reaction. Raises SlackError invalid_name, already_reacted."""
    if not EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    users = message.reactions.setdefault(name, [])
    if user in users:
        raise SlackError("already_reacted")
    users.append(user)
    _reaction_news(world, message, events.reacted(world, "reaction_added", user, name, message))


def unreact(world: World, message: Message, user: str, name: str) -> None:
    """Take a reaction back. Raises SlackError no_reaction."""
    users = message.reactions.get(name, [])
    if user not in users:
        raise SlackError("no_reaction")
    users.remove(user)
    if not users:
        del message.reactions[name]
    _reaction_news(world, message, events.reacted(world, "reaction_removed", user, name, message))


def join(world: World, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Let somebody into a channel; to be in it already changes nothing."""
    if user in channel.members:
        return
    channel.members.append(user)
    _membership_news(world, channel, events.membership(world, "member_joined_channel", channel, user, inviter))


def leave(world: World, channel: Channel, user: str) -> None:
    """Let somebody out of a channel. The app hears of its own leaving too."""
    if user not in channel.members:
        return
    event = events.membership(world, "member_left_channel", channel, user, None)
    _membership_news(world, channel, event)
    channel.members.remove(user)


def archive(world: World, channel: Channel, by: str) -> None:
    """Close a channel for good."""
    channel.is_archived = True
    world.touch("conversations")
    _tell_app(world, channel, events.archived(world, channel, by))


def _reaction_news(world: World, message: Message, event: Json) -> None:
    world.messages.revise(message)
    world.touch(f"messages:{message.channel}")
    _tell_app(world, world.channel(message.channel), event)


def _membership_news(world: World, channel: Channel, event: Json) -> None:
    world.touch("conversations")
    _tell_app(world, channel, event)


def _tell_app(world: World, channel: Channel, event: Json) -> None:
    """Emit an event of a conversation: it reaches the app only while its bot is a member."""
    if world.app.bot_user_id in channel.members:
        world.emit(event)
