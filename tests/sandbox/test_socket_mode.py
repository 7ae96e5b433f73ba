"""A Bolt app on a real Socket Mode connection: what people do arrives, what the app answers is seen."""

from __future__ import annotations

import asyncio
import time

import aiohttp

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "New request"}}
GO = {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go"}}


def words(text):
    return {"type": "plain_text", "text": text}


def form(**more):
    what = {"type": "plain_text_input", "action_id": "value", "initial_value": "DN50"}
    when = {"type": "datepicker", "action_id": "value"}
    blocks = [
        {"type": "input", "block_id": "what", "label": words("What"), "element": what},
        {"type": "input", "block_id": "when", "label": words("When"), "element": when},
    ]
    view = {"type": "modal", "callback_id": "ask", "title": words("Ask"), "submit": words("Send"), "blocks": blocks}
    return view | more


async def test_a_command_opens_a_form_and_its_submission_becomes_a_post(bolt, connected, script):
    submitted = []

    @bolt.command("/expedite")
    async def ask(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=form(private_metadata=body["text"]))
        await ack()

    @bolt.view("ask")
    async def send(ack, body, client):
        submitted.append(body)
        await client.chat_postMessage(channel="C0PLANT3", text="New", blocks=[SECTION])
        await ack()

    async with connected():
        opened = await script.post("command", "U0MARA", channel="C0SALES", text="/expedite 40 pcs, see @Jonas & #sales")
        assert opened["view"]["private_metadata"] == "40 pcs, see <@U0JONAS|jonas> &amp; <#C0SALES|sales>"
        refused = await script.post("submit", "U0MARA")
        assert refused["errors"] == {"when": "Please complete this required field."}
        assert submitted == []
        done = await script.post("submit", "U0MARA", values={"when": "2026-03-13"})
    assert (done["ok"], done["cleared"]) == (True, True)
    values = submitted[0]["view"]["state"]["values"]
    assert values["what"]["value"] == {"type": "plain_text_input", "value": "DN50"}
    assert values["when"]["value"] == {"type": "datepicker", "selected_date": "2026-03-13"}
    assert (await script.last("U0JONAS", "C0PLANT3"))["blocks"][0]["text"]["text"] == "New request"


async def test_a_button_tells_where_it_stood_and_its_answer_address_works_five_times(bolt, connected, script, client):
    bodies = []

    @bolt.action("go")
    async def go(ack, body, respond):
        bodies.append(body)
        await ack()
        for number in range(5):
            answer = await respond(text=f"only you {number}", replace_original=False)
            assert answer.status_code == 200
        assert (await respond(text="once too often")).body == "used_url"

    blocks = [SECTION, {"type": "actions", "block_id": "buttons", "elements": [GO]}]
    sent = await client.chat_postMessage(channel="C0PLANT3", text="card", blocks=blocks)
    async with connected():
        clicked = await script.post("click", "U0JONAS", channel="C0PLANT3", ts=sent["ts"], action_id="go")
        assert clicked == {"ok": True}
        await script.post("quiet")
    (body,) = bodies
    assert body["container"]["message_ts"] == body["message"]["ts"] == sent["ts"]
    assert (body["actions"][0]["value"], body["actions"][0]["block_id"]) == ("7", "buttons")
    assert (body["channel"], body["user"]["id"]) == ({"id": "C0PLANT3", "name": "ops-plant-3"}, "U0JONAS")
    last = await script.last("U0JONAS", "C0PLANT3")
    assert (last["text"], last["ephemeral"]) == ("only you 4", True)
    assert (await script.last("U0PRIYA", "C0PLANT3"))["text"] == "card"


async def test_people_are_heard_where_the_bot_is_a_member_and_nowhere_else(bolt, connected, script):
    heard = []

    @bolt.event("message")
    async def message(event):
        heard.append(event)

    async with connected():
        await script.post("post", "U0MARA", channel="C0GENERAL", text="not for the bot")
        first = await script.post("post", "U0MARA", channel="C0SALES", text="Hello @Tobias Brandt, <b>")
        await script.post("post", "U0TOBIAS", channel="C0SALES", text="here", thread=first["ts"])
        await script.post("edit", "U0MARA", channel="C0SALES", ts=first["ts"], text="Hello again")
        await script.post("quiet")
    assert [event.get("subtype", "said") for event in heard] == ["said", "said", "message_changed"]
    assert heard[0]["text"] == "Hello <@U0TOBIAS>, &lt;b&gt;"
    assert (heard[0]["channel_type"], heard[0]["user"]) == ("channel", "U0MARA")
    assert (heard[1]["thread_ts"], heard[1]["parent_user_id"]) == (first["ts"], "U0MARA")
    assert heard[2]["message"]["text"] == "Hello again"


async def test_the_apps_own_messages_come_back_with_its_bot_id(sandbox, client):
    """Slack sends them too; an app that answers its own words would never stop."""
    seen = []
    sandbox.world.on_event.append(seen.append)
    await client.chat_postMessage(channel="C0SALES", text="x")
    assert (seen[0]["bot_id"], seen[0]["app_id"]) == ("B0DESKBOT", "A0EXPEDITE")


async def test_reactions_members_and_homes_are_told(bolt, connected, script, client):
    heard = []

    for kind in ("reaction_added", "reaction_removed", "member_joined_channel", "member_left_channel"):

        @bolt.event(kind)
        async def note(event):
            heard.append(event)

    @bolt.event("app_home_opened")
    async def home(event, client):
        heard.append(event)
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [SECTION]})

    sent = await client.chat_postMessage(channel="C0SALES", text="card")
    item = {"channel": "C0SALES", "ts": sent["ts"], "name": "eyes"}
    async with connected():
        await script.post("react", "U0MARA", **item)
        await script.post("unreact", "U0MARA", **item)
        await script.post("invite", channel="C0SALES", user="U0PRIYA")
        await script.post("kick", channel="C0SALES", user="U0PRIYA")
        await script.post("home", "U0MARA")
        assert await script.post("quiet") == {"quiet": True}
    kinds = ["reaction_added", "reaction_removed", "member_joined_channel", "member_left_channel", "app_home_opened"]
    assert sorted(event["type"] for event in heard) == sorted(kinds)
    added = next(event for event in heard if event["type"] == "reaction_added")
    assert (added["reaction"], added["item"]["ts"], added["item_user"]) == ("eyes", sent["ts"], "U0DESKBOT")
    assert (await script.get("views", "U0MARA"))["home"]["blocks"][0]["text"]["text"] == "New request"


