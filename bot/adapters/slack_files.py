"""Uploading a file in Slack's three steps, and knowing it again.

``files.getUploadURLExternal``, the bytes to the address it gives, ``files.completeUploadExternal``: only the last one
shows the file to anybody. Whatever breaks before it is certainly not done and may be tried again from the start; what
is unknown after it is looked for in the channel's history. A shared file carries no metadata, so its name does: it ends
in a mark made of the key of its row.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.adapters.slack_faults import fault_of
from bot.ports import File, NotAccepted, Refused, SlackFault, Unknown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import aiohttp

MARK_LENGTH = 10
"""Hexadecimal digits: two files of one channel within minutes would have to agree in all of them."""
LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""The address was too slow, too busy or too old: a new one may do."""


def marked(name: str, key: str) -> str:
    """The name under which the file of a key is uploaded: ``list.csv`` becomes ``list-3f0a91c2d4.csv``."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{_mark(key)}.{ending}" if dot else f"{name}{_mark(key)}"


def is_file_of(message: dict[str, Any], key: str) -> bool:
    """Whether a message shows the file that was uploaded for a key."""
    names = (str(file.get("name") or "") for file in message.get("files") or [])
    return any(name.partition(".")[0].endswith(_mark(key)) for name in names)


def to_complete(file_id: str, file: File, channel: str, thread_ts: str | None) -> dict[str, Any]:
    """The arguments that show an uploaded file, as a form."""
    shown = {"files": json.dumps([{"id": file_id, "title": file.title}]), "channel_id": channel}
    more = {"initial_comment": file.comment or None, "thread_ts": thread_ts}
    return {**shown, **{name: value for name, value in more.items() if value}}


async def send_bytes(wire: aiohttp.ClientSession, address: str, content: bytes) -> None:
    """Put the content where Slack wants it. Raises a :class:`SlackFault`."""
    try:
        async with wire.post(address, data=content, headers={"Content-Type": "application/octet-stream"}) as response:
            status = response.status
    except Exception as error:
        raise fault_of(error) from error
    if status == HTTPStatus.OK:
        return
    is_final = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in LATER
    raise Refused(f"upload_http_{status}") if is_final else NotAccepted(f"upload_http_{status}")


def address_of(file: dict[str, Any], *, most: int, base_url: str) -> str:
    """Where the content of a file is. Raises :class:`Refused` for a large one, and for one that is not with Slack.

    Our token goes along: it is shown to Slack alone.
    """
    if int(file.get("size") or 0) > most:
        raise Refused("file_too_large")
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    there, here = urlsplit(address), urlsplit(base_url)
    is_slack = there.scheme == "https" and (there.hostname or "").endswith(".slack.com")
    if not is_slack and (there.scheme, there.netloc) != (here.scheme, here.netloc):
        raise Refused("file_is_elsewhere")
    return address


async def read_bytes(wire: aiohttp.ClientSession, address: str, token: str, *, most: int, seconds: float) -> bytes:
    """The content at an address of Slack's, as far as ``most``. Raises a :class:`SlackFault`."""
    headers = {"Authorization": f"Bearer {token}"}
    try:
        # Who may not read it is sent to a page to log in: that would be read as the file.
        async with (
            asyncio.timeout(seconds),
            wire.get(address, headers=headers, allow_redirects=False) as response,
        ):
            status, content = response.status, await _capped(response, most)
    except SlackFault:
        raise
    except Exception as error:
        raise fault_of(error) from error
    if status != HTTPStatus.OK:
        raise Refused(f"file_http_{status}")
    return content


async def _capped(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Read as it comes, so that a file of any size costs no more than what is wanted of it."""
    content = bytearray()
    async for piece in response.content.iter_chunked(64 * 1024):
        content += piece
        if len(content) > most:
            raise Refused("file_too_large")
    return bytes(content)


@asynccontextmanager
async def nothing_shown_yet() -> AsyncIterator[None]:
    """Steps that show nobody anything: what is unknown of them is as good as not done."""
    try:
        yield
    except Unknown as fault:
        raise NotAccepted(fault.error, retry_after=fault.retry_after) from fault
    except TimeoutError as error:
        raise NotAccepted(type(error).__name__) from error


def _mark(key: str) -> str:
    return "-" + sha256(key.encode()).hexdigest()[:MARK_LENGTH]
