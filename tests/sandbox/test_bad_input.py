"""What Slack refuses, and the name it gives to it: each line is one wrong call of the app."""

from __future__ import annotations

import asyncio

import pytest
from slack_sdk.errors import SlackApiError

POST = "chat.postMessage"
DIVIDER = {"type": "divider"}
HEAVY = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
UNKNOWN = {"type": "hologram", "block_id": "h"}
TWICE = [{"type": "divider", "block_id": "same"}] * 2


def words(text):
    return {"type": "plain_text", "text": text}


def button(action_id):
    return {"type": "button", "action_id": action_id, "text": words("Go")}


SAME_BUTTONS = {"type": "actions", "elements": [button("go"), button("go")]}


def modal(*blocks, **more):
    return {"type": "modal", "title": words("Ask"), "blocks": list(blocks or [DIVIDER]), **more}


def home(*blocks):
    return {"type": "home", "blocks": list(blocks)}


@pytest.fixture
def refusal(client):
    """The answer to a call that is refused."""

    async def ask(method, **arguments):
        with pytest.raises(SlackApiError) as caught:
            await client.api_call(method, json=arguments)
        return caught.value.response.data

    return ask


@pytest.fixture
def trigger(sandbox):
    """A fresh trigger of Mara, from outside or from inside an open view."""
    return lambda view_id=None: sandbox.stage.triggers.issue("U0MARA", view_id)


@pytest.mark.parametrize(
    ("token", "expected"),
    [("", "not_authed"), ("xoxb-other", "invalid_auth"), ("xapp-other", "invalid_auth"), ("{app}", None)],
)
@pytest.mark.parametrize("method", ["auth.test", POST, "views.publish"])
async def test_a_wrong_token_opens_nothing(sandbox, client, refusal, method, token, expected):
    client.token = token.format(app=sandbox.app.app_token) or None
    answer = await refusal(method, channel="C0SALES", text="x")
    assert answer["error"] == (expected or "not_allowed_token_type")


async def test_a_bot_token_opens_no_socket(refusal):
    assert (await refusal("apps.connections.open"))["error"] == "not_allowed_token_type"


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        (POST, {"text": "x"}),
        ("chat.update", {"text": "x", "ts": "1.000001"}),
        ("chat.delete", {"ts": "1.000001"}),
        ("chat.postEphemeral", {"text": "x", "user": "U0MARA"}),
        ("chat.getPermalink", {"message_ts": "1.000001"}),
        ("conversations.history", {}),
        ("conversations.replies", {"ts": "1.000001"}),
        ("conversations.info", {}),
        ("conversations.members", {}),
        ("conversations.join", {}),
        ("reactions.add", {"timestamp": "1.000001", "name": "eyes"}),
        ("reactions.get", {"timestamp": "1.000001"}),
    ],
)
async def test_an_unknown_channel_is_not_found(refusal, method, arguments):
    assert (await refusal(method, channel="C0NOWHERE", **arguments))["error"] == "channel_not_found"


MESSAGES = {
    "51 blocks": ([DIVIDER] * 51, "/blocks"),
    "an unknown block": ([DIVIDER, UNKNOWN], "/blocks/1"),
    "two blocks with one id": (TWICE, "/blocks/1/block_id"),
    "two buttons with one id": ([SAME_BUTTONS], "/blocks/0/elements/1/action_id"),
    "a section without words": ([{"type": "section"}], "/blocks/0"),
    "actions without a button": ([{"type": "actions", "elements": []}], "/blocks/0/elements"),
}


