"""What people do to the app's surfaces, in the shape of Slack's interactive payloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.forms import FIELDS, state_values
from bot.sandbox.triggers import ResponseRight

if TYPE_CHECKING:
    from bot.sandbox.messages import Message
    from bot.sandbox.people import Channel, Person
    from bot.sandbox.stage import Stage
    from bot.sandbox.views import View

Json = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """Somebody does something: the stage it happens on and the person."""

    stage: Stage
    person: Person

    def frame(self, kind: str, *, trigger: bool = True, view_id: str | None = None) -> Json:
        """Return what every interactive payload tells."""
        world = self.stage.world
        team = {"id": world.team.id, "domain": world.team.domain}
        user = {"id": self.person.id, "username": self.person.name, "name": self.person.name, "team_id": world.team.id}
        shape: Json = {"type": kind, "team": team, "user": user, "api_app_id": world.app.app_id, "token": "sandbox"}
        if trigger:
            shape["trigger_id"] = self.stage.triggers.issue(self.person.id, view_id)
        return {**shape, "enterprise": None, "is_enterprise_install": False}

    def command(self, channel: Channel, name: str, text: str) -> Json:
        """Return the form of a slash command."""
        world = self.stage.world
        return {
            "token": "sandbox",
            "team_id": world.team.id,
            "team_domain": world.team.domain,
            "channel_id": channel.id,
            "channel_name": "directmessage" if channel.is_im else channel.name,
            "user_id": self.person.id,
            "user_name": self.person.name,
            "command": name,
            "text": text,
            "api_app_id": world.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self.stage.response_url(self._right(channel)),
            "trigger_id": self.stage.triggers.issue(self.person.id),
        }

    def click_in_message(self, message: Message, action: Json) -> Json:
        """Return block_actions from a message; of an ephemeral one Slack tells only where it stood."""
        world = self.stage.world
        channel = world.channel(message.channel)
        container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
        container |= {"is_ephemeral": message.visible_to is not None}
        if message.is_reply:
            container["thread_ts"] = message.thread_ts
        shape = {**self.frame("block_actions"), "container": container, "channel": named(channel)}
        if message.visible_to is None:
            shape["message"] = message.as_slack() | world.messages.thread_facts(message)
        typed = world.message_state.get((self.person.id, channel.id, message.ts), {})
        shape["state"] = {"values": state_values(message.blocks or [], typed)}
        right = self._right(channel, message)
        return {**shape, "response_url": self.stage.response_url(right), "actions": [action]}

    def click_in_view(self, view: View, action: Json) -> Json:
        """Return block_actions from a modal or a home."""
        shape = self.frame("block_actions", view_id=view.id)
        container = {"type": "view", "view_id": view.id}
        return {**shape, "container": container, "view": self.view(view), "actions": [action]}

    def submission(self, view: View) -> Json:
        return {**self.frame("view_submission", view_id=view.id), "view": self.view(view), "response_urls": []}

    def closed(self, view: View, *, cleared: bool) -> Json:
        return {**self.frame("view_closed", trigger=False), "view": self.view(view), "is_cleared": cleared}

    def global_shortcut(self, callback_id: str) -> Json:
        ts = self.stage.world.next_ts()
        return {**self.frame("shortcut"), "callback_id": callback_id, "action_ts": ts}

    def message_shortcut(self, callback_id: str, message: Message) -> Json:
        world = self.stage.world
        channel = world.channel(message.channel)
        told = message.as_slack() | world.messages.thread_facts(message)
        where = {"message_ts": message.ts, "message": told, "channel": named(channel)}
        right = self._right(channel, message)
        shape = {**self.frame("message_action"), "callback_id": callback_id, "action_ts": world.next_ts(), **where}
        return {**shape, "response_url": self.stage.response_url(right)}

    def suggestion(self, view: View, asked: Json) -> Json:
        """Return the question for options that type-ahead asks; `asked` is block_id, action_id and value."""
        container = {"type": "view", "view_id": view.id}
        return {
            **self.frame("block_suggestion", trigger=False),
            **asked,
            "container": container,
            "view": self.view(view),
        }

    def suggestion_in_message(self, message: Message, asked: Json) -> Json:
        """Return the same question from a select in a message."""
        channel = self.stage.world.channel(message.channel)
        container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
        where = {"container": container, "channel": named(channel), "message": message.as_slack()}
        return {**self.frame("block_suggestion", trigger=False), **asked, **where}

    def view(self, view: View) -> Json:
        world = self.stage.world
        return view.as_slack(team_id=world.team.id, app_id=world.app.app_id, bot_id=world.app.bot_id)

    def _right(self, channel: Channel, message: Message | None = None) -> ResponseRight:
        at = self.stage.world.clock.now()
        if message is None:
            return ResponseRight(channel.id, self.person.id, at)
        return ResponseRight(channel.id, self.person.id, at, message.ts, message.thread_ts)


def named(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name}


def action_of(block: Json, element: Json, state: Json | None, ts: str) -> Json:
    """Return the entry of `actions` for one element; `state` is its new state if it holds one."""
    action: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    for key in ("text", "value", "style", "placeholder", "confirm"):
        if key in element:
            action[key] = element[key]
    if element["type"] in FIELDS:
        action |= state or {}
        initial = FIELDS[element["type"]][1]
        action |= {initial: element[initial]} if initial in element else {}
    elif state:
        action |= state
    return {**action, "action_ts": ts}
