"""Slack's own SDK, unchanged, against the stand-in: both web clients, every Socket Mode client, both Bolts."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import time
from importlib import import_module
from importlib.util import find_spec

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

PATIENCE = 10  # seconds
# Flavour of the Socket Mode client -> the package that it needs, and whether it is asynchronous.
FLAVOURS = {
    "builtin": ("slack_sdk", False),
    "websocket_client": ("websocket", False),
    "aiohttp": ("aiohttp", True),
    "websockets": ("websockets", True),
}
INSTALLED = [flavour for flavour, (package, _) in FLAVOURS.items() if find_spec(package)]


def words(text):
    return {"type": "plain_text", "text": text}


FIELD = {"type": "plain_text_input", "action_id": "value"}
ASK = {"type": "input", "block_id": "what", "label": words("What"), "element": FIELD}
FORM = {"type": "modal", "callback_id": "ask", "title": words("Ask"), "submit": words("Send"), "blocks": [ASK]}
GO = {"type": "actions", "elements": [{"type": "button", "action_id": "go", "value": "7", "text": words("Go")}]}


async def done(function, /, *args, **more):
    """Call a coroutine function here, and a plain one in a thread: the stand-in needs this loop to answer."""
    if inspect.iscoroutinefunction(function):
        return await function(*args, **more)
    return await asyncio.to_thread(function, *args, **more)


async def until(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


@pytest.fixture(params=[WebClient, AsyncWebClient])
def call(request, sandbox):
    """Call a method of either web client by its name."""
    own = request.param(token=sandbox.app.bot_token, base_url=sandbox.api_url)
    return lambda method, /, **arguments: done(getattr(own, method), **arguments)


async def test_both_web_clients_post_change_and_find_a_message(call):
    metadata = {"event_type": "expedite", "event_payload": {"id": "7"}}
    sent = await call("chat_postMessage", channel="C0SALES", text="one", blocks=[GO], metadata=metadata)
    place = {"channel": "C0SALES", "ts": sent["ts"]}
    await call("chat_update", **place, text="two")
    await call("chat_postMessage", channel="C0SALES", text="reply", thread_ts=sent["ts"])
    await call("chat_postEphemeral", channel="C0SALES", user="U0MARA", text="only you")
    await call("reactions_add", channel="C0SALES", timestamp=sent["ts"], name="eyes")
    thread = (await call("conversations_replies", **place, include_all_metadata=True))["messages"]
    assert [message["text"] for message in thread] == ["two", "reply"]
    assert (thread[0]["metadata"], thread[0]["reactions"][0]["name"]) == (metadata, "eyes")
    assert (await call("chat_getPermalink", channel="C0SALES", message_ts=sent["ts"]))["permalink"]
    await call("chat_delete", channel="C0SALES", ts=thread[1]["ts"])
    assert len((await call("conversations_replies", **place))["messages"]) == 1


async def test_both_web_clients_read_page_after_page(call):
    for number in range(5):
        await call("chat_postMessage", channel="C0SALES", text=str(number))
    first = await call("conversations_history", channel="C0SALES", limit=2)
    if hasattr(first, "__aiter__"):
        texts = [message["text"] async for page in first for message in page["messages"]]
    else:
        texts = await asyncio.to_thread(lambda: [message["text"] for page in first for message in page["messages"]])
    assert texts[:5] == ["4", "3", "2", "1", "0"]


async def test_both_web_clients_know_who_is_who_and_where(call):
    assert (await call("auth_test"))["user_id"] == "U0DESKBOT"
    assert (await call("users_info", user="U0MARA"))["user"]["real_name"] == "Mara Lindqvist"
    assert len((await call("users_list"))["members"]) == 9
    group = (await call("usergroups_list", include_users=True))["usergroups"][0]
    assert group["users"] == (await call("usergroups_users_list", usergroup=group["id"]))["users"]
    direct = (await call("conversations_open", users=["U0MARA"]))["channel"]["id"]
    assert (await call("conversations_info", channel=direct))["channel"]["is_im"] is True


async def test_both_web_clients_handle_views(call, sandbox):
    trigger = sandbox.stage.triggers.issue("U0MARA")
    view = (await call("views_open", trigger_id=trigger, view=FORM))["view"]
    await call("views_update", view_id=view["id"], hash=view["hash"], view=FORM)
    await call("views_push", trigger_id=sandbox.stage.triggers.issue("U0MARA", view["id"]), view=FORM)
    assert (await call("views_publish", user_id="U0MARA", view={"type": "home", "blocks": [GO]}))["ok"]


async def test_both_web_clients_upload_a_file(call, script):
    await call("files_upload_v2", channel="C0SALES", filename="week.csv", content="a,b")
    assert (await script.last("U0MARA", "C0SALES"))["files"][0]["name"] == "week.csv"


async def test_both_web_clients_raise_slacks_error(call):
    with pytest.raises(SlackApiError) as caught:
        await call("chat_postMessage", channel="C0NOWHERE", text="x")
    assert caught.value.response["error"] == "channel_not_found"


@contextlib.asynccontextmanager
async def socket_client(sandbox, flavour):
    """A connected Socket Mode client that acknowledges all and answers commands with words."""
    _, is_async = FLAVOURS[flavour]
    web = (AsyncWebClient if is_async else WebClient)(base_url=sandbox.api_url)
    make = import_module(f"slack_sdk.socket_mode.{flavour}").SocketModeClient
    own = make(app_token=sandbox.app.app_token, web_client=web, ping_interval=0.5)
    heard = []

    def answer(request):
        heard.append(request)
        payload = {"text": "On it."} if request.type == "slash_commands" else None
        return SocketModeResponse(envelope_id=request.envelope_id, payload=payload)

    async def listen_async(client, request):
        await client.send_socket_mode_response(answer(request))

    def listen(client, request):
        client.send_socket_mode_response(answer(request))

    own.socket_mode_request_listeners.append(listen_async if is_async else listen)
    await done(own.connect)
    try:
        yield heard
    finally:
        await done(own.close)


@pytest.mark.parametrize("flavour", INSTALLED)
async def test_a_socket_mode_client_hears_acknowledges_and_answers(sandbox, script, flavour):
    async with socket_client(sandbox, flavour) as heard:
        await until(lambda: sandbox.stage.sockets.connections)
        await script.post("post", "U0MARA", channel="C0SALES", text="Grüße 🚚 " + "x" * 3000)
        assert await script.post("quiet") == {"quiet": True}
        asked = await script.post("command", "U0MARA", channel="C0SALES", text="/expedite 40 pcs")
    assert [request.type for request in heard] == ["events_api", "slash_commands"]
    assert heard[0].payload["event"]["text"] == "Grüße 🚚 " + "x" * 3000
    assert (heard[1].payload["text"], heard[1].accepts_response_payload, asked["ok"]) == ("40 pcs", True, True)
    assert (await script.last("U0MARA", "C0SALES"))["text"] == "On it."


@pytest.mark.parametrize("flavour", INSTALLED)
async def test_a_socket_mode_client_comes_back_after_a_renewal(sandbox, script, flavour):
    async with socket_client(sandbox, flavour):
        await until(lambda: sandbox.stage.sockets.connections)
        before = sandbox.stage.sockets.connections[0]
        await script.post("socket", disconnect=True)
        await until(lambda: any(c is not before for c in sandbox.stage.sockets.connections))
        await until(lambda: before not in sandbox.stage.sockets.connections)
        assert (await script.post("command", "U0MARA", channel="C0SALES", text="/expedite"))["ok"]


@contextlib.asynccontextmanager
async def sync_bolt(sandbox):
    """Sync Bolt with its token verified at the start, connected by its own Socket Mode handler."""
    client = WebClient(token=sandbox.app.bot_token, base_url=sandbox.api_url)
    app = await asyncio.to_thread(App, client=client, process_before_response=True)
    handler = SocketModeHandler(app, sandbox.app.app_token, ping_interval=0.5)
    heard = []

    @app.command("/expedite")
    def ask(ack, body, client):
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    @app.view("ask")
    def send(ack, view, client):
        text = view["state"]["values"]["what"]["value"]["value"]
        client.chat_postMessage(channel="C0SALES", text=text, blocks=[GO])
        ack()

    @app.action("go")
    def go(ack, respond, action):
        ack()
        respond(text=f"Went {action['value']}", replace_original=False)

    @app.message("hello")
    def hello(message, say):
        heard.append(message["text"])
        say(text="Hi.", thread_ts=message["ts"])

    await asyncio.to_thread(handler.connect)
    try:
        yield heard
    finally:
        await asyncio.to_thread(handler.close)


@contextlib.asynccontextmanager
async def async_bolt(sandbox):
    """The same with Bolt's asynchronous half."""
    app = AsyncApp(
        client=AsyncWebClient(token=sandbox.app.bot_token, base_url=sandbox.api_url), process_before_response=True
    )
    handler = AsyncSocketModeHandler(app, sandbox.app.app_token, ping_interval=0.5)
    heard = []

    @app.command("/expedite")
    async def ask(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.view("ask")
    async def send(ack, view, client):
        text = view["state"]["values"]["what"]["value"]["value"]
        await client.chat_postMessage(channel="C0SALES", text=text, blocks=[GO])
        await ack()

    @app.action("go")
    async def go(ack, respond, action):
        await ack()
        await respond(text=f"Went {action['value']}", replace_original=False)

    @app.message("hello")
    async def hello(message, say):
        heard.append(message["text"])
        await say(text="Hi.", thread_ts=message["ts"])

    await handler.connect_async()
    try:
        yield heard
    finally:
        await handler.close_async()


@pytest.mark.parametrize("bolt", [sync_bolt, async_bolt])
async def test_both_bolts_open_a_form_take_it_post_a_card_and_answer_a_click(sandbox, script, bolt):
    async with bolt(sandbox) as heard:
        await until(lambda: sandbox.stage.sockets.connections)
        opened = await script.post("command", "U0MARA", channel="C0SALES", text="/expedite")
        assert opened["view"]["callback_id"] == "ask"
        assert (await script.post("submit", "U0MARA", values={"what": "40 pcs"}))["cleared"] is True
        card = await script.last("U0MARA", "C0SALES")
        assert (card["text"], card["blocks"][0]["type"]) == ("40 pcs", "actions")
        assert (await script.post("click", "U0MARA", channel="C0SALES", ts=card["ts"], action_id="go"))["ok"]
        await script.post("quiet")
        assert (await script.last("U0MARA", "C0SALES"))["text"] == "Went 7"
        said = await script.post("post", "U0MARA", channel="C0SALES", text="hello there")
        await script.post("quiet")
        assert (await script.last("U0MARA", "C0SALES", thread=said["ts"]))["text"] == "Hi."
    assert heard == ["hello there"]
