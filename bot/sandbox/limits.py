"""Rate limits as Slack sets them, counted in real time: a tier per method, one post a second per channel."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

POST = "chat.postMessage"
POSTS_AT_ONCE = 3


@dataclass
class Bucket:
    """Fills with `per_second` tokens up to `capacity`; each call takes one."""

    capacity: float
    per_second: float
    level: float
    at: float

    def take(self, now: float) -> float:
        """Take one token; return 0, or the seconds until there is one."""
        self.level = min(self.capacity, self.level + (now - self.at) * self.per_second)
        self.at = now
        if self.level < 1:
            return (1 - self.level) / self.per_second
        self.level -= 1
        return 0.0


class Limits:
    """The buckets of the one app in the one workspace."""

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    def wait(self, method: str, per_minute: int, channel: str = "") -> int:
        """Return 0 if the call may pass, else whole seconds to wait (Retry-After)."""
        name = f"{method} {channel}" if method == POST else method
        now = time.monotonic()
        bucket = self._buckets.setdefault(name, self._new(method, per_minute, now))
        return math.ceil(bucket.take(now))

    def _new(self, method: str, per_minute: int, now: float) -> Bucket:
        if method == POST:
            return Bucket(POSTS_AT_ONCE, 1.0, POSTS_AT_ONCE, now)
        return Bucket(per_minute, per_minute / 60, per_minute, now)
