"""The Web API answers as Slack's does, errors included; spoken to through the real SDK."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.people import Channel


async def refusal(call):
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response.data


async def error(call):
    return (await refusal(call))["error"]


async def test_the_bot_token_says_who_the_app_is(sandbox, client):
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0NORTHBR", "U0DESKBOT", "B0DESKBOT")


async def test_a_call_without_a_token_with_a_wrong_one_or_with_the_wrong_kind_is_refused(sandbox, client):
    async with aiohttp.ClientSession() as session, session.post(f"{sandbox.api_url}auth.test") as response:
        assert (await response.json())["error"] == "not_authed"
    assert await error(client.api_call("auth.test", headers={"Authorization": "Bearer xoxb-other"})) == "invalid_auth"
    client.token = sandbox.app.app_token
    assert await error(client.auth_test()) == "not_allowed_token_type"


async def test_a_missing_scope_names_what_is_needed(sandbox, client):
    sandbox.world.scopes = frozenset({"commands"})
    body = await refusal(client.chat_postMessage(channel="C0SALES", text="x"))
    assert (body["error"], body["needed"], body["provided"]) == ("missing_scope", "chat:write", "commands")


async def test_an_unknown_method_is_said_to_be_unknown(client):
    assert await error(client.api_call("chat.shout")) == "unknown_method"


async def test_a_post_appears_with_a_rising_time_stamp_on_the_sandbox_clock(sandbox, client, script):
    stamps = [(await client.chat_postMessage(channel="C0SALES", text=f"post {n}"))["ts"] for n in range(5)]
    assert stamps == sorted(set(stamps))
    assert abs(float(stamps[0]) - sandbox.world.clock.now().timestamp()) < 5
    assert (await script.last("U0MARA", "C0SALES"))["text"] == "post 4"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"channel": "C0GENERAL", "text": "x"}, "not_in_channel"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0SALES"}, "no_text"),
        ({"channel": "C0SALES", "text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
        ({"channel": "C0SALES", "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_schema"),
    ],
)
async def test_a_post_that_slack_would_refuse_is_refused_in_its_words(client, arguments, expected):
    assert await error(client.api_call("chat.postMessage", json=arguments)) == expected


async def test_a_private_channel_without_the_bot_does_not_exist_for_it(sandbox, client):
    sandbox.world.channels["C0SECRET"] = Channel("C0SECRET", "secret", ["U0HELENA"], is_private=True)
    assert await error(client.chat_postMessage(channel="C0SECRET", text="x")) == "channel_not_found"


async def test_nothing_is_posted_in_an_archived_channel(script, client):
    await script.post("archive", channel="C0SALES")
    assert await error(client.chat_postMessage(channel="C0SALES", text="x")) == "is_archived"


async def test_refused_blocks_are_explained_by_pointer_and_noted_for_the_page(client, script):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    body = await refusal(client.chat_postMessage(channel="C0SALES", text="x", blocks=blocks))
    assert body["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0/text/text]" in body["response_metadata"]["messages"][0]
    (noted,) = (await script.get("errors"))["errors"]
    assert (noted["what"], noted["problems"][0]["pointer"]) == ("chat.postMessage", "/blocks/0/text/text")


async def test_a_post_to_a_person_goes_to_their_direct_message(client, script):
    answer = await client.chat_postMessage(channel="U0MARA", text="your turn")
    assert answer["channel"].startswith("D")
    assert (await script.last("U0MARA", "U0DESKBOT"))["text"] == "your turn"
    assert (await client.conversations_open(users="U0MARA"))["channel"]["id"] == answer["channel"]


async def test_an_update_keeps_blocks_and_metadata_that_it_does_not_mention(client):
    metadata = {"event_type": "expedite", "event_payload": {"id": "7"}}
    blocks = [{"type": "divider"}]
    sent = await client.chat_postMessage(channel="C0SALES", text="one", blocks=blocks, metadata=metadata)
    await client.chat_update(channel="C0SALES", ts=sent["ts"], text="two")
    page = await client.conversations_history(channel="C0SALES", limit=1, include_all_metadata=True)
    (message,) = page["messages"]
    assert (message["text"], message["metadata"], message["blocks"][0]["type"]) == ("two", metadata, "divider")


async def test_updates_are_refused_for_other_peoples_and_unknown_messages_and_for_long_text(client, script):
    posted = await script.post("post", "U0MARA", channel="C0SALES", text="mine")
    assert await error(client.chat_update(channel="C0SALES", ts=posted["ts"], text="x")) == "cant_update_message"
    assert await error(client.chat_update(channel="C0SALES", ts="1.000001", text="x")) == "message_not_found"
    assert await error(client.chat_update(channel="U0MARA", ts=posted["ts"], text="x")) == "channel_not_found"
    sent = await client.chat_postMessage(channel="C0SALES", text="x")
    assert await error(client.chat_update(channel="C0SALES", ts=sent["ts"], text="x" * 4001)) == "msg_too_long"


async def test_a_deleted_message_is_gone_for_good(client):
    sent = await client.chat_postMessage(channel="C0SALES", text="x")
    await client.chat_delete(channel="C0SALES", ts=sent["ts"])
    assert await error(client.chat_delete(channel="C0SALES", ts=sent["ts"])) == "message_not_found"


async def test_an_ephemeral_message_is_seen_by_one_person_and_never_in_history(client, script):
    await client.chat_postEphemeral(channel="C0SALES", user="U0MARA", text="only you")
    assert (await script.last("U0MARA", "C0SALES"))["ephemeral"] is True
    assert (await script.last("U0TOBIAS", "C0SALES"))["text"] != "only you"
    texts = [m["text"] for m in (await client.conversations_history(channel="C0SALES"))["messages"]]
    assert "only you" not in texts
    assert await error(client.chat_postEphemeral(channel="C0SALES", user="U0JONAS", text="x")) == "user_not_in_channel"


async def test_history_is_paged_newest_first_and_leaves_replies_out(client):
    parent = await client.chat_postMessage(channel="C0PLANT3", text="parent")
    await client.chat_postMessage(channel="C0PLANT3", text="reply", thread_ts=parent["ts"])
    await client.chat_postMessage(channel="C0PLANT3", text="last")
    first = await client.conversations_history(channel="C0PLANT3", limit=2)
    assert ([m["text"] for m in first["messages"]], first["has_more"]) == (["last", "parent"], True)
    assert first["messages"][1]["reply_count"] == 1
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel="C0PLANT3", limit=2, cursor=cursor)
    assert (len(rest["messages"]), rest["has_more"]) == (2, False)


async def test_history_ends_are_left_out_unless_asked_for(client):
    stamps = [(await client.chat_postMessage(channel="C0SALES", text=str(n)))["ts"] for n in range(3)]
    ends = {"channel": "C0SALES", "oldest": stamps[0], "latest": stamps[2]}
    assert [m["text"] for m in (await client.conversations_history(**ends))["messages"]] == ["1"]
    assert len((await client.conversations_history(**ends, inclusive=True))["messages"]) == 3


async def test_a_thread_is_told_with_its_parent_first_and_metadata_only_when_asked(client):
    parent = await client.chat_postMessage(channel="C0SALES", text="parent")
    metadata = {"event_type": "expedite_post", "event_payload": {"outbox_id": "1"}}
    thread = {"channel": "C0SALES", "ts": parent["ts"]}
    await client.chat_postMessage(channel="C0SALES", text="reply", thread_ts=parent["ts"], metadata=metadata)
    told = (await client.conversations_replies(**thread))["messages"]
    assert [m["text"] for m in told] == ["parent", "reply"]
    assert "metadata" not in told[1]
    told = (await client.conversations_replies(**thread, include_all_metadata=True))["messages"]
    assert told[1]["metadata"] == metadata


async def test_reactions_are_added_once_and_removed_once(client):
    sent = await client.chat_postMessage(channel="C0SALES", text="x")
    item = {"channel": "C0SALES", "timestamp": sent["ts"], "name": "eyes"}
    await client.reactions_add(**item)
    assert await error(client.reactions_add(**item)) == "already_reacted"
    told = (await client.reactions_get(channel="C0SALES", timestamp=sent["ts"]))["message"]["reactions"]
    assert told == [{"name": "eyes", "users": ["U0DESKBOT"], "count": 1}]
    await client.reactions_remove(**item)
    assert await error(client.reactions_remove(**item)) == "no_reaction"


async def test_people_groups_and_channels_are_told(client):
    assert (await client.users_info(user="U0JONAS"))["user"]["tz"] == "Europe/Berlin"
    assert await error(client.users_info(user="U0NOBODY")) == "user_not_found"
    assert len((await client.users_list(limit=3))["members"]) == 3
    group = (await client.usergroups_list())["usergroups"][0]
    assert (await client.usergroups_users_list(usergroup=group["id"]))["users"] == ["U0JONAS", "U0PRIYA", "U0OSKAR"]
    listed = (await client.conversations_list(types="public_channel,private_channel"))["channels"]
    assert {c["name"] for c in listed} == {"sales", "ops-plant-3", "leadership", "general"}
    assert (await client.conversations_info(channel="C0GENERAL"))["channel"]["is_member"] is False
    await client.conversations_join(channel="C0GENERAL")
    assert "U0DESKBOT" in (await client.conversations_members(channel="C0GENERAL"))["members"]


async def test_a_file_is_uploaded_in_three_steps_and_shared(client, script):
    await client.files_upload_v2(channel="C0SALES", filename="week.csv", content="a,b", initial_comment="The week")
    shared = await script.last("U0MARA", "C0SALES")
    assert (shared["text"], shared["files"][0]["name"]) == ("The week", "week.csv")


async def test_a_permalink_leads_to_the_page(client, sandbox, script):
    sent = await client.chat_postMessage(channel="C0SALES", text="x")
    link = (await client.chat_getPermalink(channel="C0SALES", message_ts=sent["ts"]))["permalink"]
    assert link == f"{sandbox.url}/archives/C0SALES/p{sent['ts'].replace('.', '')}"
    async with script.session.get(link, allow_redirects=False) as response:
        assert response.headers["Location"] == f"/?channel=C0SALES&ts={sent['ts']}"


async def test_a_fourth_post_at_once_into_one_channel_has_to_wait(sandbox, client):
    """Slack allows about one post a second and channel, and a short burst."""
    sandbox.world.rate_limits = True
    for number in range(3):
        await client.chat_postMessage(channel="C0SALES", text=str(number))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0SALES", text="too fast")
    assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
    assert caught.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel="C0PLANT3", text="another channel has its own budget")
