"""users.*, usergroups.*: who is there."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.web_api.calls import TIER_2, TIER_4, Call, Method, page_of

Json = dict[str, Any]


def user_info(call: Call) -> Json:
    person = call.world.person(call.needed("user"))
    return {"user": person.as_slack(call.world.team.id, call.world.clock.now())}


def user_list(call: Call) -> Json:
    page, cursor = page_of(list(call.world.people.values()), call)
    now = call.world.clock.now()
    told = [person.as_slack(call.world.team.id, now) for person in page]
    return {"members": told, "cache_ts": int(now.timestamp()), "response_metadata": {"next_cursor": cursor}}


def group_list(call: Call) -> Json:
    with_users = call.flag("include_users")
    groups = call.world.user_groups.values()
    return {"usergroups": [group.as_slack(call.world.team.id, with_users=with_users) for group in groups]}


def group_users(call: Call) -> Json:
    group = call.world.user_groups.get(call.needed("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


METHODS = {
    "users.info": Method(user_info, "users:read", TIER_4),
    "users.list": Method(user_list, "users:read", TIER_2),
    "usergroups.list": Method(group_list, "usergroups:read", TIER_2),
    "usergroups.users.list": Method(group_users, "usergroups:read", TIER_2),
}
