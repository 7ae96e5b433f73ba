"""What a person typed and chose: Slack's form state as plain answers, one per question."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Payload = dict[str, Any]

MENTION = re.compile(r"<(?:[@#!]|https?://|mailto:)(?P<id>[^>|]*)(?:\|(?P<name>[^>]*))?>")
"""People, channels and links as Slack writes them into text."""

SINGLE = ("value", "selected_date", "selected_date_time", "selected_time", "selected_user", "selected_conversation")
"""Where an answer stands that is one value."""


def answers_in(view: Payload) -> dict[str, Any]:
    """Every answer of a form by its block id; what was left empty is empty text, so that clearing counts too."""
    values = (view.get("state") or {}).get("values") or {}
    return {
        field_of(block_id): _value(element) for block_id, elements in values.items() for element in elements.values()
    }


def field_of(block_id: str) -> str:
    """The question a block asks: a form that was filled in for somebody numbers its blocks anew."""
    return block_id.partition("~")[0]


def at_blocks(view: Payload, problems: Mapping[str, str]) -> dict[str, str]:
    """Sentences by question as sentences by block of this form; what it does not ask is left out."""
    inputs = [block["block_id"] for block in view.get("blocks", []) if block.get("type") == "input"]
    shown = {field_of(block_id): block_id for block_id in inputs}
    return {shown[field]: sentence for field, sentence in problems.items() if field in shown}


def metadata_in(view: Payload) -> dict[str, Any]:
    """The ids a form carries."""
    carried: dict[str, Any] = json.loads(view.get("private_metadata") or "{}")
    return carried


def plain(text: str) -> str:
    """What a person typed, out of Slack's escapes: mentions as names, the three entities as characters."""
    named = MENTION.sub(lambda found: found["name"] or found["id"], text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        named = named.replace(entity, character)
    return named


def _value(element: Payload) -> Any:
    kind = str(element.get("type"))
    if kind == "checkboxes":
        return [option["value"] for option in element.get("selected_options") or []]
    if kind in {"radio_buttons", "static_select", "external_select"}:
        return (element.get("selected_option") or {}).get("value", "")
    if kind.startswith("multi_"):
        return element.get("selected_users") or element.get("selected_conversations") or []
    return next((element[name] for name in SINGLE if element.get(name) is not None), "")
