"""The app is gone for a while: what people do on its cards meanwhile counts when it is back, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from models import Tenant
from tests.builders import JONAS, MARA, PLANT3, SALES
from tests.sandbox.person import Person

if TYPE_CHECKING:
    import httpx

    from bot.demo import Demo

LOG = "C0LEADERS"


async def asks(mara: Person, text: str) -> None:
    await mara.types(SALES, f"/expedite {text}")
    for values in ({"reason_code": "line_down"}, {"partial_acceptance": "ship_complete"}, {}):
        assert (await mara.submits(**values))["ok"]


async def test_reactions_and_replies_made_while_the_app_was_gone_count_once(
    demo: Demo, http: httpx.AsyncClient
) -> None:
    mara, jonas = Person(http, MARA), Person(http, JONAS)
    for text in ("100 pcs BRK-2040 for Acme by Friday", "5 pcs GSK-7 for Contoso by Friday"):
        await asks(mara, text)
    await demo.app.database.run(lambda session: session.execute(sa.update(Tenant).values(log_channel=LOG)))
    brackets, gaskets = await jonas.from_the_desk(PLANT3)
    await jonas.reacts(gaskets, PLANT3, "white_check_mark")
    await demo.stop_app()

    await mara.pushes_clock(advance_seconds=600)
    await jonas.replies(brackets, PLANT3, "Four are left, checking the rest")
    await jonas.takes_back(gaskets, PLANT3, "white_check_mark")
    await mara.pushes_clock(advance_seconds=600)
    for _ in range(2):
        await demo.restart_app()
        await jonas.settle()

    thread = [note["text"] for note in await jonas.from_the_desk(PLANT3, thread=str(brackets["ts"]))]
    assert 1 == len([text for text in thread if "Jonas Keller is looking into it" in text])
    thread = [note["text"] for note in await jonas.from_the_desk(PLANT3, thread=str(gaskets["ts"]))]
    assert 1 == len([text for text in thread if "took that back" in text])
    (told,) = [note["text"] for note in await Person(http, "U0HELENA").from_the_desk(LOG)]
    assert told.startswith("*The app was away* from Tue 24 Nov 09:")
    assert "were counted on 2 requests" in told
    assert [] == (await jonas.ask("GET", "errors"))["errors"]
