"""What happens in the workspace, in the shape of Slack's events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.sandbox.messages import Message
    from bot.sandbox.people import Channel
    from bot.sandbox.world import World

Json = dict[str, Any]
# Event type -> the names under which a manifest subscribes to it, by channel type where it matters.
MESSAGE_SUBSCRIPTIONS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def subscription(event: Json) -> str:
    """Return the name under which a manifest subscribes to this event."""
    if event["type"] == "message":
        return MESSAGE_SUBSCRIPTIONS[event["channel_type"]]
    return str(event["type"])


def envelope(world: World, event: Json) -> Json:
    """Return the event_callback around an event."""
    app, team = world.app, world.team.id
    authorization = {"enterprise_id": None, "team_id": team, "user_id": app.bot_user_id, "is_bot": True}
    return {
        "token": "sandbox",
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.new_id("Ev"),
        "event_time": int(world.clock.now().timestamp()),
        "authorizations": [{**authorization, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": world.new_id("4-"),
    }


def said(world: World, channel: Channel, message: Message) -> Json:
    """Return the event of a new message."""
    event = {**message.as_slack(), "channel": channel.id, "channel_type": channel.channel_type}
    if message.broadcast:
        event["subtype"] = "thread_broadcast"
    parent = world.messages.get(channel.id, message.thread_ts or "") if message.is_reply else None
    if parent is not None:
        event["parent_user_id"] = parent.user
    return {**event, "event_ts": message.ts, "team": world.team.id}


def changed(world: World, channel: Channel, message: Message, before: Json) -> Json:
    """Return the event of an edited or updated message."""
    return {**_hidden(world, channel, "message_changed"), "message": message.as_slack(), "previous_message": before}


def deleted(world: World, channel: Channel, message: Message) -> Json:
    """Return the event of a deleted message."""
    shape = _hidden(world, channel, "message_deleted")
    return {**shape, "deleted_ts": message.ts, "previous_message": message.as_slack()}


def _hidden(world: World, channel: Channel, subtype: str) -> Json:
    ts = world.next_ts()
    where = {"channel": channel.id, "channel_type": channel.channel_type}
    return {"type": "message", "subtype": subtype, "hidden": True, **where, "ts": ts, "event_ts": ts}


def reacted(world: World, kind: str, user: str, name: str, message: Message) -> Json:
    """Return the event of a reaction that came (`reaction_added`) or went (`reaction_removed`)."""
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    shape = {"type": kind, "user": user, "reaction": name, "item_user": message.user, "item": item}
    return {**shape, "event_ts": world.next_ts()}


def membership(world: World, kind: str, channel: Channel, user: str, inviter: str | None) -> Json:
    """Return the event of somebody who joined (`member_joined_channel`) or left (`member_left_channel`)."""
    letter = "G" if channel.is_private else "C"
    event = {"type": kind, "user": user, "channel": channel.id, "channel_type": letter, "team": world.team.id}
    return {**event, **({"inviter": inviter} if inviter else {}), "event_ts": world.next_ts()}


def archived(world: World, channel: Channel, user: str) -> Json:
    """Return the event of an archived channel."""
    kind = "group_archive" if channel.is_private else "channel_archive"
    return {"type": kind, "channel": channel.id, "user": user, "event_ts": world.next_ts()}


def home_opened(world: World, user: str, channel: Channel) -> Json:
    """Return the event of somebody who looks at the app's home."""
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": "home"}
    home = world.views.homes.get(user)
    if home is not None:
        app = world.app
        event["view"] = home.as_slack(team_id=world.team.id, app_id=app.app_id, bot_id=app.bot_id)
    return {**event, "event_ts": world.next_ts()}
