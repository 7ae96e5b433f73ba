"""Who is who: people join and leave the desk's channel, change their names, or the app is removed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.ports import Person
from bot.services import setup

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


class Roster:
    """Keeps members and desks as Slack has them."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.event("member_joined_channel")(self.joined)
        app.event("member_left_channel")(self.left)
        app.event("user_change")(self.changed)
        app.event("app_uninstalled")(self.uninstalled)
        app.event("tokens_revoked")(self.uninstalled)
        # Everything else Slack may send is heard and let go: an unanswered event is delivered again and again.
        app.event(re.compile(".*"))(self.heard)

    async def joined(self, event: Payload, caller: Caller) -> None:
        await self.conversation.act(caller, None, setup.joined, event["channel"], event["user"])

    async def left(self, event: Payload, caller: Caller) -> None:
        await self.conversation.act(caller, None, setup.left, event["channel"], event["user"])

    async def changed(self, event: Payload, caller: Caller) -> None:
        await self.conversation.act(caller, None, setup.person_changed, _person(event["user"]))

    async def uninstalled(self, caller: Caller) -> None:
        await self.conversation.database.run(setup.uninstall, caller.team_id, at=self.conversation.clock.now())

    async def heard(self) -> None:
        """Nothing to do."""


def _person(user: Payload) -> Person:
    profile = user.get("profile") or {}
    return Person(
        slack_id=user["id"],
        name=profile.get("real_name") or user.get("real_name") or user.get("name") or user["id"],
        zone=user.get("tz") or "",
        is_bot=bool(user.get("is_bot")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_deactivated=bool(user.get("deleted")),
    )
