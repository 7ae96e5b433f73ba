"""What was said: messages by channel in the order of their time stamps."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import takewhile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


def moment(ts: Any) -> Decimal:
    """Return a time stamp as a number that compares exactly; what is no time stamp is the beginning of time."""
    try:
        return Decimal(str(ts))
    except InvalidOperation:
        return Decimal(0)


@dataclass
class Message:
    """One message. `visible_to` names the one reader of an ephemeral message."""

    channel: str
    ts: str
    text: str
    user: str
    blocks: list[Json] | None = None
    bot_id: str | None = None
    app_id: str | None = None
    username: str | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    visible_to: str | None = None
    subtype: str | None = None
    metadata: Json | None = None
    attachments: list[Json] | None = None
    files: list[Json] | None = None
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    revision: int = 0  # rises with every change of what is shown of it, its thread's facts too

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def reactions_as_slack(self) -> list[Json]:
        return [{"name": name, "users": list(users), "count": len(users)} for name, users in self.reactions.items()]

    def as_slack(self, *, with_metadata: bool = False) -> Json:
        """Return Slack's message object; metadata is only told to those who ask for it."""
        shape: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        optional = {
            "subtype": self.subtype,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "username": self.username,
            "thread_ts": self.thread_ts,
            "blocks": self.blocks,
            "attachments": self.attachments,
            "files": self.files,
            "edited": self.edited,
            "reactions": self.reactions_as_slack(),
            "metadata": self.metadata if with_metadata else None,
        }
        return shape | {key: value for key, value in optional.items() if value}


class Messages:
    """Every message of the workspace; what answers a message is found by that message, however much was said."""

    def __init__(self) -> None:
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._feeds: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], dict[str, Message]] = {}
        self.revision = 0

    @property
    def count(self) -> int:
        return sum(len(channel) for channel in self._by_channel.values())

    def revise(self, message: Message) -> None:
        """Note that a message looks different now, and so does the one it answers."""
        parent = self.get(message.channel, message.thread_ts or "")
        for changed in (message, parent):
            if changed is not None:
                self.revision += 1
                changed.revision = self.revision

    def add(self, message: Message) -> None:
        self._by_channel.setdefault(message.channel, {})[message.ts] = message
        if message.is_reply:
            self._threads.setdefault((message.channel, str(message.thread_ts)), {})[message.ts] = message
        if not message.is_reply or message.broadcast:
            self._feeds.setdefault(message.channel, {})[message.ts] = message
        self.revise(message)

    def get(self, channel: str, ts: str) -> Message | None:
        return self._by_channel.get(channel, {}).get(ts)

    def remove(self, message: Message) -> None:
        self.revise(message)
        self._by_channel.get(message.channel, {}).pop(message.ts, None)
        self._feeds.get(message.channel, {}).pop(message.ts, None)
        self._threads.get((message.channel, str(message.thread_ts)), {}).pop(message.ts, None)

    def of(self, channel: str) -> Iterator[Message]:
        """Yield the messages of a channel, oldest first."""
        yield from list(self._by_channel.get(channel, {}).values())

    def feed(self, channel: str) -> list[Message]:
        """Return what stands in the channel itself: no replies, but those that were broadcast."""
        return list(self._feeds.get(channel, {}).values())

    def newest_first(self, channel: str) -> Iterator[Message]:
        """Yield the feed from its end: whoever wants the last few need not look at the others."""
        yield from reversed(self._feeds.get(channel, {}).values())

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        return list(self._threads.get((channel, thread_ts), {}).values())

    def since(self, ts: str) -> list[Message]:
        """Return everything that was said in any channel after `ts`, oldest first."""
        found: list[Message] = []
        for channel in self._by_channel.values():
            found += takewhile(lambda message: moment(message.ts) > moment(ts), reversed(channel.values()))
        return sorted(found, key=lambda message: moment(message.ts))

    def thread_facts(self, message: Message) -> Json:
        """Return what a parent tells about its thread; empty for a message without replies."""
        replies = [m for m in self.replies(message.channel, message.ts) if m.visible_to is None]
        if not replies:
            return {}
        users = list(dict.fromkeys(reply.user for reply in replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "is_locked": False,
            "subscribed": False,
        }
