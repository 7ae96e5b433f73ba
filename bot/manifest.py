"""The app manifest: what to paste at Slack to create the app, for Socket Mode or HTTP from one template."""

from __future__ import annotations

from typing import Any

from bot.blocks.ids import COMMAND, Callback
from bot.config import Mode

BOT_SCOPES = (
    "commands",
    "chat:write",
    "channels:history",
    "groups:history",
    "channels:read",
    "files:read",
    "files:write",
    "groups:read",
    "im:history",
    "im:write",
    "reactions:read",
    "usergroups:read",
    "users:read",
)
"""``*:history`` lets the app see replies under its cards, also those it missed, and look for a message in doubt."""

BOT_EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "channel_unarchive",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "reaction_added",
    "reaction_removed",
    "subteam_members_changed",
    "subteam_updated",
    "team_join",
    "tokens_revoked",
    "user_change",
)


def manifest(mode: Mode, *, url: str = "https://expedite.example.com") -> dict[str, Any]:
    """The manifest as plain JSON; ``url`` is the public address of an HTTP installation."""
    address = f"{url.rstrip('/')}/slack/events" if mode is Mode.HTTP else None
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Expedite Desk",
            "description": "Expedite requests between Sales and Operations, answered and kept.",
            "background_color": "#12604a",
        },
        "features": _features(address),
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": _settings(address),
    }


def _features(address: str | None) -> dict[str, Any]:
    command = {
        "command": COMMAND,
        "description": "Ask for an order sooner, or see where requests stand",
        "usage_hint": "100 pcs BRK-2040 for Acme by Friday | list | status EXP-1 | help",
        "should_escape": True,
        **({"url": address} if address else {}),
    }
    return {
        # Direct messages fail without the messages tab.
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": True},
        "bot_user": {"display_name": "Expedite Desk", "always_online": True},
        "slash_commands": [command],
        "shortcuts": [
            _shortcut("global", "New expedite", Callback.NEW_REQUEST_SHORTCUT, "Ask Operations for an order sooner"),
            _shortcut("message", "Turn into expedite", Callback.TURN_INTO_SHORTCUT, "Make a request of this message"),
        ],
    }


def _shortcut(kind: str, name: str, callback: Callback, description: str) -> dict[str, str]:
    return {"name": name, "type": kind, "callback_id": callback.value, "description": description}


def _settings(address: str | None) -> dict[str, Any]:
    at = {"request_url": address} if address else {}
    return {
        "event_subscriptions": {**at, "bot_events": list(BOT_EVENTS)},
        "interactivity": {"is_enabled": True, **at},
        "org_deploy_enabled": False,
        "socket_mode_enabled": address is None,
        "token_rotation_enabled": False,
    }
