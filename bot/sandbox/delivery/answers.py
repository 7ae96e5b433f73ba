"""What came back from the app for one delivery."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

TIME_LIMIT = 3.0
EVENTS = "events_api"
COMMANDS = "slash_commands"
INTERACTIVE = "interactive"


@dataclass(frozen=True)
class Answer:
    """`ok` means acknowledged in time; `reason` says why not, in the words of Slack's retry headers."""

    ok: bool
    body: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    retry: bool = True


@dataclass(frozen=True)
class Attempt:
    """One try to deliver a payload of a kind (events_api, slash_commands, interactive)."""

    kind: str
    payload: dict[str, Any]
    number: int = 0
    reason: str = ""


class Transport(Protocol):
    async def send(self, attempt: Attempt) -> Answer:
        """Deliver and wait for the acknowledgement, three seconds at most."""
        ...
