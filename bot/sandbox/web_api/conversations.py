"""conversations.*: reading channels, opening direct messages, joining."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import conversations
from bot.sandbox.errors import SlackError
from bot.sandbox.messages import moment
from bot.sandbox.web_api.calls import TIER_2, TIER_3, TIER_4, Call, Method, page_of

if TYPE_CHECKING:
    from bot.sandbox.messages import Message
    from bot.sandbox.people import Channel

Json = dict[str, Any]
ALREADY_IN: Json = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
TYPE_NAMES = {"channel": "public_channel", "group": "private_channel", "im": "im"}


def _within(call: Call, messages: list[Message]) -> list[Message]:
    """Keep what lies between `oldest` and `latest`; the ends themselves only when asked for."""
    oldest, latest, inclusive = call.text("oldest"), call.text("latest"), call.flag("inclusive")
    kept = [m for m in messages if m.visible_to is None]
    if oldest:
        kept = [m for m in kept if moment(m.ts) > moment(oldest) or (inclusive and moment(m.ts) == moment(oldest))]
    if latest:
        kept = [m for m in kept if moment(m.ts) < moment(latest) or (inclusive and moment(m.ts) == moment(latest))]
    return kept


def _told(call: Call, messages: list[Message]) -> list[Json]:
    with_metadata = call.flag("include_all_metadata")
    store = call.world.messages
    return [m.as_slack(with_metadata=with_metadata) | store.thread_facts(m) for m in messages]


def _paged(call: Call, messages: list[Message]) -> Json:
    page, cursor = page_of(messages, call, default=100, most=999)
    body: Json = {"messages": _told(call, page), "has_more": bool(cursor)}
    return {**body, "response_metadata": {"next_cursor": cursor}} if cursor else body


def history(call: Call) -> Json:
    channel = call.joined(call.readable("history"))
    newest_first = _within(call, call.world.messages.feed(channel.id))[::-1]
    return {**_paged(call, newest_first), "pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0}


def replies(call: Call) -> Json:
    """Tell a thread, oldest first; the parent always leads."""
    channel = call.joined(call.readable("history"))
    parent = call.world.messages.get(channel.id, call.needed("ts"))
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        parent = call.world.messages.get(channel.id, str(parent.thread_ts)) or parent
    return _paged(call, [parent, *_within(call, call.world.messages.replies(channel.id, parent.ts))])


def info(call: Call) -> Json:
    return {"channel": call.readable("read").as_slack(call.bot, call.world.team.id)}


def _visible(call: Call, *, only_joined: bool) -> list[Channel]:
    types = set(call.text("types", "public_channel").replace(" ", "").split(","))
    scopes = {"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read"}
    for kind in sorted(types & set(scopes)):
        call.require(scopes[kind])
    found = [c for c in call.world.channels.values() if TYPE_NAMES[c.channel_type] in types]
    if call.flag("exclude_archived"):
        found = [c for c in found if not c.is_archived]
    return [c for c in found if call.bot in c.members or (c.channel_type == "channel" and not only_joined)]


def _listed(call: Call, *, only_joined: bool) -> Json:
    page, cursor = page_of(_visible(call, only_joined=only_joined), call)
    told = [channel.as_slack(call.bot, call.world.team.id) for channel in page]
    return {"channels": told, "response_metadata": {"next_cursor": cursor}}


def list_(call: Call) -> Json:
    return _listed(call, only_joined=False)


def of_user(call: Call) -> Json:
    return _listed(call, only_joined=True)


def members(call: Call) -> Json:
    page, cursor = page_of(call.readable("read").members, call)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def open_(call: Call) -> Json:
    """Open the direct message with one person."""
    if call.text("channel"):
        channel = call.channel()
    else:
        users = [user for user in call.needed("users").split(",") if user]
        if len(users) != 1:
            raise SlackError("not_enough_users" if not users else "method_not_supported_for_channel_type")
        if call.world.person(users[0]).deleted:
            raise SlackError("user_disabled")
        channel = call.world.direct(call.bot, users[0])
    shape = channel.as_slack(call.bot, call.world.team.id) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shape}


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.channel_type != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    was_in = call.bot in channel.members
    conversations.join(call.world, channel, call.bot)
    shape = {"channel": channel.as_slack(call.bot, call.world.team.id)}
    return {**shape, **ALREADY_IN} if was_in else shape


METHODS = {
    "conversations.history": Method(history, None, TIER_3),
    "conversations.replies": Method(replies, None, TIER_3),
    "conversations.info": Method(info, None, TIER_3),
    "conversations.list": Method(list_, None, TIER_2),
    "conversations.members": Method(members, None, TIER_4),
    "conversations.open": Method(open_, "im:write", TIER_3),
    "conversations.join": Method(join, "channels:join", TIER_3),
    "users.conversations": Method(of_user, None, TIER_3),
}
