"""reactions.*: adding, removing, reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import conversations
from bot.sandbox.errors import SlackError
from bot.sandbox.web_api.calls import TIER_2, TIER_3, Call, Method

if TYPE_CHECKING:
    from bot.sandbox.messages import Message

Json = dict[str, Any]


def _item(call: Call) -> Message:
    channel = call.joined(call.channel())
    message = call.world.messages.get(channel.id, call.needed("timestamp"))
    if message is None or message.visible_to is not None:
        raise SlackError("message_not_found")
    return message


def add(call: Call) -> Json:
    message = _item(call)
    if call.world.channel(message.channel).is_archived:
        raise SlackError("is_archived")
    conversations.react(call.world, message, call.bot, call.needed("name").strip(":"))
    return {}


def remove(call: Call) -> Json:
    conversations.unreact(call.world, _item(call), call.bot, call.needed("name").strip(":"))
    return {}


def get(call: Call) -> Json:
    message = _item(call)
    return {"type": "message", "channel": message.channel, "message": message.as_slack()}


METHODS = {
    "reactions.add": Method(add, "reactions:write", TIER_3),
    "reactions.remove": Method(remove, "reactions:write", TIER_2),
    "reactions.get": Method(get, "reactions:read", TIER_3),
}
