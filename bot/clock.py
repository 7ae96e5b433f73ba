"""The one reader of time. Everything else is handed an instant."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that only grow: for leases and pauses inside one process."""
    return time.monotonic()
