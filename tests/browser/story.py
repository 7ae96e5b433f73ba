"""Two invented weeks at Northbridge Valves, played through the control interface: requests in many states."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.builders import JONAS, MARA, PLANT3, PRIYA, SALES, TOBIAS
from tests.sandbox.person import Person

DESK = "U0DESKBOT"


@dataclass
class Story:
    """Who does what, and when: every step waits until all of its consequences have arrived."""

    http: httpx.AsyncClient
    asked: int = field(default=0)

    def person(self, who: str) -> Person:
        return Person(self.http, who)

    async def at(self, moment: str) -> None:
        await self.person(MARA).pushes_clock(to=f"{moment}:00+01:00")

    async def ask(self, who: str, text: str, first: dict[str, Any], second: dict[str, Any]) -> int:
        """Fill in the form and send it; gives the number of the request."""
        person = self.person(who)
        await person.types(SALES, f"/expedite {text}")
        for values in (first, second, {}):
            depended_on = {name: values[name] for name in ("partial_acceptance", "told") if name in values}
            if depended_on:
                await person.ask("POST", "type", values=depended_on, **{"as": who})
                await person.settle()
            answer = await person.submits(**values)
            assert answer["ok"], answer
        self.asked += 1
        return self.asked

    async def card(self, number: int) -> dict[str, Any]:
        cards = await self.person(JONAS).from_the_desk(PLANT3)
        return next(card for card in cards if card["text"].startswith(f"EXP-{number} "))

    async def desk(self, who: str, number: int, move: str, **answers: Any) -> None:
        """Press a button of the card, and answer the form it may open."""
        person = self.person(who)
        await person.clicks(await self.card(number), PLANT3, move)
        if "offer_shape" in answers:
            await person.ask("POST", "type", values={"offer_shape": answers["offer_shape"]}, **{"as": who})
            await person.settle()
        if answers:
            answer = await person.submits(**answers)
            assert answer["ok"], answer

    async def rarer(self, who: str, number: int, words: str, **answers: Any) -> None:
        """Choose one of the moves behind the three dots."""
        person = self.person(who)
        await person.clicks(await self.card(number), PLANT3, "more", value=words)
        answer = await person.submits(**answers)
        assert answer["ok"], answer

    async def sales(self, who: str, number: int, move: str, **answers: Any) -> None:
        """Press a button of the newest direct message about the request that has it."""
        person = self.person(who)
        messages = [each for each in await person.from_the_desk(DESK) if re.search(rf"EXP-{number}\b", each["text"])]
        offered = [each for each in messages if f"'action_id': '{move}'" in str(each["blocks"])]
        await person.clicks(offered[-1], DESK, move)
        if answers:
            assert (await person.submits(**answers))["ok"]


async def last_week(story: Story) -> None:
    """Committed, offered and taken, declined, shipped, and one question that Sales still owes an answer to."""
    brackets = await story.ask(
        MARA,
        "100 pcs BRK-2040 for Acme Corp by Friday",
        {"reason_code": "line_down", "order_number": "SO-1001", "line_number": "3", "promise_date": "2026-12-14"},
        {
            "partial_acceptance": "balance_later",
            "smallest_useful_quantity": "40",
            "latest_acceptable_date": "2026-12-04",
            "expectation": "line 2 restarts Mon 30 Nov; they can start on 40",
            "value_at_stake": "48000",
            "fee": "customer_pays",
        },
    )
    await story.at("2026-11-24T09:12")
    await story.person(JONAS).reacts(await story.card(brackets), PLANT3, "eyes")
    await story.at("2026-11-24T09:50")
    lots = {"lot_quantity_1": "40", "lot_date_1": "2026-11-27", "lot_quantity_2": "60", "lot_date_2": "2026-12-02"}
    words = "Resin lands Thursday; with Saturday overtime the balance ships Wednesday."
    offered = {"offer_shape": "staged_lots", **lots, "conditions": words, "extra_cost": "620"}
    await story.desk(JONAS, brackets, "offer", **offered)
    await story.at("2026-11-24T10:05")
    await story.sales(MARA, brackets, "accept")

    await story.at("2026-11-24T10:30")
    valves = await story.ask(
        TOBIAS,
        "20 pcs VLV-88 for Northwind by Thursday",
        {"reason_code": "penalty"},
        {"partial_acceptance": "ship_complete"},
    )
    await story.at("2026-11-24T10:55")
    await story.desk(PRIYA, valves, "commit_as_asked")

    await story.at("2026-11-24T13:00")
    covers = await story.ask(
        MARA,
        "300 pcs CVR-12 for Fabrikam by Wednesday",
        {"reason_code": "forecast_miss"},
        {"partial_acceptance": "balance_later", "smallest_useful_quantity": "100"},
    )
    await story.at("2026-11-24T14:40")
    await story.rarer(
        PRIYA,
        covers,
        "Decline…",
        decline_reason="The mould is away for repair until Monday.",
        alternative="200 pcs on Tue 1 Dec",
    )

    await story.at("2026-11-25T09:00")
    filters = await story.ask(
        MARA,
        "30 pcs FLT-300 for Tailspin by Tue 1 Dec",
        {"reason_code": "customer_ordered_late"},
        {"partial_acceptance": "ship_complete", "latest_acceptable_date": "2026-12-08", "caused_by": "customer"},
    )
    await story.at("2026-11-25T09:25")
    await story.person(PRIYA).reacts(await story.card(filters), PLANT3, "white_check_mark")

    await story.at("2026-11-26T09:00")
    gaskets = await story.ask(
        TOBIAS,
        "60 pcs GSK-7 for Adatum by Mon 30 Nov",
        {"reason_code": "own_missed_commitment"},
        {"partial_acceptance": "ship_complete", "caused_by": "us"},
    )
    await story.at("2026-11-26T09:35")
    await story.rarer(JONAS, gaskets, "Ask a question…", question="Is revision C fine? B is out of stock.")
    await story.at("2026-11-27T07:05")
    await story.desk(PRIYA, valves, "report_outcome", outcome="in_full")
    await story.at("2026-11-30T07:10")
    await story.desk(JONAS, brackets, "report_outcome", outcome="in_full")


async def this_morning(story: Story) -> None:
    """One offer that waits for Sales, one request that nobody has looked at."""
    await story.at("2026-11-30T08:20")
    pumps = await story.ask(
        MARA,
        "12 pcs PMP-3 for Contoso by Thursday",
        {"reason_code": "quality_reject", "order_number": "SO-1044", "line_number": "1"},
        {
            "partial_acceptance": "balance_later",
            "smallest_useful_quantity": "4",
            "latest_acceptable_date": "2026-12-11",
            "told": "soft_date",
            "told_date": "2026-12-04",
            "value_at_stake": "12000",
        },
    )
    await story.at("2026-11-30T08:31")
    await story.person(JONAS).replies(
        await story.card(pumps), PLANT3, "Four housings are left from last week, checking the rest"
    )
    await story.at("2026-11-30T09:02")
    lots = {"lot_quantity_1": "4", "lot_date_1": "2026-12-03", "lot_quantity_2": "8", "lot_date_2": "2026-12-08"}
    words = "Castings for the other eight arrive on Monday."
    await story.desk(JONAS, pumps, "offer", offer_shape="staged_lots", **lots, conditions=words)

    await story.at("2026-11-30T09:10")
    await story.ask(
        TOBIAS,
        "40 pcs SEAL-9 for Wingtip by Fri 4 Dec",
        {"reason_code": "line_down", "order_number": "SO-1052", "line_number": "2", "promise_date": "2026-12-18"},
        {
            "partial_acceptance": "balance_later",
            "smallest_useful_quantity": "15",
            "latest_acceptable_date": "2026-12-10",
            "expectation": "Their filter line stops on Friday evening",
            "fee": "customer_pays",
        },
    )
