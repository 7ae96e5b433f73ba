"""The habits of the story's people beside requests: pairs they join, topics they raise, agreements they record."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.history import company
from bot.history.lives import NEVER
from bot.history.wish import working_day
from models.summit_date import SummitTime, announced_on, month_of, next_month, summit_day

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from datetime import date

    from bot.history.doors import Doors
    from bot.history.lives import Moments
    from bot.history.plan import Appointment, Plan

JOIN_AT, RAISE_AT, TALK_AT, MEET_AT = 9 * 60 + 30, 10 * 60, 14 * 60 + 40, 15 * 60
"""Minutes of the day at which people do these things."""
MIDDLE = timedelta(days=14)
"""Days into a month after which people say whether they met."""
TOPICS = (
    (company.TOBIAS, "named", "Lead times of the foundry: who tells the customers, and when?"),
    (company.INES, "without_name", "Offers come without the reason why. I cannot explain them to a customer."),
    (company.JONAS, "named", "Half of the hot list is not hot any more after two days."),
    (company.PRIYA, "without_name", "We hear of new dates from the customer before we hear of them from Sales."),
)
AGREEMENTS = (
    ("Jonas looks at the board at nine and at two.", company.JONAS, "within_target"),
    ("Mara tells Harbor Dairy four weeks as the usual lead time.", company.MARA, "customer_late"),
    ("Priya names whom we push back before she commits.", company.PRIYA, "loop"),
)
ANY = "requests"
"""A figure that even a quiet month has."""


def habits(plan: Plan) -> Iterator[Appointment]:
    """What people do by the calendar: they join on the first day, and each month has a summit and pairs."""
    for at, doing in sorted(_doings(plan), key=lambda one: one[0]):
        yield plan.moment(at[0], at[1]), _just(doing)


def _doings(plan: Plan) -> Iterator[tuple[tuple[date, int], Callable[[], Awaitable[None]]]]:
    first, last = plan.calendar.local_day(plan.starts), plan.calendar.local_day(plan.ends)
    for who in company.PAIRED:
        yield (working_day(first, 1), JOIN_AT), partial(_joins, plan.doors, who)
    month, turn = month_of(first), 0
    while month <= last:
        yield (working_day(month + MIDDLE, 0), MEET_AT), partial(_tells, plan.doors)
        day = summit_day(SummitTime(), month, plan.calendar)
        if day is not None and announced_on(day, plan.calendar) > first:
            who, named, text = TOPICS[turn % len(TOPICS)]
            raised = max(working_day(announced_on(day, plan.calendar) - timedelta(days=4), 0), first)
            yield (raised, RAISE_AT), partial(_raises, plan.doors, who, named, text)
            yield (day, TALK_AT), partial(_agrees, plan, turn, day)
            turn += 1
        month = next_month(month)


async def _just(doing: Callable[[], Awaitable[None]]) -> Moments:
    """One thing that is done."""
    await doing()
    for at in NEVER:
        yield at


async def _joins(doors: Doors, who: str) -> None:
    await doors.types(who, company.GENERAL, "/expedite pairs")
    asked = await doors.message(who, company.GENERAL, "Once", "pair_join")
    await doors.presses(who, company.GENERAL, asked, "pair_join")


async def _tells(doors: Doors) -> None:
    """One of each pair says that they met, where they did: not all do."""
    for who in company.REQUESTERS:
        asked = await doors.finds(who, company.DESK, "month|lately", "pair_done")
        if asked is not None and who != company.INES:
            await doors.presses(who, company.DESK, asked, "pair_done")


async def _raises(doors: Doors, who: str, named: str, text: str) -> None:
    await doors.types(who, company.GENERAL, f"/expedite raise {text}")
    await doors.submits(who, topic_name=named)


async def _agrees(plan: Plan, turn: int, day: date) -> None:
    """Helena records what was agreed, where there is a page to record it on."""
    page = await plan.doors.finds(company.HELENA, company.LEADERS, "Summit", "agree")
    if page is None:
        return
    what, who, figure = AGREEMENTS[turn % len(AGREEMENTS)]
    await plan.doors.presses(company.HELENA, company.LEADERS, page, "agree")
    by = working_day(day + timedelta(days=16), 0).isoformat()
    chosen = ANY if plan.is_calm else figure
    await plan.doors.submits(company.HELENA, agreed=what, agreed_who=who, agreed_by=by, figure=chosen)
