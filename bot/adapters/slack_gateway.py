"""The Web API over HTTP. One call here is one request on the wire: repeating is the courier's business alone.

The SDK's default retry handler posts a message a second time when the connection breaks after Slack took the first, so
clients are built without handlers; they share one session, which saves a connection (and its handshake) per call.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_faults import TOKEN_PATIENCE, fault_of, fault_of_answer
from bot.adapters.slack_files import (
    address_of,
    is_file_of,
    marked,
    nothing_shown_yet,
    read_bytes,
    send_bytes,
    to_complete,
)
from bot.adapters.slack_text import words_of
from bot.config import DEFAULT_API_URL
from bot.ports import Group, NotAccepted, Person, Posted, Refused, Reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime

    from bot.ports import File, Message, View

CALL_SECONDS = 10.0
FORM_SECONDS = 5.0
"""A form's trigger lives three seconds; waiting longer for the answer only keeps a person in the dark."""
PAGE = 200
EVENT_TYPE = "expedite_desk"
PLAIN = {"parse": "none", "link_names": False, "unfurl_links": False, "unfurl_media": False}


class SlackGatewayHttp:
    """Implements ``bot.ports.SlackGateway``. ``tokens`` gives the bot token of a workspace by its team id.

    A session that is handed in stays the caller's to close.
    """

    def __init__(
        self,
        tokens: Callable[[str], Awaitable[str]],
        base_url: str = DEFAULT_API_URL,
        session: aiohttp.ClientSession | None = None,
        *,
        call_seconds: float = CALL_SECONDS,
    ) -> None:
        self._tokens = tokens
        self._base_url = base_url
        self._session = session
        self._owns_session = session is None
        self._call_seconds = call_seconds

    async def close(self) -> None:
        if self._session is not None and self._owns_session:
            await self._session.close()

    async def post(
        self, team_id: str, channel: str, message: Message, *, key: str, thread_ts: str | None = None
    ) -> Posted:
        mark = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
        facts = {**_shown(message), **PLAIN, "channel": channel, "metadata": mark, "thread_ts": thread_ts}
        answer = await self._write(team_id, "chat.postMessage", facts)
        return Posted(str(answer["channel"]), str(answer["ts"]))

    async def upload(self, team_id: str, channel: str, file: File, *, key: str, thread_ts: str | None = None) -> None:
        seconds = self._call_seconds / 2  # both halves together are one call to whoever waits
        async with nothing_shown_yet(), asyncio.timeout(seconds):
            here = await self._landing(team_id, channel)
            facts = {"filename": marked(file.name, key), "length": len(file.content)}
            place = await self._read(team_id, "files.getUploadURLExternal", facts)
            await send_bytes(self._wire(), str(place["upload_url"]), file.content)
        shown = to_complete(str(place["file_id"]), file, here, thread_ts)
        await self._call(team_id, "files.completeUploadExternal", seconds, data=shown)

    async def read_file(self, team_id: str, file_id: str, *, most: int) -> bytes:
        file = (await self._read(team_id, "files.info", {"file": file_id}))["file"]
        address = address_of(file, most=most, base_url=self._base_url)
        token = str((await self._client(team_id)).token)
        return await read_bytes(self._wire(), address, token, most=most, seconds=self._call_seconds)

    async def update(self, team_id: str, posted: Posted, message: Message) -> None:
        facts = {"channel": posted.channel, "ts": posted.ts, "text": message.text, "blocks": message.blocks}
        await self._write(team_id, "chat.update", {**facts, "parse": "none", "link_names": False})

    async def publish_home(self, team_id: str, slack_id: str, view: View) -> None:
        await self._write(team_id, "views.publish", {"user_id": slack_id, "view": view})

    async def open_form(self, team_id: str, trigger_id: str, view: View) -> str:
        facts = {"trigger_id": trigger_id, "view": view}
        answer = await self._write(team_id, "views.open", facts, seconds=FORM_SECONDS)
        return str(answer["view"]["id"])

    async def update_form(self, team_id: str, view_id: str, view: View, *, hash_: str | None = None) -> None:
        facts = {"view_id": view_id, "view": view, "hash": hash_}
        await self._write(team_id, "views.update", facts, seconds=FORM_SECONDS)

    async def whisper(
        self, team_id: str, channel: str, slack_id: str, message: Message, *, thread_ts: str | None = None
    ) -> None:
        facts = {**_shown(message), "channel": channel, "user": slack_id, "thread_ts": thread_ts}
        await self._write(team_id, "chat.postEphemeral", {**facts, "parse": "none", "link_names": False})

    async def find_posted(
        self, team_id: str, channel: str, key: str, *, since: datetime, thread_ts: str | None = None
    ) -> Posted | None:
        """Look by the key in a message's metadata or in a file's name; needs the history scope of that channel."""
        here = await self._landing(team_id, channel)
        facts: dict[str, Any] = {"channel": here, "oldest": f"{since.timestamp():.6f}", "include_all_metadata": True}
        method = "conversations.history"
        if thread_ts is not None:
            method, facts["ts"] = "conversations.replies", thread_ts
        async for message in self._pages(team_id, method, "messages", facts):
            if _key_of(message) == key or is_file_of(message, key):
                return Posted(here, str(message["ts"]))
        return None

    async def open_direct(self, team_id: str, slack_id: str) -> str:
        answer = await self._write(team_id, "conversations.open", {"users": slack_id})
        return str(answer["channel"]["id"])

    async def _landing(self, team_id: str, channel: str) -> str:
        """The channel itself; of a person, the direct message with them."""
        return await self.open_direct(team_id, channel) if channel.startswith(("U", "W")) else channel

    async def permalink(self, team_id: str, posted: Posted) -> str:
        facts = {"channel": posted.channel, "message_ts": posted.ts}
        return str((await self._read(team_id, "chat.getPermalink", facts))["permalink"])

    async def people(self, team_id: str) -> list[Person]:
        return [person_from(found, team_id) async for found in self._pages(team_id, "users.list", "members", {})]

    async def members_of(self, team_id: str, channel: str) -> list[str]:
        pages = self._pages(team_id, "conversations.members", "members", {"channel": channel})
        return [str(slack_id) async for slack_id in pages]

    async def reactions(self, team_id: str, posted: Posted) -> list[tuple[str, str]]:
        facts = {"channel": posted.channel, "timestamp": posted.ts, "full": "true"}
        found = (await self._read(team_id, "reactions.get", facts)).get("message", {}).get("reactions", [])
        return [(str(slack_id), str(one["name"])) for one in found for slack_id in one.get("users", [])]

    async def replies(self, team_id: str, posted: Posted, *, since: datetime) -> list[Reply]:
        facts = {"channel": posted.channel, "ts": posted.ts, "oldest": f"{since.timestamp():.6f}"}
        pages = self._pages(team_id, "conversations.replies", "messages", facts)
        # The message itself leads every page, however old it is.
        return [_reply_from(found) async for found in pages if found.get("ts") != posted.ts and _is_by_person(found)]

    async def message(self, team_id: str, posted: Posted, *, thread_ts: str | None = None) -> Reply | None:
        facts = {"channel": posted.channel, "oldest": posted.ts, "latest": posted.ts, "inclusive": "true", "limit": 2}
        method = "conversations.history" if thread_ts is None else "conversations.replies"
        found = await self._read(team_id, method, facts if thread_ts is None else {**facts, "ts": thread_ts})
        said = (one for one in found.get("messages", []) if one.get("ts") == posted.ts and _is_by_person(one))
        return next((replace(_reply_from(one), text=words_of(one)) for one in said), None)

    async def answer(self, response_url: str, message: Message | None) -> None:
        said = {"delete_original": True} if message is None else {"replace_original": True, **_shown(message)}
        try:
            async with asyncio.timeout(self._call_seconds), self._wire().post(response_url, json=said) as response:
                status = response.status
        except Exception as error:
            raise fault_of(error) from error
        if status != HTTPStatus.OK:
            raise Refused(f"http_{status}")

    async def members_of_group(self, team_id: str, group: str) -> list[str]:
        found = await self._read(team_id, "usergroups.users.list", {"usergroup": group})
        return [str(slack_id) for slack_id in found["users"]]

    async def groups(self, team_id: str) -> list[Group]:
        found = await self._read(team_id, "usergroups.list", {})
        return [Group(str(one["id"]), str(one.get("name") or one["id"])) for one in found["usergroups"]]

    async def is_workspace_admin(self, team_id: str, slack_id: str) -> bool:
        """Whether Slack calls them an owner or admin of the workspace."""
        person = (await self._read(team_id, "users.info", {"user": slack_id}))["user"]
        return bool(person.get("is_admin") or person.get("is_owner"))

    async def _pages(self, team_id: str, method: str, name: str, facts: dict[str, Any]) -> AsyncIterator[Any]:
        cursor = ""
        while True:
            page = await self._read(team_id, method, {**facts, "limit": PAGE, **({"cursor": cursor} if cursor else {})})
            for found in page.get(name, []):
                yield found
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    async def _write(
        self, team_id: str, method: str, facts: dict[str, Any], *, seconds: float | None = None
    ) -> dict[str, Any]:
        said = {name: value for name, value in facts.items() if value is not None}
        return await self._call(team_id, method, seconds, json=said)

    async def _read(self, team_id: str, method: str, facts: dict[str, Any]) -> dict[str, Any]:
        return await self._call(team_id, method, None, http_verb="GET", params=facts)

    async def _call(self, team_id: str, method: str, seconds: float | None, **how: Any) -> dict[str, Any]:
        client = await self._client(team_id)
        try:
            async with asyncio.timeout(min(seconds or self._call_seconds, self._call_seconds)):
                answer = await client.api_call(method, **how)
        except SlackApiError as error:
            raise fault_of_answer(error) from error
        except Exception as error:  # whatever broke on the way, the courier must learn what is known of the message
            raise fault_of(error) from error
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    async def _client(self, team_id: str) -> AsyncWebClient:
        try:
            token = await self._tokens(team_id)
        except Exception as error:  # without a token nothing was asked of Slack, whatever the reason
            raise NotAccepted("no_token", retry_after=TOKEN_PATIENCE) from error
        return AsyncWebClient(token=token, base_url=self._base_url, session=self._wire(), retry_handlers=[])

    def _wire(self) -> aiohttp.ClientSession:
        """Give the shared session, made on the loop that first needs it."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._call_seconds))
        return self._session


def _shown(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": message.blocks or None}


def _key_of(message: dict[str, Any]) -> str | None:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return payload.get("key")


def _is_by_person(found: dict[str, Any]) -> bool:
    return bool(found.get("user")) and not found.get("bot_id")


def _reply_from(found: dict[str, Any]) -> Reply:
    return Reply(
        ts=str(found["ts"]),
        slack_id=str(found["user"]),
        text=str(found.get("text") or ""),
        subtype=str(found.get("subtype") or ""),
        team=str(found.get("user_team") or found.get("team") or ""),
    )


def person_from(found: dict[str, Any], team_id: str) -> Person:
    """Somebody as Slack describes them, in lists and in events, seen from one workspace."""
    profile = found.get("profile") or {}
    # Full names: a card is read by people of two departments who may not know each other's handles.
    name = profile.get("real_name") or found.get("real_name") or profile.get("display_name") or found.get("name")
    return Person(
        slack_id=str(found["id"]),
        name=str(name or found["id"]),
        zone=str(found.get("tz") or ""),
        is_bot=bool(found.get("is_bot")) or found["id"] == "USLACKBOT",
        is_guest=bool(found.get("is_restricted") or found.get("is_ultra_restricted")),
        is_deactivated=bool(found.get("deleted")),
        is_stranger=bool(found.get("is_stranger")) or team_id not in _teams(found, team_id),
    )


def _teams(found: dict[str, Any], team_id: str) -> set[str]:
    """The workspaces somebody belongs to: one, or several of the same organisation."""
    organisation = found.get("enterprise_user") or {}
    return {str(found.get("team_id") or team_id), *organisation.get("teams", [])}
