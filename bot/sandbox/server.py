"""The server: Web API, Socket Mode, control interface and page on one loopback address."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.authorize import ADDRESS, AuthorizePage
from bot.sandbox.control.routes import PREFIX, add_control, control
from bot.sandbox.live import Live
from bot.sandbox.outage import behind
from bot.sandbox.side_doors import SideDoors
from bot.sandbox.stage import Stage
from bot.sandbox.web_api.endpoint import Endpoint

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.people import AppCredentials
    from bot.sandbox.stories import Story
    from bot.sandbox.world import World

    Next = Callable[[web.Request], Awaitable[web.StreamResponse]]

PAGE = Path(__file__).parent / "page"
LARGEST_BODY = 20 * 1024 * 1024
GOODBYE = 1.0  # seconds that open requests get when the server stops


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def checked_host(host: str) -> str:
    """Return the host. Raises ValueError for one that other machines could reach."""
    if not _is_loopback(host):
        raise ValueError(
            f"The sandbox has no passwords and only listens on this machine, not on {host}: use 127.0.0.1."
        )
    return host


@lru_cache(maxsize=64)
def _is_own(authority: str) -> bool:
    return _is_loopback(urlsplit(f"//{authority}").hostname)


@web.middleware
async def only_own_pages(request: web.Request, handler: Next) -> web.StreamResponse:
    """Refuse requests that another site's page sends through a browser on this machine."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign or not _is_own(request.host):
        raise web.HTTPForbidden(text="The sandbox only answers its own page.")
    response = await handler(request)
    if request.path == "/" or request.path.endswith((".js", ".css", ".html")):
        response.headers["Cache-Control"] = "no-cache"
    return response


class Sandbox:
    """Slack's place for one app: start it, point the app at `api_url`, and play.

    `on_clock_moved` is called after the clock was moved; `idle_probes` are asked by those who wait for quiet.
    """

    def __init__(self, world: World, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._host, self._port = checked_host(host), port
        self.world = world
        self.stage = Stage(world)
        self.on_clock_moved = self.stage.on_clock_moved
        self.idle_probes = self.stage.idle_probes
        self.before_reset, self.on_reset = self.stage.before_reset, self.stage.on_reset
        self._live: Live | None = None
        self._runner: web.AppRunner | None = None

    @property
    def app(self) -> AppCredentials:
        """What the workspace handed to the installed app."""
        return self.world.app

    @property
    def url(self) -> str:
        return self.stage.url

    @property
    def authorize_url(self) -> str:
        """Where people let the app in by OAuth."""
        return self.stage.url + ADDRESS

    @property
    def api_url(self) -> str:
        """The base of the Web API, with a slash at its end."""
        return f"{self.stage.url}/api/"

    async def control(self, verb: str, name: str, /, **body: Any) -> dict[str, Any]:
        """Carry out one request of the control interface from within this process. Raises ControlError, SlackError."""
        return await control(self.stage, verb, name, body)

    def offer(self, story: Story) -> None:
        """Put a story into the page's menu."""
        self.stage.stories.offer(story)

    async def start(self) -> None:
        """Listen. With port 0 the system chooses one; `url` tells which."""
        self._live = Live(self.world)
        self._runner = web.AppRunner(self._application(self._live), access_log=None, shutdown_timeout=GOODBYE)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port, reuse_address=True)
        await site.start()
        self.stage.url = f"http://{self._authority()}"

    def _authority(self) -> str:
        addresses = self._runner.addresses if self._runner else []
        host, port = addresses[0][0], addresses[0][1]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def _application(self, live: Live) -> web.Application:
        guards = [only_own_pages, behind(lambda: self.world.outage.is_on)]
        app = web.Application(middlewares=guards, client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/api/{method}", Endpoint(self.stage).serve)
        app.router.add_get("/socket/{ticket}", self.stage.sockets.accept)
        app.router.add_get(f"{PREFIX}live", live.serve)
        SideDoors(self.stage).add_to(app)
        AuthorizePage(self.stage).add_to(app)
        add_control(app, self.stage)
        app.router.add_get("/", self._page)
        if PAGE.is_dir():
            app.router.add_static("/", PAGE)
        return app

    async def _page(self, _request: web.Request) -> web.StreamResponse:
        index = PAGE / "index.html"
        if not index.is_file():
            return web.Response(text="The sandbox runs. It has no page here; see /sandbox/api/state.")
        return web.FileResponse(index)

    async def stop(self) -> None:
        """Stop delivering and listening."""
        await self.stage.stories.stop()
        await self.stage.dispatch.stop()
        await self.stage.sockets.close()
        await self.stage.http.close()
        if self._live is not None:
            await self._live.close()
        if self._runner is not None:
            await self._runner.cleanup()
