"""Type-ahead: asking the app for the options of an external select, in a view or in a message."""

from __future__ import annotations

from typing import Any

from bot.payloads import check_modal
from bot.sandbox.blocks import find_element
from bot.sandbox.control.acting import delivered
from bot.sandbox.control.asks import NOT_FOUND, Ask
from bot.sandbox.delivery.answers import INTERACTIVE
from bot.sandbox.errors import ControlError

Json = dict[str, Any]
LEAST_QUERY = 3
MOST_OPTIONS = 100


async def options(ask: Ask) -> Json:
    """Return what the app offers for a query; nothing while the query is too short."""
    in_message = ask.optional("view") is None and ask.optional("ts") is not None
    block, element = _field(ask, (ask.message().blocks or []) if in_message else ask.view().blocks)
    query = str(ask.body.get("query") or "")
    if len(query) < int(element.get("min_query_length", LEAST_QUERY)):
        return {"ok": True, "options": []}
    asked = {"block_id": block["block_id"], "action_id": element["action_id"], "value": query}
    act = ask.act()
    payload = act.suggestion_in_message(ask.message(), asked) if in_message else act.suggestion(ask.view(), asked)
    answer = await ask.stage.dispatch.ask(INTERACTIVE, payload)
    error = delivered(ask, answer)
    offered = _accepted(ask, answer.body)
    ask.world.offered[ask.person().id, element["action_id"]] = offered
    groups = {"option_groups": answer.body["option_groups"]} if offered and answer.body.get("option_groups") else {}
    return {"ok": error is None, "options": offered, **groups, **({"error": error} if error else {})}


def _field(ask: Ask, blocks: list[Json]) -> tuple[Json, Json]:
    found = find_element(blocks, ask.text("action_id"), ask.optional("block_id"))
    if found is None or "external" not in found[1]["type"]:
        raise ControlError("There is no field with type-ahead of this name.", NOT_FOUND)
    return found


def _accepted(ask: Ask, body: Json) -> list[Json]:
    """Return the options, grouped ones too; none when Slack would refuse them."""
    offer = {key: body[key] for key in ("options", "option_groups") if body.get(key)}
    if not offer:
        return []
    select = {"type": "static_select", "action_id": "offer", **offer}
    title = {"type": "plain_text", "text": "Options"}
    view = {"type": "modal", "title": title, "blocks": [{"type": "actions", "elements": [select]}]}
    problems = check_modal(view)
    if problems:
        ask.world.refuse("answer to block_suggestion", problems, body)
        return []
    grouped = [option for group in body.get("option_groups") or [] for option in group["options"]]
    return [*(body.get("options") or []), *grouped][:MOST_OPTIONS]


POST = {"options": options}
