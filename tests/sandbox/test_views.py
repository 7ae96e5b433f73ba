"""Triggers, the stack of three, hashes, and what answers to a submission do."""

from __future__ import annotations

import asyncio

import pytest
from slack_sdk.errors import SlackApiError


def words(text):
    return {"type": "plain_text", "text": text}


def form(name="one", **more):
    element = {"type": "plain_text_input", "action_id": "value"}
    block = {"type": "input", "block_id": "what", "label": words("What"), "element": element, "optional": True}
    view = {"type": "modal", "callback_id": name, "title": words(name), "submit": words("Send"), "blocks": [block]}
    return view | more


async def error(call):
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response["error"]


@pytest.fixture
def trigger(sandbox):
    """A fresh trigger of Mara, from outside or from inside an open view."""
    return lambda view_id=None: sandbox.stage.triggers.issue("U0MARA", view_id)


async def test_a_trigger_opens_one_view_and_no_second(client, trigger):
    used = trigger()
    await client.views_open(trigger_id=used, view=form())
    assert await error(client.views_open(trigger_id=used, view=form())) == "exchanged_trigger_id"
    assert await error(client.views_open(trigger_id="1.2.3", view=form())) == "invalid_trigger_id"


async def test_a_trigger_expires(sandbox, client, trigger):
    sandbox.stage.triggers.life = 0.02
    late = trigger()
    await asyncio.sleep(0.03)
    assert await error(client.views_open(trigger_id=late, view=form())) == "expired_trigger_id"


async def test_a_refused_view_leaves_its_trigger_unused(client, trigger):
    """The app can open something simpler instead, within the three seconds."""
    kept = trigger()
    assert await error(client.views_open(trigger_id=kept, view=form(title=words("x" * 25)))) == "invalid_arguments"
    assert (await client.views_open(trigger_id=kept, view=form()))["ok"]


async def test_three_views_fit_on_the_stack(client, trigger, script):
    first = await client.views_open(trigger_id=trigger(), view=form("one"))
    second = await client.views_push(trigger_id=trigger(first["view"]["id"]), view=form("two"))
    third = await client.views_push(trigger_id=trigger(second["view"]["id"]), view=form("three"))
    assert third["view"]["root_view_id"] == first["view"]["id"]
    assert third["view"]["previous_view_id"] == second["view"]["id"]
    assert await error(client.views_push(trigger_id=trigger(), view=form("four"))) == "push_limit_reached"
    assert [v["callback_id"] for v in (await script.get("views", "U0MARA"))["stack"]] == ["one", "two", "three"]


async def test_a_trigger_from_outside_replaces_the_stack(client, trigger, script):
    await client.views_open(trigger_id=trigger(), view=form("old"))
    await client.views_open(trigger_id=trigger(), view=form("new"))
    assert [v["callback_id"] for v in (await script.get("views", "U0MARA"))["stack"]] == ["new"]


async def test_an_update_keeps_what_was_typed_and_a_stale_hash_is_refused(client, trigger, script):
    view = (await client.views_open(trigger_id=trigger(), view=form()))["view"]
    await script.post("type", "U0MARA", values={"what": "forty"})
    await client.views_update(view_id=view["id"], hash=view["hash"], view=form("again"))
    assert await error(client.views_update(view_id=view["id"], hash=view["hash"], view=form())) == "hash_conflict"
    (shown,) = (await script.get("views", "U0MARA"))["stack"]
    assert (shown["callback_id"], shown["state"]) == ("again", {"what": {"value": "forty"}})
    assert await error(client.views_update(view_id="V0NONE", view=form())) == "not_found"


async def test_a_new_initial_value_needs_a_new_block_id(client, trigger, script):
    """Slack keeps a field as it is while its ids stay, even if nobody touched it."""

    def prefilled(value, block_id="what"):
        view = form()
        view["blocks"][0]["block_id"] = block_id
        view["blocks"][0]["element"]["initial_value"] = value
        return view

    view = (await client.views_open(trigger_id=trigger(), view=prefilled("one")))["view"]
    await client.views_update(view_id=view["id"], view=prefilled("two"))
    assert (await script.get("views", "U0MARA"))["stack"][0]["state"] == {"what": {"value": "one"}}
    await client.views_update(view_id=view["id"], view=prefilled("two", "what-2"))
    assert (await script.get("views", "U0MARA"))["stack"][0]["state"] == {"what-2": {"value": "two"}}


async def test_a_too_large_view_is_refused(client, trigger):
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
    heavy = form(blocks=[section] * 99)
    assert await error(client.views_open(trigger_id=trigger(), view=heavy)) == "view_too_large"


