"""The whole product without Slack: the app beside a local stand-in, over the real wire, with a clock one can push."""

from __future__ import annotations

import asyncio
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import SecretStr

from bot import history, migrating
from bot.app import App, build
from bot.clock import monotonic
from bot.config import Mode, Settings
from bot.database import make_engine
from bot.manifest import manifest
from bot.sandbox import Sandbox, SandboxClock, Story, World
from bot.serve import connect, introduce, learn_people, stop_on_signals
from bot.services import noticing
from models import Base, RequestClock
from models.business_calendar import weekly
from models.request_clock import ClockState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
    from sqlalchemy.orm import Session

ZONE = "Europe/Berlin"
DESK: dict[str, Any] = {
    "ops_channel": "C0PLANT3",
    "leadership_channel": "C0LEADERS",
    "desk_name": "Plant 3 desk",
    "desk_zone": ZONE,
    "desk_hours": "Mon-Fri 07:00-17:00",
    "admins": "U0ADMIN",
    "leaders": "U0HELENA",
}
"""The invented company of the sandbox: who answers, when, and where leaders read."""
WATCHED = ("C0SALES",)
MOST_WEEKS, MOST_SEED = 52, 999_999
QUICK_TURN = 0.0005
"""Seconds a thread keeps the interpreter while another waits for it."""
HISTORY_HINT = "Begin anew and let people ask, answer and ship until today. Takes about a minute."


class Demo:
    """A sandbox with the app connected to it."""

    def __init__(self, *, port: int, database_url: str, starts: datetime | None = None) -> None:
        self.starts = starts or a_pleasant_morning(datetime.now(UTC))  # noqa: TID251 the story's first instant
        self.clock = SandboxClock(self.starts)
        self.sandbox = Sandbox(World.seeded(self.clock), port=port)
        # As at Slack: no scope, event or shortcut but those the manifest asks for.
        self.sandbox.world.install(manifest(Mode.SOCKET))
        self.database_url = database_url
        self._begins = self.starts
        self._app: App | None = None
        self._socket: AsyncSocketModeHandler | None = None

    @property
    def app(self) -> App:
        assert self._app is not None, "the demo has not been started"
        return self._app

    async def start(self) -> None:
        """Start Slack's stand-in, then the app as it would start against Slack."""
        await self.sandbox.start()
        self.sandbox.on_clock_moved.append(self._tick)
        self.sandbox.idle_probes.append(self._is_idle)
        self.sandbox.before_reset.append(self._forget_everything)
        self.sandbox.on_reset.append(self.start_app)
        self.sandbox.offer(
            Story("history", f"{history.USUAL_WEEKS} weeks of history", HISTORY_HINT, self._play_history)
        )
        await self.start_app()

    async def start_app(self) -> None:
        """Start the app alone: a new one, which knows only what the database knows."""
        app = build(self._settings(), clock=self.clock)
        team_id = await introduce(app)
        await learn_people(app, team_id)
        await app.database.run(noticing.watch_from_the_start, team_id, WATCHED, at=self.clock.now())
        app.start()
        self._app, self._socket = app, connect(app)
        await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def stop_app(self) -> None:
        """Stop the app alone; what people do meanwhile meets nobody, and the clock may move on."""
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        if self._app is not None:
            await self._app.stop()
        self._app = self._socket = None

    async def restart_app(self) -> None:
        """What a deployment does: the running app ends, another begins on the same database."""
        await self.stop_app()
        await self.start_app()

    async def stop(self) -> None:
        await self.stop_app()
        await self.sandbox.stop()

    async def begin_anew(self, starts: datetime | None = None) -> None:
        """Everything back to its beginning, the clock too: another time, or the one at which the demo was started."""
        self._begins = starts or self.starts
        try:
            await self.sandbox.stage.reset()
        finally:
            self._begins = self.starts

    async def _forget_everything(self) -> None:
        """End the app and its past; it starts again when the company is back at its beginning."""
        await self.stop_app()
        await asyncio.to_thread(empty, self.database_url)
        self.clock.begin_anew(self._begins)

    async def _play_history(self, facts: dict[str, Any], tell: Callable[[float, str], None]) -> str:
        began = monotonic()
        weeks = _whole(facts, "weeks", history.USUAL_WEEKS, most=MOST_WEEKS)
        seed = _whole(facts, "seed", 1, most=MOST_SEED)
        played = await self.play_history(weeks=weeks, seed=seed, tell=tell)
        words = f"{weeks} weeks were played in {monotonic() - began:.0f} s"
        now = self.starts.astimezone(ZoneInfo(ZONE))
        return f"{words}: {played.requests} requests, {played.messages:,} messages. It is {now:%A %H:%M} now."

    async def play_history(
        self, *, weeks: int, seed: int, tell: Callable[[float, str], None], calm: bool = False
    ) -> history.Played:
        """Begin anew so many weeks earlier and let the company live until the demo's own beginning.

        ``calm`` plays weeks in which hardly anybody asks.
        """
        # By the desk's wall clock: in local time weeks are weeks, whatever the clocks were changed by.
        await self.begin_anew(self.starts.astimezone(ZoneInfo(ZONE)) - timedelta(weeks=weeks))
        # A message a second and channel is Slack's limit in real time, and here hours pass in between.
        courier = self.app.courier
        usual, courier.patience = courier.patience, replace(courier.patience, pace=0)
        calendar = weekly(ZONE, DESK["desk_hours"])
        try:
            with _threads_taking_quick_turns():
                return await history.play(
                    self.sandbox,
                    calendar=calendar,
                    ends=self.starts,
                    seed=seed,
                    next_due=self._next_due,
                    tell=tell,
                    calm=calm,
                )
        finally:
            courier.patience = usual

    async def _next_due(self) -> datetime | None:
        """When the sweep has something to do."""
        return await self.app.database.run(_soonest_clock)

    async def _tick(self) -> None:
        if self._app is not None:
            await self._app.ticker.tick_now()

    async def _is_idle(self) -> bool:
        if self._app is None:
            return True
        return not self._app.ticker.is_catching_up and await self._app.courier.is_idle()

    def _settings(self) -> Settings:
        credentials = self.sandbox.app
        return Settings(
            _env_file=None,
            database_url=self.database_url,
            slack_bot_token=SecretStr(credentials.bot_token),
            slack_app_token=SecretStr(credentials.app_token),
            slack_signing_secret=None,
            slack_api_url=self.sandbox.api_url,
            **DESK,
        )


