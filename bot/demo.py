"""The whole product without Slack: the app beside a local stand-in, over the real wire, with a clock one can push."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot import migrating
from bot.app import App, build
from bot.config import Mode, Settings
from bot.manifest import manifest
from bot.sandbox import Sandbox, SandboxClock, World
from bot.serve import connect, introduce, learn_people, stop_on_signals

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

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


class Demo:
    """A sandbox with the app connected to it."""

    def __init__(self, *, port: int, database_url: str, starts: datetime | None = None) -> None:
        self.clock = SandboxClock(starts or a_pleasant_morning(datetime.now(UTC)))  # noqa: TID251 the story's first instant
        self.sandbox = Sandbox(World.seeded(self.clock), port=port)
        # As at Slack: no scope, event or shortcut but those the manifest asks for.
        self.sandbox.world.install(manifest(Mode.SOCKET))
        self.database_url = database_url
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
        await self.start_app()

    async def start_app(self) -> None:
        """Start the app alone: a new one, which knows only what the database knows."""
        app = build(self._settings(), clock=self.clock)
        await learn_people(app, await introduce(app))
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


async def run_demo(*, port: int) -> None:
    """What ``make run`` does: everything in a folder that goes away afterwards."""
    with TemporaryDirectory(prefix="expedite-desk-") as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        migrating.upgrade(url)
        stopped = stop_on_signals()
        demo = Demo(port=port, database_url=url)
        await demo.start()
        print(f"\n  Expedite Desk is running. Open {demo.sandbox.url}\n  Ctrl-C ends it.\n", flush=True)  # noqa: T201 the one thing a newcomer needs to see
        await stopped.wait()
        await demo.stop()


def a_pleasant_morning(now: datetime) -> datetime:
    """Tuesday 09:00 at the desk in the week of ``now``: everybody is at work and Friday lies ahead."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    tuesday = today + timedelta(days=1 - today.weekday())
    return datetime.combine(tuesday, time(9), ZoneInfo(ZONE))
