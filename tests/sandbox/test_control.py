"""The control interface: what people see, what they may do, the machine's own levers."""

from __future__ import annotations

from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.sandbox import Sandbox, SandboxClock, World


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "example.com", ""])
def test_the_sandbox_listens_on_this_machine_only(host):
    with pytest.raises(ValueError, match="only listens on this machine"):
        Sandbox(World.seeded(SandboxClock()), host=host)


async def test_the_state_tells_the_company(script):
    state = await script.get("state")
    assert state["team"]["name"] == "Northbridge Valves"
    assert [person["initials"] for person in state["people"]] == ["ML", "TB", "IM", "JK", "PN", "OL", "HV", "SO"]
    assert {c["name"]: c["is_private"] for c in state["channels"]} == {
        "sales": False,
        "ops-plant-3": False,
        "leadership": True,
        "general": False,
    }
    assert (state["bot"]["user_id"], state["zone"], state["connections"]) == ("U0DESKBOT", "Europe/Berlin", 0)


async def test_the_company_looks_lived_in(script):
    assert len((await script.get("messages", "U0MARA", channel="C0SALES"))["messages"]) >= 2


async def test_people_do_not_see_channels_they_are_not_in(script):
    async with script.session.get("/sandbox/api/messages?as=U0MARA&channel=C0LEADERS") as response:
        assert response.status == 403
        assert (await response.json())["error"] == "Mara Lindqvist is not a member of #leadership."


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("post", {"as": "U0NOBODY", "channel": "C0SALES", "text": "x"}, 404),
        ("post", {"as": "U0MARA", "channel": "C0SALES"}, 400),
        ("post", {"as": "U0MARA", "channel": "C0PLANT3", "text": "x"}, 403),
        ("react", {"as": "U0MARA", "channel": "C0SALES", "ts": "1.0", "name": "eyes"}, 404),
        ("submit", {"as": "U0MARA"}, 404),
        ("clock", {"to": "1999-01-01T00:00:00+00:00"}, 400),
        ("clock", {}, 400),
        ("socket", {}, 400),
    ],
)
async def test_what_cannot_be_done_is_answered_with_a_sentence(script, name, body, status):
    found, answer = await script.status(name, **body)
    assert found == status
    assert answer["error"].endswith(".")


async def test_replies_are_read_in_their_thread(script):
    parent = (await script.post("post", "U0MARA", channel="C0SALES", text="parent"))["ts"]
    await script.post("post", "U0TOBIAS", channel="C0SALES", text="reply", thread=parent)
    feed = await script.last("U0MARA", "C0SALES")
    assert (feed["text"], feed["reply_count"]) == ("parent", 1)
    assert (await script.last("U0MARA", "C0SALES", thread=parent))["text"] == "reply"


async def test_unread_messages_are_counted_until_they_are_read(script):
    async def unread():
        found = (await script.get("conversations", "U0TOBIAS"))["conversations"]
        return next(c["unread"] for c in found if c["id"] == "C0SALES")

    assert await unread() == 0
    await script.post("post", "U0MARA", channel="C0SALES", text="news")
    assert await unread() == 1
    await script.post("read", "U0TOBIAS", channel="C0SALES")
    assert await unread() == 0


async def test_the_apps_direct_message_is_always_listed(script):
    found = (await script.get("conversations", "U0MARA"))["conversations"]
    assert ("im", "Expedite Desk", "U0DESKBOT") in [(c["kind"], c["name"], c.get("user")) for c in found]


async def test_people_change_only_their_own_messages(script):
    posted = await script.post("post", "U0MARA", channel="C0SALES", text="mine")
    status, _ = await script.status("edit", **{"as": "U0TOBIAS"}, channel="C0SALES", ts=posted["ts"], text="yours")
    assert status == 403
    await script.post("delete", "U0MARA", channel="C0SALES", ts=posted["ts"])
    assert (await script.last("U0MARA", "C0SALES"))["text"] != "mine"


async def test_a_moved_clock_wakes_the_app_and_tells_what_was_said(sandbox, script, client):
    async def remind():
        await client.chat_postMessage(channel="C0SALES", text="Good morning")

    sandbox.on_clock_moved.append(remind)
    before = sandbox.world.clock.now()
    answer = await script.post("clock", next="working_morning")
    now = datetime.fromisoformat(answer["now"])
    assert now > before
    assert now.astimezone(sandbox.world.tz).hour == 8
    assert [message["text"] for message in answer["messages_since"]] == ["Good morning"]
    later = await script.post("clock", advance_seconds=3600)
    assert datetime.fromisoformat(later["now"]) - now >= timedelta(hours=1)


