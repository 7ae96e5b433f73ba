"""The main job over the real wire: the app and the stand-in speak Socket Mode, the Web API, or signed HTTP."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn
from pydantic import SecretStr

import handlers
from bot.app import make_bolt
from bot.demo import Demo
from bot.web import make_web
from tests.builders import HELENA, JONAS, LEADERS, MARA, PLANT3, SALES, TOBIAS
from tests.sandbox.person import Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TUESDAY_MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)

FREE_TEXT = "Can we get SO-48213 pulled in to Friday? Acme needs 200 pcs BRK-2040"


@pytest.fixture
async def signed_http(demo: Demo) -> AsyncIterator[str]:
    """The same app, reached by signed requests instead of Socket Mode."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    secret = demo.sandbox.app.signing_secret
    settings = demo.app.settings.model_copy(update={"slack_signing_secret": SecretStr(secret)})
    bolt = make_bolt(settings, demo.app.installations)
    handlers.register(bolt, demo.app.conversation)
    web = make_web(bolt, demo.app.database)
    server = uvicorn.Server(uvicorn.Config(web, host="127.0.0.1", port=port, log_level="warning"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    demo.sandbox.world.request_url = f"http://127.0.0.1:{port}/slack/events"
    yield f"http://127.0.0.1:{port}"
    demo.sandbox.world.request_url = None
    server.should_exit = True
    await running


async def ask_for_100(mara: Person) -> dict[str, object]:
    """Mara fills in the form; gives the card as Jonas sees it."""
    await mara.types(SALES, "/expedite 100 pcs BRK-2040 for Acme by Friday")
    await mara.submits(reason_code="line_down")
    await mara.submits(expectation="Line 2 restarts Monday", partial_acceptance="balance_later")
    answer = await mara.submits()
    assert answer["ok"], answer
    return (await Person(mara.http, JONAS).from_the_desk(PLANT3))[-1]


async def test_the_main_job_from_command_to_digest(http: httpx.AsyncClient) -> None:
    mara, jonas, helena = Person(http, MARA), Person(http, JONAS), Person(http, HELENA)
    card = await ask_for_100(mara)
    assert "EXP-1" in card["text"]
    assert "EXP-1" in (await mara.from_the_desk("U0DESKBOT"))[-1]["text"]

    await jonas.reacts(card, PLANT3, "eyes")
    await jonas.takes_back(card, PLANT3, "eyes")
    await jonas.replies(card, PLANT3, "Let me look")
    await jonas.clicks(card, PLANT3, "offer")
    await jonas.submits(offer_shape="part_on_date", offer_quantity="40")
    offered = (await mara.from_the_desk("U0DESKBOT"))[-1]
    await mara.clicks(offered, "U0DESKBOT", "accept")

    await mara.pushes_clock(to="2026-11-30T06:30:00+00:00")
    morning = (await jonas.from_the_desk(PLANT3))[-1]
    assert "overdue" in morning["text"]
    await jonas.clicks(morning, PLANT3, "report_outcome")
    await jonas.submits(outcome="in_full")
    assert not [block for block in (await jonas.from_the_desk(PLANT3))[-1]["blocks"] if block["type"] == "actions"]

    await helena.pushes_clock(next="monday")
    digests = [told for told in await helena.from_the_desk(LEADERS) if not told["text"].startswith("Summit")]
    assert 1 == len(digests)
    assert [] == (await jonas.ask("GET", "errors"))["errors"]
    story = [note["text"] for note in await jonas.sees(PLANT3, thread=str(card["ts"]))]
    assert len(story) >= 5


async def test_free_text_becomes_a_request_that_leads_back_to_it(http: httpx.AsyncClient) -> None:
    mara, jonas, tobias = Person(http, MARA), Person(http, JONAS), Person(http, TOBIAS)
    for who in (tobias, mara):
        await who.ask("POST", "post", channel=SALES, text=FREE_TEXT, **{"as": who.who})
        await who.settle()
    (dismissed,) = await tobias.from_the_desk(SALES)
    await tobias.clicks(dismissed, SALES, "nudge_not_now")
    (line,) = await mara.from_the_desk(SALES)
    await mara.clicks(line, SALES, "nudge_open")
    await mara.submits(reason_code="line_down")
    await mara.submits(partial_acceptance="ship_complete")
    assert (await mara.submits())["ok"]

    (card,) = await jonas.from_the_desk(PLANT3)
    (said,) = [
        message for message in await mara.sees(SALES) if message["user"] == MARA and message["text"] == FREE_TEXT
    ]
    assert f"/archives/{SALES}/p{said['ts'].replace('.', '')}|from a message>" in card["text"]
    assert [] == await tobias.from_the_desk(SALES)
    assert [] == (await mara.ask("GET", "errors"))["errors"]


async def test_home_lists_and_help_work_over_the_wire(http: httpx.AsyncClient) -> None:
    mara, jonas = Person(http, MARA), Person(http, JONAS)
    await ask_for_100(mara)

    assert "EXP-1" in str(await jonas.opens_home())
    for words in ("list", "status EXP-1", "help"):
        await mara.types(SALES, f"/expedite {words}")
    whispers = [message for message in await mara.sees(SALES) if message["ephemeral"]]
    assert 3 == len(whispers)
    assert [] == (await mara.ask("GET", "errors"))["errors"]


async def test_the_same_app_over_signed_http(http: httpx.AsyncClient, signed_http: str) -> None:
    mara, jonas = Person(http, MARA), Person(http, JONAS)
    card = await ask_for_100(mara)
    await jonas.clicks(card, PLANT3, "commit_as_asked")

    assert 2 == len(await mara.from_the_desk("U0DESKBOT"))
    assert {"ok": True} == (await http.get(f"{signed_http}/healthz")).json()


async def test_an_unsigned_request_is_refused(http: httpx.AsyncClient, signed_http: str) -> None:
    body = "command=%2Fexpedite&text=list&team_id=T0NORTHBR&user_id=U0MARA&trigger_id=1.1"
    headers = {"content-type": "application/x-www-form-urlencoded", "x-slack-request-timestamp": "1795000000"}

    assert 401 == (await http.post(f"{signed_http}/slack/events", content=body, headers=headers)).status_code
    headers["x-slack-request-timestamp"] = "soon"
    assert 400 == (await http.post(f"{signed_http}/slack/events", content=body, headers=headers)).status_code


async def test_a_press_on_a_card_that_is_redrawn_at_that_moment_counts(http: httpx.AsyncClient) -> None:
    """An edit gives new block ids; the person meant the button."""
    mara, jonas = Person(http, MARA), Person(http, JONAS)
    card = await ask_for_100(mara)
    await jonas.clicks(card, PLANT3, "commit_as_asked", block_id="of-the-card-before")

    assert 2 == len(await mara.from_the_desk("U0DESKBOT"))
