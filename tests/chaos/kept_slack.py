"""A Slack and a clock that outlive the process: what was accepted stays in a file, whoever ends in the middle."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.ports import Message, Posted, View
from tests.fakes import FakeClock, FakeSlack, Shown

Point = Callable[[str], None]
"""Told where the process is; may end it there."""


class KeptClock(FakeClock):
    """A clock that goes on where the last process left it."""

    def __init__(self, file: Path, start: datetime) -> None:
        super().__init__(datetime.fromisoformat(file.read_text()) if file.exists() else start)
        self._file = file

    def advance(self, seconds: float = 0, **span: float) -> datetime:
        self.set(super().advance(seconds, **span))
        return self.at

    def set(self, at: datetime) -> None:
        super().set(max(at, self.at))
        self._file.write_text(self.at.isoformat())


class KeptSlack(FakeSlack):
    """Takes messages like the fake in memory, and never forgets one."""

    def __init__(self, file: Path, clock: FakeClock, point: Point) -> None:
        super().__init__(clock)
        self._file, self._point = file, point
        self.is_blind = False
        self.messages = [_shown(line) for line in file.read_text().splitlines()] if file.exists() else []
        for _ in self.messages:
            next(self._numbers)

    async def post(
        self, team_id: str, channel: str, message: Message, *, key: str, thread_ts: str | None = None
    ) -> Posted:
        self._point("before post")
        posted = await super().post(team_id, channel, message, key=key, thread_ts=thread_ts)
        with self._file.open("a") as file:
            line = {"team": team_id, "channel": posted.channel, "ts": posted.ts, "key": key, "thread": thread_ts}
            file.write(json.dumps({**line, "text": message.text}) + "\n")
        self._point("after post")
        return posted

    async def update(self, team_id: str, posted: Posted, message: Message) -> None:
        self._point("before update")
        await super().update(team_id, posted, message)
        self._point("after update")

    async def publish_home(self, team_id: str, slack_id: str, view: View) -> None:
        self._point("before publish")
        await super().publish_home(team_id, slack_id, view)
        self._point("after publish")

    async def find_posted(
        self, team_id: str, channel: str, key: str, *, since: datetime, thread_ts: str | None = None
    ) -> Posted | None:
        self._point("before search")
        found = await super().find_posted(team_id, channel, key, since=since, thread_ts=thread_ts)
        self._point("after search")
        return None if self.is_blind else found


def _shown(line: str) -> Shown:
    told = json.loads(line)
    return Shown(told["team"], told["channel"], told["ts"], Message(told["text"]), told["key"], told["thread"])
