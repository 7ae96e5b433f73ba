"""The stage: the world together with everything that connects it to the app."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.delivery.dispatch import Dispatch
from bot.sandbox.delivery.signed_http import SignedHttp
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.grants import Grants
from bot.sandbox.limits import Limits
from bot.sandbox.seed import settle
from bot.sandbox.stories import Stories
from bot.sandbox.triggers import ResponseUrls, Triggers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.triggers import ResponseRight
    from bot.sandbox.world import World

SHORTEST_STEP, LONGEST_STEP = 0.001, 0.006  # seconds between two looks: what is quiet already is found so at once


@dataclass
class Stage:
    """What the Web API and the control interface work with. `url` is the server's own address."""

    world: World
    url: str = ""
    triggers: Triggers = field(default_factory=Triggers)
    rights: ResponseUrls = field(default_factory=ResponseUrls)
    grants: Grants = field(default_factory=Grants)
    limits: Limits = field(default_factory=Limits)
    on_clock_moved: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    idle_probes: list[Callable[[], Awaitable[bool]]] = field(default_factory=list)
    before_reset: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    on_reset: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    sockets: Sockets = field(init=False)
    http: SignedHttp = field(init=False)
    dispatch: Dispatch = field(init=False)
    stories: Stories = field(init=False)

    def __post_init__(self) -> None:
        self.sockets, self.http = Sockets(self.world), SignedHttp(self.world)
        self.dispatch = Dispatch(self.world, self.sockets, self.http)
        self.world.on_event.append(self.dispatch.emit)
        self.stories = Stories(self.world)

    def response_url(self, right: ResponseRight) -> str:
        """Return a new address under which the app may answer an interaction."""
        return f"{self.url}/response/{self.world.team.id}/{self.rights.issue(right)}"

    async def until_quiet(self, timeout_seconds: float) -> bool:
        """Wait until nothing is under way and every idle probe said yes twice in a row."""
        deadline, calm, step = time.monotonic() + timeout_seconds, 0, SHORTEST_STEP
        while calm < 2:  # noqa: PLR2004  # once may be the moment between two steps of the app
            calm = calm + 1 if await self._is_calm() else 0
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(step)
            step = SHORTEST_STEP if calm else min(step * 2, LONGEST_STEP)
        return True

    async def reset(self) -> None:
        """Put the company back to its beginning. `before_reset` ends what has a past, `on_reset` begins it anew."""
        for ended in self.before_reset:
            await ended()
        settle(self.world)
        for begun in self.on_reset:
            await begun()
        self.world.touch("reset")

    async def _is_calm(self) -> bool:
        if not self.dispatch.is_quiet:
            return False
        for probe in self.idle_probes:
            if not await probe():
                return False
        return self.dispatch.is_quiet
