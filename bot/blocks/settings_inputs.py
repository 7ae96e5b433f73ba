"""Questions whose answer is a person, a channel or a user group of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import option
from bot.blocks.inputs import line
from bot.blocks.phrases import cut, one_line
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.ports import Block

MOST_OPTIONS = 100
CHANNELS = {"include": ["public", "private"], "exclude_bot_users": True, "exclude_external_shared_channels": False}


def person(field: str, chosen: Any) -> Block:
    element: Block = {"type": "users_select", "action_id": field}
    return {**element, "initial_user": str(chosen)} if chosen else element


def people(field: str, chosen: Any) -> Block:
    element: Block = {"type": "multi_users_select", "action_id": field}
    return {**element, "initial_users": list(chosen)} if chosen else element


def channel(field: str, chosen: Any) -> Block:
    element: Block = {"type": "conversations_select", "action_id": field, "filter": CHANNELS}
    return {**element, "initial_conversation": str(chosen)} if chosen else element


def channels(field: str, chosen: Any) -> Block:
    element: Block = {"type": "multi_conversations_select", "action_id": field, "filter": CHANNELS}
    return {**element, "initial_conversations": list(chosen)} if chosen else element


def group(field: str, chosen: Any, known: Sequence[tuple[str, str]]) -> Block:
    """A user group by its name, or by its id where Slack does not tell the names."""
    if not known:
        return line(field, {field: chosen or ""}, limit=40, example=_("S0PLANT3"))
    options = [option(cut(one_line(name), 75), group_id) for group_id, name in known[:MOST_OPTIONS]]
    element: Block = {"type": "static_select", "action_id": field, "options": options}
    initial = [one for one in options if one["value"] == chosen]
    return {**element, "initial_option": initial[0]} if initial else element


def one_of(field: str, chosen: Any, words: Mapping[str, str]) -> Block:
    """One of few as a menu."""
    options = [option(said, value) for value, said in words.items()]
    element: Block = {"type": "static_select", "action_id": field, "options": options}
    initial = [one for one in options if one["value"] == chosen]
    return {**element, "initial_option": initial[0]} if initial else element


def clock_time(field: str, chosen: Any) -> Block:
    element: Block = {"type": "timepicker", "action_id": field}
    return {**element, "initial_time": str(chosen)} if chosen else element