async def test_quiet_waits_until_the_app_says_twice_that_it_is_idle(sandbox, script):
    answers = [True, False, True, True]

    async def idle():
        return answers.pop(0)

    sandbox.idle_probes.append(idle)
    assert await script.post("quiet") == {"quiet": True}
    assert answers == []
    answers.extend([False] * 500)
    assert await script.post("quiet", timeout=0.1) == {"quiet": False}


async def test_the_wire_log_shows_calls_without_secrets(sandbox, script, client):
    await client.chat_postMessage(channel="C0SALES", text=f"oops {sandbox.app.bot_token}")
    await client.api_call("auth.test", params={"token": sandbox.app.bot_token})
    entries = (await script.get("wire", after=0))["entries"]
    assert [entry["what"] for entry in entries if entry["direction"] == "in"] == ["chat.postMessage", "auth.test"]
    assert sandbox.app.bot_token not in str(entries)
    assert (await script.get("wire", after=entries[-1]["n"]))["entries"] == []


async def test_reset_goes_back_to_the_seed_and_keeps_the_clock(sandbox, script):
    await script.post("post", "U0MARA", channel="C0SALES", text="gone soon")
    await script.post("archive", channel="C0GENERAL")
    now = sandbox.world.clock.now()
    await script.post("reset")
    assert (await script.last("U0MARA", "C0SALES"))["text"] != "gone soon"
    assert not any(channel["is_archived"] for channel in (await script.get("channels"))["channels"])
    assert sandbox.world.clock.now() >= now


async def test_installing_a_manifest_brings_its_commands_shortcuts_and_scopes(sandbox, script):
    manifest = {
        "features": {
            "slash_commands": [{"command": "/hurry", "description": "Hurry"}],
            "shortcuts": [{"name": "Turn", "type": "message", "callback_id": "turn", "description": "Turn"}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write"], "bot_optional": ["files:read"]}},
    }
    sandbox.world.install(manifest)
    state = await script.get("state")
    assert ([c["command"] for c in state["commands"]], state["shortcuts"][0]["callback_id"]) == (["/hurry"], "turn")
    assert sandbox.world.scopes == {"chat:write", "files:read"}
    refused = await script.post("command", "U0MARA", channel="C0SALES", text="/expedite")
    assert refused["error"].startswith("/expedite is not a valid command.")
    assert (await script.status("shortcut", **{"as": "U0MARA"}, callback_id="other"))[0] == 404


async def test_pages_hear_at_once_what_changed(script):
    async with script.session.ws_connect("/sandbox/api/live") as page:
        await script.post("post", "U0MARA", channel="C0SALES", text="news")
        assert "messages:C0SALES" in (await page.receive_json(timeout=2))["changed"]


async def test_another_sites_page_is_turned_away(script):
    """A page of the web that a developer happens to read must not play in their sandbox."""
    for method, path in (("POST", "/sandbox/api/reset"), ("GET", "/sandbox/api/live")):
        async with script.session.request(method, path, headers={"Origin": "https://example.com"}) as response:
            assert response.status == 403


async def test_a_foreign_name_for_this_machine_is_turned_away(script):
    """A name of the web may be made to point here; the browser would then take its page for ours."""
    async with script.session.get("/sandbox/api/state", headers={"Host": "sandbox.example.com"}) as response:
        assert response.status == 403


async def test_a_person_can_talk_to_a_person(script):
    await script.post("post", "U0MARA", channel="U0JONAS", text="hi")
    assert (await script.last("U0JONAS", "U0MARA"))["text"] == "hi"


async def test_a_sandbox_without_an_app_is_quiet(script):
    assert await script.post("quiet") == {"quiet": True}


async def test_the_server_stops_while_somebody_listens():
    sandbox = Sandbox(World.seeded(SandboxClock()))
    await sandbox.start()
    async with aiohttp.ClientSession(sandbox.url) as session, session.ws_connect("/sandbox/api/live"):
        await sandbox.stop()
    assert sandbox.stage.dispatch.is_quiet
