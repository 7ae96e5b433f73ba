"""views.*: opening, pushing, updating and publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import SlackError
from bot.sandbox.stacks import checked_view, opened, published, updated
from bot.sandbox.web_api.calls import TIER_4, Call, Method

if TYPE_CHECKING:
    from bot.sandbox.views import View

Json = dict[str, Any]


def _payload(call: Call, kind: str) -> Json:
    view = call.data("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: view"]})
    return checked_view(call.world, view, kind)


def _told(call: Call, view: View) -> Json:
    world = call.world
    return {"view": view.as_slack(team_id=world.team.id, app_id=world.app.app_id, bot_id=world.app.bot_id)}


def open_(call: Call) -> Json:
    """Open a modal. A trigger that came out of an open modal puts the new one on top of it."""
    payload = _payload(call, "modal")
    trigger = call.stage.triggers.redeem(call.needed("trigger_id"))
    inside = call.world.views.find(trigger.view_id or "")
    pushed = inside is not None and inside.type == "modal"
    return _told(call, opened(call.world, trigger.user, payload, pushed=pushed))


def push(call: Call) -> Json:
    payload = _payload(call, "modal")
    trigger = call.stage.triggers.redeem(call.needed("trigger_id"))
    if call.world.views.top(trigger.user) is None:
        raise SlackError("not_found")
    return _told(call, opened(call.world, trigger.user, payload, pushed=True))


def update(call: Call) -> Json:
    found = call.world.views.find(call.text("view_id") or call.text("external_id"))
    if found is None:
        raise SlackError("not_found")
    payload = _payload(call, found.type)
    if call.text("hash") and call.text("hash") != found.hash:
        raise SlackError("hash_conflict")
    return _told(call, updated(call.world, found, payload))


def publish(call: Call) -> Json:
    person = call.world.person(call.needed("user_id"))
    payload = _payload(call, "home")
    known = call.world.views.homes.get(person.id)
    if call.text("hash") and known is not None and call.text("hash") != known.hash:
        raise SlackError("hash_conflict")
    return _told(call, published(call.world, person.id, payload))


METHODS = {
    "views.open": Method(open_, None, TIER_4),
    "views.push": Method(push, None, TIER_4),
    "views.update": Method(update, None, TIER_4),
    "views.publish": Method(publish, None, TIER_4),
}
