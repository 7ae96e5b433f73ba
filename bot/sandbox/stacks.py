"""Changing views: checked content in, page news out. Used by the Web API and by answers to submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.payloads import check_view
from bot.sandbox.blocks import with_ids
from bot.sandbox.errors import SlackError
from bot.sandbox.views import DEEPEST_STACK, View, new_hash

if TYPE_CHECKING:
    from bot.sandbox.world import World

Json = dict[str, Any]


def checked_view(world: World, view: Json, kind: str) -> Json:
    """Return the view with ids filled in. Raises SlackError view_too_large or invalid_arguments.

    Slack answers wrong blocks of a view with invalid_arguments; invalid_blocks is its word for messages.
    """
    problems = check_view(view)
    if not problems and view["type"] != kind:
        raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] view must be a {kind}"]})
    if problems:
        world.refuse(f"view ({kind})", problems, view)
        if any(problem.sentence.startswith("view is larger") for problem in problems):
            raise SlackError("view_too_large")
        messages = [f"[ERROR] {p.sentence} [json-pointer:/view{p.pointer}]" for p in problems]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
    return {**view, "blocks": with_ids(view["blocks"])}


def _new(world: World, user: str, payload: Json) -> View:
    view_id = world.new_id("V")
    return View(view_id, user, payload, new_hash(world.clock.now().timestamp()), view_id)


def opened(world: World, user: str, payload: Json, *, pushed: bool) -> View:
    """Put a modal in front of a person. Raises SlackError push_limit_reached, duplicate_external_id."""
    if pushed and len(world.views.stack(user)) >= DEEPEST_STACK:
        raise SlackError("push_limit_reached")
    external_id = str(payload.get("external_id") or "")
    if external_id and world.views.find(external_id) is not None:
        raise SlackError("duplicate_external_id")
    view = _new(world, user, payload)
    world.views.place(view, pushed=pushed)
    world.views.notices.pop(user, None)
    world.touch(f"views:{user}")
    return view


def updated(world: World, view: View, payload: Json) -> View:
    """Give a view new content and a new hash."""
    view.replace(payload, new_hash(world.clock.now().timestamp()))
    world.touch(f"home:{view.user}" if view.type == "home" else f"views:{view.user}")
    return view


def published(world: World, user: str, payload: Json) -> View:
    """Give a person a home; it keeps its id for good."""
    known = world.views.homes.get(user)
    if known is not None:
        return updated(world, known, payload)
    view = _new(world, user, payload)
    world.views.homes[user] = view
    world.touch(f"home:{user}")
    return view
