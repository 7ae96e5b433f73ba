"""Slack's place is gone for a while: calls are reset, connections cut, events come late or never."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest
from aiohttp import web


@pytest.fixture
async def knock(sandbox):
    """Knock at any address of the server; gives the status."""
    headers = {"Authorization": f"Bearer {sandbox.app.bot_token}"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def ask(path, **body):
            async with session.post(f"{sandbox.url}{path}", json=body) as response:
                return response.status

        yield ask


@pytest.mark.parametrize("path", ["/api/chat.postMessage", "/api/auth.test", "/upload/F0NONE", "/response/T0/none"])
async def test_while_slack_is_down_every_line_is_cut_and_nothing_is_done(sandbox, script, knock, path):
    await script.post("downtime", seconds=30)
    with pytest.raises(aiohttp.ClientConnectionError):
        await knock(path, channel="C0SALES", text="never")
    assert all(message.text != "never" for message in sandbox.world.messages.of("C0SALES"))


async def test_downtime_ends_by_itself(script, knock):
    await script.post("downtime", seconds=0.2)
    with pytest.raises(aiohttp.ClientConnectionError):
        await knock("/api/auth.test")
    await asyncio.sleep(0.25)
    assert await knock("/api/auth.test") == 200
    assert (await script.get("faults"))["downtime"] == 0


@pytest.mark.parametrize("way", ["zero", "disarm", "reset"])
async def test_the_page_stays_tells_how_long_it_lasts_and_can_end_it(script, knock, way):
    await script.post("downtime", seconds=30)
    assert 29 < (await script.get("faults"))["downtime"] <= 30
    assert 29 < (await script.get("state"))["downtime"] <= 30
    if way == "zero":
        await script.post("downtime", seconds=0)
    elif way == "reset":
        await script.post("reset")
    else:
        async with script.session.delete("/sandbox/api/faults"):
            pass
    assert await knock("/api/auth.test") == 200


@pytest.mark.parametrize("seconds", [-1, "soon", 1e9, "nan"])
async def test_a_length_that_makes_no_sense_is_refused_with_a_sentence(script, seconds):
    status, answer = await script.status("downtime", seconds=seconds)
    assert (status, "seconds" in answer["error"]) == (400, True)


async def test_connections_are_cut_without_a_farewell_and_none_is_opened(sandbox, client, script):
    client.token = sandbox.app.app_token
    url = (await client.apps_connections_open(app_token=client.token))["url"]
    spare = (await client.apps_connections_open(app_token=client.token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        await script.post("downtime", seconds=30)
        frame = await socket.receive(timeout=2)
        assert (frame.type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}, socket.close_code) == (True, 1006)
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.ws_connect(spare)
    assert (await script.get("state"))["connections"] == 0


async def test_an_app_comes_back_by_itself_and_hears_what_slack_still_had_to_tell(sandbox, bolt, connected, script):
    """Events are tried again on Slack's schedule: a short downtime only makes them late."""
    heard = []
    sandbox.stage.dispatch.retry_after = (0.5,) * 20

    @bolt.event("message")
    async def message(event, request):
        heard.append((event["text"], request.headers["x-slack-retry-reason"]))

    async with connected():
        await script.post("downtime", seconds=0.5)
        await script.post("post", "U0MARA", channel="C0SALES", text="meanwhile")
        deadline = time.monotonic() + 10
        while not heard:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
    assert heard == [("meanwhile", ["connection_failed"])]


async def test_an_event_is_lost_when_downtime_outlasts_its_retries(bolt, connected, script):
    heard = []

    @bolt.event("message")
    async def message(event):
        heard.append(event["text"])

    async with connected():
        await script.post("downtime", seconds=30)
        await script.post("post", "U0MARA", channel="C0SALES", text="meanwhile")
        assert await script.post("quiet") == {"quiet": True}
        await script.post("downtime", seconds=0)
        deadline = time.monotonic() + 10
        while (await script.get("state"))["connections"] == 0:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
        await script.post("post", "U0MARA", channel="C0SALES", text="afterwards")
        await script.post("quiet")
    assert heard == ["afterwards"]


async def test_a_command_fails_at_once_and_in_slacks_words(bolt, connected, script):
    @bolt.command("/expedite")
    async def ask(ack):
        await ack()

    async with connected():
        await script.post("downtime", seconds=30)
        failed = await script.post("command", "U0MARA", channel="C0SALES", text="/expedite")
    assert failed == {"ok": False, "error": '/expedite failed with the error "dispatch_failed"'}


async def test_a_request_url_hears_nothing_either(sandbox, script):
    heard = []

    async def serve(request):
        heard.append(await request.text())
        return web.Response()

    app = web.Application()
    app.router.add_post("/", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.world.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await script.post("downtime", seconds=30)
    await script.post("post", "U0MARA", channel="C0SALES", text="meanwhile")
    assert await script.post("quiet") == {"quiet": True}
    await runner.cleanup()
    assert heard == []
