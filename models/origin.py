"""Where a request came from: the message in a channel it was made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ORIGIN = "from_message"
"""Name of the origin among a draft's answers and among the facts of the entry that tells of the ask."""

UNSURE = "unsure_days"
"""Among a draft's answers: the days that a message's words for a date can mean, by its question."""
UNREAD = "unread"
"""Among a draft's answers: that the message could not be read again."""


@dataclass(frozen=True)
class Origin:
    """A message by its ids; ``link`` leads there, and is empty where Slack did not give it."""

    channel: str
    ts: str
    link: str = ""
    nudge: int | None = None
    """The row that says that the message was noticed; None where somebody chose it."""

    @property
    def said_at(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(float(self.ts), UTC)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def origin_in(facts: Mapping[str, Any]) -> Origin | None:
    """Read the origin out of a draft's answers or an entry's facts; what cannot be read is no origin."""
    kept = facts.get(ORIGIN)
    if not isinstance(kept, dict) or not kept.get("channel") or not kept.get("ts"):
        return None
    return Origin(str(kept["channel"]), str(kept["ts"]), str(kept.get("link") or ""), kept.get("nudge"))
