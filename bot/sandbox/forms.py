"""What a form holds: from the simple values that people and scripts give to Slack's `state.values`, and back.

Simple values are strings (text, option value, day, time, id), whole numbers (date and time) or lists of them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.sandbox.blocks import elements, offered_options
from bot.sandbox.errors import ControlError

Json = dict[str, Any]

# Element type -> the key under which the value stands in state, and the key of its initial value.
FIELDS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
LISTS = frozenset(
    kind for kind, (key, _) in FIELDS.items() if key.endswith("s") and key.startswith("selected_")
) | frozenset({"file_input"})
OPTIONS = frozenset({"selected_option", "selected_options"})


def state_of(element: Json, value: Any = None) -> Json:
    """Return the state of one element: `value`, or its initial value, or empty."""
    kind = str(element["type"])
    key, initial = FIELDS[kind]
    if value is None:
        value = element.get(initial)
    if value is None and kind in LISTS:
        value = []
    return {"type": kind, key: value}


def state_values(blocks: list[Json], typed: dict[str, dict[str, Json]]) -> dict[str, dict[str, Json]]:
    """Return `state.values`: what was typed, and initial values where nothing was."""
    values: dict[str, dict[str, Json]] = {}
    for block, element in elements(blocks):
        if element["type"] in FIELDS:
            block_id, action_id = block["block_id"], element["action_id"]
            known = typed.get(block_id, {}).get(action_id)
            values.setdefault(block_id, {})[action_id] = known or state_of(element)
    return values


def simple_values(state: Json) -> Any:
    """Return the simple value of one state entry: what `from_simple` would take."""
    key = FIELDS[state["type"]][0]
    value = state.get(key)
    if key == "selected_option":
        return value["value"] if value else None
    if key == "selected_options":
        return [option["value"] for option in value or []]
    if key == "rich_text_value":
        return plain_of_rich_text(value)
    return value


def page_value(state: Json) -> Any:
    """Return what the page is told: the simple value, but of a type-ahead field all, for only that has its words."""
    return state if "external" in state["type"] else simple_values(state)


def plain_of_rich_text(value: Any) -> str | None:
    """Return the text of a rich text value."""
    if not value:
        return None
    lines = ["".join(str(e.get("text", "")) for e in part.get("elements", [])) for part in value.get("elements", [])]
    return "\n".join(lines)


def from_simple(element: Json, value: Any, known: list[Json] | None = None) -> Json:
    """Return the state of an element for a simple value; `known` are options that type-ahead brought.

    Raises ControlError when the element cannot hold the value.
    """
    kind = str(element["type"])
    if kind not in FIELDS:
        raise ControlError(f"A {kind} holds no value.")
    key = FIELDS[kind][0]
    if isinstance(value, dict) and key in value:
        value = value[key]  # an entry of Slack's state is taken as well
    if kind in LISTS:
        many = value if isinstance(value, list) else [value] if value else []
        return {"type": kind, key: [_one(element, key, item, known) for item in many]}
    return {"type": kind, key: None if value in (None, "") else _one(element, key, value, known)}


def _one(element: Json, key: str, value: Any, known: list[Json] | None) -> Any:
    if key in OPTIONS:
        return option_for(element, value, known)
    if key == "selected_date_time":
        return _seconds(value)
    if key == "rich_text_value":
        return value if isinstance(value, dict) else _rich_text(str(value))
    if key == "files":
        return value if isinstance(value, dict) else {"id": str(value)}
    return str(value)


def option_for(element: Json, value: Any, known: list[Json] | None = None) -> Json:
    """Return the option that `value` means: by its value, else by its words. Raises ControlError if there is none."""
    offered = offered_options(element) + (known or [])
    wanted = value.get("value") if isinstance(value, dict) else str(value)
    by_value = next((option for option in offered if option.get("value") == wanted), None)
    by_words = next((option for option in offered if option["text"]["text"] == wanted), None)
    found = by_value or by_words
    if found is None and isinstance(value, dict) and "external" in element["type"] and "text" in value:
        found = value
    if found is None:
        raise ControlError(f"{wanted!r} is none of the options of {element.get('action_id')}.")
    return found


def _seconds(value: Any) -> int:
    text = str(value)
    return int(text) if text.isdigit() else int(datetime.fromisoformat(text).timestamp())


def _rich_text(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
