"""Where a request came from: the message in a channel it was made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from models.lifecycle import Move

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from models.timeline import TimelineEntry

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
    author: str = ""
    """Who wrote it, where that was a colleague of whoever made the request of it."""

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
    link, author = str(kept.get("link") or ""), str(kept.get("author") or "")
    return Origin(str(kept["channel"]), str(kept["ts"]), link, kept.get("nudge"), author)


def author_of(story: Iterable[TimelineEntry]) -> str:
    """Who wrote the message that a request was made of; empty where it was not made of somebody else's."""
    asked = next((entry for entry in story if entry.move is Move.ASK), None)
    origin = origin_in(asked.facts) if asked is not None else None
    return origin.author if origin is not None else ""


def link_to(url: str, channel: str, ts: str) -> str:
    """Slack spells the address of a message from its workspace's ``url``, its channel and its time stamp."""
    return f"{url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}" if url else ""
