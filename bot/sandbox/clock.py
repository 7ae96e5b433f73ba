"""The stand-in's clock: real time plus an offset that people can push forward, never back."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """A clock that starts at `start` (aware; None means the real now), runs at real speed and can be moved on."""

    def __init__(self, start: datetime | None = None) -> None:
        self._started = (start or datetime.now(UTC)).astimezone(UTC)
        self._origin = time.monotonic()

    def now(self) -> datetime:
        return self._started + timedelta(seconds=time.monotonic() - self._origin)

    def advance(self, by: timedelta) -> None:
        """Move the clock on. Raises ValueError for a negative step."""
        if by < timedelta(0):
            raise ValueError("The clock only moves forward.")
        self._started += by

    def move_to(self, at: datetime) -> None:
        """Move the clock to an aware time. Raises ValueError if that is before now."""
        if at.tzinfo is None:
            raise ValueError("The time needs a zone.")
        if at < self.now():
            raise ValueError("The clock only moves forward.")
        self._started += at - self.now()
