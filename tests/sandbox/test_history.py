"""A history: the same seed is the same story, played with people's doors, and everything else waits for its end."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import sqlalchemy as sa

from bot import migrating
from bot.demo import Demo
from models import Digest, ExpediteRequest
from tests.builders import HELENA, JONAS, LEADERS, MARA, PLANT3, SALES
from tests.sandbox.conftest import TUESDAY_AT_WORK
from tests.sandbox.person import Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from bot.history import Played


@asynccontextmanager
async def a_demo(folder: Path, name: str, starts: datetime = TUESDAY_AT_WORK) -> AsyncIterator[Demo]:
    url = f"sqlite:///{folder / name}.db"
    await asyncio.to_thread(migrating.upgrade, url)
    demo = Demo(port=0, database_url=url, starts=starts)
    await demo.start()
    yield demo
    await demo.stop()


def deeds(played: Played) -> list[tuple[str, str, str]]:
    return [(f"{deed.at:%c}", deed.who, deed.what) for deed in played.deeds]


async def figures(demo: Demo) -> list[dict[str, Any]]:
    """What the digests were made of, oldest first; without the links, whose address is this demo's own."""
    stored = sa.select(Digest.figures).order_by(Digest.week_of)
    pages = await demo.app.database.run(lambda session: list(session.scalars(stored)))
    return [{key: value for key, value in page.items() if key != "links"} for page in pages]


async def statuses(demo: Demo) -> Counter[str]:
    found = sa.select(ExpediteRequest.status)
    return Counter(await demo.app.database.run(lambda session: [status.value for status in session.scalars(found)]))


async def played_twice(folder: Path, *, weeks: int, seed: int) -> list[tuple[list[Any], list[Any]]]:
    """Two demos that have nothing in common, at the same time."""

    async def one(demo: Demo) -> tuple[list[Any], list[Any]]:
        played = await demo.play_history(weeks=weeks, seed=seed, tell=unheard)
        return deeds(played), await figures(demo)

    async with a_demo(folder, "once") as first, a_demo(folder, "again") as second:
        return list(await asyncio.gather(one(first), one(second)))


def unheard(_done: float, _words: str) -> None:
    """Nobody listens how far it is."""


async def test_the_same_seed_is_the_same_story(tmp_path: Path) -> None:
    (once, weeks), (again, same_weeks) = await played_twice(tmp_path, weeks=1, seed=7)

    assert len(once) > 50
    assert once == again
    assert [week["card"]["requests"] > 0 for week in weeks] == [True]
    assert weeks == same_weeks


async def test_a_played_history_has_something_to_show(demo: Demo, http: httpx.AsyncClient) -> None:
    told: list[float] = []
    played = await demo.play_history(weeks=2, seed=1, tell=lambda done, _words: told.append(done))
    mara, helena = Person(http, MARA), Person(http, HELENA)

    assert told == sorted(told)
    assert TUESDAY_AT_WORK <= demo.clock.now()
    assert played.requests == sum((await statuses(demo)).values()) > 10
    found = await statuses(demo)
    assert {"asked", "acknowledged", "info_needed", "offered", "agreed", "fulfilled"} <= set(found)
    digests = [each for each in await helena.from_the_desk(LEADERS) if "week" in each["text"].partition("\n")[0]]
    assert 2 == len(digests)
    assert "EXP-" in str(await mara.opens_home())
    assert [] == (await mara.ask("GET", "errors"))["errors"]


async def test_while_a_story_is_played_nobody_interferes(demo: Demo, http: httpx.AsyncClient) -> None:
    mara = Person(http, MARA)
    await mara.ask("POST", "story", name="history", weeks=1)

    for door, body in {
        "story": {"name": "history"},
        "reset": {},
        "clock": {"advance_seconds": 60},
        "post": {"as": MARA, "channel": SALES, "text": "Hello?"},
    }.items():
        refused = await http.post(f"/sandbox/api/{door}", json=body)
        assert httpx.codes.CONFLICT == refused.status_code
        assert refused.json()["error"] == "12 weeks of history is being played. Wait until it is done, then try again."
    words = await demo.sandbox.stage.stories.ended()
    assert re.fullmatch(r"1 weeks? .* played in \d+ s: \d+ requests, \d+ messages\. It is Tuesday 09:00 now\.", words)
    assert {"playing": None, "failed": False} == told_of(await mara.ask("GET", "story"), "playing", "failed")
    await mara.ask("POST", "post", channel=SALES, text="Hello?", **{"as": MARA})


def told_of(answer: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: answer[name] for name in names}


async def test_a_story_that_cannot_be_played_says_why_and_lets_everybody_go_on(
    demo: Demo, http: httpx.AsyncClient
) -> None:
    mara = Person(http, MARA)
    await mara.ask("POST", "story", name="history", weeks=99)
    words = await demo.sandbox.stage.stories.ended()

    assert words == (
        "12 weeks of history could not be played to its end: “weeks” is a whole number from 1 to 52, not 99."
    )
    assert (await mara.ask("GET", "story"))["failed"]
    await mara.ask("POST", "post", channel=SALES, text="Hello?", **{"as": MARA})
    assert httpx.codes.NOT_FOUND == (await http.post("/sandbox/api/story", json={"name": "saga"})).status_code


async def test_reset_gives_back_the_fresh_beginning(demo: Demo, http: httpx.AsyncClient) -> None:
    """The app, its database and the clock begin anew: the next request is the first one again."""
    mara, jonas = Person(http, MARA), Person(http, JONAS)
    for _time in range(2):
        await mara.types(SALES, "/expedite 100 pcs BRK-2040 for Acme by Friday")
        for answers in ({"reason_code": "line_down"}, {"partial_acceptance": "ship_complete"}, {}):
            await mara.submits(**answers)
        assert (await jonas.from_the_desk(PLANT3))[-1]["text"].startswith("EXP-1 ")
        await mara.pushes_clock(next="monday")

        await mara.ask("POST", "reset")
        await mara.settle()
        assert [] == await jonas.from_the_desk(PLANT3)
        assert Counter() == await statuses(demo)
        assert (demo.clock.now() - TUESDAY_AT_WORK).total_seconds() < 60
