"""Set-up and settings over the real wire: a strict Slack takes every window, and hands back what was chosen in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.services import settings
from models.weekly_hours import spell_week
from tests.builders import HELENA, JONAS, LEADERS, PLANT3, PRIYA, SAM
from tests.sandbox.person import Person

if TYPE_CHECKING:
    import httpx

    from bot.demo import Demo


async def presses(person: Person, view: dict[str, Any], value: str) -> None:
    """Press the button of a view that has this value or this action."""
    for block in view["blocks"]:
        for element in [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]:
            if value in {element.get("value"), element.get("action_id")}:
                facts = {"view": view["id"], "action_id": element["action_id"], "block_id": block["block_id"]}
                answer = await person.ask("POST", "click", **facts, **{"as": person.who})
                assert answer["ok"], answer
                await person.settle()
                return
    raise AssertionError(f"nothing to press has {value}: {view['blocks']}")


def said(view: dict[str, Any]) -> str:
    return str([block.get("text") for block in view["blocks"]])


async def test_an_admin_sets_up_and_changes_everything(demo: Demo, http: httpx.AsyncClient) -> None:
    sam = Person(http, SAM)
    await presses(sam, await sam.opens_home(), "set_up")
    await sam.submits(name="Plant 3 desk", **{"hours/week": "Mon-Fri 06:00-14:00"})
    await sam.submits(**{"members/from": "group", "members/group": "S0PLANT3", "leadership_channel": LEADERS})
    await sam.submits()
    assert "on its way" in said(await sam.form())
    jonas = Person(http, JONAS)
    (card,) = await jonas.from_the_desk(PLANT3)
    await jonas.clicks(card, PLANT3, "test_works")
    assert "Seen by Jonas Keller" in (await jonas.from_the_desk(PLANT3))[0]["text"]

    await sam.types("C0GENERAL", "/expedite settings")
    await presses(sam, await sam.form(), "closed:1")
    await sam.submits(**{"hours/holidays": "DE-BY"})
    await presses(sam, await sam.form(), "settings_back")
    await presses(sam, await sam.form(), "propose_dates")
    await sam.submits(**{"proposed/0": ["2026-12-25"]})
    assert "Christmas Day" in said(await sam.form())
    await sam.submits()
    assert "*Saved.*" in said(await sam.form())
    await presses(sam, await sam.form(), "roles:")
    await sam.submits(**{"roles/leaders": [HELENA, PRIYA]})
    await sam.submits()
    await presses(sam, await sam.form(), "settings_record")
    assert "Sam Okafor" in said(await sam.form())

    found = await demo.app.database.run(settings.read, 1)
    assert spell_week(found.desks[0].hours.week) == "Mon-Fri 06:00-14:00"
    assert [name for _day, name in found.desks[0].hours.closed_dates] == ["Christmas Day"]
    assert found.desks[0].members.group == "S0PLANT3"
    assert found.leaders == (HELENA, PRIYA)
