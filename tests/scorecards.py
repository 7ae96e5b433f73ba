"""Scorecards to draw and to store, with every figure in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from models.aftermath import Follows
from models.ask import CausedBy, ReasonCode
from models.kept import Ending
from models.scorecards import (
    Breakdown,
    Filters,
    Gap,
    Held,
    Link,
    Loop,
    Money,
    Part,
    Period,
    Save,
    Scorecard,
    Share,
    Spread,
)
from tests.builders import DAY, JONAS, MARA, NOON, PRIYA, ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.pictures import Words

WEEK = Period(date(2026, 11, 23), date(2026, 11, 30), ZONE)


def full_scorecard(words: Words) -> Scorecard:
    """A week in which everything happened, and everybody's words are in it."""
    return Scorecard(
        period=WEEK,
        filters=_filters(words),
        as_of=NOON + 7 * DAY,
        requests=34,
        inquiries=3,
        answered=Share(30, 34),
        within_target=Share(28, 34),
        response=Spread(30, 4_500, 9_000),
        held=Held(31 * 3600, 12 * 3600, 40 * 3600),
        over_promised=Share(3, 12),
        gap=Gap(days=Spread(2, listed=(1, 4)), never=1, units={"kg": Decimal("2.5"), words.unit: Decimal(60)}),
        loop=_loop(words),
        closed=9,
        endings={Ending.KEPT: 7, Ending.LATE: 2},
        to_request=Share(5, 9),
        to_original=Share(7, 9),
        to_latest=Share(8, 9),
        otif=Share(7, 9),
        money=_money(),
        saved=6,
        saves=(_save(words, 1), _save(words, 2)),
        thanked=4,
        commitments_due=11,
        commitments_kept=8,
        commitments_unreported=1,
        **_parts(words),
    )


def _filters(words: Words) -> Filters:
    return Filters(
        desks=frozenset({1, 2}),
        team=frozenset({MARA}),
        requester=MARA,
        customer=words.name,
        item=words.name,
        reason=ReasonCode.LINE_DOWN,
        cause=CausedBy.US,
    )


def _loop(words: Words) -> Loop:
    whys = (Follows.BUMPED, Follows.MISSED, None)
    chain = tuple(Link(n, 10 + n, words.name, words.name, why) for n, why in enumerate(whys))
    return Loop(share=Share(4, 34), missed=3, bumped=1, chains=(chain,) * 7)


def _money() -> Money:
    return Money(
        extra_cost=Decimal("1240.50"),
        costed=5,
        value_kept=Decimal(54_000),
        valued_kept=7,
        value_lost=Decimal(800),
        valued_lost=1,
    )


def _save(words: Words, number: int) -> Save:
    return Save(
        request_id=number,
        number=number,
        customer=words.name,
        item=words.name,
        value_at_stake=Decimal(9_000),
        people=(JONAS, PRIYA),
        is_thanked=True,
    )


def _parts(words: Words) -> dict[str, Breakdown]:
    keys: dict[str, Iterable[str]] = {
        "by_reason": [ReasonCode.LINE_DOWN, ReasonCode.STOCK_OUT],
        "by_cause": [CausedBy.US, ""],
        "by_customer": [f"{words.name} {n}" for n in range(7)],
        "by_item": [words.name, "BRK-2040"],
        "by_desk": ["1", "2"],
        "by_requester": [MARA, "U0GONE"],
    }
    return {
        name: Breakdown(
            tuple(
                Part(key=str(key), requests=9 - n, within_target=Share(2, 3), otif=Share(n, 2), loop=1)
                for n, key in enumerate(of)
            ),
            left_off=3,
        )
        for name, of in keys.items()
    }
