"""Files over the real wire: the gateway's upload reaches people, is found again, and opens as text and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.adapters.slack_gateway import SlackGatewayHttp
from bot.ports import File, Message, Refused

SINCE = datetime(2026, 3, 1, tzinfo=UTC)
LIST = File("list.csv", "Open requests", "a,ü\r\n<b>1</b>,2\r\n".encode("utf-8-sig"), "As you asked.")


@pytest.fixture
async def gateway(sandbox):
    async def token_of(_team_id):
        return sandbox.app.bot_token

    gateway = SlackGatewayHttp(token_of, sandbox.api_url)
    yield gateway
    await gateway.close()


async def test_a_file_reaches_a_person_and_opens_as_text(gateway, script):
    await gateway.upload("T0NORTHBR", "U0MARA", LIST, key="7:list:1")
    found = await gateway.find_posted("T0NORTHBR", "U0MARA", "7:list:1", since=SINCE)
    shown = await script.last("U0MARA", found.channel)
    [file] = shown["files"]
    assert (shown["ts"], shown["text"], file["title"], file["size"]) == (
        found.ts,
        "As you asked.",
        LIST.title,
        len(LIST.content),
    )
    async with script.session.get(file["url_private"]) as answer:
        assert (answer.content_type, await answer.read()) == ("text/plain", LIST.content)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_goes_under_a_card_and_is_found_in_its_thread(gateway, script):
    card = await gateway.post("T0NORTHBR", "C0SALES", Message("card"), key="7:card:1")
    await gateway.upload("T0NORTHBR", "C0SALES", LIST, key="7:record:1", thread_ts=card.ts)
    found = await gateway.find_posted("T0NORTHBR", "C0SALES", "7:record:1", since=SINCE, thread_ts=card.ts)
    said = await script.last("U0MARA", "C0SALES", thread=card.ts)
    assert (said["ts"], [file["title"] for file in said["files"]]) == (found.ts, ["Open requests"])


async def test_the_app_reads_a_file_that_a_person_shares_with_its_scope_and_within_its_limit(sandbox, gateway, script):
    file_id = (await script.post("share", "U0MARA", channel="C0SALES", name="orders.csv", content="order\n4711\n"))[
        "file"
    ]
    assert await gateway.read_file("T0NORTHBR", file_id, most=100) == b"order\n4711\n"
    with pytest.raises(Refused, match="file_too_large"):
        await gateway.read_file("T0NORTHBR", file_id, most=5)
    with pytest.raises(Refused, match="file_not_found"):
        await gateway.read_file("T0NORTHBR", "F1", most=5)
    sandbox.world.files[file_id]["size"] = 1  # whatever Slack says of its size
    with pytest.raises(Refused, match="file_too_large"):
        await gateway.read_file("T0NORTHBR", file_id, most=5)
    sandbox.world.files[file_id]["url_private"] = "http://169.254.169.254/latest"
    with pytest.raises(Refused, match="file_is_elsewhere"):
        await gateway.read_file("T0NORTHBR", file_id, most=100)
