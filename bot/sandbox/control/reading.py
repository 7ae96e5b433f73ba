"""Looking: what a person sees, and what went over the wire."""

from __future__ import annotations

from itertools import chain, takewhile
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
        "story": ask.stage.stories.as_page(),
        "version": VERSION,
    }


async def people(ask: Ask) -> Json:
    """Tell whom one can play; the app's bot user is not among them."""
    return {"people": [person.as_page() for person in ask.world.people.values() if not person.is_bot]}


async def channels(ask: Ask) -> Json:
    return {"channels": [channel.as_page() for channel in ask.world.channels.values() if not channel.is_im]}


async def messages(ask: Ask) -> Json:
    """Tell a conversation, or one thread of it, as this person sees it.

    `order` names everything that is shown. With `after`, a revision told before, only what changed since is told whole.
    """
    channel, thread, known = ask.channel(), ask.optional("thread"), int(ask.number("after", 0))
    revision = ask.world.messages.revision
    shown, earlier = _stretch(ask, channel) if thread is None else (_thread(ask, channel, thread), False)
    told = [_told(ask, one) for one in shown if one.revision > known or known > revision]
    order = [one.ts for one in shown]
    return {"channel": channel.as_page(), "messages": told, "order": order, "earlier": earlier, "revision": revision}


def _stretch(ask: Ask, channel: Channel) -> tuple[list[Message], bool]:
    """Return the newest messages, and whether there are earlier ones.

    `limit` of them, or more until the one at `from` is among them; without both all. Only those `before` a time stamp.
    """
    most, first, end = int(ask.number("limit", 0)), moment(ask.body.get("from")), ask.optional("before")
    found: list[Message] = []
    for message in ask.world.messages.newest_first(channel.id):
        at = moment(message.ts)
        if message.visible_to not in {None, ask.person().id} or (end and at >= moment(end)):
            continue
        if (most or first) and len(found) >= most and (not first or at < first):
            return found[::-1], True
        found.append(message)
    return found[::-1], False


def _thread(ask: Ask, channel: Channel, ts: str) -> list[Message]:
    store, seen = ask.world.messages, {None, ask.person().id}
    parent = store.get(channel.id, ts)
    found = [*([parent] if parent else []), *store.replies(channel.id, ts)]
    return [message for message in found if message.visible_to in seen]


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
    newest = (m for m in world.messages.newest_first(channel.id) if m.visible_to in {None, person.id})
    last = next(newest, None)
    fresh = list(takewhile(lambda message: moment(message.ts) > seen, chain([last] if last else [], newest)))
    unread = sum(1 for message in fresh if message.user != person.id)
    kind = {"channel": "channel", "group": "private", "im": "im"}[channel.channel_type]
    shape: Json = {"id": channel.id, "name": channel.name, "kind": kind, "is_archived": channel.is_archived}
    if channel.is_im:
        other = world.people[channel.other(person.id)]
        shape |= {"user": other.id, "name": other.real_name}
    return {**shape, "topic": channel.topic, "unread": unread, "last_ts": last.ts if last else None}


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
