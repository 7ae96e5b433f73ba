"""An ERP that misbehaves in every way it can: the call ends in time, says so, and the form goes on without it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from aiohttp import web

from bot.adapters.erp import FAILURES, REST_SECONDS, Erp, walk
from bot.ports import OrdersDown

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PATHS = {"lines": "data.items", "order_number": "no", "item": "part.0.id", "quantity": "qty", "promise_date": "date"}
GOOD = {"data": {"items": [{"no": 4711, "part": [{"id": "BRK"}], "qty": "1,250", "date": "2026-12-11"}]}}


class Server:
    """An ERP whose answer a test decides; it remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Handler = self.good
        self.asked: list[web.Request] = []
        self.address = ""

    async def good(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(GOOD)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        return await self.answer(request)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    found = Server()
    app = web.Application()
    app.router.add_get("/{path:.*}", found.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    found.address = f"http://127.0.0.1:{port}/lines?find={{query}}"
    yield found
    await runner.cleanup()


class Time:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def erp(server: Server, time: Time) -> AsyncIterator[Erp]:
    found = Erp(server.address, header="X-Key: s3cret", paths=PATHS, allow_private=True, monotonic=time)
    yield found
    await found.close()


async def test_lines_are_read_from_where_the_paths_lead(erp: Erp, server: Server) -> None:
    (row,) = await erp.lines("47 11&x=1")

    assert (row.order_number, row.item, row.quantity, row.promise_date) == (
        "4711",
        "BRK",
        Decimal(1250),
        date(2026, 12, 11),
    )
    assert server.asked[0].query == {"find": "47 11&x=1"}
    assert server.asked[0].headers["X-Key"] == "s3cret"


async def test_the_same_characters_are_asked_once_a_minute(erp: Erp, server: Server, time: Time) -> None:
    await erp.lines("4711")
    await erp.lines(" 4711 ")
    assert len(server.asked) == 1
    time.now += 61

    await erp.lines("4711")

    assert len(server.asked) == 2


def _status(status: int, **facts: Any) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, **facts)

    return answer


def _said(body: Any) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.json_response(body)

    return answer


async def _slow(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(5)
    return web.json_response(GOOD)


async def _drip(request: web.Request) -> web.StreamResponse:
    """One byte now and then: no single read is slow, the whole is."""
    response = web.StreamResponse()
    await response.prepare(request)
    for _turn in range(100):
        await response.write(b" ")
        await asyncio.sleep(0.1)
    return response


async def _huge(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _turn in range(160):
        await response.write(b" " * 65_536)
    return response


async def _broken(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(_slow, id="slow"),
        pytest.param(_drip, id="drips"),
        pytest.param(_huge, id="10 MB"),
        pytest.param(_broken, id="hangs up"),
        pytest.param(_status(500), id="500"),
        pytest.param(_status(401), id="401"),
        pytest.param(_status(204), id="empty"),
        pytest.param(_status(200, text="<html>Sign in</html>", content_type="text/html"), id="HTML"),
        pytest.param(_status(302, headers={"Location": "http://169.254.169.254/"}), id="redirect inside"),
        pytest.param(_said([1, 2]), id="another shape"),
        pytest.param(_said({"data": {"items": "none"}}), id="no list"),
        pytest.param(_said(None), id="null"),
    ],
)
async def test_whatever_it_does_the_call_ends_as_down(erp: Erp, server: Server, answer: Handler) -> None:
    server.answer = answer

    async with asyncio.timeout(3):
        with pytest.raises(OrdersDown):
            await erp.lines("4711")

    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "entry",
    [
        None,
        17,
        [],
        {},
        {"no": None},
        {"no": True},
        {"no": {"$ref": 1}},
        {"no": "x" * 500},
        {"no": ""},
    ],
)
async def test_entries_of_a_wrong_type_are_left_out(erp: Erp, server: Server, entry: Any) -> None:
    server.answer = _said({"data": {"items": [entry, GOOD["data"]["items"][0]]}})

    assert [row.order_number for row in await erp.lines("47")] == ["4711"]


@pytest.mark.parametrize("value", [None, True, [], {}, "many", "1e999", -1, 10**30, float(10**12)])
async def test_values_of_a_wrong_type_are_left_empty(erp: Erp, server: Server, value: Any) -> None:
    server.answer = _said({"data": {"items": [{"no": "1", "qty": value, "date": value}]}})

    (row,) = await erp.lines("1")

    assert (row.quantity, row.promise_date) == (None, None)


async def test_one_that_keeps_failing_is_left_alone_for_a_while(erp: Erp, server: Server, time: Time) -> None:
    server.answer = _status(500)
    for n in range(FAILURES + 2):
        with pytest.raises(OrdersDown):
            await erp.lines(f"q{n}")
    assert (len(server.asked), erp.is_resting) == (FAILURES, True)
    time.now += REST_SECONDS
    server.answer = server.good

    assert await erp.lines("again")

    assert not erp.is_resting


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/x?{query}",
        "https://localhost/x?{query}",
        "https://10.0.0.7/x?{query}",
        "https://192.168.1.1/x?{query}",
        "https://169.254.169.254/latest/meta-data?{query}",
        "https://[::1]/x?{query}",
        "https://[::ffff:10.0.0.1]/x?{query}",
        "https://0.0.0.0/x?{query}",
        "http://example.com/x?{query}",
        "ftp://example.com/x?{query}",
    ],
)
async def test_nothing_inside_is_called_unless_that_is_allowed(address: str) -> None:
    guarded = Erp(address, paths=PATHS)

    with pytest.raises(OrdersDown):
        await guarded.lines("4711")

    await guarded.close()


@pytest.mark.parametrize(
    ("path", "found"), [("", {"a": [{"b": 1}]}), ("a.0.b", 1), ("a.1.b", None), ("a.x", None), ("a.0.b.c", None)]
)
def test_a_path_leads_to_a_value_or_nowhere(path: str, found: Any) -> None:
    assert walk({"a": [{"b": 1}]}, path) == found