async def test_an_event_is_sent_again_until_it_is_acknowledged(sandbox, bolt, connected, script):
    """Events come at least once; the retry tells its number and why."""
    attempts = []
    sandbox.stage.sockets.time_limit = 0.2

    @bolt.event("message")
    async def message(event, request):
        attempts.append(request.headers.get("x-slack-retry-num"))
        if len(attempts) == 1:
            raise RuntimeError

    async with connected():
        await script.post("post", "U0MARA", channel="C0SALES", text="twice")
        assert await script.post("quiet") == {"quiet": True}
    assert len(attempts) == 2
    assert attempts[1] == ["1"]


async def test_nobody_is_connected_and_the_person_is_told(script, client):
    failed = await script.post("command", "U0MARA", channel="C0SALES", text="/expedite")
    assert failed == {"ok": False, "error": '/expedite failed with the error "dispatch_failed"'}
    sent = await client.chat_postMessage(channel="C0SALES", text="x", blocks=[{"type": "actions", "elements": [GO]}])
    failed = await script.post("click", "U0MARA", channel="C0SALES", ts=sent["ts"], action_id="go")
    assert failed["error"] == "We had some trouble connecting. Try again?"


async def test_an_answer_that_comes_too_late_is_a_timeout(sandbox, bolt, connected, script):
    sandbox.stage.sockets.time_limit = 0.1

    @bolt.command("/expedite")
    async def slow(ack):
        await asyncio.sleep(0.3)
        await ack()

    async with connected():
        failed = await script.post("command", "U0MARA", channel="C0SALES", text="/expedite")
    assert failed["error"] == '/expedite failed with the error "operation_timeout"'


async def test_words_in_the_acknowledgement_are_seen_by_the_person_alone(bolt, connected, script):
    @bolt.command("/expedite")
    async def help_(ack):
        await ack(text="Try /expedite 40 pcs")

    async with connected():
        await script.post("command", "U0MARA", channel="C0GENERAL", text="/expedite help")
    assert (await script.last("U0MARA", "C0GENERAL"))["text"] == "Try /expedite 40 pcs"
    assert (await script.last("U0TOBIAS", "C0GENERAL"))["ephemeral"] is False


async def test_a_renewed_connection_comes_back(sandbox, bolt, connected, script):
    """Slack renews connections now and then; the client must notice and connect again."""

    @bolt.command("/expedite")
    async def ask(ack):
        await ack()

    async with connected():
        await script.post("socket", disconnect=True)
        deadline = time.monotonic() + 10
        while not (await script.post("command", "U0MARA", channel="C0SALES", text="/expedite"))["ok"]:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
        assert len(sandbox.stage.sockets.connections) == 1


async def test_a_silent_connection_looks_alive_and_carries_nothing(sandbox, bolt, connected, script):
    sandbox.stage.sockets.time_limit = 0.1

    @bolt.command("/expedite")
    async def ask(ack):
        await ack()

    async with connected():
        await script.post("socket", silence=0.3)
        assert (await script.post("command", "U0MARA", channel="C0SALES", text="/expedite"))["ok"] is False
        assert (await script.get("state"))["connections"] == 1
        await asyncio.sleep(0.3)
        assert (await script.post("command", "U0MARA", channel="C0SALES", text="/expedite"))["ok"] is True


async def test_each_envelope_goes_to_one_connection_and_a_ticket_opens_one(sandbox, client, script):
    client.token = sandbox.app.app_token
    url = (await client.apps_connections_open(app_token=client.token))["url"]
    other = (await client.apps_connections_open(app_token=client.token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as one, session.ws_connect(other) as two:
        assert (await one.receive_json())["num_connections"] == 1
        hello = await two.receive_json()
        assert (hello["num_connections"], hello["connection_info"]) == (2, {"app_id": "A0EXPEDITE"})
        for text in ("first", "second"):
            await script.post("post", "U0MARA", channel="C0SALES", text=text)
        envelopes = [await one.receive_json(timeout=2), await two.receive_json(timeout=2)]
        for socket, envelope in zip((one, two), envelopes, strict=True):
            await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert await script.post("quiet") == {"quiet": True}
        assert {e["payload"]["event"]["text"] for e in envelopes} == {"first", "second"}
        async with session.get(url.replace("ws", "http", 1)) as again:
            assert again.status == 401
