"""Filling in forms: typing, submitting, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.payloads import Problem
from bot.sandbox.blocks import elements, find_element
from bot.sandbox.control.acting import TROUBLE, delivered, known_options, outcome, remember, send_action
from bot.sandbox.control.asks import NOT_FOUND, Ask
from bot.sandbox.delivery.answers import INTERACTIVE
from bot.sandbox.errors import ControlError, SlackError
from bot.sandbox.form_checks import form_errors
from bot.sandbox.forms import FIELDS, from_simple, state_of
from bot.sandbox.interactions import action_of
from bot.sandbox.stacks import checked_view, opened, updated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.views import View
    from bot.sandbox.world import World

Json = dict[str, Any]


def _flat(values: Json) -> Iterator[tuple[str | None, str, Any]]:
    """Yield (block id, action id, value) from {block: {action: value}} or {action: value}."""
    for key, value in values.items():
        if isinstance(value, dict) and not _is_value(value):
            for action_id, inner in value.items():
                yield key, action_id, inner
        else:
            yield None, key, value


def _is_value(value: Json) -> bool:
    """Tell an option or an entry of Slack's state from a block with its actions."""
    return isinstance(value.get("text"), dict) or value.get("type") in FIELDS


def enter(world: World, view: View, values: Json) -> list[tuple[Json, Json, Json]]:
    """Remember typed values; return the (block, element, state) that changed. Raises ControlError."""
    changed = []
    for block_id, action_id, value in _flat(values):
        found = find_element(view.blocks, action_id, block_id) or _by_block(view, action_id)
        if found is None:
            raise ControlError(f"The form has no field {action_id}.", NOT_FOUND)
        block, element = found
        before = view.typed.get(block["block_id"], {}).get(element["action_id"]) or state_of(element)
        state = from_simple(element, value, known_options(world, view, block, element))
        remember(view, block, element, state)
        if state != before:
            changed.append((block, element, state))
            view.errors.pop(block["block_id"], None)
    return changed


def _by_block(view: View, block_id: str) -> tuple[Json, Json] | None:
    """Let a script name an input by its block id: an input block holds one element."""
    return next(((b, e) for b, e in elements(view.blocks) if b.get("block_id") == block_id and "element" in b), None)


async def type_(ask: Ask) -> Json:
    """Remember what was typed; changed fields that asked for it tell the app at once."""
    view = ask.view()
    changed = enter(ask.world, view, ask.body.get("values") or {})
    ask.world.touch(f"{'home' if view.type == 'home' else 'views'}:{view.user}")
    result = outcome(ask, ask.world.views.top(view.user))
    for block, element, state in changed:
        if block.get("type") != "input" or block.get("dispatch_action"):
            result = await send_action(ask, view, action_of(block, element, state, ask.world.next_ts()))
    return result


async def submit(ask: Ask) -> Json:
    """Submit a modal: the client's checks first, then the app's answer."""
    view = ask.view()
    if view.type != "modal":
        raise ControlError("A home has nothing to submit.")
    enter(ask.world, view, ask.body.get("values") or {})
    view.errors = form_errors(view.blocks, view.state())
    ask.world.touch(f"views:{view.user}")
    if view.errors:
        return {"ok": False, "errors": dict(view.errors), "view": view.as_page()}
    answer = await ask.stage.dispatch.ask(INTERACTIVE, ask.act().submission(view))
    error = delivered(ask, answer)
    if error is None:
        error = _answered(ask, view, answer.body)
    ask.world.touch(f"views:{view.user}")
    return _submitted(ask, view, error)


def _submitted(ask: Ask, view: View, error: str | None) -> Json:
    top = ask.world.views.top(view.user)
    body: Json = {"ok": error is None and not view.errors, "cleared": top is None}
    body |= {"view": top.as_page()} if top is not None else {}
    body |= {"errors": dict(view.errors)} if view.errors else {}
    return {**body, "error": error} if error is not None else body


def _answered(ask: Ask, view: View, body: Json) -> str | None:
    """Carry out the response_action of an answer; return the words the person sees if it cannot be done."""
    try:
        _carry_out(ask, view, body)
    except SlackError as refusal:
        ask.world.refuse("answer to view_submission", [Problem("", refusal.error)], body)
        ask.world.views.notices[view.user] = TROUBLE
        return TROUBLE
    return None


def _carry_out(ask: Ask, view: View, body: Json) -> None:
    world, action = ask.world, body.get("response_action")
    if action is None:
        world.views.close(view)
    elif action == "clear":
        _clear(ask, view)
    elif action == "errors":
        view.errors = _known_errors(view, body.get("errors"))
    elif action in {"update", "push"}:
        payload = checked_view(world, body.get("view") or {}, "modal")
        if action == "update":
            updated(world, view, payload)
        else:
            opened(world, view.user, payload, pushed=True)
    else:
        raise SlackError(f"unknown response_action {action}")


def _known_errors(view: View, errors: Any) -> dict[str, str]:
    """Return the app's complaints. Slack shows only those that name an input block, and rejects the rest."""
    inputs = {block["block_id"] for block in view.blocks if block.get("type") == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("errors must name input blocks of the view")
    return {block: str(words) for block, words in errors.items()}


def _clear(ask: Ask, submitted: View | None) -> None:
    stack = ask.world.views.stack(ask.person().id)
    gone = list(stack)
    stack.clear()
    for view in gone:
        if view is not submitted:
            _tell_closed(ask, view, cleared=True)


def _tell_closed(ask: Ask, view: View, *, cleared: bool) -> None:
    if view.payload.get("notify_on_close"):
        ask.stage.dispatch.tell(INTERACTIVE, ask.act().closed(view, cleared=cleared))


async def close(ask: Ask) -> Json:
    """Close a modal: back to the one below it, or all of them where the view or the person asks for that."""
    view = ask.view()
    if view.payload.get("clear_on_close") or ask.body.get("all"):
        _clear(ask, None)
    else:
        ask.world.views.close(view)
        _tell_closed(ask, view, cleared=False)
    ask.world.views.notices.pop(view.user, None)
    ask.world.touch(f"views:{view.user}")
    return {**outcome(ask), "cleared": ask.world.views.top(view.user) is None}


POST = {"type": type_, "submit": submit, "close": close}
