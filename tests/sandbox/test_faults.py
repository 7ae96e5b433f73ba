"""Faults on demand: each goes wrong in its own way, as often as asked, with or without the deed being done."""

from __future__ import annotations

import aiohttp
import pytest

from bot.sandbox import Fault

TEXT = {"channel": "C0SALES", "text": "from the app"}


@pytest.fixture
async def call(sandbox):
    headers = {"Authorization": f"Bearer {sandbox.app.bot_token}"}
    async with aiohttp.ClientSession(sandbox.api_url, headers=headers) as session:

        async def post(method="chat.postMessage"):
            async with session.post(method, json=TEXT) as response:
                return response.status, dict(response.headers), await response.text()

        yield post


@pytest.fixture
def said(sandbox):
    return lambda: [m for m in sandbox.world.messages.of("C0SALES") if m.text == TEXT["text"]]


async def test_429_says_when_to_come_back_and_does_nothing(script, call, said):
    await script.post("faults", method="chat.*", kind="429", retry_after=7)
    status, headers, _ = await call()
    assert (status, headers["Retry-After"], said()) == (429, "7", [])
    assert (await call())[0] == 200


@pytest.mark.parametrize(("kind", "done"), [("500", 0), ("502", 0), ("accept_then_500", 1)])
async def test_a_failing_server_may_or_may_not_have_done_it(script, call, said, kind, done):
    await script.post("faults", method="chat.postMessage", kind=kind)
    assert (await call())[0] == int(kind.removeprefix("accept_then_"))
    assert len(said()) == done


@pytest.mark.parametrize(("kind", "done"), [("reset", 0), ("accept_then_reset", 1), ("timeout_after_accept", 1)])
async def test_a_cut_line_says_nothing(script, call, said, kind, done):
    await script.post("faults", method="chat.postMessage", kind=kind, seconds=0.05)
    with pytest.raises(aiohttp.ClientError):
        await call()
    assert len(said()) == done


async def test_a_slow_answer_is_an_answer(script, call, said):
    await script.post("faults", method="chat.postMessage", kind="slow", seconds=0.05)
    assert (await call())[0] == 200
    assert len(said()) == 1


async def test_garbage_is_no_json(script, call):
    await script.post("faults", method="*", kind="garbage")
    assert (await call())[2].startswith("<html>")


async def test_any_other_kind_is_one_of_slacks_errors(script, call, said):
    await script.post("faults", method="*", kind="fatal_error")
    assert '"error": "fatal_error"' in (await call())[2]
    await script.post("faults", method="*", kind="accept_then_internal_error")
    assert '"error": "internal_error"' in (await call())[2]
    assert len(said()) == 1
    await script.post("faults", method="*", kind="missing_scope")
    assert '"needed": "chat:write"' in (await call())[2]


async def test_faults_can_be_taken_back(script, call):
    await script.post("faults", method="*", kind="500", count=99)
    assert len((await script.get("faults"))["faults"]) == 1
    async with script.session.delete("/sandbox/api/faults") as response:
        assert response.status == 200
    assert (await call())[0] == 200


async def test_events_can_come_twice_out_of_order_or_not_at_all(sandbox, bolt, connected, script):
    heard = []

    @bolt.event("message")
    async def message(event, body):
        heard.append((event["text"], body["event_id"]))

    async with connected():
        sandbox.world.faults.append(Fault("event:message", "duplicate"))
        await script.post("post", "U0MARA", channel="C0SALES", text="twice")
        await script.post("quiet")
        sandbox.world.faults.append(Fault("event:*", "reorder"))
        for text in ("second", "first"):
            await script.post("post", "U0MARA", channel="C0SALES", text=text)
            await script.post("quiet", timeout=0.2)
        sandbox.world.faults.append(Fault("event:*", "drop"))
        await script.post("post", "U0MARA", channel="C0SALES", text="never")
        await script.post("quiet")
    assert [text for text, _ in heard] == ["twice", "twice", "first", "second"]
    assert heard[0][1] == heard[1][1]