async def test_the_answer_to_a_submission_complains_updates_pushes_and_clears(bolt, connected, client, trigger, script):
    answers = [
        {"response_action": "errors", "errors": {"what": "Too few."}},
        {"response_action": "update", "view": form("updated")},
        {"response_action": "push", "view": form("pushed")},
        {},
        {"response_action": "clear"},
    ]
    told = iter(answers)

    for name in ("one", "updated", "pushed"):

        @bolt.view(name)
        async def send(ack):
            await ack(**next(told))

    async with connected():
        await client.views_open(trigger_id=trigger(), view=form())
        assert (await script.post("submit", "U0MARA"))["errors"] == {"what": "Too few."}
        assert (await script.post("submit", "U0MARA"))["view"]["callback_id"] == "updated"
        assert (await script.post("submit", "U0MARA"))["view"]["callback_id"] == "pushed"
        assert (await script.post("submit", "U0MARA"))["view"]["callback_id"] == "updated"
        assert (await script.post("submit", "U0MARA"))["cleared"] is True


async def test_an_answer_with_a_refused_view_is_trouble_for_the_person_and_an_error_for_us(
    bolt, connected, client, trigger, script
):
    @bolt.view("one")
    async def send(ack):
        await ack(response_action="update", view=form(title=words("x" * 30)))

    async with connected():
        await client.views_open(trigger_id=trigger(), view=form())
        failed = await script.post("submit", "U0MARA")
    assert failed["error"] == "We had some trouble connecting. Try again?"
    assert (await script.get("views", "U0MARA"))["notice"] == failed["error"]
    assert (await script.get("errors"))["errors"][0]["problems"][0]["pointer"] == "/title/text"


async def test_closing_is_told_to_those_who_asked_for_it(bolt, connected, client, trigger, script):
    closed = []

    @bolt.view_closed("one")
    async def gone(ack, body):
        closed.append(body["is_cleared"])
        await ack()

    async with connected():
        await client.views_open(trigger_id=trigger(), view=form(notify_on_close=True))
        await script.post("close", "U0MARA")
        await client.views_open(trigger_id=trigger(), view=form(notify_on_close=True, clear_on_close=True))
        await script.post("close", "U0MARA")
        await script.post("quiet")
    assert closed == [False, True]


async def test_fields_that_ask_for_it_tell_the_app_at_once(bolt, connected, client, trigger, script):
    seen = []

    @bolt.action("value")
    async def typed(ack, action, body):
        seen.append((action["value"], body["view"]["state"]["values"]["what"]["value"]["value"]))
        await ack()

    view = form()
    view["blocks"][0]["dispatch_action"] = True
    async with connected():
        await client.views_open(trigger_id=trigger(), view=view)
        for _ in range(2):
            await script.post("type", "U0MARA", values={"what": {"value": "40"}})
    assert seen == [("40", "40")]


async def test_type_ahead_brings_options_that_can_then_be_chosen(bolt, connected, client, trigger, script):
    chosen = []

    @bolt.options("order")
    async def find(ack, payload):
        await ack(options=[{"text": words(f"Order {payload['value']}"), "value": "o1"}])

    @bolt.view("one")
    async def send(ack, view):
        chosen.append(view["state"]["values"]["order"]["order"]["selected_option"])
        await ack()

    select = {"type": "external_select", "action_id": "order", "min_query_length": 2}
    block = {"type": "input", "block_id": "order", "label": words("Order"), "element": select}
    async with connected():
        view = (await client.views_open(trigger_id=trigger(), view=form(blocks=[block])))["view"]
        asked = {"view": view["id"], "action_id": "order"}
        assert (await script.post("options", "U0MARA", query="4", **asked))["options"] == []
        (offered,) = (await script.post("options", "U0MARA", query="45", **asked))["options"]
        await script.post("submit", "U0MARA", values={"order": "o1"})
    assert chosen == [offered] == [{"text": words("Order 45"), "value": "o1"}]


async def test_shortcuts_carry_the_message_they_were_used_on(bolt, connected, script):
    used = []

    @bolt.shortcut("turn_into_expedite")
    async def turn(ack, shortcut):
        used.append(shortcut)
        await ack()

    posted = await script.post("post", "U0MARA", channel="C0SALES", text="can we get it sooner?")
    async with connected():
        await script.post("shortcut", "U0TOBIAS", callback_id="turn_into_expedite", channel="C0SALES", ts=posted["ts"])
        await script.post("shortcut", "U0TOBIAS", callback_id="turn_into_expedite")
    assert [shortcut["type"] for shortcut in used] == ["message_action", "shortcut"]
    assert used[0]["message"]["text"] == "can we get it sooner?"
