"""The answers of the stand-in have the keys and types that Slack has published, and every key apps may count on."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.web_api import METHODS as OFFERED
from tests.builders import JONAS, MARA, SALES
from tests.sandbox.answers import METHODS as PUBLISHED
from tests.sandbox.answers import disagreements
from tests.sandbox.conftest import Script

BLOCKS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*EXP-1* 40 ball valves"}},
    {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Accept"}}]},
]
METADATA = {"event_type": "expedite", "event_payload": {"key": "card:1"}}
WORDS = {"type": "plain_text", "text": "Ask"}
INPUT = {"type": "input", "label": WORDS, "element": {"type": "plain_text_input"}}
MODAL = {"type": "modal", "title": WORDS, "submit": WORDS, "close": WORDS, "blocks": [INPUT]}
HOME = {"type": "home", "blocks": BLOCKS}
BACK = "http://127.0.0.1:9/back"


@dataclass(frozen=True)
class Place:
    """A company at work, and the app's client."""

    sandbox: Sandbox
    client: AsyncWebClient
    script: Script

    async def said(self, **more: Any) -> str:
        posted = await self.client.chat_postMessage(channel=SALES, text="EXP-1", **more)
        return str(posted["ts"])

    async def a_thread(self) -> str:
        """A message with everything that can be on one: an edit, a reaction, replies of people and of the app."""
        ts = await self.said(blocks=BLOCKS, metadata=METADATA)
        await self.client.chat_update(channel=SALES, ts=ts, text="EXP-1, changed", blocks=BLOCKS)
        await self.client.reactions_add(channel=SALES, timestamp=ts, name="eyes")
        await self.script.post("post", MARA, channel=SALES, thread=ts, text="Thank you")
        await self.said(thread_ts=ts, reply_broadcast=True)
        return ts

    async def a_file(self) -> str:
        shared = await self.client.files_upload_v2(channel=SALES, filename="week.csv", content="a,b")
        return str(shared["files"][0]["id"])

    def trigger(self, view_id: str | None = None) -> str:
        return self.sandbox.stage.triggers.issue(MARA, view_id)

    async def a_view(self) -> str:
        opened = await self.client.views_open(trigger_id=self.trigger(), view=MODAL)
        return str(opened["view"]["id"])


@pytest.fixture
def place(sandbox: Sandbox, client: AsyncWebClient, script: Script) -> Place:
    return Place(sandbox, client, script)


Call = Callable[[Place], Awaitable[Any]]
CALLS: dict[str, list[Call]] = {}


def calls(method: str) -> Callable[[Call], Call]:
    """Note a way of calling a method; what it gives is held against Slack's answer."""

    def note(call: Call) -> Call:
        CALLS.setdefault(method, []).append(call)
        return call

    return note


def plainly(method: str, /, **arguments: Any) -> None:
    calls(method)(lambda place: place.client.api_call(method, json=arguments))


plainly("auth.test")
plainly("team.info")
plainly("chat.postMessage", channel=SALES, text="EXP-1", blocks=BLOCKS, metadata=METADATA)
plainly("chat.postMessage", channel=JONAS, text="your turn")
plainly("chat.postEphemeral", channel=SALES, user=MARA, text="only you")
plainly("conversations.info", channel=SALES, include_num_members=True)
plainly("conversations.list", types="public_channel,private_channel,im")
plainly("conversations.members", channel=SALES)
plainly("conversations.open", users=MARA)
plainly("conversations.open", users=MARA, return_im=True)
plainly("conversations.join", channel="C0GENERAL")
plainly("conversations.join", channel=SALES)
plainly("users.info", user=MARA)
plainly("users.list")
plainly("users.conversations", types="public_channel,im")
plainly("usergroups.list", include_users=True)
plainly("usergroups.list")
plainly("views.publish", user_id=MARA, view=HOME)


@calls("apps.connections.open")
async def a_connection(place: Place) -> Any:
    return await place.client.apps_connections_open(app_token=place.sandbox.app.app_token)


@calls("oauth.v2.access")
async def an_installation(place: Place) -> Any:
    asked = {"client_id": place.sandbox.app.client_id, "scope": "chat:write", "redirect_uri": BACK, "state": "s"}
    async with aiohttp.ClientSession() as session:
        async with session.get(place.sandbox.authorize_url, params=asked) as page:
            form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', await page.text()))
        form |= {"team": "T0NORTHBR", "user": "U0ADMIN", "answer": "allow"}
        async with session.post(place.sandbox.authorize_url, data=form, allow_redirects=False) as let_in:
            code = parse_qs(urlsplit(let_in.headers["Location"]).query)["code"][0]
    own = {"client_id": place.sandbox.app.client_id, "client_secret": place.sandbox.app.client_secret}
    return await place.client.api_call("oauth.v2.access", data={**own, "code": code, "redirect_uri": BACK})


@calls("chat.postMessage")
async def a_reply(place: Place) -> Any:
    return await place.client.chat_postMessage(channel=SALES, text="yes", thread_ts=await place.a_thread())


