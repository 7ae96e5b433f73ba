"""The edges as the inside sees them: what services and the courier may ask of the world."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from models.order_row import OrderRow

Block = dict[str, Any]
View = dict[str, Any]


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime: ...


@dataclass(frozen=True)
class Message:
    """What a message shows. ``text`` says the same as the blocks: it is what a notification and a screen reader get."""

    text: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """A file to be sent. ``title`` is what people see, ``comment`` the mrkdwn said with it."""

    name: str
    """With its ending, without a path: ``expedites-2026-12-07.csv``."""
    title: str
    content: bytes
    comment: str = ""


@dataclass(frozen=True)
class Posted:
    """Where a message landed."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Person:
    """A person as Slack describes them."""

    slack_id: str
    name: str
    zone: str
    is_bot: bool = False
    is_guest: bool = False
    is_deactivated: bool = False
    is_stranger: bool = False
    """Of another company, met in a shared channel."""


@dataclass(frozen=True)
class Reply:
    """What a person said in a thread, as Slack escapes it. ``team`` is the person's own, where Slack says so."""

    ts: str
    slack_id: str
    text: str
    subtype: str = ""
    team: str = ""


@dataclass(frozen=True)
class Group:
    """A user group of the workspace."""

    id: str
    name: str


class SlackFault(Exception):
    """Slack did not do what was asked; the subclass says what is known about it."""

    def __init__(self, error: str, *, retry_after: float | None = None) -> None:
        self.error = error
        self.retry_after = retry_after
        super().__init__(error)


class NotAccepted(SlackFault):
    """Certainly not done, and worth another try: 429, connection refused. ``retry_after`` is in seconds."""


class Refused(SlackFault):
    """Certainly not done, and trying again will not help: wrong channel, archived, missing scope, invalid blocks."""


class Unknown(SlackFault):
    """Nobody knows: time-out, reset, 5xx. It may have been done."""


class OrdersDown(Exception):
    """The ERP's order book did not answer in a way that can be used; the word is for the log."""


class Orders(Protocol):
    """An order book elsewhere, asked while somebody types."""

    @property
    def is_resting(self) -> bool:
        """Whether it failed so often that it is not asked for a while."""
        ...

    async def lines(self, typed: str) -> Sequence[OrderRow]:
        """Lines for what was typed; raises :class:`OrdersDown`."""
        ...


class SlackGateway(Protocol):
    """The Web API as far as this product needs it, one tenant at a time.

    Every call raises a :class:`SlackFault`. No call is ever repeated by the gateway itself.
    """

    async def post(
        self, team_id: str, channel: str, message: Message, *, key: str, thread_ts: str | None = None
    ) -> Posted: ...

    async def upload(self, team_id: str, channel: str, file: File, *, key: str, thread_ts: str | None = None) -> None:
        """Put a file before the readers of a channel, a thread or a direct message.

        :class:`Unknown` only where the file may be there: then :meth:`find_posted` finds it by its ``key``.
        """
        ...

    async def read_file(self, team_id: str, file_id: str, *, most: int) -> bytes:
        """The content of a file people shared; raises :class:`Refused` for one of more than ``most`` bytes."""
        ...

    async def update(self, team_id: str, posted: Posted, message: Message) -> None: ...

    async def publish_home(self, team_id: str, slack_id: str, view: View) -> None: ...

    async def open_form(self, team_id: str, trigger_id: str, view: View) -> str: ...

    async def update_form(self, team_id: str, view_id: str, view: View, *, hash_: str | None = None) -> None: ...

    async def whisper(
        self, team_id: str, channel: str, slack_id: str, message: Message, *, thread_ts: str | None = None
    ) -> None: ...

    async def find_posted(
        self, team_id: str, channel: str, key: str, *, since: datetime, thread_ts: str | None = None
    ) -> Posted | None: ...

    async def open_direct(self, team_id: str, slack_id: str) -> str: ...

    async def permalink(self, team_id: str, posted: Posted) -> str: ...

    async def people(self, team_id: str) -> list[Person]: ...

    async def members_of(self, team_id: str, channel: str) -> list[str]: ...

    async def reactions(self, team_id: str, posted: Posted) -> list[tuple[str, str]]:
        """Who reacts with what to a message now: pairs of a person and an emoji's name."""
        ...

    async def replies(self, team_id: str, posted: Posted, *, since: datetime) -> list[Reply]:
        """What people, no apps, said in a message's thread since then, oldest first."""
        ...

    async def message(self, team_id: str, posted: Posted, *, thread_ts: str | None = None) -> Reply | None:
        """One message that a person wrote, as it is now; None when it is gone. ``thread_ts`` is its thread's."""
        ...

    async def answer(self, response_url: str, message: Message | None) -> None:
        """Replace the private line that was pressed, at the address that came with the press; None takes it away."""
        ...

    async def members_of_group(self, team_id: str, group: str) -> list[str]: ...

    async def groups(self, team_id: str) -> list[Group]: ...

    async def is_workspace_admin(self, team_id: str, slack_id: str) -> bool: ...
