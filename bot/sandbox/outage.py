"""Downtime: for a while Slack's place is not there, neither for calls nor for connections."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.typedefs import Handler, Middleware

# What is Slack's. The page and the control interface stay: people must be able to end what they began.
SLACKS_DOORS = ("/api/", "/socket/", "/response/", "/upload/", "/files/", "/oauth/")


class Outage:
    """Off, or on until a moment of real time."""

    def __init__(self) -> None:
        self._until = 0.0

    @property
    def seconds_left(self) -> float:
        """How long it still lasts; 0 when everything runs."""
        return max(0.0, self._until - time.monotonic())

    @property
    def is_on(self) -> bool:
        return self._until > 0 and self.seconds_left > 0

    def begin(self, seconds: float) -> None:
        """Be down from now on for so many real seconds; a running outage is replaced."""
        self._until = time.monotonic() + seconds

    def end(self) -> None:
        self._until = 0.0


def hang_up(request: web.Request) -> web.Response:
    """Cut the line without a word: the caller sees a reset. The response is for the server alone."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def behind(is_down: Callable[[], bool]) -> Middleware:
    """Return the middleware that hangs up on whoever knocks at Slack's doors while it is down."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if is_down() and request.path.startswith(SLACKS_DOORS):
            return hang_up(request)
        return await handler(request)

    return guard
