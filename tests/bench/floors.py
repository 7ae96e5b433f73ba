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

Statement = tuple[Any, Any, bool]


def idle_app(secret: str, *, process_before_response: bool) -> AsyncApp:
    """Bolt as the app sets it up, with listeners that only acknowledge."""
    app = AsyncApp(
        signing_secret=secret,
        process_before_response=process_before_response,
        client=AsyncWebClient(base_url="http://127.0.0.1:9/api/"),
        authorize=_known,
    )
    app.command(COMMAND)(_acknowledge)
    app.view(Callback.ASK_REVIEW)(_acknowledge)
    return app


class Recorder:
    """Hears every statement that an engine sends: as SQLAlchemy's Core gets it, and as the driver does."""

    def __init__(self, engine: sa.Engine) -> None:
        self._by_core: list[Statement] = []
        self._by_driver: list[Statement] = []
        sa.event.listen(engine, "before_execute", self._hear_core)
        sa.event.listen(engine, "before_cursor_execute", self._hear_driver)

    def take(self) -> tuple[list[Statement], list[Statement]]:
        """What was sent since the last time: by Core, by the driver."""
        heard = self._by_core, self._by_driver
        self._by_core, self._by_driver = [], []
        return heard

    def _hear_core(self, _connection: object, statement: Any, several: Any, one: Any, _options: object) -> None:
        if not isinstance(statement, str):
            self._by_core.append((statement, several or one, bool(several)))

    def _hear_driver(
        self, _connection: object, _cursor: object, statement: str, parameters: Any, _context: object, many: bool
    ) -> None:
        if not statement.startswith("BEGIN"):
            self._by_driver.append((statement, parameters, many))


class BareTransactions:
    """Recorded statements once more, on a database in the same state: one hop to a thread, one commit, no decisions."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.waiting: deque[list[Statement]] = deque()
        self._is_sqlite = self.engine.dialect.name == "sqlite"
        self._threads = ThreadPoolExecutor(1 if self._is_sqlite else POSTGRES_THREADS)

    async def once(self) -> float:
        statements = self.waiting.popleft()
        started = time.perf_counter()
        await asyncio.get_running_loop().run_in_executor(self._threads, self._transact, statements)
        return time.perf_counter() - started

    def close(self) -> None:
        self._threads.shutdown()
        self.engine.dispose()

    def _transact(self, statements: list[Statement]) -> None:
        """By SQLAlchemy's Core."""
        with self.engine.begin() as connection:
            for statement, parameters, _many in statements:
                result = connection.execute(statement, parameters)
                if result.returns_rows:
                    result.all()


class DriverTransactions(BareTransactions):
    """The same by the database's driver alone."""

    def _transact(self, statements: list[Statement]) -> None:
        connection = self.engine.raw_connection()
        cursor = connection.cursor()
        if self._is_sqlite:
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
