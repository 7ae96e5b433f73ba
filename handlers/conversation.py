"""What every listener holds: the way into the services, and the way out to Slack."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from bot.blocks import notices
from bot.ports import Refused, SlackFault
from bot.services import acting

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.database import Database
    from bot.ports import Clock, Orders, SlackGateway, View
    from bot.services.acting import Caller

T = TypeVar("T")


@dataclass(frozen=True)
class Conversation:
    """Services behind, Slack before: one hop to the database for each interaction."""

    database: Database
    clock: Clock
    gateway: SlackGateway
    orders: Orders | None = None
    """An ERP's order book, where one is connected."""

    async def act(
        self, caller: Caller, key: str | None, use_case: Callable[..., T], /, *args: Any, **facts: Any
    ) -> T | None:
        """Run a use case once for this interaction; a repeated delivery does nothing and gives None."""
        return await self.database.run(acting.act, caller, key, self.clock.now(), use_case, *args, **facts)

    async def look(self, caller: Caller, use_case: Callable[..., T], /, *args: Any, **facts: Any) -> T:
        """Run a use case that may be repeated without harm."""
        found = await self.act(caller, None, use_case, *args, **facts)
        assert found is not None  # without a key nothing is ever a repetition
        return found

    async def remember(self, caller: Caller, key: str) -> None:
        """Note an interaction that was refused, so that nothing acts on it later."""
        await self.database.run(acting.remember, caller, key, self.clock.now())

    async def open(self, caller: Caller, trigger_id: str, view: View) -> str:
        """Open a form; the trigger lives three seconds, so nothing slow comes before."""
        return await self.gateway.open_form(caller.team_id, trigger_id, view)

    async def hint(self, caller: Caller, body: dict[str, Any], sentence: str) -> None:
        """Say one sentence privately where something was pressed, if that is a channel and Slack lets us."""
        channel = (body.get("channel") or {}).get("id")
        if channel:
            with suppress(SlackFault):
                await self.gateway.whisper(caller.team_id, channel, caller.slack_id, notices.hint(sentence))

    async def redraw(self, caller: Caller, shown: dict[str, Any], view: View) -> None:
        """Replace the form that is open by another state of it, unless somebody's second press already has."""
        try:
            await self.gateway.update_form(caller.team_id, shown["id"], view, hash_=shown.get("hash"))
        except Refused as fault:
            if not fault.error.startswith("hash_conflict"):
                raise
