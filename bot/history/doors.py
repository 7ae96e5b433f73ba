"""What a person can do in the stand-in, as one line each; a door that stays shut ends the story with its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox import Sandbox

Json = dict[str, Any]
PATIENCE = 30.0  # real seconds until everything that follows from one act must have arrived
NEAR_END = 40
"""Messages at the end of a conversation among which somebody looks for the one they mean."""


class DoorShut(Exception):
    """Somebody in the story could not do what the plan says."""


@dataclass(frozen=True)
class Deed:
    """One thing that a person did: who, what, when."""

    at: datetime
    who: str
    what: str


@dataclass
class Doors:
    """The control interface of a running sandbox, from within its process. ``deeds`` is what was done so far."""

    sandbox: Sandbox
    deeds: list[Deed] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.sandbox.world.clock.now()

    async def push_clock(self, to: datetime) -> None:
        """Move the clock and wait until the app did what became due."""
        await self._quiet(await self.sandbox.control("POST", "clock", to=to.isoformat(), timeout=PATIENCE), "the clock")

    def let_time_pass(self, to: datetime) -> None:
        """Move the clock where nothing becomes due before: the app need not look."""
        self.sandbox.world.clock.move_to(to)

    async def types(self, who: str, channel: str, text: str) -> None:
        """Send a slash command."""
        await self._act(who, "command", f"types {text}", channel=channel, text=text)

    async def submits(self, who: str, **values: Any) -> None:
        """Fill in the form on top and send it off. Raises DoorShut when a field is refused."""
        await self._act(who, "submit", f"submits {values}", values=values)

    async def chooses(self, who: str, **values: Any) -> None:
        """Choose something in the form on top that changes the form."""
        await self._act(who, "type", f"chooses {values}", values=values)

    async def says(self, who: str, channel: str, text: str, *, thread: str | None = None) -> None:
        await self._act(
            who, "post", f"says {text}", channel=channel, text=text, **({"thread": thread} if thread else {})
        )

    async def reacts(self, who: str, channel: str, ts: str, name: str) -> None:
        await self._act(who, "react", f"reacts :{name}:", channel=channel, ts=ts, name=name)

    async def takes_back(self, who: str, channel: str, ts: str, name: str) -> None:
        await self._act(who, "unreact", f"takes back :{name}:", channel=channel, ts=ts, name=name)

    async def reads(self, who: str) -> None:
        """Look at every conversation, so that nothing is unread."""
        found = await self.sandbox.control("GET", "conversations", **{"as": who})
        for one in found["conversations"]:
            await self.sandbox.control("POST", "read", channel=one["id"], **{"as": who})

    async def presses(self, who: str, channel: str, message: Json, act: str) -> None:
        """Press a button of a message, or choose the act behind its three dots."""
        label = message["text"].partition(" ")[0]
        await self._act(
            who, "click", f"presses {act} on {label}", channel=channel, ts=message["ts"], **_button(message, act)
        )

    async def finds(self, who: str, channel: str, label: str, act: str) -> Json | None:
        """The newest message that offers an act, if there is one."""
        try:
            return await self.message(who, channel, label, act)
        except DoorShut:
            return None

    async def message(self, who: str, channel: str, label: str, act: str | None = None) -> Json:
        """The newest message about a request, as this person sees it; with ``act``, the newest one that offers it."""
        found = await self.sandbox.control("GET", "messages", channel=channel, limit=NEAR_END, **{"as": who})
        for one in reversed(found["messages"]):
            if re.search(rf"\b{label}\b", one["text"]) and (act is None or _offers(one, act)):
                return dict(one)
        raise DoorShut(f"{who} finds no message about {label} in {channel} with {act}.")

    async def message_at(self, who: str, channel: str, ts: str) -> Json:
        """One message, wherever it has scrolled to."""
        found = await self.sandbox.control("GET", "messages", channel=channel, thread=ts, **{"as": who})
        return dict(found["messages"][0])

    async def _act(self, who: str, door: str, what: str, **body: Any) -> None:
        answer = await self.sandbox.control("POST", door, **body, **{"as": who})
        if not answer["ok"]:
            reason = answer.get("error") or answer.get("errors")
            raise DoorShut(f"{who} {what}, and was refused: {reason}")
        self.deeds.append(Deed(self.now, who, what))
        await self._quiet(await self.sandbox.control("POST", "quiet", timeout=PATIENCE), f"{who} {what}")

    async def _quiet(self, answer: Json, after: str) -> None:
        if not answer["quiet"]:
            raise DoorShut(f"The app was still busy {PATIENCE:.0f} s after {after}.")


def _elements(message: Json) -> list[Json]:
    found = []
    for block in message.get("blocks") or []:
        found += [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
    return [each for each in found if "action_id" in each]


def _offers(message: Json, act: str) -> bool:
    return any(_presses(each, act) for each in _elements(message))


def _button(message: Json, act: str) -> Json:
    for each in _elements(message):
        pressed = _presses(each, act)
        if pressed:
            return pressed
    raise DoorShut(f"There is no way to {act} on: {message['text']}")


def _presses(element: Json, act: str) -> Json | None:
    """How to do an act with this element: a button does one, three dots lead to several."""
    if element["action_id"] == act:
        return {"action_id": act}
    chosen = [each["value"] for each in element.get("options", []) if each["value"].startswith(f"{act}:")]
    return {"action_id": element["action_id"], "value": chosen[0]} if chosen else None
