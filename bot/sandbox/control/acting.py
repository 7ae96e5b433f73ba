"""Acting on the app's surfaces: commands, shortcuts, buttons and selects in messages and views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.blocks import find_element
from bot.sandbox.control.asks import NOT_FOUND, Ask
from bot.sandbox.delivery.answers import COMMANDS, INTERACTIVE, Answer
from bot.sandbox.errors import ControlError, SlackError
from bot.sandbox.forms import FIELDS, from_simple, option_for, state_of
from bot.sandbox.interactions import action_of
from bot.sandbox.responses import respond
from bot.sandbox.triggers import ResponseRight
from bot.sandbox.wording import stored

if TYPE_CHECKING:
    from bot.sandbox.views import View
    from bot.sandbox.world import World

Json = dict[str, Any]
TROUBLE = "We had some trouble connecting. Try again?"
VALUE_KEYS = ("value", *sorted({key for key, _ in FIELDS.values()} - {"value"}))
NEVER_A_COMMAND = (
    "{name} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as "
    "commands."
)


def outcome(ask: Ask, before: View | None = None, error: str | None = None) -> Json:
    """Return what an act led to; `view` is the modal on top if it is another one than before."""
    top = ask.world.views.top(ask.person().id)
    body: Json = {"ok": error is None}
    if error is not None:
        body["error"] = error
    if top is not None and top is not before:
        body["view"] = top.as_page()
    return body


def delivered(ask: Ask, answer: Answer) -> str | None:
    """Return the words that the person sees when the app did not answer in time."""
    notices, user = ask.world.views.notices, ask.person().id
    notices.pop(user, None)
    if not answer.ok:
        notices[user] = TROUBLE
        ask.world.touch(f"views:{user}")
    return None if answer.ok else TROUBLE


async def command(ask: Ask) -> Json:
    """Send a slash command and wait for its acknowledgement."""
    act, channel, typed = ask.act(), ask.channel(), ask.text("text").strip()
    name, _, rest = typed.partition(" ")
    known = next((entry for entry in ask.world.commands if entry["command"] == name), None)
    if known is None:
        return {"ok": False, "error": NEVER_A_COMMAND.format(name=name)}
    if ask.optional("thread"):
        return {"ok": False, "error": f"{name} is not supported in threads. Sorry!"}
    text = stored(ask.world, rest.strip(), with_names=True) if known.get("should_escape", True) else rest.strip()
    before = ask.world.views.top(act.person.id)
    answer = await ask.stage.dispatch.ask(COMMANDS, act.command(channel, name, text))
    error = _command_error(name, answer)
    if error is None:
        error = _said_in_answer(ask, ResponseRight(channel.id, act.person.id, ask.world.clock.now()), name, answer.body)
    return outcome(ask, before, error)


def _command_error(name: str, answer: Answer) -> str | None:
    if answer.ok:
        return None
    reasons = {"timeout": "operation_timeout", "http_timeout": "operation_timeout", "http_error": "http_service_error"}
    return f'{name} failed with the error "{reasons.get(answer.reason, "dispatch_failed")}"'


def _said_in_answer(ask: Ask, right: ResponseRight, name: str, body: Json) -> str | None:
    if not body.get("text") and not body.get("blocks"):
        return None
    try:
        respond(ask.world, right, body)
    except SlackError as refusal:
        return f'{name} failed with the error "{refusal.error}"'
    return None


async def shortcut(ask: Ask) -> Json:
    """Use a global shortcut, or with channel and ts a message shortcut."""
    act, callback_id = ask.act(), ask.text("callback_id")
    on_message = ask.optional("ts") is not None
    _known_shortcut(ask, callback_id, "message" if on_message else "global")
    before = ask.world.views.top(act.person.id)
    payload = act.message_shortcut(callback_id, ask.message()) if on_message else act.global_shortcut(callback_id)
    answer = await ask.stage.dispatch.ask(INTERACTIVE, payload)
    return outcome(ask, before, delivered(ask, answer))


def _known_shortcut(ask: Ask, callback_id: str, kind: str) -> None:
    installed = ask.world.shortcuts
    if installed and not any(s["callback_id"] == callback_id and s["type"] == kind for s in installed):
        raise ControlError(f"The app has no {kind} shortcut {callback_id}.", NOT_FOUND)


def simple_value(body: Json) -> Any:
    """Return the value that a click brings, under whichever of Slack's names."""
    return next((body[key] for key in VALUE_KEYS if key in body), None)


