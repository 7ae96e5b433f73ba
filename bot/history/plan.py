"""The plan of a story: who asks for what on which day, all of it drawn from one seed before anything happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.history import company
from bot.history.case import Case
from bot.history.finale import OPEN_AT_THE_END
from bot.history.lives import NEVER, draw_life
from bot.history.wish import draw_wish, weighted, working_day

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bot.history.doors import Doors
    from bot.history.lives import Life, Moments
    from bot.history.wish import Wish
    from models.business_calendar import BusinessCalendar

    Appointment = tuple[datetime, Moments]

A_DAY = (0, 1, 1, 2, 2, 3)
"""How many ask on one day; each as likely as it stands here."""
A_CALM_DAY = (0, 0, 0, 1)
SLACK_AT_FIRST = 1.0
"""People learn: the first week is this slow and forgetful, the last not at all."""
QUIET_BEFORE_THE_END = 3
"""Working days with nothing but what the finale asks."""
FIRST_ASK, LAST_ASK = 7 * 60 + 10, 16 * 60 + 20
"""Minutes of the day between which people ask."""
ASKED_AGAIN = 0.7
"""How often a customer whose commitment we missed has to ask again."""
FRIDAY = 4
BEGINS, EVENING = 8 * 60, 17 * 60
"""Minutes of the day: the weekly digest is made at the first, and people go home at the second."""
TALKATIVE = 0.4
"""Share of days on which somebody says something in a channel that is no request."""


@dataclass
class Plan:
    """``asked`` counts the requests that were asked so far."""

    doors: Doors
    calendar: BusinessCalendar
    seed: int
    starts: datetime
    ends: datetime
    is_calm: bool = False
    """Hardly anybody asks: for those who look at something else than requests."""
    asked: int = 0
    _drawn: int = 0

    def requests(self) -> Iterator[Appointment]:
        """Draw the days in order; on each some people ask."""
        day, last = self.calendar.local_day(self.starts), self.before_the_end(QUIET_BEFORE_THE_END)
        while day < last:
            for _one in range(Random(f"{self.seed} {day}").choice(A_CALM_DAY if self.is_calm else A_DAY)):  # noqa: S311 a story, no secret
                yield self._somebody_asks(day, most_days=min(5, max(1, (last - day).days)))
            day = working_day(day, 1)

    def before_the_end(self, working_days: int) -> date:
        day, left = self.calendar.local_day(self.ends), working_days
        while left:
            day -= timedelta(days=1)
            left -= day.weekday() <= FRIDAY
        return day

    def _case(self, rng: Random, wish: Wish, *, slack: float) -> Case:
        requester, planner = weighted(rng, company.REQUESTERS), weighted(rng, company.PLANNERS)
        return Case(self.doors, rng, self.calendar, wish, requester, planner, slack)

    def _rng(self) -> Random:
        self._drawn += 1
        return Random(f"{self.seed}:{self._drawn}")  # noqa: S311 a story, no secret

    def _somebody_asks(self, day: date, *, most_days: int) -> Appointment:
        rng = self._rng()
        at = self.moment(day, rng.randint(FIRST_ASK, LAST_ASK), rng.randint(0, 59))
        gone = (at - self.starts) / (self.ends - self.starts)
        wish = draw_wish(rng, day, number=self._drawn, most_days=most_days)
        case = self._case(rng, wish, slack=SLACK_AT_FIRST * (1 - gone))
        return at, self._life(case, draw_life(case))

    def moment(self, day: date, minutes: int, seconds: int = 0) -> datetime:
        wall = time(minutes // 60, minutes % 60, seconds)
        return datetime.combine(day, wall, ZoneInfo(self.calendar.zone))

    async def _life(self, case: Case, life: Life) -> Moments:
        """Ask, live, and where we broke our word, perhaps ask again: the emergency loop."""
        self.asked += 1
        await case.asks()
        async for at in life(case):
            yield at
        if case.missed and case.rng.random() < ASKED_AGAIN and case.wish.reason != "own_missed_commitment":
            yield case.within(20, 200)
            again = self._again(case)
            async for at in self._life(again, draw_life(again)):
                yield at

    def _again(self, case: Case) -> Case:
        needed = working_day(case.today, case.rng.randint(2, 3))
        wish = replace(case.wish, needed=needed, reason="own_missed_commitment")
        return replace(case, wish=wish, label="", card="", missed=False)

    def finale(self) -> Iterator[Appointment]:
        """What is still open at the end."""
        for days, wall, ahead, life in () if self.is_calm else OPEN_AT_THE_END:
            rng, day = self._rng(), self.before_the_end(days)
            wish = draw_wish(rng, day, number=self._drawn)
            wish = replace(wish, needed=working_day(day, ahead), may_part=True)
            at = datetime.combine(day, wall, ZoneInfo(self.calendar.zone)) + timedelta(seconds=rng.randint(0, 59))
            yield at, self._life(self._case(rng, wish, slack=0.0), life)


def beside(plan: Plan) -> Iterator[Appointment]:
    """What happens beside requests: days begin, people talk, and the evening before the end they read it all."""
    rng, lines = Random(f"{plan.seed} talk"), list(company.TALK)  # noqa: S311 a story, no secret
    day, last = plan.calendar.local_day(plan.starts), plan.calendar.local_day(plan.ends)
    while day < last:
        yield (begins := plan.moment(day, BEGINS)), _just(partial(plan.doors.push_clock, begins))
        if rng.random() < TALKATIVE:
            channel, who, text = lines[0]
            lines.append(lines.pop(0))
            at = plan.moment(day, rng.randint(FIRST_ASK, LAST_ASK))
            yield at, _just(partial(plan.doors.says, who, channel, text))
        day = working_day(day, 1)
    yield plan.moment(plan.before_the_end(1), EVENING), _just(partial(_read, plan.doors))


async def _just(doing: Callable[[], Awaitable[None]]) -> Moments:
    """One thing that is done."""
    await doing()
    for at in NEVER:
        yield at


async def _read(doors: Doors) -> None:
    for who in company.EVERYBODY:
        await doors.reads(who)
