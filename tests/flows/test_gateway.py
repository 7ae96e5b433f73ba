"""The gateway against a real socket: what each way of failing means, and that one call is one request."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.adapters.slack_gateway import SlackGatewayHttp
from bot.ports import Message, NotAccepted, Posted, Refused, Reply, SlackFault, Unknown

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
HELLO = Message("Hello", [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}])
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass
class Server:
    """Answers every method the same way, or each in its own; remembers what it was asked."""

    answer: Answer
    asked: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        told = await request.json() if request.method == "POST" else dict(request.query)
        self.asked.append((request.path.removeprefix("/api/"), told, request.headers["Authorization"]))
        return await self.answer(request)

    @property
    def methods(self) -> list[str]:
        return [method for method, *_ in self.asked]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[Server]:
    server = Server(answer)
    app = web.Application()
    app.router.add_route("*", "/api/{method}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    yield server
    await runner.cleanup()


@asynccontextmanager
async def gateway_to(url: str, *, call_seconds: float = 5) -> AsyncIterator[SlackGatewayHttp]:
    async def token_of(team_id: str) -> str:
        return f"xoxb-{team_id}"

    gateway = SlackGatewayHttp(token_of, url, call_seconds=call_seconds)
    yield gateway
    await gateway.close()


def says(status: int = 200, headers: dict[str, str] | None = None, **body: Any) -> Answer:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status, headers=headers)

    return answer


def shows(text: str, content_type: str, status: int = 200) -> Answer:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, content_type=content_type, status=status)

    return answer


async def hangs(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(0.8)
    return web.Response()


async def resets(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


MEANINGS = [
    (says(ok=False, error="channel_not_found"), Refused, "channel_not_found", None),
    (says(ok=False, error="missing_scope", needed="chat:write"), Refused, "missing_scope: chat:write", None),
    (
        says(ok=False, error="invalid_blocks", response_metadata={"messages": ["[ERROR] bad /blocks/0"]}),
        Refused,
        "invalid_blocks: [ERROR] bad /blocks/0",
        None,
    ),
    (says(ok=False, error="ratelimited"), NotAccepted, "ratelimited", None),
    (says(429, {"Retry-After": "7"}, ok=False, error="ratelimited"), NotAccepted, "ratelimited", 7),
    (shows("slow down", "text/plain", 429), NotAccepted, "ratelimited", 1),
    (says(ok=False, error="token_revoked"), NotAccepted, "token_revoked", 300),
    (says(ok=False, error="team_added_to_org"), NotAccepted, "team_added_to_org", 300),
    (says(ok=False, error="org_login_required"), NotAccepted, "org_login_required", 300),
    (says(ok=False, error="ekm_access_denied"), NotAccepted, "ekm_access_denied", 300),
    (says(ok=False, error="internal_error"), Unknown, "internal_error", None),
    (says(ok=False, error="fatal_error"), Unknown, "fatal_error", None),
    (says(500, ok=False, error="oops"), Unknown, "oops", None),
    (shows("<html>proxy</html>", "text/html", 503), Unknown, "http_503", None),
    (shows("<html>proxy</html>", "text/html"), Unknown, "http_200", None),
    (shows("{half", "application/json"), Unknown, "http_200", None),
    (shows("ok", "text/plain"), Unknown, "AttributeError", None),
    (hangs, Unknown, "TimeoutError", None),
    (resets, Unknown, "ServerDisconnectedError", None),
]


@pytest.mark.parametrize(("answer", "kind", "error", "retry_after"), MEANINGS, ids=range(len(MEANINGS)))
async def test_each_failure_of_a_post_has_one_meaning_and_costs_one_request(
    answer: Answer, kind: type[SlackFault], error: str, retry_after: float | None
) -> None:
    async with serving(answer) as server, gateway_to(server.url, call_seconds=0.3) as gateway:
        with pytest.raises(SlackFault) as caught:
            await gateway.post("T1", "C1", HELLO, key="1:card:1")

    assert (type(caught.value), caught.value.error, caught.value.retry_after) == (kind, error, retry_after)
    assert server.methods == ["chat.postMessage"]


async def test_a_post_on_a_connection_that_broke_meanwhile_is_not_repeated() -> None:
    """The SDK's default, and some HTTP clients, post again when a kept connection turns out to be gone."""
    answers = iter([says(ok=True, channel="C1", ts="1.0"), resets, says(ok=True, channel="C1", ts="2.0")])

    async def answer(request: web.Request) -> web.StreamResponse:
        return await next(answers)(request)

    async with serving(answer) as server, gateway_to(server.url) as gateway:
        await gateway.post("T1", "C1", HELLO, key="1:card:1")
        with pytest.raises(Unknown):
            await gateway.post("T1", "C1", HELLO, key="1:card:2")

    assert len(server.asked) == 2


