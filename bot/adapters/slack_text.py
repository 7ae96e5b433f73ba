"""What a person wrote, out of a message as Slack tells it: its text, and the messages that were forwarded with it.

Slack's marks for people, channels and links stay as they are: readers of running text know them.
"""

from __future__ import annotations

from typing import Any

FORWARDED = ("is_share", "is_msg_unfurl")
"""Marks of attachments that hold a message of this workspace; others are previews of pages."""
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def words_of(message: dict[str, Any]) -> str:
    """Return the words of a message, forwarded ones quoted below its own."""
    own = str(message.get("text") or "")
    forwarded = [str(one.get("text") or "") for one in message.get("attachments") or [] if _is_forwarded(one)]
    quoted = [f"> {line}" for text in forwarded for line in text.splitlines() if line.strip()]
    return _without_entities("\n".join([*([own] if own.strip() else []), *quoted]))


def _is_forwarded(attachment: dict[str, Any]) -> bool:
    return any(attachment.get(mark) for mark in FORWARDED)


def _without_entities(text: str) -> str:
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text
