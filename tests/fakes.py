"""Fakes at the edges we own: a clock that is moved by hand, and a Slack that remembers and fails when told to."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.ports import File, Group, Message, Person, Posted, Refused, Reply, SlackFault, View

MONDAY_NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = MONDAY_NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, seconds: float = 0, **span: float) -> datetime:
        """Move forward: ``advance(90)`` or ``advance(hours=2)``."""
        self.at += timedelta(seconds=seconds, **span)
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at


@dataclass
class Shown:
    """A message as Slack holds it; ``edits`` are the messages that replaced the first, oldest first."""

    team_id: str
    channel: str
    ts: str
    message: Message
    key: str = ""
    thread_ts: str | None = None
    edits: list[Message] = field(default_factory=list)
    file: File | None = None

    @property
    def text(self) -> str:
        return self.message.text


@dataclass(frozen=True)
class Whisper:
    """A message only one person sees."""

    team_id: str
    channel: str
    slack_id: str
    message: Message
    thread_ts: str | None = None


@dataclass
class _Failure:
    fault: SlackFault
    on: str
    after_accepting: bool
    times: int


class FakeSlack:
    """Implements ``bot.ports.SlackGateway``; what it shows is what people would see."""

    def __init__(self, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.messages: list[Shown] = []
        self.homes: dict[str, View] = {}
        self.forms: dict[str, View] = {}
        self.whispers: list[Whisper] = []
        self.roster: list[Person] = []
        self.channel_members: dict[str, list[str]] = {}
        self.reacting: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        """Who reacts with what, by the message's time stamp."""
        self.replied: defaultdict[str, list[Reply]] = defaultdict(list)
        """What people said in threads, by the time stamp of the first message."""
        self.said: dict[tuple[str, str], Reply] = {}
        """Single messages of people, by channel and time stamp."""
        self.answers: list[Message | None] = []
        """What replaced private lines that were pressed; None took the line away."""
        self.files: dict[str, bytes] = {}
        """What people shared, by the file's id."""
        self.group_members: dict[str, list[str]] = {}
        self.workspace_admins: set[str] = set()
        self.calls: Counter[str] = Counter()
        self.reached: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        """Set when a method is called for the first time."""
        self.during: Callable[[str], Awaitable[None]] | None = None
        """Awaited inside every call, before anything is accepted: holds a call open, or acts meanwhile."""
        self._failures: list[_Failure] = []
        self._numbers = count(1)

    def will_fail(self, fault: SlackFault, *, on: str = "post", after_accepting: bool = False, times: int = 1) -> None:
        """Raise ``fault`` in the next ``times`` calls of the method named ``on``."""
        self._failures.append(_Failure(fault, on, after_accepting, times))

    def in_channel(self, channel: str) -> list[Shown]:
        """What stands in a channel outside threads, oldest first."""
        return [shown for shown in self.messages if shown.channel == channel and shown.thread_ts is None]

    def in_thread(self, ts: str) -> list[Shown]:
        return [shown for shown in self.messages if shown.thread_ts == ts]

    def to(self, slack_id: str) -> list[Shown]:
        """The direct messages a person got, oldest first."""
        return self.in_channel(direct_channel(slack_id))

    async def post(
        self, team_id: str, channel: str, message: Message, *, key: str, thread_ts: str | None = None
    ) -> Posted:
        failure = await self._begin("post")
        shown = Shown(team_id, _landing(channel), self._next_ts(), message, key, thread_ts)
        self.messages.append(shown)
        _finish(failure)
        return Posted(shown.channel, shown.ts)

    async def upload(self, team_id: str, channel: str, file: File, *, key: str, thread_ts: str | None = None) -> None:
        failure = await self._begin("upload")
        self.messages.append(
            Shown(team_id, _landing(channel), self._next_ts(), Message(file.comment), key, thread_ts, file=file)
        )
        _finish(failure)

    async def read_file(self, team_id: str, file_id: str, *, most: int) -> bytes:
        _finish(await self._begin("read_file"))
        if len(self.files[file_id]) > most:
            raise Refused("file_too_large")
        return self.files[file_id]

    async def update(self, team_id: str, posted: Posted, message: Message) -> None:
        failure = await self._begin("update")
        shown = self._at(posted)
        shown.edits.append(shown.message)
        shown.message = message
        _finish(failure)

    async def publish_home(self, team_id: str, slack_id: str, view: View) -> None:
        failure = await self._begin("publish_home")
        self.homes[slack_id] = view
        _finish(failure)

    async def open_form(self, team_id: str, trigger_id: str, view: View) -> str:
        failure = await self._begin("open_form")
        view_id = f"V{next(self._numbers):04}"
        self.forms[view_id] = view
        _finish(failure)
        return view_id

    async def update_form(self, team_id: str, view_id: str, view: View, *, hash_: str | None = None) -> None:
        failure = await self._begin("update_form")
        self.forms[view_id] = view
        _finish(failure)

    async def whisper(
        self, team_id: str, channel: str, slack_id: str, message: Message, *, thread_ts: str | None = None
    ) -> None:
        failure = await self._begin("whisper")
        self.whispers.append(Whisper(team_id, channel, slack_id, message, thread_ts))
        _finish(failure)

    async def find_posted(
        self, team_id: str, channel: str, key: str, *, since: datetime, thread_ts: str | None = None
    ) -> Posted | None:
        _finish(await self._begin("find_posted"))
        for shown in self.messages:
            here = (shown.team_id, shown.channel, shown.key) == (team_id, _landing(channel), key)
            if here and float(shown.ts) >= since.timestamp():
                return Posted(shown.channel, shown.ts)
        return None

    async def open_direct(self, team_id: str, slack_id: str) -> str:
        _finish(await self._begin("open_direct"))
        return direct_channel(slack_id)

    async def permalink(self, team_id: str, posted: Posted) -> str:
        _finish(await self._begin("permalink"))
        return f"https://example.com/archives/{posted.channel}/p{posted.ts.replace('.', '')}"

    async def people(self, team_id: str) -> list[Person]:
        _finish(await self._begin("people"))
        return self.roster

    async def members_of(self, team_id: str, channel: str) -> list[str]:
        _finish(await self._begin("members_of"))
        return self.channel_members.get(channel, [])

    async def reactions(self, team_id: str, posted: Posted) -> list[tuple[str, str]]:
        _finish(await self._begin("reactions"))
        return sorted(self.reacting[posted.ts])

    async def replies(self, team_id: str, posted: Posted, *, since: datetime) -> list[Reply]:
        _finish(await self._begin("replies"))
        return [reply for reply in self.replied[posted.ts] if float(reply.ts) >= since.timestamp()]

    async def message(self, team_id: str, posted: Posted, *, thread_ts: str | None = None) -> Reply | None:
        _finish(await self._begin("message"))
        return self.said.get((posted.channel, posted.ts))

    async def answer(self, response_url: str, message: Message | None) -> None:
        failure = await self._begin("answer")
        self.answers.append(message)
        _finish(failure)

    async def members_of_group(self, team_id: str, group: str) -> list[str]:
        _finish(await self._begin("members_of_group"))
        return self.group_members.get(group, [])

    async def groups(self, team_id: str) -> list[Group]:
        _finish(await self._begin("groups"))
        return [Group(group, f"Group {group}") for group in sorted(self.group_members)]

    async def is_workspace_admin(self, team_id: str, slack_id: str) -> bool:
        _finish(await self._begin("is_workspace_admin"))
        return slack_id in self.workspace_admins

    async def _begin(self, method: str) -> _Failure | None:
        self.calls[method] += 1
        self.reached[method].set()
        if self.during is not None:
            await self.during(method)
        failure = next((one for one in self._failures if one.on == method and one.times), None)
        if failure is None:
            return None
        failure.times -= 1
        if not failure.after_accepting:
            raise failure.fault
        return failure

    def _at(self, posted: Posted) -> Shown:
        for shown in self.messages:
            if (shown.channel, shown.ts) == (posted.channel, posted.ts):
                return shown
        raise Refused("message_not_found")

    def _next_ts(self) -> str:
        return f"{self.clock.now().timestamp() + next(self._numbers) / 1_000_000:.6f}"


def direct_channel(slack_id: str) -> str:
    """The direct-message channel with a person."""
    return f"D{slack_id[1:]}"


def _landing(channel: str) -> str:
    """Slack opens a direct message when a person's id is given as the channel."""
    return direct_channel(channel) if channel.startswith(("U", "W")) else channel


def _finish(failure: _Failure | None) -> None:
    if failure is not None:
        raise failure.fault