@calls("chat.update")
async def a_change(place: Place) -> Any:
    ts = await place.said(metadata=METADATA)
    return await place.client.chat_update(channel=SALES, ts=ts, text="EXP-1, changed", blocks=BLOCKS)


@calls("chat.delete")
async def an_end(place: Place) -> Any:
    return await place.client.chat_delete(channel=SALES, ts=await place.said())


@calls("chat.getPermalink")
async def an_address(place: Place) -> Any:
    return await place.client.chat_getPermalink(channel=SALES, message_ts=await place.said())


@calls("conversations.history")
async def the_past(place: Place) -> Any:
    await place.a_thread()
    await place.a_file()
    return await place.client.conversations_history(channel=SALES, include_all_metadata=True)


@calls("conversations.history")
async def the_newest(place: Place) -> Any:
    await place.a_thread()
    return await place.client.conversations_history(channel=SALES, limit=1)


@calls("conversations.replies")
async def the_talk(place: Place) -> Any:
    return await place.client.conversations_replies(channel=SALES, ts=await place.a_thread(), include_all_metadata=True)


@calls("conversations.info")
async def the_direct_message(place: Place) -> Any:
    opened = await place.client.conversations_open(users=[MARA])
    return await place.client.conversations_info(channel=opened["channel"]["id"])


@calls("usergroups.users.list")
async def a_group(place: Place) -> Any:
    groups = await place.client.usergroups_list()
    return await place.client.usergroups_users_list(usergroup=groups["usergroups"][0]["id"])


@calls("reactions.add")
async def a_sign(place: Place) -> Any:
    return await place.client.reactions_add(channel=SALES, timestamp=await place.said(), name="eyes")


@calls("reactions.remove")
async def no_sign(place: Place) -> Any:
    ts = await place.a_thread()
    return await place.client.reactions_remove(channel=SALES, timestamp=ts, name="eyes")


@calls("reactions.get")
async def the_signs(place: Place) -> Any:
    return await place.client.reactions_get(channel=SALES, timestamp=await place.a_thread())


@calls("views.open")
async def a_form(place: Place) -> Any:
    return await place.client.views_open(trigger_id=place.trigger(), view=MODAL)


@calls("views.push")
async def a_second_form(place: Place) -> Any:
    return await place.client.views_push(trigger_id=place.trigger(await place.a_view()), view=MODAL)


@calls("views.update")
async def another_form(place: Place) -> Any:
    return await place.client.views_update(view_id=await place.a_view(), view=MODAL)


@calls("files.getUploadURLExternal")
async def a_place_for_a_file(place: Place) -> Any:
    return await place.client.files_getUploadURLExternal(filename="week.csv", length=3)


@calls("files.completeUploadExternal")
async def a_shared_file(place: Place) -> Any:
    asked = await place.client.files_getUploadURLExternal(filename="week.csv", length=3)
    async with aiohttp.ClientSession() as session, session.post(asked["upload_url"], data=b"a,b") as uploaded:
        assert uploaded.ok
    return await place.client.files_completeUploadExternal(files=[{"id": asked["file_id"]}], channel_id=SALES)


@calls("files.info")
async def a_file(place: Place) -> Any:
    return await place.client.files_info(file=await place.a_file())


@pytest.mark.parametrize("method", CALLS)
async def test_an_answer_agrees_with_what_slack_has_published(place: Place, method: str) -> None:
    for call in CALLS[method]:
        answer = (await call(place)).data
        assert [] == disagreements(method, answer)


async def test_a_refusal_agrees_with_what_slack_has_published(place: Place) -> None:
    place.sandbox.world.scopes = frozenset({"commands"})
    wrong_blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    for method, arguments in (
        ("chat.postMessage", {"channel": SALES, "text": "x"}),
        ("views.open", {"trigger_id": "1.2.3"}),
        ("views.open", {"trigger_id": "1.2.3", "view": {**MODAL, "blocks": wrong_blocks}}),
        ("auth.nothing", {}),
    ):
        with pytest.raises(SlackApiError) as refused:
            await place.client.api_call(method, json=arguments)
        assert [] == disagreements(method, refused.value.response.data)


def test_every_method_on_offer_is_held_against_slack() -> None:
    assert OFFERED.keys() == PUBLISHED.keys() == CALLS.keys()


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"ok": True, "ts": "1.1"}, ["chat.delete.channel is missing"]),
        ({"ok": True, "ts": 1.1, "channel": "C1"}, ["chat.delete.ts is 1.1, Slack sends a text"]),
        ({"ok": True, "ts": None, "channel": "C1"}, ["chat.delete.ts is None, Slack sends a text"]),
        ({"ok": True, "ts": "1.1", "channel": "C1", "at": 1}, ["chat.delete.at is no key that Slack sends"]),
        ({"ok": 1, "ts": "1.1", "channel": "C1"}, ["chat.delete.ok is 1, Slack sends a flag"]),
        ({"ok": False}, ["chat.delete.error is missing"]),
    ],
)
def test_a_difference_is_named(answer: dict[str, Any], found: list[str]) -> None:
    assert found == disagreements("chat.delete", answer)
