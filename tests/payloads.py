"""Slack's payloads as Slack sends them: the shapes follow its documentation, the people are invented."""

from __future__ import annotations

import json
from itertools import count
from typing import Any
from urllib.parse import urlencode

from tests.builders import NAMES, PLANT3, SALES, TEAM

_numbers = count(1)


def stamp() -> str:
    """A time stamp like Slack's: seconds, a point, and a running number."""
    return f"1795000000.{next(_numbers):06}"


def command(user: str, text: str, *, channel: str = SALES) -> str:
    return urlencode(
        {
            "command": "/expedite",
            "text": text,
            "team_id": TEAM,
            "team_domain": "northbridge",
            "channel_id": channel,
            "channel_name": "sales",
            "user_id": user,
            "user_name": NAMES[user].split()[0].lower(),
            "api_app_id": "A0DESK",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.com/commands/T0/1/x",
            "trigger_id": f"trigger.{next(_numbers)}",
        }
    )


def click(user: str, action: dict[str, Any], *, channel: str = PLANT3, ts: str = "1.1") -> dict[str, Any]:
    """A press of a button (or a choice in a menu) of a message; ``action`` is the element as drawn."""
    return {
        **_interaction("block_actions", user),
        "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False},
        "channel": {"id": channel, "name": "channel"},
        "message": {"type": "message", "ts": ts, "text": "…", "bot_id": "B0DESKBOT"},
        "response_url": "https://hooks.slack.com/actions/T0/1/x",
        "actions": [_pressed(action)],
    }


def click_in_view(user: str, action: dict[str, Any], view: dict[str, Any], **typed: Any) -> dict[str, Any]:
    """A press inside a form or App Home."""
    shown = as_shown(view, typed)
    return {
        **_interaction("block_actions", user),
        "container": {"type": "view", "view_id": shown["id"]},
        "view": shown,
        "actions": [_pressed(action)],
    }


def submission(user: str, view: dict[str, Any], **typed: Any) -> dict[str, Any]:
    """The form sent with these answers by block id, over what it was drawn with."""
    return {**_interaction("view_submission", user), "view": as_shown(view, typed), "response_urls": []}


def closed_view(user: str, view: dict[str, Any], **typed: Any) -> dict[str, Any]:
    """The form closed unsent, with what stood in it."""
    return {**_interaction("view_closed", user), "view": as_shown(view, typed), "is_cleared": False}


def shortcut(user: str, callback_id: str) -> dict[str, Any]:
    return {**_interaction("shortcut", user), "callback_id": callback_id}


def message_shortcut(user: str, callback_id: str, text: str, /, **message: Any) -> dict[str, Any]:
    """Chosen on a message of the same person, unless ``message`` says otherwise."""
    return {
        **_interaction("message_action", user),
        "callback_id": callback_id,
        "channel": {"id": SALES, "name": "sales"},
        "message_ts": "1.1",
        "message": {"type": "message", "ts": "1.1", "user": user, "text": text, **message},
        "response_url": "https://hooks.slack.com/app/T0/1/x",
    }


def event(user: str | None, kind: str, **facts: Any) -> dict[str, Any]:
    """An Events API delivery."""
    inner = {"type": kind, "event_ts": stamp(), **({"user": user} if user else {}), **facts}
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0DESK",
        "event_id": f"Ev{next(_numbers):08}",
        "event_time": 1795000000,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": "U0DESKBOT",
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event": inner,
    }


def reaction(user: str, name: str, ts: str, *, removed: bool = False, channel: str = PLANT3) -> dict[str, Any]:
    kind = "reaction_removed" if removed else "reaction_added"
    item = {"type": "message", "channel": channel, "ts": ts}
    return event(user, kind, reaction=name, item=item, item_user="U0DESKBOT")


def reply(user: str, text: str, thread_ts: str, *, channel: str = PLANT3, **facts: Any) -> dict[str, Any]:
    ts = stamp()
    where = {"channel": channel, "channel_type": "channel", "thread_ts": thread_ts}
    return event(user, "message", text=text, ts=ts, event_ts=ts, **where, **facts)


def bot_reply(text: str, thread_ts: str) -> dict[str, Any]:
    return reply("U0OTHERBOT", text, thread_ts, bot_id="B0OTHER", subtype="bot_message")


def deleted(user: str, ts: str, thread_ts: str) -> dict[str, Any]:
    gone = {"type": "message", "user": user, "ts": ts, "thread_ts": thread_ts, "text": "…"}
    return event(
        None,
        "message",
        subtype="message_deleted",
        hidden=True,
        channel=PLANT3,
        channel_type="channel",
        deleted_ts=ts,
        previous_message=gone,
        ts=stamp(),
    )


