"""The routes of the control interface, and its answers to requests that cannot be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.control import acting, filling, machine, reading, talking, type_ahead
from bot.sandbox.control.asks import Ask
from bot.sandbox.errors import ControlError, SlackError

if TYPE_CHECKING:
    from bot.sandbox.stage import Stage

PREFIX = "/sandbox/api/"
BAD_REQUEST = 400


Handler = Callable[[Ask], Awaitable[dict[str, Any]]]
TABLES: dict[str, dict[str, Handler]] = {
    "GET": {**reading.GET, **machine.GET},
    "POST": {**talking.POST, **acting.POST, **filling.POST, **type_ahead.POST, **machine.POST},
    "DELETE": {**machine.DELETE},
}


def add_control(app: web.Application, stage: Stage) -> None:
    """Add every control route to the server."""
    for verb, handlers in TABLES.items():
        for name, handler in handlers.items():
            app.router.add_route(verb, PREFIX + name, _serving(stage, handler))


async def control(stage: Stage, verb: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Carry out one request without the wire: for a story that is played in this process."""
    return await TABLES[verb][name](Ask(stage, body))


def _serving(stage: Stage, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def serve(request: web.Request) -> web.Response:
        try:
            if request.method != "GET":
                stage.stories.refuse_while_playing()
            return web.json_response(await handler(Ask(stage, await _body(request))))
        except ControlError as no:
            return web.json_response({"error": str(no)}, status=no.status)
        except SlackError as no:
            return web.json_response({"error": f"Slack says: {no.error}."}, status=BAD_REQUEST)

    return serve


async def _body(request: web.Request) -> dict[str, Any]:
    if request.method == "GET":
        return dict(request.query)
    if not await request.text():
        return {}
    try:
        body = await request.json()
    except ValueError:
        raise ControlError("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise ControlError("The body must be a JSON object.")
    return body
