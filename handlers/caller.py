"""Who speaks, and which delivery this is: read out of Slack's payloads once, for every listener."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slack_bolt import BoltResponse

from bot.services.acting import Caller
from models.errors import NotYours
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.context.async_context import AsyncBoltContext

Payload = dict[str, Any]

LONGEST_PART = 64
"""Characters of one part of a key: names of emoji may be longer than the column has room for."""


async def identify(
    body: Payload,
    context: AsyncBoltContext,
    next: Callable[[], Awaitable[None]],  # noqa: A002 Bolt's own name
) -> BoltResponse | None:
    """Middleware: put ``caller`` and ``key`` where listeners can ask for them.

    Raises :class:`NotYours` for people of other workspaces; what they merely do in a shared channel is not answered.
    """
    team_id = context.team_id or ""
    if _home_team(body) not in (None, team_id):
        if body.get("event"):
            return BoltResponse(status=200, body="")
        raise NotYours(_("Only people of this workspace can use Expedite Desk here. Ask a colleague there to do it."))
    context["caller"] = Caller(team_id=team_id, slack_id=context.user_id or "", name=_name(body))
    context["key"] = key_of(body)
    await next()
    return None


def key_of(body: Payload) -> str | None:
    """The name of this delivery: a repeated one has the same, whatever else differs."""
    if body.get("event"):
        return _event_key(body["event"])
    if body.get("command"):
        return f"command:{body['trigger_id']}"
    if body.get("type") == "block_actions":
        action = body["actions"][0]
        return f"click:{body['user']['id']}:{action['action_id']}:{action['action_ts']}"
    if body.get("type") == "view_submission":
        view = body["view"]
        return f"view:{view['id']}:{view.get('hash', '')}:{view.get('callback_id', '')}"
    return f"{body.get('type')}:{body.get('trigger_id')}"


def _event_key(event: Payload) -> str:
    """Channel, message and kind: one message was seen under several event ids."""
    item = event.get("item") or {}
    channel = event.get("channel") or item.get("channel") or ""
    message = item.get("ts") or event.get("deleted_ts") or event.get("ts") or ""
    parts = (event["type"], event.get("subtype"), channel, message, event.get("user"), event.get("reaction"))
    return "event:" + ":".join(str(part or "")[:LONGEST_PART] for part in (*parts, event.get("event_ts")))


def _home_team(body: Payload) -> str | None:
    """The workspace a person belongs to, where the payload says so (shared channels bring strangers)."""
    user = body.get("user")
    if isinstance(user, dict):
        return user.get("team_id")
    event = body.get("event") or {}
    return event.get("user_team") or event.get("team") or None


def _name(body: Payload) -> str:
    user = body.get("user")
    if isinstance(user, dict):
        return str(user.get("name") or user.get("username") or user.get("id") or "")
    return str(body.get("user_name") or "")
