"""Short-lived permissions that an interaction brings: trigger ids and response addresses."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.errors import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_USES = 5
RESPONSE_LIFE = timedelta(minutes=30)


@dataclass
class Trigger:
    """The right of the app to open one modal for the person who acted; three real seconds long."""

    user: str
    view_id: str | None
    issued: float
    used: bool = False


class Triggers:
    """The trigger ids that were handed out; each lives `life` real seconds."""

    def __init__(self) -> None:
        self.life = TRIGGER_SECONDS
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str | None = None) -> str:
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = Trigger(user, view_id, time.monotonic())
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        """Return the trigger and use it up. Raises SlackError with Slack's three reasons."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.issued > self.life:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class ResponseRight:
    """What one response address may do: answer `user` in `channel`, and touch the message it came from."""

    channel: str
    user: str
    issued: datetime
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class ResponseUrls:
    def __init__(self) -> None:
        self._rights: dict[str, ResponseRight] = {}

    def issue(self, right: ResponseRight) -> str:
        key = secrets.token_urlsafe(18)
        self._rights[key] = right
        return key

    def use(self, key: str, at: datetime) -> ResponseRight:
        """Return the right and count the use. Raises SlackError expired_url or used_url."""
        right = self._rights.get(key)
        if right is None or at - right.issued > RESPONSE_LIFE:
            raise SlackError("expired_url")
        if right.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        right.uses += 1
        return right