def edited(
    user: str, text: str, ts: str, thread_ts: str, *, edited_ts: str = "", channel: str = PLANT3
) -> dict[str, Any]:
    """Somebody wrote their reply anew."""
    now = {"type": "message", "user": user, "ts": ts, "thread_ts": thread_ts, "text": text}
    return event(
        None,
        "message",
        subtype="message_changed",
        hidden=True,
        channel=channel,
        channel_type="channel",
        message={**now, "edited": {"user": user, "ts": edited_ts or stamp()}},
        previous_message={**now, "text": "…"},
        ts=stamp(),
    )


def click_whisper(user: str, action: dict[str, Any], thread_ts: str | None, *, channel: str = PLANT3) -> dict[str, Any]:
    """A press in a message that only this person sees: it comes without the message."""
    container = {"type": "message", "message_ts": stamp(), "channel_id": channel, "is_ephemeral": True}
    return {
        **_interaction("block_actions", user),
        "container": {**container, "thread_ts": thread_ts} if thread_ts else container,
        "channel": {"id": channel, "name": "channel"},
        "response_url": "https://hooks.slack.com/actions/T0/1/x",
        "actions": [_pressed(action)],
    }


def home_opened(user: str) -> dict[str, Any]:
    return event(user, "app_home_opened", tab="home", channel="D0HOME")


def as_shown(view: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    """A view as Slack hands it back: with an id, a hash, and the state of every input."""
    values = {
        block["block_id"]: {block["element"]["action_id"]: _state(block["element"], typed.get(block["block_id"]))}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    unknown = set(typed) - set(values)
    assert not unknown, f"the form has no input {unknown}; it has {sorted(values)}"
    return {
        **view,
        "id": view.get("id", "V0001"),
        "team_id": TEAM,
        "app_id": "A0DESK",
        "bot_id": "B0DESKBOT",
        "hash": f"{next(_numbers)}.h",
        "root_view_id": view.get("id", "V0001"),
        "previous_view_id": None,
        "app_installed_team_id": TEAM,
        "external_id": "",
        "state": {"values": values},
    }


SEVERAL = {
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
}
"""Where Slack keeps the choices of several, and what was chosen before."""


def json_of(body: str | dict[str, Any]) -> dict[str, Any]:
    return json.loads(body) if isinstance(body, str) and body else dict(body or {})


def _interaction(kind: str, user: str) -> dict[str, Any]:
    return {
        "type": kind,
        "user": {"id": user, "username": NAMES[user].split()[0].lower(), "name": NAMES[user], "team_id": TEAM},
        "api_app_id": "A0DESK",
        "token": "not-used",
        "team": {"id": TEAM, "domain": "northbridge"},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": f"trigger.{next(_numbers)}",
    }


def _pressed(element: dict[str, Any]) -> dict[str, Any]:
    return {**element, "block_id": element.get("block_id", "b1"), "action_ts": stamp()}


def _state(element: dict[str, Any], typed: Any) -> dict[str, Any]:
    kind = element["type"]
    if kind == "external_select":
        return {"type": kind, "selected_option": typed}
    if kind in {"radio_buttons", "static_select"}:
        chosen = element.get("initial_option") if typed is None else _option(element, typed)
        return {"type": kind, "selected_option": chosen}
    if kind == "checkboxes":
        chosen = element.get("initial_options", []) if typed is None else [_option(element, each) for each in typed]
        return {"type": kind, "selected_options": chosen}
    if kind.startswith("multi_"):
        name, initial = SEVERAL[kind]
        return {"type": kind, name: element.get(initial, []) if typed is None else list(typed)}
    name, initial = {
        "users_select": ("selected_user", "initial_user"),
        "conversations_select": ("selected_conversation", "initial_conversation"),
        "datepicker": ("selected_date", "initial_date"),
        "datetimepicker": ("selected_date_time", "initial_date_time"),
        "timepicker": ("selected_time", "initial_time"),
    }.get(kind, ("value", "initial_value"))
    return {"type": kind, name: element.get(initial) if typed is None else (typed or None)}


def _option(element: dict[str, Any], value: str) -> dict[str, Any] | None:
    if not value:
        return None
    return next(option for option in element["options"] if option["value"] == value)


def suggestion(user: str, view: dict[str, Any], action_id: str, typed: str) -> dict[str, Any]:
    """What Slack asks while somebody types into an external select."""
    return {
        **_interaction("block_suggestion", user),
        "action_id": action_id,
        "block_id": action_id,
        "value": typed,
        "view": as_shown(view, {}),
        "container": {"type": "view", "view_id": view.get("id", "V0001")},
    }
