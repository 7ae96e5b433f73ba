"""The only wiring: settings in, a running app out. Nothing is built at import."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot import logs
from bot.adapters.slack_gateway import SlackGatewayHttp
from bot.adapters.vault import Vault
from bot.clock import SystemClock
from bot.courier import Courier
from bot.database import Database
from bot.installations import Installations
from bot.ticker import Ticker
from handlers.catching_up import CatchingUp
from handlers.conversation import Conversation
from models.i18n import speak

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from slack_bolt.authorization import AuthorizeResult

    from bot.adapters.erp import Erp
    from bot.config import Settings
    from bot.ports import Clock

    Authorize = Callable[[str | None, str | None], Awaitable[AuthorizeResult | None]]

READ_BY_BOLT = ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
"""With these set, Bolt would look for installations in files of its own instead of asking us."""
LOCALES = Path(__file__).parent / "locales"
DRAIN_SECONDS = 10.0
"""How long an ending process may take to finish what it has begun to send."""


class App:
    """Everything that runs in one process."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.database_url)
        self.vault = Vault(_keys(settings))
        self.installations = Installations(self.database, self.vault)
        self.gateway = SlackGatewayHttp(self.installations.token_of, settings.slack_api_url)
        self.courier = Courier(self.database, self.gateway, clock)
        self.bolt = make_bolt(settings, self.installations)
        self._sending: asyncio.Task[None] | None = None
        self.erp = _erp(settings)
        self.conversation = Conversation(self.database, clock, self.gateway, self.erp)
        self.ticker = Ticker(self.database, self.courier, clock, CatchingUp(self.conversation))
        handlers.register(self.bolt, self.conversation)

    def start(self) -> None:
        """Begin to send and to watch the clocks. Needs a running event loop."""
        self._sending = asyncio.create_task(self.courier.run())
        self.ticker.start()

    async def stop(self) -> None:
        """Let what is on its way arrive, then let go of everything."""
        await self.ticker.stop()
        await self.courier.drain(DRAIN_SECONDS)
        if self._sending is not None:
            await self._sending
        await self.gateway.close()
        if self.erp is not None:
            await self.erp.close()
        self.database.close()


def build(settings: Settings, *, clock: Clock | None = None) -> App:
    """An app for these settings; ``clock`` is the machine's unless somebody wants to move it."""
    logs.configure(settings.log_level)
    speak(settings.language, LOCALES)
    return App(settings, clock or SystemClock())


def make_bolt(settings: Settings, installations: Installations) -> AsyncApp:
    """Bolt, told everything explicitly: it would otherwise pick up environment variables by itself."""

    # A function: Bolt reads the argument names, and would take a method's ``self`` for one of its own.
    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return await installations.authorize(enterprise_id, team_id)

    with _unset(READ_BY_BOLT):
        return _bolt(settings, authorize)


def _bolt(settings: Settings, authorize: Authorize) -> AsyncApp:
    secret = settings.slack_signing_secret
    return AsyncApp(
        name="expedite-desk",
        signing_secret=secret.get_secret_value() if secret else "unused-in-socket-mode",
        # “Acknowledged” then means “committed”, and the default runner's 10 ms of polling is saved.
        process_before_response=True,
        request_verification_enabled=secret is not None,
        client=AsyncWebClient(base_url=settings.slack_api_url, retry_handlers=[]),
        # Bolt's types leave out that None means “not installed”.
        authorize=authorize,  # type: ignore[arg-type]
    )


@contextmanager
def _unset(names: Sequence[str]) -> Iterator[None]:
    """Hide environment variables for a moment."""
    hidden = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _erp(settings: Settings) -> Erp | None:
    if not settings.order_book_url:
        return None
    from bot.adapters.erp import Erp  # noqa: PLC0415 most installations have none, and start without its libraries

    secret = settings.order_book_header
    return Erp(
        settings.order_book_url,
        header=secret.get_secret_value() if secret else "",
        paths=settings.order_book_paths,
        allow_private=settings.order_book_allow_private,
    )


def _keys(settings: Settings) -> list[str]:
    """Keys for tokens at rest: those that are set, else one made from a secret the app has anyway."""
    if settings.token_keys:
        return [key.get_secret_value() for key in settings.token_keys]
    secret = settings.slack_signing_secret or settings.slack_app_token
    digest = hashlib.sha256(secret.get_secret_value().encode() if secret else b"").digest()
    return [base64.urlsafe_b64encode(digest).decode()]
