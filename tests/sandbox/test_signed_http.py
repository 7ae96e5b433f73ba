"""Deliveries by signed HTTP, as a request URL gets them."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier


class Receiver:
    """An app's request URL: notes what came and answers what it is told to."""

    def __init__(self, secret):
        self.verifier = SignatureVerifier(secret)
        self.requests = []
        self.answers = []

    async def serve(self, request):
        body = await request.text()
        assert self.verifier.is_valid_request(body, dict(request.headers))
        self.requests.append((request.headers, body))
        answer = self.answers.pop(0) if self.answers else web.Response()
        return await answer() if callable(answer) else answer


@pytest.fixture
async def receiver(sandbox):
    receiver = Receiver(sandbox.app.signing_secret)
    app = web.Application()
    app.router.add_post("/slack/events", receiver.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.world.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield receiver
    await runner.cleanup()


async def test_an_event_comes_signed_as_json(receiver, script):
    await script.post("post", "U0MARA", channel="C0SALES", text="hello")
    await script.post("quiet")
    ((headers, body),) = receiver.requests
    payload = json.loads(body)
    assert (payload["type"], payload["event"]["text"], payload["team_id"]) == ("event_callback", "hello", "T0NORTHBR")
    assert payload["authorizations"][0]["user_id"] == "U0DESKBOT"
    assert "X-Slack-Retry-Num" not in headers


async def test_a_failed_event_comes_again_with_retry_headers_and_the_same_id(receiver, script):
    receiver.answers = [web.Response(status=500)]
    await script.post("post", "U0MARA", channel="C0SALES", text="hello")
    await script.post("quiet")
    first, second = receiver.requests
    assert (second[0]["X-Slack-Retry-Num"], second[0]["X-Slack-Retry-Reason"]) == ("1", "http_error")
    assert json.loads(first[1])["event_id"] == json.loads(second[1])["event_id"]


async def test_an_app_that_says_so_gets_no_retry(receiver, script):
    receiver.answers = [web.Response(status=500, headers={"x-slack-no-retry": "1"})]
    await script.post("post", "U0MARA", channel="C0SALES", text="hello")
    assert await script.post("quiet") == {"quiet": True}
    assert len(receiver.requests) == 1


async def test_a_command_is_a_form_and_its_answer_is_seen(receiver, script):
    receiver.answers = [web.json_response({"response_type": "in_channel", "text": "On it."})]
    await script.post("command", "U0MARA", channel="C0SALES", text="/expedite 40 pcs")
    form = parse_qs(receiver.requests[0][1])
    assert (form["command"], form["text"], form["is_enterprise_install"]) == (["/expedite"], ["40 pcs"], ["false"])
    assert (await script.last("U0TOBIAS", "C0SALES"))["text"] == "On it."


async def test_a_click_is_json_inside_a_form_and_is_not_retried(receiver, script, client, sandbox):
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    sandbox.world.subscribed = frozenset()
    sent = await client.chat_postMessage(
        channel="C0SALES", text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    receiver.answers = [web.Response(status=500)]
    failed = await script.post("click", "U0MARA", channel="C0SALES", ts=sent["ts"], action_id="go")
    assert failed["ok"] is False
    ((_, body),) = receiver.requests
    assert json.loads(parse_qs(body)["payload"][0])["type"] == "block_actions"


@pytest.mark.parametrize(("late", "words"), [(True, "operation_timeout"), (False, "http_service_error")])
async def test_the_person_hears_of_a_late_and_of_a_failing_app_in_slacks_words(receiver, script, sandbox, late, words):
    async def too_late():
        await asyncio.sleep(0.2)
        return web.Response()

    sandbox.stage.http.time_limit = 0.1
    receiver.answers = [too_late if late else web.Response(status=500)]
    failed = await script.post("command", "U0MARA", channel="C0SALES", text="/expedite")
    assert failed["error"] == f'/expedite failed with the error "{words}"'


async def test_only_subscribed_events_are_sent(receiver, script, sandbox):
    sandbox.world.install({"settings": {"event_subscriptions": {"bot_events": ["reaction_added"]}}})
    posted = await script.post("post", "U0MARA", channel="C0SALES", text="hello")
    await script.post("react", "U0MARA", channel="C0SALES", ts=posted["ts"], name="eyes")
    await script.post("quiet")
    assert [json.loads(body)["event"]["type"] for _, body in receiver.requests] == ["reaction_added"]
