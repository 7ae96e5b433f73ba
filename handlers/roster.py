"""Who is who: people join and leave the desk's channel, change their names, or the app is removed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog

from bot.adapters.slack_gateway import person_from
from bot.ports import SlackFault
from bot.services import doctor, setup
from bot.services.settings import sources
from handlers.learning import learn_members

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_bolt.context.async_context import AsyncBoltContext

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]
log = structlog.get_logger()


class Roster:
    """Keeps members and desks as Slack has them."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.event("member_joined_channel")(self.joined)
        app.event("member_left_channel")(self.left)
        app.event("user_change")(self.changed)
        app.event("team_join")(self.changed)
        app.event("subteam_members_changed")(self.group_changed)
        app.event("subteam_updated")(self.group_changed)
        app.event("channel_unarchive")(self.reopened)
        app.event("group_unarchive")(self.reopened)
        app.event("app_uninstalled")(self.uninstalled)
        app.event("tokens_revoked")(self.revoked)
        # Everything else Slack may send is heard and let go: an unanswered event is delivered again and again.
        app.event(re.compile(".*"))(self.heard)

    async def joined(self, event: Payload, caller: Caller, context: AsyncBoltContext) -> None:
        if event["user"] == context.bot_user_id:
            await self._invited(caller.team_id, event["channel"])
        else:
            await self.conversation.act(caller, None, setup.joined, event["channel"], event["user"])

    async def left(self, event: Payload, caller: Caller) -> None:
        await self.conversation.act(caller, None, setup.left, event["channel"], event["user"])

    async def changed(self, event: Payload, caller: Caller) -> None:
        """Somebody is new or has changed; people of other workspaces are none of ours."""
        person = person_from(event["user"], caller.team_id)
        if not person.is_stranger:
            await self.conversation.act(caller, None, setup.person_changed, person)

    async def group_changed(self, event: Payload, caller: Caller) -> None:
        """A user group has other members: asked anew, because news of two changes may come in any order."""
        group = str(event.get("subteam_id") or (event.get("subteam") or {}).get("id") or "")
        database, gateway = self.conversation.database, self.conversation.gateway
        known = await database.run(sources.sources, caller.team_id)
        await learn_members(database, gateway, caller.team_id, [one for one in known if one.id == group])

    async def reopened(self, event: Payload, caller: Caller) -> None:
        """A channel takes messages again: it gets those that it refused."""
        await self._retry(caller.team_id, event["channel"])

    async def uninstalled(self, body: Payload, caller: Caller) -> None:
        """Told late, after the app was installed anew, it means the installation before."""
        happened_at = datetime.fromtimestamp(int(body["event_time"]), UTC)
        at = self.conversation.clock.now()
        await self.conversation.database.run(setup.uninstall, caller.team_id, at=at, happened_at=happened_at)

    async def revoked(self, event: Payload, body: Payload, caller: Caller) -> None:
        """Only the app's own token matters: one person's may be revoked without it."""
        if (event.get("tokens") or {}).get("bot"):
            await self.uninstalled(body, caller)

    async def _invited(self, team_id: str, channel: str) -> None:
        """The app may see and post in a channel from now on: it learns who is there, and delivers what waited."""
        await self._retry(team_id, channel)
        try:
            people = await self.conversation.gateway.people(team_id)
            members = await self.conversation.gateway.members_of(team_id, channel)
        except SlackFault as fault:
            log.warning("members could not be read", action="invited", fault=fault.error)
        else:
            await self.conversation.database.run(setup.learn, team_id, people, channel, members)

    async def _retry(self, team_id: str, channel: str) -> None:
        at = self.conversation.clock.now()
        await self.conversation.database.run(doctor.retry_channel, team_id, channel, at=at)

    async def heard(self) -> None:
        """Nothing to do."""
