"""Plays a plan: pushes the clock from one appointment to the next, and lets people do what they came for."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from bot.history.doors import Doors
from bot.history.habits import habits
from bot.history.plan import Plan, beside

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date, datetime

    from bot.history.doors import Deed
    from bot.history.lives import Moments
    from bot.history.plan import Appointment
    from bot.sandbox import Sandbox
    from models.business_calendar import BusinessCalendar

    NextDue = Callable[[], Awaitable[datetime | None]]

USUAL_WEEKS = 12


@dataclass(frozen=True)
class Played:
    """What was played: how many requests and messages there are, and every deed of a person, in order."""

    requests: int
    messages: int
    deeds: Sequence[Deed]


@dataclass
class Player:
    """``waiting`` are the lives under way, each with the instant at which it goes on.

    ``next_due`` tells when the app wants to look again: without the clock being pushed it would look every few seconds.
    """

    doors: Doors
    calendar: BusinessCalendar
    ends: datetime
    next_due: NextDue
    tell: Callable[[float, str], None]
    starts: datetime = field(init=False)
    waiting: list[tuple[datetime, int, Moments]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)
    _told: date | None = None

    def __post_init__(self) -> None:
        self.starts = self.doors.now

    def meet(self, appointments: Sequence[Appointment]) -> None:
        """Take the appointments of a plan; what lies before the beginning does not happen."""
        for at, life in appointments:
            if at > self.starts:
                self._wait(at, life)

    def _wait(self, at: datetime, life: Moments) -> None:
        heapq.heappush(self.waiting, (at, next(self._order), life))

    async def run(self) -> None:
        """Go on until the end; what would happen later does not happen."""
        while self.waiting and self.waiting[0][0] < self.ends:
            at, _order, life = heapq.heappop(self.waiting)
            await self._until(at)
            again = await anext(life, None)
            if again is not None:
                self._wait(again, life)
        await self._until(self.ends)

    async def _until(self, at: datetime) -> None:
        """Let the time pass until then, and stop on the way whenever the app has something to do."""
        while (due := await self.next_due()) is not None and self.doors.now < due < at:
            await self.doors.push_clock(due)
        if at > self.doors.now:
            self.doors.let_time_pass(at)
            self._tell_day(at)

    def _tell_day(self, to: datetime) -> None:
        day = self.calendar.local_day(to)
        if day != self._told:
            self._told = day
            self.tell((to - self.starts) / (self.ends - self.starts), f"It is {day:%A}, {day.day} {day:%B}.")


async def play(
    sandbox: Sandbox,
    *,
    calendar: BusinessCalendar,
    ends: datetime,
    seed: int,
    next_due: NextDue,
    tell: Callable[[float, str], None],
    calm: bool = False,
) -> Played:
    """Play from the stand-in's present to ``ends``; the calendar is the desk's. Raises DoorShut."""
    world, doors = sandbox.world, Doors(sandbox)
    plan = Plan(doors, calendar, seed=seed, starts=world.clock.now(), ends=ends, is_calm=calm)
    limits, world.rate_limits = world.rate_limits, False
    world.clock.stand_still()
    try:
        player = Player(doors, calendar, ends, next_due, tell)
        player.meet([*plan.requests(), *plan.finale(), *beside(plan), *habits(plan)])
        await player.run()
    finally:
        world.clock.run_on()
        world.rate_limits = limits
    return Played(plan.asked, sandbox.world.messages.count, doors.deeds)
