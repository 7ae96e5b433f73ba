"""One request in the story, with the two people who meet in it: what they can do, and when they come to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.history import company
from bot.history.doors import DoorShut
from bot.history.wish import first_answers, second_answers

if TYPE_CHECKING:
    from random import Random

    from bot.history.doors import Doors
    from bot.history.wish import Wish
    from models.business_calendar import BusinessCalendar

LABEL = re.compile(r"EXP-\d+")
Lots = tuple[tuple[int, date], ...]
HOLDS = 9 * 3600
"""Working seconds that an offer holds here: Sales has to reach the customer, however much presses."""


@dataclass
class Case:
    """``slack`` is how slow and forgetful people are, from 0 to 1; ``missed`` whether a commitment was not kept."""

    doors: Doors
    rng: Random
    calendar: BusinessCalendar
    wish: Wish
    requester: str
    planner: str
    slack: float = 0.0
    label: str = ""
    card: str = field(default="", repr=False)
    missed: bool = False

    # When people come to it

    def within(self, least: float, most: float) -> datetime:
        """Some working minutes from now, to the second."""
        return self.calendar.add(self.doors.now, self.rng.randint(round(least * 60), round(most * 60)))

    def on(self, day: date, *, hour: int) -> datetime:
        """Some time in this hour of a day at the desk, or soon if that has passed."""
        at = datetime.combine(day, time(hour), ZoneInfo(self.calendar.zone)) + timedelta(
            seconds=self.rng.randint(0, 3599)
        )
        return max(at, self.within(2, 5))

    @property
    def today(self) -> date:
        return self.calendar.local_day(self.doors.now)

    # Sales

    async def asks(self) -> None:
        """Fill in the form from its first line to sending it, and find the card that follows."""
        await self.doors.types(self.requester, company.SALES, self.wish.command)
        first, second = first_answers(self.rng, self.wish), second_answers(self.rng, self.wish)
        await self.doors.submits(self.requester, **first)
        # What else the form asks depends on these two.
        await self.doors.chooses(self.requester, **{name: second[name] for name in ("partial_acceptance", "told")})
        await self.doors.submits(self.requester, **second)
        await self.doors.submits(self.requester)
        receipt = await self.doors.message(self.requester, company.DESK, LABEL.pattern)
        found = LABEL.search(receipt["text"])
        self.label = found.group() if found else ""
        self.card = (await self.doors.message(self.planner, company.PLANT, self.label, "more"))["ts"]

    async def sales(self, act: str, **answers: Any) -> None:
        """Press a button of the newest direct message that has it, and fill in the form it may open."""
        message = await self.doors.message(self.requester, company.DESK, self.label, act)
        await self.doors.presses(self.requester, company.DESK, message, act)
        if answers:
            await self.doors.submits(self.requester, **answers)

    # The desk

    async def desk(self, act: str, **answers: Any) -> None:
        """Press a button of the card, and fill in the form it may open."""
        card = await self.doors.message_at(self.planner, company.PLANT, self.card)
        await self.doors.presses(self.planner, company.PLANT, card, act)
        if answers:
            await self.doors.submits(self.planner, **answers)

    async def reacts(self, name: str) -> None:
        await self.doors.reacts(self.planner, company.PLANT, self.card, name)

    async def takes_back(self, name: str) -> None:
        await self.doors.takes_back(self.planner, company.PLANT, self.card, name)

    async def replies(self, text: str) -> None:
        await self.doors.says(self.planner, company.PLANT, text, thread=self.card)

    async def looks(self) -> None:
        """Acknowledge in one of the three ways: a reaction, a button, words in the thread."""
        way = self.rng.randint(0, 2)
        if way == 0:
            await self.reacts("eyes")
        elif way == 1:
            await self.desk("acknowledge")
        else:
            await self.replies(self.rng.choice(company.LOOKING))

    async def offers(self, lots: Lots) -> None:
        """Offer these lots in the shape that fits them."""
        extra = {"extra_cost": str(20 * self.rng.randint(5, 60)), "paid_by": "us"} if self.rng.random() < 0.4 else {}  # noqa: PLR2004 some cost more
        until = self.calendar.add(self.doors.now, HOLDS)
        terms = {"conditions": self.rng.choice(company.CONDITIONS), "valid_until": int(until.timestamp()), **extra}
        shape, answers = self._shaped(lots)
        card = await self.doors.message_at(self.planner, company.PLANT, self.card)
        await self.doors.presses(self.planner, company.PLANT, card, "offer")
        if shape != "part_on_date":
            await self.doors.chooses(self.planner, offer_shape=shape)
        await self.doors.submits(self.planner, **answers, **{key: value for key, value in terms.items() if value})

    def _shaped(self, lots: Lots) -> tuple[str, dict[str, str]]:
        if len(lots) > 1:
            rows: dict[str, str] = {}
            for row, (quantity, day) in enumerate(lots, start=1):
                rows |= {f"lot_quantity_{row}": str(quantity), f"lot_date_{row}": day.isoformat()}
            return "staged_lots", rows
        ((quantity, day),) = lots
        if day == self.wish.needed:
            return "part_on_date", {"offer_quantity": str(quantity)}
        if quantity != self.wish.quantity:
            raise DoorShut(f"No shape of offer fits {lots}.")
        return "everything_later", {"offer_date": day.isoformat()}
