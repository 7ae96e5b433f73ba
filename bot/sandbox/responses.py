"""Answers of the app to an interaction: the body of an acknowledged command, or a post to a response address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import conversations
from bot.sandbox.errors import SlackError
from bot.sandbox.web_api.chat import checked_content, from_app

if TYPE_CHECKING:
    from bot.sandbox.messages import Message
    from bot.sandbox.triggers import ResponseRight
    from bot.sandbox.world import World

Json = dict[str, Any]
CONTENT = ("text", "blocks", "attachments", "thread_ts", "response_type", "replace_original", "delete_original")


def respond(world: World, right: ResponseRight, body: Json) -> None:
    """Carry out an answer. Raises SlackError invalid_blocks, no_text."""
    original = world.messages.get(right.channel, right.message_ts or "")
    if _asks(body, "delete_original"):
        if original is not None:
            conversations.remove(world, original)
        return
    content = {key: body[key] for key in CONTENT if body.get(key) is not None}
    blocks = checked_content(world, "response", content)
    text = str(body.get("text") or "")
    if not text and not blocks:
        raise SlackError("no_text")
    if _asks(body, "replace_original") and original is not None:
        conversations.change(world, original, text=text, blocks=blocks, by=world.app.bot_user_id)
    else:
        conversations.say(world, _new(world, right, body, text, blocks))


def _new(world: World, right: ResponseRight, body: Json, text: str, blocks: list[Json] | None) -> Message:
    visible_to = None if body.get("response_type") == "in_channel" else right.user
    place = {"thread_ts": body.get("thread_ts"), "visible_to": visible_to}
    return from_app(world, right.channel, text=text, blocks=blocks, **place)


def _asks(body: Json, key: str) -> bool:
    return str(body.get(key, "")).lower() == "true"
