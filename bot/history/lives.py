"""The lives a request can have. Each yields the instants at which its people come back to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.history import company
from bot.history.outcomes import followed
from bot.history.wish import working_day

if TYPE_CHECKING:
    from bot.history.case import Case, Lots

Moments = AsyncIterator[datetime]
Life = Callable[["Case"], Moments]


NEVER: tuple[datetime, ...] = ()
"""The moments of a life to which nobody comes back."""


def part_of(case: Case) -> int:
    return max(1, case.wish.quantity * case.rng.choice((4, 5, 6)) // 10)


def part(case: Case) -> Lots:
    return ((part_of(case), case.wish.needed),)


def later(case: Case) -> Lots:
    return ((case.wish.quantity, working_day(case.wish.needed, case.rng.randint(1, 5))),)


def staged(case: Case) -> Lots:
    first = part_of(case)
    rest = working_day(case.wish.needed, case.rng.randint(2, 5))
    return ((first, case.wish.needed), (case.wish.quantity - first, rest))


async def committed(case: Case) -> Moments:
    """Yes, as asked, by a button."""
    yield case.within(6, 40 + 30 * case.slack)
    await case.looks()
    yield case.within(10, 150)
    await case.desk("commit_as_asked")
    async for at in followed(case, ((case.wish.quantity, case.wish.needed),)):
        yield at


async def committed_by_reaction(case: Case) -> Moments:
    yield case.within(4, 45 + 30 * case.slack)
    await case.reacts("white_check_mark")
    async for at in followed(case, ((case.wish.quantity, case.wish.needed),)):
        yield at


async def named_a_time(case: Case) -> Moments:
    """“We answer by …”, and then a yes."""
    yield case.within(10, 50)
    await case.reacts("eyes")
    yield case.within(2, 20)
    await case.desk("name_answer_time", answer_due=int(case.within(90, 200).timestamp()))
    yield case.within(30, 85)
    await case.desk("commit_as_asked")
    async for at in followed(case, ((case.wish.quantity, case.wish.needed),)):
        yield at


async def changed_their_mind(case: Case) -> Moments:
    """Somebody reacts too quickly, takes it back, and offers what can be kept."""
    yield case.within(3, 15)
    await case.reacts("white_check_mark")
    yield case.within(1, 4)
    await case.takes_back("white_check_mark")
    async for at in _offered(case, later(case)):
        yield at


async def offered_part(case: Case) -> Moments:
    async for at in _looked_and_offered(case, part(case)):
        yield at


async def offered_later(case: Case) -> Moments:
    async for at in _looked_and_offered(case, later(case)):
        yield at


async def offered_staged(case: Case) -> Moments:
    async for at in _looked_and_offered(case, staged(case)):
        yield at


async def _looked_and_offered(case: Case, lots: Lots) -> Moments:
    yield case.within(5, 45 + 40 * case.slack)
    await case.looks()
    async for at in _offered(case, lots):
        yield at


async def _offered(case: Case, lots: Lots) -> Moments:
    """An offer that Sales takes, after a call with the customer."""
    yield case.within(15, 120)
    await case.offers(lots)
    yield case.within(15, 200)
    await case.sales("accept")
    async for at in followed(case, lots):
        yield at


async def refused_then_better(case: Case) -> Moments:
    """The first offer does not help; the desk looks again."""
    yield case.within(8, 50)
    await case.offers(part(case))
    yield case.within(20, 120)
    await case.sales("refuse", refuse_reason=company.REFUSALS[0], refuse_next="look_again")
    async for at in _offered(case, staged(case)):
        yield at


async def refused_for_good(case: Case) -> Moments:
    yield case.within(20, 70)
    await case.offers(later(case))
    yield case.within(20, 180)
    await case.sales("refuse", refuse_reason=company.REFUSALS[1], refuse_next="close")


async def declined(case: Case) -> Moments:
    """A no, with what could be done instead, or the word that there is nothing."""
    yield case.within(10, 50 + 40 * case.slack)
    await case.looks()
    yield case.within(20, 180)
    reason, instead = case.rng.choice(sorted(company.DECLINES.items()))
    await case.desk(
        "decline", decline_reason=reason, **({"alternative": instead} if instead else {"no_alternative": ["none"]})
    )


async def withdrawn(case: Case) -> Moments:
    yield case.within(10, 50)
    await case.looks()
    yield case.within(10, 120)
    await case.sales("withdraw", refuse_reason=case.rng.choice(company.WITHDRAWALS))


async def asked_back(case: Case) -> Moments:
    """Operations needs to know something, Sales tells it, and then it works out."""
    question, answer = case.rng.choice(sorted(company.QUESTIONS.items()))
    yield case.within(8, 50)
    await case.desk("ask_information", question=question)
    yield case.within(15, 150 + 120 * case.slack)
    await case.sales("give_information", information=answer)
    yield case.within(20, 150)
    await case.desk("commit_as_asked")
    async for at in followed(case, ((case.wish.quantity, case.wish.needed),)):
        yield at


async def nobody_answered(case: Case) -> Moments:
    """The time of the desk runs out, the leadership is called in, and then somebody answers."""
    yield case.within(95, 260)
    await case.replies("Sorry, this went under in the shift change.")
    async for at in _offered(case, staged(case) if case.wish.may_part else later(case)):
        yield at


USUAL: dict[Life, float] = {
    committed: 18,
    committed_by_reaction: 12,
    named_a_time: 6,
    changed_their_mind: 3,
    offered_part: 9,
    offered_later: 10,
    offered_staged: 11,
    refused_then_better: 5,
    refused_for_good: 3,
    declined: 9,
    withdrawn: 4,
    asked_back: 7,
    nobody_answered: 3,
}
"""How often each happens in a good week; a bad one has more of the last."""
MORE_UNANSWERED = 12


def draw_life(case: Case) -> Life:
    """Draw the life of a request that was just asked."""
    weights = {**USUAL, nobody_answered: USUAL[nobody_answered] + MORE_UNANSWERED * case.slack}
    return case.rng.choices(list(weights), weights=list(weights.values()))[0]
