"""Slack's faults on the real wire: no request is lost, no message doubled; what cannot arrive is told to an admin."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.builders import HELENA, JONAS, LEADERS, MARA, PLANT3, SALES, SAM
from tests.sandbox.person import Person

if TYPE_CHECKING:
    pass

TUESDAY_MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)
PATIENCE = 30


async def send_a_request(mara: Person) -> None:
    await mara.types(SALES, "/expedite 100 pcs BRK-2040 for Acme by Friday")
    for values in ({"reason_code": "line_down"}, {}, {}):
        await mara.ask("POST", "submit", values=values, **{"as": MARA})


async def all_arrived(http: httpx.AsyncClient) -> None:
    """Push the clock past every pause and doubt, a minute at a time, until the app has nothing left to do."""
    person = Person(http, JONAS)
    async with asyncio.timeout(PATIENCE):
        while not (await person.ask("POST", "quiet", timeout=0.5))["quiet"]:
            await person.pushes_clock(advance_seconds=60, timeout=0.5)


FAULTS = ["429", "500", "502", "503", "reset", "accept_then_reset", "accept_then_500", "garbage", "accept_then_garbage"]


@pytest.mark.parametrize("kind", FAULTS)
async def test_a_fault_neither_loses_nor_doubles_a_message(http: httpx.AsyncClient, kind: str) -> None:
    mara, jonas = Person(http, MARA), Person(http, JONAS)
    await mara.ask("POST", "faults", method="chat.postMessage", kind=kind, count=3, retry_after=1)
    await send_a_request(mara)
    await all_arrived(http)

    cards = [message["text"] for message in await jonas.from_the_desk(PLANT3)]
    receipts = [message["text"] for message in await mara.from_the_desk("U0DESKBOT")]
    assert (1, 1) == (len(cards), len(receipts))
    assert "EXP-1" in cards[0]


@pytest.mark.parametrize("kind", ["500", "accept_then_reset", "429"])
async def test_a_fault_of_an_edit_leaves_the_card_true_in_the_end(http: httpx.AsyncClient, kind: str) -> None:
    mara, jonas = Person(http, MARA), Person(http, JONAS)
    await send_a_request(mara)
    await all_arrived(http)
    (card,) = await jonas.from_the_desk(PLANT3)
    await mara.ask("POST", "faults", method="chat.update", kind=kind, count=2, retry_after=1)
    await jonas.ask("POST", "react", channel=PLANT3, ts=card["ts"], name="eyes", **{"as": JONAS})
    await all_arrived(http)

    (card,) = await jonas.from_the_desk(PLANT3)
    assert "acknowledge" not in str(card["blocks"])


async def test_an_archived_channel_is_told_to_an_admin_and_loses_nothing(http: httpx.AsyncClient) -> None:
    mara, jonas, sam = Person(http, MARA), Person(http, JONAS), Person(http, SAM)
    await mara.ask("POST", "archive", channel=PLANT3)
    await send_a_request(mara)
    await all_arrived(http)

    assert [] == await jonas.from_the_desk(PLANT3)
    assert "EXP-1" in str((await mara.from_the_desk("U0DESKBOT"))[-1]["text"])
    assert "archived" in str(await sam.opens_home())


async def test_a_missing_scope_is_told_to_an_admin(http: httpx.AsyncClient) -> None:
    mara, sam = Person(http, MARA), Person(http, SAM)
    await mara.ask("POST", "faults", method="chat.postMessage", kind="missing_scope", count=2)
    await send_a_request(mara)
    await all_arrived(http)

    assert "permission" in str(await sam.opens_home())


async def test_a_form_that_slack_will_not_open_is_handed_over_as_a_button(http: httpx.AsyncClient) -> None:
    mara = Person(http, MARA)
    await mara.ask("POST", "faults", method="views.open", kind="500", count=1)
    await mara.types(SALES, "/expedite 100 pcs BRK-2040 for Acme by Friday")
    (hint,) = [message for message in await mara.sees(SALES) if message["ephemeral"]]
    await mara.clicks(hint, SALES, "resume_draft")

    assert "BRK-2040" in str((await mara.form())["blocks"])


async def test_where_charts_are_refused_their_words_go_alone(http: httpx.AsyncClient) -> None:
    """A workspace may not have the block yet: the page loses nothing but the pictures."""
    mara, helena = Person(http, MARA), Person(http, HELENA)
    await send_a_request(mara)
    await all_arrived(http)
    await mara.pushes_clock(to="2026-11-30T07:58:00+01:00")
    await all_arrived(http)
    await mara.ask("POST", "faults", method="chat.postMessage", kind="invalid_blocks", count=1)
    await mara.pushes_clock(to="2026-11-30T08:04:00+01:00")
    await all_arrived(http)

    [page] = [one for one in await helena.from_the_desk(LEADERS) if "week 48" in one["text"]]
    kinds = [block["type"] for block in page["blocks"]]
    assert "table" in kinds
    assert "data_visualization" not in kinds
    assert "*Why they were asked, this week*: Line down at the customer 1" in page["text"]