async def click(ask: Ask) -> Json:
    """Press a button or choose in a select, in a message or in a view."""
    return await (_click_in_view(ask) if ask.optional("view") else _click_in_message(ask))


def _element(ask: Ask, blocks: list[Json]) -> tuple[Json, Json]:
    name = ask.text("action_id")
    # A message that was edited a moment ago has new block ids: who pressed meant the same button.
    found = find_element(blocks, name, ask.optional("block_id")) or find_element(blocks, name)
    if found is None:
        raise ControlError(f"There is nothing with the action id {ask.text('action_id')} here.", NOT_FOUND)
    return found


async def _click_in_message(ask: Ask) -> Json:
    act, message = ask.act(), ask.message()
    block, element = _element(ask, message.blocks or [])
    offered = ask.world.offered.get((act.person.id, element["action_id"]))
    state = state_for(element, simple_value(ask.body), offered)
    if element["type"] in FIELDS and state:
        key = (act.person.id, message.channel, message.ts)
        ask.world.message_state.setdefault(key, {}).setdefault(block["block_id"], {})[element["action_id"]] = state
    before = ask.world.views.top(act.person.id)
    payload = act.click_in_message(message, action_of(block, element, state, ask.world.next_ts()))
    answer = await ask.stage.dispatch.ask(INTERACTIVE, payload)
    return outcome(ask, before, delivered(ask, answer))


async def _click_in_view(ask: Ask) -> Json:
    view = ask.view()
    block, element = _element(ask, view.blocks)
    state = state_for(element, simple_value(ask.body), known_options(ask.world, view, block, element))
    if element["type"] in FIELDS and state:
        remember(view, block, element, state)
        ask.world.touch(f"{'home' if view.type == 'home' else 'views'}:{view.user}")
    if block.get("type") == "input" and not block.get("dispatch_action"):
        return outcome(ask, ask.world.views.top(view.user))
    return await send_action(ask, view, action_of(block, element, state, ask.world.next_ts()))


async def send_action(ask: Ask, view: View, action: Json) -> Json:
    """Send block_actions of a view and wait for the acknowledgement."""
    before = ask.world.views.top(view.user)
    answer = await ask.stage.dispatch.ask(INTERACTIVE, ask.act().click_in_view(view, action))
    return outcome(ask, before, delivered(ask, answer))


def state_for(element: Json, value: Any, known: list[Json] | None = None) -> Json | None:
    """Return the new state of an element that was clicked; a button has none, an overflow menu its option."""
    if element["type"] == "overflow":
        return {"selected_option": option_for(element, value)}
    return from_simple(element, value, known) if element["type"] in FIELDS else None


def known_options(world: World, view: View, block: Json, element: Json) -> list[Json]:
    """Return options that are not in the element itself: what type-ahead brought, and what is chosen already."""
    if element["type"] not in FIELDS:
        return []
    chosen = view.typed.get(block["block_id"], {}).get(element["action_id"]) or state_of(element)
    current = [*(chosen.get("selected_options") or []), *filter(None, [chosen.get("selected_option")])]
    return [*world.offered.get((view.user, element["action_id"]), []), *current]


def remember(view: View, block: Json, element: Json, state: Json) -> None:
    view.typed.setdefault(block["block_id"], {})[element["action_id"]] = state


POST = {"command": command, "shortcut": shortcut, "click": click}
