"""App Home: opened by a person, drawn by the courier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.services import surfaces

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


class Home:
    """Somebody looks at their work list."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.event("app_home_opened")(self.opened)

    async def opened(self, event: Payload, caller: Caller) -> None:
        if event.get("tab") == "home":
            await self.conversation.act(caller, None, surfaces.open_home)
