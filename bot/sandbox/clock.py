"""The stand-in's clock: real time plus an offset that people can push forward, never back."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """A clock that starts at `start` (aware; None means the real now), runs at real speed and can be moved on.

    While it stands still only moves change it: a story that is played then has the same times in every run.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._started = (start or datetime.now(UTC)).astimezone(UTC)
        self._origin: float | None = time.monotonic()  # None while it stands still

    def now(self) -> datetime:
        if self._origin is None:
            return self._started
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

    def begin_anew(self, at: datetime) -> None:
        """Show an aware time and run, also an earlier one: only for a world whose whole past is forgotten too."""
        self._started, self._origin = at.astimezone(UTC), time.monotonic()

    def stand_still(self) -> None:
        self._started, self._origin = self.now(), None

    def run_on(self) -> None:
        """Run again from where it stands."""
        self._started, self._origin = self.now(), time.monotonic()
