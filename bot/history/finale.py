"""The last days of the story: requests that are still open when it ends, each in another state."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from bot.history import company
from bot.history.lives import NEVER, staged
from bot.history.wish import working_day

if TYPE_CHECKING:
    from bot.history.case import Case
    from bot.history.lives import Life, Moments


async def untouched(_case: Case) -> Moments:
    """Nobody has looked at it yet, or ever."""
    for at in NEVER:
        yield at


async def looked_into(case: Case) -> Moments:
    yield case.within(4, 10)
    await case.reacts("eyes")
    yield case.within(2, 6)
    await case.desk("name_answer_time", answer_due=int(case.within(90, 150).timestamp()))


async def question_open(case: Case) -> Moments:
    yield case.within(10, 25)
    await case.looks()
    yield case.within(10, 30)
    await case.desk("ask_information", question=next(iter(company.QUESTIONS)))


async def offer_open(case: Case) -> Moments:
    yield case.within(8, 20)
    await case.looks()
    yield case.within(12, 25)
    await case.offers(staged(case))


async def committed_ahead(case: Case) -> Moments:
    yield case.within(15, 45)
    await case.reacts("white_check_mark")


async def half_shipped(case: Case) -> Moments:
    """Two lots: the first has shipped, the second lies ahead."""
    day, whole = case.today, case.wish.quantity
    yield case.within(20, 60)
    await case.offers(((whole // 2, working_day(day, 1)), (whole - whole // 2, working_day(day, 5))))
    yield case.within(20, 90)
    await case.sales("accept")
    yield case.on(working_day(day, 1), hour=15)
    await case.desk("report_outcome", outcome="in_full")


OPEN_AT_THE_END: tuple[tuple[int, time, int, Life], ...] = (
    (3, time(9, 10), 4, half_shipped),
    (2, time(10, 5), 1, committed_ahead),  # its day comes and nobody says whether it shipped
    (2, time(13, 20), 4, offer_open),  # nobody decides: the offer lapses
    (1, time(14, 30), 3, untouched),  # the leadership is called in
    (1, time(16, 5), 4, question_open),
    (0, time(7, 20), 5, offer_open),
    (0, time(8, 5), 3, looked_into),
    (0, time(8, 41), 3, untouched),
)
"""Working days before the end, time at the desk, working days until it is needed, and what has happened since."""
