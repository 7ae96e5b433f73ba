"""chat.*: posting, updating, deleting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.payloads import check_message
from bot.sandbox import conversations
from bot.sandbox.blocks import with_ids
from bot.sandbox.errors import SlackError
from bot.sandbox.messages import Message
from bot.sandbox.web_api.calls import HUNDREDS, TIER_3, TIER_4, Call, Method

if TYPE_CHECKING:
    from bot.payloads import Problem
    from bot.sandbox.people import Channel
    from bot.sandbox.world import World

Json = dict[str, Any]
LONGEST_POST = 40_000
LONGEST_UPDATE = 4_000
LARGEST_METADATA = 3_000


def refused_blocks(problems: list[Problem]) -> SlackError:
    """Return Slack's refusal of blocks, with a JSON pointer for each problem."""
    complaints = [str(problem) for problem in problems]
    messages = [f"[ERROR] {complaint}" for complaint in complaints]
    return SlackError("invalid_blocks", errors=complaints, response_metadata={"messages": messages})


def checked_content(world: World, where: str, content: Json) -> list[Json] | None:
    """Return the blocks with their ids. Raises SlackError invalid_blocks, and notes the refusal."""
    blocks = content.get("blocks")
    payload = {key: value for key, value in content.items() if value is not None}
    problems = check_message(payload)
    if problems:
        world.refuse(where, problems, payload)
        raise refused_blocks(problems)
    return with_ids(blocks) if blocks else blocks


def _content(call: Call, where: str, thread_ts: str | None) -> tuple[str, list[Json] | None]:
    text, blocks = call.text("text"), call.data("blocks")
    attachments = call.data("attachments")
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    content = {"text": text, "blocks": blocks, "attachments": attachments, "thread_ts": thread_ts}
    return text, checked_content(call.world, where, content)


def _metadata(call: Call) -> Json | None:
    metadata = call.data("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return metadata


def _place(call: Call) -> Channel:
    """Return where to post; a person's id means the direct message with that person."""
    target = call.needed("channel")
    if target in call.world.people and target != call.bot:
        return call.world.direct(call.bot, target)
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.channel_type == "channel" and "chat:write.public" in call.world.scopes:
        return channel
    return call.joined(channel)


def _thread(call: Call, channel: Channel) -> str | None:
    thread_ts = call.text("thread_ts") or None
    if thread_ts is None:
        return None
    parent = call.world.messages.get(channel.id, thread_ts)
    if parent is None:
        raise SlackError("thread_not_found")
    return parent.thread_ts or parent.ts


def from_app(world: World, channel: str, **content: Any) -> Message:
    """Return a message of the app, not yet said."""
    app = world.app
    return Message(channel, world.next_ts(), user=app.bot_user_id, bot_id=app.bot_id, app_id=app.app_id, **content)


def post_message(call: Call) -> Json:
    channel = _place(call)
    thread_ts = _thread(call, channel)
    text, blocks = _content(call, "chat.postMessage", thread_ts)
    message = from_app(
        call.world,
        channel.id,
        text=text[:LONGEST_POST],
        blocks=blocks,
        thread_ts=thread_ts,
        metadata=_metadata(call),
        attachments=call.data("attachments"),
        broadcast=call.flag("reply_broadcast") and thread_ts is not None,
    )
    conversations.say(call.world, message)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_slack(with_metadata=True)}


def _own(call: Call, refusal: str) -> Message:
    channel = call.channel()
    message = call.world.messages.get(channel.id, call.needed("ts"))
    if message is None or message.visible_to is not None:
        raise SlackError("message_not_found")
    if message.user != call.bot:
        raise SlackError(refusal)
    return message


def update(call: Call) -> Json:
    """Replace text and blocks; blocks and metadata that are not mentioned stay."""
    message = _own(call, "cant_update_message")
    if call.world.channel(message.channel).is_archived:
        raise SlackError("is_inactive")
    if len(call.text("text")) > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    text, blocks = _content(call, "chat.update", message.thread_ts)
    message.metadata = _metadata(call) or message.metadata
    kept = message.blocks if call.data("blocks") is None else blocks
    conversations.change(call.world, message, text=text, blocks=kept, by=call.bot)
    told = {key: value for key, value in message.as_slack().items() if key != "ts"}  # as in Slack: it stands beside
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": told}


def delete(call: Call) -> Json:
    message = _own(call, "cant_delete_message")
    conversations.remove(call.world, message)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    channel, user = _place(call), call.needed("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    thread_ts = _thread(call, channel)
    text, blocks = _content(call, "chat.postEphemeral", thread_ts)
    message = from_app(call.world, channel.id, text=text, blocks=blocks, thread_ts=thread_ts, visible_to=user)
    conversations.say(call.world, message)
    return {"message_ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.world.messages.get(channel.id, call.needed("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    link = f"{call.stage.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else ""
    return {"channel": channel.id, "permalink": link + thread}


METHODS = {
    "chat.postMessage": Method(post_message, "chat:write", TIER_4),
    "chat.update": Method(update, "chat:write", TIER_3),
    "chat.delete": Method(delete, "chat:write", TIER_3),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write", TIER_4),
    "chat.getPermalink": Method(get_permalink, None, HUNDREDS),
}
