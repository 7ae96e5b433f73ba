"""Everything the stand-in knows, in memory: the workspace, what was said, open forms, faults, the wire log."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.sandbox.errors import SlackError
from bot.sandbox.faults import Faults
from bot.sandbox.messages import Messages
from bot.sandbox.outage import Outage
from bot.sandbox.people import AppCredentials, Channel, Person, Team, UserGroup
from bot.sandbox.views import Views
from bot.sandbox.wire import WireLog

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.clock import SandboxClock

Json = dict[str, Any]
ALL_SCOPES = frozenset(
    {
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "reactions:read",
        "reactions:write",
        "usergroups:read",
        "users:read",
    }
)


@dataclass
class World:
    """The state of the stand-in. Change it through `conversations`; say what changed through `touch`."""

    clock: SandboxClock
    team: Team
    app: AppCredentials
    zone: str = "Europe/Berlin"
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    user_groups: dict[str, UserGroup] = field(default_factory=dict)
    messages: Messages = field(default_factory=Messages)
    views: Views = field(default_factory=Views)
    faults: Faults = field(default_factory=Faults)
    outage: Outage = field(default_factory=Outage)
    files: dict[str, Json] = field(default_factory=dict)
    errors: list[Json] = field(default_factory=list)
    read_until: dict[tuple[str, str], str] = field(default_factory=dict)
    message_state: dict[tuple[str, str, str], dict[str, dict[str, Json]]] = field(default_factory=dict)
    offered: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # by person and action id
    commands: list[Json] = field(default_factory=list)
    shortcuts: list[Json] = field(default_factory=list)
    scopes: frozenset[str] = ALL_SCOPES
    subscribed: frozenset[str] | None = None  # names of bot events; None means all of them
    redirect_urls: list[str] = field(default_factory=list)  # of the manifest; empty: any address of this machine
    request_url: str | None = None
    rate_limits: bool = True
    hushed: bool = False  # while a story is played its pages hear of the story alone
    on_event: list[Callable[[Json], None]] = field(default_factory=list)
    on_change: list[Callable[[str], None]] = field(default_factory=list)
    wire: WireLog = field(init=False)
    _last_ts: int = 0

    def __post_init__(self) -> None:
        self.wire = WireLog(self.clock.now, self.touch)

    @classmethod
    def seeded(cls, clock: SandboxClock) -> World:
        """Return the invented company Northbridge Valves."""
        from bot.sandbox.seed import northbridge  # noqa: PLC0415  # the seed builds on the world

        return northbridge(clock)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def touch(self, topic: str) -> None:
        """Tell the pages that something changed."""
        if self.hushed and topic != "story":
            return
        for listener in self.on_change:
            listener(topic)

    def emit(self, event: Json) -> None:
        """Tell the app that something happened."""
        for listener in self.on_event:
            listener(event)

    def next_ts(self, back: timedelta = timedelta(0)) -> str:
        """Return a new time stamp: unique and rising, in microseconds of the sandbox clock."""
        micros = int((self.clock.now() - back).timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def forget_time(self) -> None:
        """Let time stamps begin anew: nothing that was said before is left."""
        self._last_ts = 0

    def new_id(self, prefix: str) -> str:
        return prefix + secrets.token_hex(5).upper()

    def channel(self, channel_id: str) -> Channel:
        """Return a channel. Raises SlackError channel_not_found."""
        found = self.channels.get(channel_id)
        if found is None:
            raise SlackError("channel_not_found")
        return found

    def person(self, user_id: str) -> Person:
        """Return a person. Raises SlackError user_not_found."""
        found = self.people.get(user_id)
        if found is None:
            raise SlackError("user_not_found")
        return found

    def direct(self, one: str, other: str) -> Channel:
        """Return the direct message channel of two people; it comes into being when it is asked for."""
        pair = {one, other}
        found = next((c for c in self.channels.values() if c.is_im and set(c.members) == pair), None)
        if found is None:
            name = "-".join(sorted(pair))
            found = Channel(
                self.new_id("D0"), name, sorted(pair), is_im=True, created=int(self.clock.now().timestamp())
            )
            self.channels[found.id] = found
            self.touch("conversations")
        return found

    def refuse(self, what: str, problems: list[Any], payload: Any) -> None:
        """Note a payload that Slack would not take, for the page."""
        entry = {"at": self.clock.now().isoformat(), "what": what, "payload": payload}
        self.errors.append({**entry, "problems": [{"pointer": p.pointer, "sentence": p.sentence} for p in problems]})
        self.touch("errors")

    def install(self, manifest: Json) -> None:
        """Take commands, shortcuts, scopes and event subscriptions from an app manifest."""
        features = manifest.get("features", {})
        self.commands = [dict(command) for command in features.get("slash_commands", [])]
        self.shortcuts = [dict(shortcut) for shortcut in features.get("shortcuts", [])]
        oauth = manifest.get("oauth_config", {})
        scopes, self.redirect_urls = oauth.get("scopes", {}), list(oauth.get("redirect_urls", []))
        self.scopes = frozenset([*scopes.get("bot", []), *scopes.get("bot_optional", [])])
        events = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events")
        self.subscribed = None if events is None else frozenset(events)
