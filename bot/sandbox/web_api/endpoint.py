"""The door of the Web API: arguments, token, scope, limits and faults, then the method itself."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.errors import SlackError
from bot.sandbox.faults import STATUS_KINDS, Fault
from bot.sandbox.outage import hang_up
from bot.sandbox.web_api import METHODS
from bot.sandbox.web_api.calls import Call, Method

if TYPE_CHECKING:
    from bot.sandbox.stage import Stage

Json = dict[str, Any]
OK = 200
TOO_MANY = 429


async def arguments(request: web.Request) -> Json:
    """Return the arguments of a call from the query, a form or JSON."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            body = {}
        return args | (body if isinstance(body, dict) else {})
    form = await request.post()
    return args | _client(request) | {key: value for key, value in form.items() if isinstance(value, str)}


def _client(request: web.Request) -> Json:
    """Return client id and secret that came as HTTP Basic, which Slack prefers to arguments."""
    header = request.headers.get("Authorization", "")
    if not header.startswith("Basic "):
        return {}
    try:
        client_id, _, client_secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": client_secret}


def token_of(request: web.Request, args: Json) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() or str(args.get("token") or "")


class Endpoint:
    """Serves /api/METHOD."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def serve(self, request: web.Request) -> web.StreamResponse:
        name, args = request.match_info["method"], await arguments(request)
        fault = self._stage.world.faults.strike_call(name)
        if fault is not None and not fault.accepts_first:
            return await self._failing(request, name, args, fault)
        status, body, headers = self._carried_out(name, args, token_of(request, args))
        if fault is not None:
            return await self._broken(request, fault, name, args)
        return self._reply(name, args, status, body, headers)

    def _reply(self, name: str, args: Json, status: int, body: Json, headers: Json) -> web.Response:
        self._stage.world.wire.add("in", name, status, {"arguments": args, "answer": body})
        return web.json_response(body, status=status, headers=headers)

    def _carried_out(self, name: str, args: Json, token: str) -> tuple[int, Json, dict[str, str]]:
        try:
            method = self._admitted(name, token)
            wait = self._wait(name, method, args)
            if wait:
                return TOO_MANY, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(wait)}
            body = {"ok": True, **method.run(Call(self._stage, args))}
        except SlackError as refusal:
            body = refusal.as_body()
        return OK, body, {"x-oauth-scopes": ",".join(sorted(self._stage.world.scopes))}

    def _admitted(self, name: str, token: str) -> Method:
        """Return the method if this token may call it. Raises SlackError."""
        app, method = self._stage.world.app, METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        if method.tokenless:
            return method
        if not token:
            raise SlackError("not_authed")
        if token not in {app.bot_token, app.app_token}:
            raise SlackError("invalid_auth")
        if (token == app.app_token) != method.app_level:
            raise SlackError("not_allowed_token_type")
        if method.scope is not None:
            Call(self._stage, {}).require(method.scope)
        return method

    def _wait(self, name: str, method: Method, args: Json) -> int:
        if not self._stage.world.rate_limits:
            return 0
        return self._stage.limits.wait(name, method.per_minute, str(args.get("channel", "")))

    async def _failing(self, request: web.Request, name: str, args: Json, fault: Fault) -> web.StreamResponse:
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return self._reply(name, args, *self._carried_out(name, args, token_of(request, args)))
        return await self._broken(request, fault, name, args)

    async def _broken(self, request: web.Request, fault: Fault, name: str, args: Json) -> web.StreamResponse:
        """Answer wrongly in the way the fault names; an unknown way is one of Slack's error words."""
        way = fault.way
        self._stage.world.wire.add("in", name, f"fault {fault.kind}", {"arguments": args})
        if way in {"timeout", "reset"}:
            return await _gone(request, fault.seconds if way == "timeout" else 0)
        if way in STATUS_KINDS:
            return web.Response(status=int(way), text="Sandbox fault")
        if way == str(TOO_MANY):
            headers = {"Retry-After": str(fault.retry_after)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=TOO_MANY, headers=headers)
        if way == "garbage":
            return web.Response(text="<html>not what you expected</html>", content_type="text/html")
        return web.json_response(self._refusal(way, name))

    def _refusal(self, error: str, name: str) -> Json:
        if error != "missing_scope":
            return {"ok": False, "error": error}
        method = METHODS.get(name)
        needed = method.scope if method and method.scope else "chat:write"
        return {"ok": False, "error": error, "needed": needed, "provided": ",".join(sorted(self._stage.world.scopes))}


async def _gone(request: web.Request, seconds: float) -> web.StreamResponse:
    """Hold the caller for a while, then cut the line without a word."""
    await asyncio.sleep(seconds)
    return hang_up(request)
