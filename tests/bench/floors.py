"""The least that anybody pays: Bolt without work, the same statements without us, one call to the Web API."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.ids import COMMAND, Callback
from bot.database import POSTGRES_THREADS, make_engine
from tests.builders import BOT

if TYPE_CHECKING:
    import aiohttp
    from slack_bolt.async_app import AsyncAck

Statement = tuple[str, Any, bool]


def idle_app(*, process_before_response: bool) -> AsyncApp:
    """Bolt as the app sets it up, with listeners that only acknowledge."""
    app = AsyncApp(
        signing_secret="not-asked-for",
        process_before_response=process_before_response,
        request_verification_enabled=False,
        client=AsyncWebClient(base_url="http://127.0.0.1:9/api/"),
        authorize=_known,
    )
    app.command(COMMAND)(_acknowledge)
    app.view(Callback.ASK_REVIEW)(_acknowledge)
    return app


class Recorder:
    """Hears every statement an engine sends, as the driver gets it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._heard: list[Statement] = []
        sa.event.listen(engine, "before_cursor_execute", self._hear)

    def take(self) -> list[Statement]:
        """What was sent since the last time."""
        heard, self._heard = self._heard, []
        return heard

    def _hear(
        self, _connection: object, _cursor: object, statement: str, parameters: Any, _context: object, many: bool
    ) -> None:
        if not statement.startswith("BEGIN"):
            self._heard.append((statement, parameters, many))


class BareTransactions:
    """Recorded statements once more, on a database in the same state: straight to the driver, one hop, one commit."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.waiting: deque[list[Statement]] = deque()
        is_sqlite = self.engine.dialect.name == "sqlite"
        self._threads = ThreadPoolExecutor(1 if is_sqlite else POSTGRES_THREADS)

    async def once(self) -> float:
        statements = self.waiting.popleft()
        started = time.perf_counter()
        await asyncio.get_running_loop().run_in_executor(self._threads, self._transact, statements)
        return time.perf_counter() - started

    def close(self) -> None:
        self._threads.shutdown()
        self.engine.dispose()

    def _transact(self, statements: list[Statement]) -> None:
        connection = self.engine.raw_connection()
        cursor = connection.cursor()
        if self.engine.dialect.name == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        for statement, parameters, many in statements:
            (cursor.executemany if many else cursor.execute)(statement, parameters)
            if cursor.description is not None:
                cursor.fetchall()
        connection.commit()
        cursor.close()
        connection.close()


class BareCall:
    """One Web API call with the SDK, over a session that is kept."""

    def __init__(self, base_url: str, session: aiohttp.ClientSession) -> None:
        self._client = AsyncWebClient(token="xoxb-invented", base_url=base_url, session=session, retry_handlers=[])

    async def take(self, method: str, body: dict[str, Any]) -> float:
        started = time.perf_counter()
        await self._client.api_call(method, json=body)
        return time.perf_counter() - started


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


async def _known(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-invented", bot_id="B0DESKBOT", bot_user_id=BOT
    )
