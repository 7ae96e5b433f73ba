"""The wire log: the last calls and deliveries between the app and the stand-in, without their secrets."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

KEPT = 500
SECRET = re.compile(r"x(?:ox[a-z]|app)-[A-Za-z0-9-]+|(?<=/response/)[A-Za-z0-9_/-]+|(?<=/socket/)[A-Za-z0-9_-]+")
HIDDEN = frozenset({"token", "ticket", "client_secret", "code"})


def redacted(body: Any) -> Any:
    """Return the body without tokens and without addresses that work like tokens."""
    if isinstance(body, dict):
        return {key: "…" if key in HIDDEN else redacted(value) for key, value in body.items()}
    if isinstance(body, list):
        return [redacted(item) for item in body]
    return SECRET.sub("…", body) if isinstance(body, str) else body


class WireLog:
    """Entries are numbered from 1; `in` is from the app to Slack's place, `out` is to the app.

    Bodies are kept as they came and lose their secrets when somebody reads them: that is far rarer than a call.
    """

    def __init__(self, now: Callable[[], datetime], changed: Callable[[str], None]) -> None:
        self._now, self._changed = now, changed
        self._entries: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._count = 0

    def add(self, direction: str, what: str, status: int | str, body: Any) -> None:
        self._count += 1
        entry = {"n": self._count, "at": self._now().isoformat(), "direction": direction, "what": what}
        self._entries.append({**entry, "status": status, "body": body})
        self._changed("wire")

    def after(self, n: int) -> list[dict[str, Any]]:
        return [{**entry, "body": redacted(entry["body"])} for entry in self._entries if entry["n"] > n]
