"""A person at the sandbox, played by a script over its control interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx


@dataclass
class Person:
    """Does what a person can do in the page, and sees what that person sees."""

    http: httpx.AsyncClient
    who: str

    async def ask(self, verb: str, path: str, /, **facts: Any) -> dict[str, Any]:
        how = {"params": facts} if verb == "GET" else {"json": facts}
        answer = await self.http.request(verb, f"/sandbox/api/{path}", **how)
        found: dict[str, Any] = answer.json()
        assert answer.status_code == httpx.codes.OK, found
        return found

    async def types(self, channel: str, text: str) -> dict[str, Any]:
        return await self.ask("POST", "command", channel=channel, text=text, **{"as": self.who})

    async def submits(self, **values: Any) -> dict[str, Any]:
        answer = await self.ask("POST", "submit", values=values, **{"as": self.who})
        await self.settle()
        return answer

    async def clicks(self, message: dict[str, Any], channel: str, action_id: str, **facts: Any) -> dict[str, Any]:
        answer = await self.ask(
            "POST", "click", channel=channel, ts=message["ts"], action_id=action_id, **facts, **{"as": self.who}
        )
        await self.settle()
        return answer

    async def reacts(self, message: dict[str, Any], channel: str, name: str) -> None:
        await self.ask("POST", "react", channel=channel, ts=message["ts"], name=name, **{"as": self.who})
        await self.settle()

    async def takes_back(self, message: dict[str, Any], channel: str, name: str) -> None:
        await self.ask("POST", "unreact", channel=channel, ts=message["ts"], name=name, **{"as": self.who})
        await self.settle()

    async def replies(self, message: dict[str, Any], channel: str, text: str) -> None:
        await self.ask("POST", "post", channel=channel, thread=message["ts"], text=text, **{"as": self.who})
        await self.settle()

    async def opens_home(self) -> dict[str, Any]:
        await self.ask("POST", "home", **{"as": self.who})
        await self.settle()
        views = await self.ask("GET", "views", **{"as": self.who})
        home: dict[str, Any] = views["home"]
        return home

    async def sees(self, channel: str, *, thread: str | None = None) -> list[dict[str, Any]]:
        facts = {"channel": channel, "as": self.who, **({"thread": thread} if thread else {})}
        found: list[dict[str, Any]] = (await self.ask("GET", "messages", **facts))["messages"]
        return found

    async def from_the_desk(self, channel: str, *, thread: str | None = None) -> list[dict[str, Any]]:
        """Only what the app wrote."""
        return [message for message in await self.sees(channel, thread=thread) if message.get("bot_id")]

    async def form(self) -> dict[str, Any]:
        views = await self.ask("GET", "views", **{"as": self.who})
        top: dict[str, Any] = views["stack"][-1]
        return top

    async def pushes_clock(self, **facts: Any) -> dict[str, Any]:
        return await self.ask("POST", "clock", **facts)

    async def settle(self) -> None:
        """Wait until everything that was caused has arrived."""
        answer = await self.ask("POST", "quiet", timeout=20)
        assert answer["quiet"], "something keeps moving"
