"""Looking: what a person sees, and what went over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.messages import moment

if TYPE_CHECKING:
    from bot.sandbox.control.asks import Ask
    from bot.sandbox.messages import Message
    from bot.sandbox.people import Channel, Person

Json = dict[str, Any]
VERSION = "1"


async def state(ask: Ask) -> Json:
    world = ask.world
    app = world.app
    ids = {"user_id": app.bot_user_id, "bot_id": app.bot_id, "app_id": app.app_id}
    return {
        "team": {"id": world.team.id, "name": world.team.name, "domain": world.team.domain},
        "now": world.clock.now().isoformat(),
        "zone": world.zone,
        "people": (await people(ask))["people"],
        "channels": (await channels(ask))["channels"],
        "bot": {**world.people[app.bot_user_id].as_page(), **ids},
        "commands": world.commands,
        "shortcuts": world.shortcuts,
        "connections": len(ask.stage.sockets.connections),
        "delivery": "http" if world.request_url else "socket",
        "faults": [fault.as_page() for fault in world.faults],
        "downtime": round(world.outage.seconds_left, 1),
        "version": VERSION,
    }


async def people(ask: Ask) -> Json:
    """Tell whom one can play; the app's bot user is not among them."""
    return {"people": [person.as_page() for person in ask.world.people.values() if not person.is_bot]}


async def channels(ask: Ask) -> Json:
    return {"channels": [channel.as_page() for channel in ask.world.channels.values() if not channel.is_im]}


async def messages(ask: Ask) -> Json:
    """Tell a conversation, or one thread of it, as this person sees it."""
    person, channel, thread = ask.person(), ask.channel(), ask.optional("thread")
    store = ask.world.messages
    if thread is None:
        shown = store.feed(channel.id)
    else:
        parent = store.get(channel.id, thread)
        shown = [*([parent] if parent else []), *store.replies(channel.id, thread)]
    told = [_told(ask, message) for message in shown if message.visible_to in {None, person.id}]
    return {"channel": channel.as_page(), "messages": told}


def _told(ask: Ask, message: Message) -> Json:
    shape = message.as_slack(with_metadata=True) | ask.world.messages.thread_facts(message)
    shape.pop("type")
    author = ask.world.people.get(message.user)
    defaults: Json = {"blocks": None, "thread_ts": None, "reply_count": 0, "reactions": [], "edited": None}
    name = message.username or (author.real_name if author else "Slackbot")
    broadcast = {"broadcast": True} if message.broadcast else {}
    return {**defaults, **shape, "username": name, "ephemeral": message.visible_to is not None, **broadcast}


async def conversations(ask: Ask) -> Json:
    """Tell the channels and direct messages of a person, with unread counts; the app is always among them."""
    person, world = ask.person(), ask.world
    if person.id != world.app.bot_user_id:
        world.direct(person.id, world.app.bot_user_id)
    own = [channel for channel in world.channels.values() if person.id in channel.members]
    return {"conversations": [_conversation(ask, person, channel) for channel in own]}


def _conversation(ask: Ask, person: Person, channel: Channel) -> Json:
    world = ask.world
    seen = moment(world.read_until.get((person.id, channel.id), "0"))
    feed = [m for m in world.messages.feed(channel.id) if m.visible_to in {None, person.id}]
    unread = sum(1 for message in feed if moment(message.ts) > seen and message.user != person.id)
    kind = {"channel": "channel", "group": "private", "im": "im"}[channel.channel_type]
    shape: Json = {"id": channel.id, "name": channel.name, "kind": kind, "is_archived": channel.is_archived}
    if channel.is_im:
        other = world.people[channel.other(person.id)]
        shape |= {"user": other.id, "name": other.real_name}
    return {**shape, "topic": channel.topic, "unread": unread, "last_ts": feed[-1].ts if feed else None}


async def views(ask: Ask) -> Json:
    person, store = ask.person(), ask.world.views
    home = store.homes.get(person.id)
    stack = [view.as_page() for view in store.stack(person.id)]
    return {"stack": stack, "home": home.as_page() if home else None, "notice": store.notices.get(person.id)}


async def wire(ask: Ask) -> Json:
    return {"entries": ask.world.wire.after(int(ask.number("after", 0)))}


async def errors(ask: Ask) -> Json:
    return {"errors": ask.world.errors}


GET = {
    "state": state,
    "people": people,
    "channels": channels,
    "messages": messages,
    "conversations": conversations,
    "views": views,
    "wire": wire,
    "errors": errors,
}