@pytest.mark.parametrize(("blocks", "place"), MESSAGES.values(), ids=MESSAGES)
@pytest.mark.parametrize("method", [POST, "chat.postEphemeral", "chat.update"])
async def test_wrong_blocks_of_a_message_are_invalid_blocks_at_their_place(client, refusal, method, blocks, place):
    sent = await client.chat_postMessage(channel="C0SALES", text="x")
    target = {"channel": "C0SALES", "user": "U0MARA", "ts": sent["ts"]}
    answer = await refusal(method, **target, text="x", blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    assert any(f"[json-pointer:{place}]" in message for message in answer["response_metadata"]["messages"])
    assert [f"[ERROR] {error}" for error in answer["errors"]] == answer["response_metadata"]["messages"]


async def test_fifty_blocks_are_not_too_many(client):
    assert (await client.chat_postMessage(channel="C0SALES", text="x", blocks=[DIVIDER] * 50))["ok"]


VIEWS = {
    "101 blocks": (modal(*[DIVIDER] * 101), "/view/blocks"),
    "an unknown block": (modal(DIVIDER, UNKNOWN), "/view/blocks/1"),
    "two blocks with one id": (modal(*TWICE), "/view/blocks/1/block_id"),
    "two buttons with one id": (modal(SAME_BUTTONS), "/view/blocks/0/elements/1/action_id"),
    "a title of 25 letters": (modal(title=words("x" * 25)), "/view/title/text"),
}


@pytest.mark.parametrize(("view", "place"), VIEWS.values(), ids=VIEWS)
async def test_a_wrong_view_is_invalid_arguments_at_its_place(refusal, trigger, view, place):
    answer = await refusal("views.open", trigger_id=trigger(), view=view)
    assert answer["error"] == "invalid_arguments"
    assert any(f"[json-pointer:{place}]" in message for message in answer["response_metadata"]["messages"])


async def test_a_wrong_home_is_refused_as_a_wrong_modal_is(refusal):
    for wrong in (home(*[DIVIDER] * 101), home(UNKNOWN), home(*TWICE), modal()):
        assert (await refusal("views.publish", user_id="U0MARA", view=wrong))["error"] == "invalid_arguments"


async def test_an_oversize_view_is_too_large_wherever_it_goes(client, refusal, trigger):
    heavy = modal(*[HEAVY] * 90)
    assert (await refusal("views.open", trigger_id=trigger(), view=heavy))["error"] == "view_too_large"
    opened = (await client.views_open(trigger_id=trigger(), view=modal()))["view"]
    assert (await refusal("views.update", view_id=opened["id"], view=heavy))["error"] == "view_too_large"
    pushed = await refusal("views.push", trigger_id=trigger(opened["id"]), view=heavy)
    assert pushed["error"] == "view_too_large"
    assert (await refusal("views.publish", user_id="U0MARA", view=home(*[HEAVY] * 90)))["error"] == "view_too_large"


@pytest.mark.parametrize("method", ["views.open", "views.push"])
async def test_a_stale_reused_or_invented_trigger_has_a_name_of_its_own(sandbox, client, refusal, trigger, method):
    opened = (await client.views_open(trigger_id=trigger(), view=modal()))["view"]
    used = trigger(opened["id"])
    assert (await client.api_call(method, json={"trigger_id": used, "view": modal()}))["ok"]
    assert (await refusal(method, trigger_id=used, view=modal()))["error"] == "exchanged_trigger_id"
    assert (await refusal(method, trigger_id="1.2.abc", view=modal()))["error"] == "invalid_trigger_id"
    assert (await refusal(method, view=modal()))["error"] == "invalid_arguments"
    sandbox.stage.triggers.life = 0.01
    stale = trigger(opened["id"])
    await asyncio.sleep(0.02)
    assert (await refusal(method, trigger_id=stale, view=modal()))["error"] == "expired_trigger_id"


@pytest.mark.parametrize("method", ["views.open", "views.push"])
async def test_a_fourth_modal_does_not_fit(client, refusal, trigger, method):
    top = (await client.views_open(trigger_id=trigger(), view=modal()))["view"]
    for _ in range(2):
        top = (await client.views_push(trigger_id=trigger(top["id"]), view=modal()))["view"]
    fourth = await refusal(method, trigger_id=trigger(top["id"]), view=modal())
    assert fourth["error"] == "push_limit_reached"


async def test_two_open_views_cannot_share_an_external_id(client, refusal, trigger):
    top = (await client.views_open(trigger_id=trigger(), view=modal(external_id="ask-7")))["view"]
    answer = await refusal("views.push", trigger_id=trigger(top["id"]), view=modal(external_id="ask-7"))
    assert answer["error"] == "duplicate_external_id"


@pytest.mark.parametrize(
    ("method", "arguments", "expected"),
    [
        (POST, {"text": "x"}, "invalid_arguments"),
        (POST, {"channel": "C0SALES"}, "no_text"),
        (POST, {"channel": "C0SALES", "text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        (POST, {"channel": "C0SALES", "text": "x", "metadata": "{"}, "invalid_metadata_format"),
        ("views.publish", {"user_id": "U0NOBODY", "view": home(DIVIDER)}, "user_not_found"),
        ("views.update", {"view_id": "V0NONE", "view": modal()}, "not_found"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.history", {"channel": "C0SALES", "limit": "many"}, "invalid_limit"),
        ("conversations.history", {"channel": "C0SALES", "cursor": "bm9wZQ"}, "invalid_cursor"),
        ("files.info", {"file": "F0NONE"}, "file_not_found"),
    ],
)
async def test_other_wrong_arguments_are_named_as_slack_names_them(refusal, method, arguments, expected):
    assert (await refusal(method, **arguments))["error"] == expected
