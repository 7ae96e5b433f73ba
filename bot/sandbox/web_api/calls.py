"""One call of the Web API: its arguments as methods read them, and what a method is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.people import Channel
    from bot.sandbox.stage import Stage
    from bot.sandbox.world import World

Json = dict[str, Any]
TIER_1, TIER_2, TIER_3, TIER_4, HUNDREDS = 20, 20, 50, 100, 300  # calls a minute; restarts need more than Slack's 1
OWN_FORMATS = frozenset({"blocks", "metadata"})  # arguments with an error word of their own for broken JSON


@dataclass(frozen=True)
class Method:
    """A Web API method: what it does, the scope it needs, its calls a minute, and the token that may call it.

    A tokenless one knows its caller by client id and client secret.
    """

    run: Callable[[Call], Json]
    scope: str | None
    per_minute: int
    app_level: bool = False
    tokenless: bool = False


@dataclass(frozen=True)
class Call:
    """One call with its arguments, from a form or from JSON."""

    stage: Stage
    args: Json

    @property
    def world(self) -> World:
        return self.stage.world

    @property
    def bot(self) -> str:
        return self.world.app.bot_user_id

    def text(self, key: str, default: str = "") -> str:
        value = self.args.get(key)
        return default if value is None else str(value)

    def needed(self, key: str) -> str:
        """Return an argument that must be there. Raises SlackError invalid_arguments."""
        value = self.text(key)
        if not value:
            message = f"[ERROR] missing required field: {key}"
            raise SlackError("invalid_arguments", response_metadata={"messages": [message]})
        return value

    def flag(self, key: str) -> bool:
        return str(self.args.get(key, "")).lower() in {"1", "true"}

    def number(self, key: str, default: int) -> int:
        """Return a whole number. Raises SlackError invalid_limit (numbers are limits here)."""
        try:
            return int(self.args.get(key) or default)
        except ValueError:
            raise SlackError("invalid_limit") from None

    def data(self, key: str) -> Any:
        """Return an argument that is JSON, whether it came as JSON or as text in a form."""
        value = self.args.get(key)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackError(f"invalid_{key}_format" if key in OWN_FORMATS else "invalid_arguments") from None

    def require(self, scope: str) -> None:
        """Raise SlackError missing_scope if the app was not given this scope."""
        if scope not in self.world.scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(self.world.scopes)))

    def channel(self, key: str = "channel") -> Channel:
        """Return a channel that the bot can see. Raises SlackError channel_not_found."""
        channel = self.world.channels.get(self.text(key))
        if channel is None or (channel.channel_type != "channel" and self.bot not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def readable(self, family: str) -> Channel:
        """Return a channel that the bot may read with the scope of its type (`channels:history`, `im:read`, …)."""
        channel = self.channel()
        prefix = {"channel": "channels", "group": "groups", "im": "im"}[channel.channel_type]
        self.require(f"{prefix}:{family}")
        return channel

    def joined(self, channel: Channel) -> Channel:
        """Return the channel if the bot is in it. Raises SlackError not_in_channel."""
        if self.bot not in channel.members:
            raise SlackError("not_in_channel")
        return channel


def page_of(items: list[Any], call: Call, default: int = 100, most: int = 1000) -> tuple[list[Any], str]:
    """Return one page of a list and the cursor of the next page, empty at the end."""
    cursor = call.text("cursor")
    if cursor and not cursor.startswith("at:"):
        raise SlackError("invalid_cursor")
    start = int(cursor.removeprefix("at:") or 0)
    end = start + max(1, min(call.number("limit", default), most))
    return items[start:end], f"at:{end}" if end < len(items) else ""