def _whole(facts: dict[str, Any], name: str, usual: int, *, most: int) -> int:
    given = str(facts.get(name, usual))
    if not given.isdecimal() or not 0 < int(given) <= most:
        raise ValueError(f"“{name}” is a whole number from 1 to {most:,}, not {given}.")
    return int(given)


@contextmanager
def _threads_taking_quick_turns() -> Iterator[None]:
    """The database's thread and the event loop wait for each other thousands of times; usually a turn lasts 5 ms."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(QUICK_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _soonest_clock(session: Session) -> datetime | None:
    soonest = sa.select(sa.func.min(RequestClock.due_at)).where(RequestClock.state == ClockState.OPEN)
    return session.scalar(soonest)


def empty(database_url: str) -> None:
    """Forget every row; the schema stays."""
    engine = make_engine(database_url)
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()


async def run_demo(*, port: int, history_seed: int | None = None) -> None:
    """What ``make run`` does: everything in a folder that goes away afterwards; with a seed, a history first."""
    with TemporaryDirectory(prefix="expedite-desk-") as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        migrating.upgrade(url)
        stopped = stop_on_signals()
        demo = Demo(port=port, database_url=url)
        await demo.start()
        print(f"\n  Expedite Desk is running. Open {demo.sandbox.url}\n  Ctrl-C ends it.\n", flush=True)  # noqa: T201 the one thing a newcomer needs to see
        telling = asyncio.create_task(_play_and_tell(demo, history_seed)) if history_seed is not None else None
        await stopped.wait()
        await demo.stop()
        if telling is not None:
            await asyncio.gather(telling, return_exceptions=True)


async def _play_and_tell(demo: Demo, seed: int) -> None:
    await demo.sandbox.control("POST", "story", name="history", seed=seed)
    print(f"  Playing {history.USUAL_WEEKS} weeks of history; the page shows how far it is.", flush=True)  # noqa: T201 it takes a while
    print(f"  {await demo.sandbox.stage.stories.ended()}\n", flush=True)  # noqa: T201 the same


def a_pleasant_morning(now: datetime) -> datetime:
    """Tuesday 09:00 at the desk in the week of ``now``: everybody is at work and Friday lies ahead."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    tuesday = today + timedelta(days=1 - today.weekday())
    return datetime.combine(tuesday, time(9), ZoneInfo(ZONE))
