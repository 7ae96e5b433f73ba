"""The order book of an ERP over HTTP: asked while somebody types, cached, and left alone for a while when it fails.

It is another company's machine on a network of its own, so nothing of it is trusted: the whole answer must come within
a second and a half and a megabyte, redirects are not followed, and an address inside a private network is not called
unless that is allowed. The host is resolved once a call, and the connection goes to exactly the address that was
checked: a name that answers differently the second time leads nowhere else.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import socket
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from bot.ports import OrdersDown
from models.order_fields import row_from

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from models.order_row import OrderRow

TIME_OUT = 1.5
"""Seconds for the whole call: Slack waits three for the options it asked for."""
LARGEST_ANSWER = 1_000_000
FRESH_SECONDS = 60.0
MOST_CACHED = 500
FAILURES, REST_SECONDS = 3, 30.0
"""So many failures in a row, and it is not asked for so long."""
MOST_LINES = 100
PORTS = {"http": 80, "https": 443}


class Erp:
    """One ERP. ``url`` holds ``{query}``; ``header`` is ``Name: value``; ``paths`` say where a line keeps its fields.

    ``paths["lines"]`` leads to the list; the others (``order_number``, ``item`` …) from one of its entries. A path is
    names and positions with dots between them.
    """

    def __init__(
        self,
        url: str,
        *,
        header: str = "",
        paths: Mapping[str, str],
        allow_private: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._header = _header(header)
        self._paths = dict(paths)
        self._allow_private = allow_private
        self._monotonic = monotonic
        self._cache: OrderedDict[str, tuple[float, list[OrderRow]]] = OrderedDict()
        self._failures = 0
        self._rests_until = 0.0
        self._client = httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=TIME_OUT)

    @property
    def is_resting(self) -> bool:
        """Whether it failed so often that it is left alone for a while."""
        return self._monotonic() < self._rests_until

    async def lines(self, typed: str) -> Sequence[OrderRow]:
        """The lines the ERP has for what was typed; raises :class:`OrdersDown`."""
        query = typed.strip().casefold()
        cached = self._cache.get(query)
        if cached is not None and self._monotonic() - cached[0] < FRESH_SECONDS:
            return cached[1]
        if self.is_resting:
            raise OrdersDown("resting after failures")
        try:
            async with asyncio.timeout(TIME_OUT):
                found = await self._ask(query)
        except (httpx.HTTPError, TimeoutError, OSError, ValueError, OrdersDown) as fault:
            self._failed()
            raise OrdersDown(type(fault).__name__) from fault
        self._keep(query, found)
        return found

    async def close(self) -> None:
        await self._client.aclose()

    async def _ask(self, query: str) -> list[OrderRow]:
        url = httpx.URL(self._url.replace("{query}", quote(query, safe="")))
        address = await self._address_of(url)
        headers = {**self._header, "Host": url.netloc.decode(), "Accept": "application/json"}
        pinned = url.copy_with(host=address)
        extensions = {"sni_hostname": url.host}
        async with self._client.stream("GET", pinned, headers=headers, extensions=extensions) as answer:
            if not answer.is_success:
                raise OrdersDown(f"status {answer.status_code}")
            return self._rows(json.loads(await _body(answer)))

    async def _address_of(self, url: httpx.URL) -> str:
        """The one address to call, checked; raises :class:`OrdersDown` for one that may not be called."""
        if url.scheme not in PORTS or (url.scheme == "http" and not self._allow_private):
            raise OrdersDown("only https is called")
        loop = asyncio.get_running_loop()
        port = url.port or PORTS[url.scheme]
        found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if not addresses or not (self._allow_private or all(_is_public(one) for one in addresses)):
            raise OrdersDown("the address lies in a private network")
        return addresses[0]

    def _rows(self, answer: Any) -> list[OrderRow]:
        listed = walk(answer, self._paths.get("lines", ""))
        if not isinstance(listed, list):
            raise OrdersDown("no list of lines")
        rows = [row_from({name: walk(one, path) for name, path in self._fields()}) for one in listed[:MOST_LINES]]
        return [row for row in rows if row is not None]

    def _fields(self) -> list[tuple[str, str]]:
        return [(name, path) for name, path in self._paths.items() if name != "lines"]

    def _keep(self, query: str, found: list[OrderRow]) -> None:
        self._failures = 0
        self._cache[query] = (self._monotonic(), found)
        self._cache.move_to_end(query)
        while len(self._cache) > MOST_CACHED:
            self._cache.popitem(last=False)

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            # One more try is allowed after the rest: it decides whether the next rest begins.
            self._rests_until = self._monotonic() + REST_SECONDS
            self._failures = FAILURES - 1


def walk(value: Any, path: str) -> Any:
    """Follow names and positions into an answer; None where it leads nowhere."""
    for part in path.split(".") if path else []:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


async def _body(answer: httpx.Response) -> bytes:
    read = bytearray()
    async for piece in answer.aiter_bytes():
        read += piece
        if len(read) > LARGEST_ANSWER:
            raise OrdersDown("the answer is too large")
    return bytes(read)


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


def _header(text: str) -> dict[str, str]:
    name, _colon, value = text.partition(":")
    return {name.strip(): value.strip()} if value.strip() else {}
