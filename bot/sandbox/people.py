"""Who and where: the workspace, its people, channels and user groups, and the app that is installed in it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

Json = dict[str, Any]
SLACKBOT = "USLACKBOT"
PICTURE = "https://pictures.example.com/{id}_{size}.png"  # apps may show it, so it is an address; nothing is there
PICTURE_SIZES = (24, 32, 48, 72, 192, 512)


@dataclass(frozen=True)
class Team:
    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class AppCredentials:
    """What a workspace hands to an installed app; the secrets are new in every run and open nothing but the sandbox."""

    app_id: str
    bot_id: str
    bot_user_id: str
    team_id: str
    bot_token: str = field(default_factory=lambda: f"xoxb-sandbox-{secrets.token_hex(12)}", repr=False)
    app_token: str = field(default_factory=lambda: f"xapp-sandbox-{secrets.token_hex(12)}", repr=False)
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    client_id: str = field(default_factory=lambda: f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}")
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)


@dataclass
class Person:
    """A member of the workspace; the app's bot user is one of them."""

    id: str
    name: str
    real_name: str
    title: str
    role: str
    tz: str
    color: str
    is_admin: bool = False
    is_bot: bool = False
    deleted: bool = False

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in self.real_name.split()[:2]).upper()

    def as_page(self) -> Json:
        keys = ("id", "name", "real_name", "title", "role", "tz", "initials", "color", "is_bot")
        return {key: getattr(self, key) for key in keys}

    def as_slack(self, team_id: str, at_utc: datetime) -> Json:
        offset = at_utc.astimezone(ZoneInfo(self.tz)).utcoffset()
        flags = {"is_owner": False, "is_restricted": False, "is_ultra_restricted": False, "is_app_user": False}
        return {
            "id": self.id,
            "team_id": team_id,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.deleted,
            "color": self.color.lstrip("#"),
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": self._profile(team_id),
            "is_admin": self.is_admin,
            "is_bot": self.is_bot,
            "updated": int(at_utc.timestamp()),
            **flags,
        }

    def _profile(self, team_id: str) -> Json:
        return {
            "title": self.title,
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": "",
            "team": team_id,
            **{f"image_{size}": PICTURE.format(id=self.id, size=size) for size in PICTURE_SIZES},
        }


@dataclass
class Channel:
    """A conversation: public, private, or a direct message between two (`is_im`)."""

    id: str
    name: str
    members: list[str]
    is_private: bool = False
    is_archived: bool = False
    topic: str = ""
    is_im: bool = False
    created: int = 0
    creator: str = SLACKBOT

    @property
    def channel_type(self) -> str:
        """The word that Slack's events use: channel, group or im."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"

    def other(self, user: str) -> str:
        """Return whom `user` talks to in this direct message."""
        return next((member for member in self.members if member != user), user)

    def as_page(self) -> Json:
        keys = ("id", "name", "is_private", "is_archived", "is_im", "members", "topic")
        return {key: getattr(self, key) for key in keys}

    def as_slack(self, seen_by: str, team_id: str) -> Json:
        shared = {"id": self.id, "created": self.created, "is_archived": self.is_archived, "context_team_id": team_id}
        shared["is_org_shared"] = False
        if self.is_im:
            return {**shared, "is_im": True, "user": self.other(seen_by), "is_open": True, "priority": 0}
        return {
            **shared,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_general": self.name == "general",
            "is_shared": False,
            "is_ext_shared": False,
            "creator": self.creator,
            "is_member": seen_by in self.members,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": len(self.members),
        }


@dataclass
class UserGroup:
    id: str
    handle: str
    name: str
    users: list[str]

    def as_slack(self, team_id: str, *, with_users: bool) -> Json:
        shape: Json = {
            "id": self.id,
            "team_id": team_id,
            "is_usergroup": True,
            "name": self.name,
            "handle": self.handle,
            "description": "",
            "is_subteam": True,
            "is_external": False,
            "enterprise_subteam_id": "",
            "auto_type": None,
            "auto_provision": False,
            "date_create": 0,
            "date_update": 0,
            "date_delete": 0,
            "created_by": SLACKBOT,
            "updated_by": SLACKBOT,
            "deleted_by": None,
            "prefs": {"channels": [], "groups": []},
            "user_count": len(self.users),
        }
        return {**shape, "users": list(self.users)} if with_users else shape