async def test_where_nobody_listens_nothing_was_posted() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/api/"
        async with gateway_to(url) as gateway:
            with pytest.raises(NotAccepted):
                await gateway.post("T1", "C1", HELLO, key="1:card:1")


async def test_without_a_token_nothing_is_asked_of_slack() -> None:
    async def token_of(team_id: str) -> str:
        raise KeyError(team_id)

    async with serving(says(ok=True)) as server:
        gateway = SlackGatewayHttp(token_of, server.url)
        with pytest.raises(NotAccepted):
            await gateway.post("T1", "C1", HELLO, key="1:card:1")

    assert server.asked == []


async def test_a_post_carries_its_key_and_leaves_text_as_it_is() -> None:
    async with serving(says(ok=True, channel="D1", ts="1.5")) as server, gateway_to(server.url) as gateway:
        posted = await gateway.post("T1", "U1", HELLO, key="1:note:1", thread_ts="1.0")

    [(method, told, authorization)] = server.asked
    assert (method, authorization, posted) == ("chat.postMessage", "Bearer xoxb-T1", Posted("D1", "1.5"))
    assert told == {
        "channel": "U1",
        "text": "Hello",
        "blocks": HELLO.blocks,
        "thread_ts": "1.0",
        "metadata": {"event_type": "expedite_desk", "event_payload": {"key": "1:note:1"}},
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


async def test_a_message_is_found_by_its_key_on_a_later_page() -> None:
    def message(ts: str, key: str) -> dict[str, Any]:
        return {"ts": ts, "metadata": {"event_type": "expedite_desk", "event_payload": {"key": key}}}

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.query.get("cursor") == "more":
            return web.json_response({"ok": True, "messages": [message("1.0", "1:card:1")]})
        page = [{"ts": "3.0", "text": "a person"}, message("2.0", "1:card:2")]
        return web.json_response({"ok": True, "messages": page, "response_metadata": {"next_cursor": "more"}})

    async with serving(answer) as server, gateway_to(server.url) as gateway:
        found = await gateway.find_posted("T1", "C1", "1:card:1", since=AT)

    assert found == Posted("C1", "1.0")
    assert server.asked[0][1] == {
        "channel": "C1",
        "oldest": f"{AT.timestamp():.6f}",
        "include_all_metadata": "1",
        "limit": "200",
    }


async def test_a_direct_message_is_looked_for_in_its_direct_channel_and_a_note_in_its_thread() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("conversations.open"):
            return web.json_response({"ok": True, "channel": {"id": "D7"}})
        return web.json_response({"ok": True, "messages": []})

    async with serving(answer) as server, gateway_to(server.url) as gateway:
        assert await gateway.find_posted("T1", "U7", "k", since=AT) is None
        assert await gateway.find_posted("T1", "C1", "k", since=AT, thread_ts="1.0") is None

    assert server.methods == ["conversations.open", "conversations.history", "conversations.replies"]
    assert [told.get("channel") for _, told, _ in server.asked] == [None, "D7", "C1"]


async def test_forms_homes_edits_and_whispers_name_what_they_are_about() -> None:
    view = {"type": "modal"}
    async with serving(says(ok=True, view={"id": "V1"})) as server, gateway_to(server.url) as gateway:
        assert await gateway.open_form("T1", "t.1", view) == "V1"
        await gateway.update_form("T1", "V1", view, hash_="h1")
        await gateway.publish_home("T1", "U1", view)
        await gateway.update("T1", Posted("C1", "1.0"), Message("Bye"))
        await gateway.whisper("T1", "C1", "U1", Message("Psst"))

    told = {method: facts for method, facts, _ in server.asked}
    assert told["views.open"] == {"trigger_id": "t.1", "view": view}
    assert told["views.update"] == {"view_id": "V1", "view": view, "hash": "h1"}
    assert told["views.publish"] == {"user_id": "U1", "view": view}
    # Empty blocks take the old ones away; left out, they would stay.
    assert told["chat.update"]["blocks"] == []
    assert told["chat.postEphemeral"]["user"] == "U1"


async def test_people_and_members_are_read_page_by_page() -> None:
    people = [
        {"id": "U1", "profile": {"display_name": "", "real_name": "Mara Lindqvist"}, "tz": "Europe/Berlin"},
        {"id": "U2", "name": "old", "deleted": True, "is_restricted": True},
    ]

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("users.list"):
            return web.json_response({"ok": True, "members": people})
        cursor = {"": "b", "b": ""}[request.query.get("cursor", "")]
        members = ["U1"] if cursor else ["U2"]
        return web.json_response({"ok": True, "members": members, "response_metadata": {"next_cursor": cursor}})

    async with serving(answer) as server, gateway_to(server.url) as gateway:
        [mara, old] = await gateway.people("T1")
        assert await gateway.members_of("T1", "C1") == ["U1", "U2"]

    assert (mara.name, mara.zone, mara.is_deactivated) == ("Mara Lindqvist", "Europe/Berlin", False)
    assert (old.name, old.is_guest, old.is_deactivated) == ("old", True, True)


async def test_people_of_other_companies_are_told_apart_from_those_of_the_same_organisation() -> None:
    """A shared channel lists them all."""
    people = [
        {"id": "U1", "name": "ours", "team_id": "T1"},
        {"id": "U2", "name": "unsaid"},
        {"id": "U3", "name": "sister", "team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}},
        {"id": "U4", "name": "theirs", "team_id": "T9"},
        {"id": "U5", "name": "unseen", "team_id": "T1", "is_stranger": True},
    ]
    async with serving(says(ok=True, members=people)) as server, gateway_to(server.url) as gateway:
        found = await gateway.people("T1")

    assert {person.name for person in found if person.is_stranger} == {"theirs", "unseen"}


async def test_one_message_is_read_with_what_was_forwarded_in_it() -> None:
    forwarded = [
        {"is_share": True, "text": "200 pcs\n\nby Friday"},
        {"from_url": "https://example.com", "text": "page"},
    ]
    root = {"ts": "1.0", "user": "U1", "text": "see", "attachments": forwarded}
    reply = {"ts": "2.0", "user": "U2", "text": "5 &lt; 6", "thread_ts": "1.0"}
    ours = {"ts": "3.0", "user": "UBOT", "bot_id": "B1", "text": "noted"}

    async def answer(request: web.Request) -> web.StreamResponse:
        found = (
            [root, reply] if request.path.endswith("replies") else [ours if request.query["oldest"] == "3.0" else root]
        )
        return web.json_response({"ok": True, "messages": found, "has_more": False})

    async with serving(answer) as server, gateway_to(server.url) as gateway:
        assert Reply("1.0", "U1", "see\n> 200 pcs\n> by Friday") == await gateway.message("T1", Posted("C1", "1.0"))
        assert Reply("2.0", "U2", "5 < 6") == await gateway.message("T1", Posted("C1", "2.0"), thread_ts="1.0")
        assert await gateway.message("T1", Posted("C1", "3.0")) is None
        assert await gateway.message("T1", Posted("C1", "4.0")) is None
    told = [(method, facts.get("ts"), facts["oldest"], facts["latest"]) for method, facts, _ in server.asked[:2]]
    assert told == [("conversations.history", None, "1.0", "1.0"), ("conversations.replies", "1.0", "2.0", "2.0")]


async def test_a_pressed_line_is_replaced_or_taken_away_at_its_own_address() -> None:
    told: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.StreamResponse:
        told.append(await request.json())
        return web.Response(text="ok", status=200 if len(told) < 3 else 404)

    app = web.Application()
    app.router.add_post("/response/1", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/response/1"
    async with gateway_to("http://127.0.0.1:9/api/") as gateway:
        await gateway.answer(url, HELLO)
        await gateway.answer(url, None)
        with pytest.raises(Refused, match="http_404"):
            await gateway.answer(url, None)
        with pytest.raises(NotAccepted):
            await gateway.answer("http://127.0.0.1:9/response/1", None)
    await runner.cleanup()

    assert told[:2] == [{"replace_original": True, "text": "Hello", "blocks": HELLO.blocks}, {"delete_original": True}]


async def test_what_people_did_on_a_message_is_read_without_what_apps_did() -> None:
    parent = {"ts": "1.0", "user": "UBOT", "bot_id": "B1", "text": "card"}
    replies = [
        {"ts": "2.0", "user": "U1", "text": "On it", "team": "T1"},
        {"ts": "3.0", "user": "UBOT", "bot_id": "B1", "text": "noted"},
        {"ts": "4.0", "user": "U2", "text": "see", "subtype": "thread_broadcast", "user_team": "T9", "team": "T1"},
    ]
    reacting = {"reactions": [{"name": "eyes", "users": ["U1", "U2"], "count": 2}, {"name": "tada", "count": 1}]}

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("reactions.get"):
            return web.json_response({"ok": True, "message": reacting})
        page = {"": ([parent, *replies[:2]], "b"), "b": ([parent, *replies[2:]], "")}[request.query.get("cursor", "")]
        return web.json_response({"ok": True, "messages": page[0], "response_metadata": {"next_cursor": page[1]}})

    async with serving(answer) as server, gateway_to(server.url) as gateway:
        posted = Posted("C1", "1.0")
        assert await gateway.reactions("T1", posted) == [("U1", "eyes"), ("U2", "eyes")]
        said = await gateway.replies("T1", posted, since=AT)

    assert said == [Reply("2.0", "U1", "On it", team="T1"), Reply("4.0", "U2", "see", "thread_broadcast", "T9")]
    told = [facts for method, facts, _ in server.asked if method == "conversations.replies"]
    assert {one["oldest"] for one in told} == {f"{AT.timestamp():.6f}"}
