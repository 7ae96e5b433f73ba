"""A year's life in short: over the end of a month each digest, summit and round of pairs is made exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.year import Ran, expected, live
from models import Agreement, Pair, Topic
from models.pairing import PairState
from tests.builders import HELENA, LEADERS
from tests.sandbox.test_history import a_demo, unheard

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

MIDDLE_OF_NOVEMBER = datetime(2026, 11, 17, 8, tzinfo=UTC)


def habits(session: Session) -> tuple[int, int, int]:
    """How many topics, agreements, and pairs that met."""
    met = sa.select(sa.func.count()).where(Pair.state == PairState.DONE)
    topics, agreed = (sa.select(sa.func.count()).select_from(kind) for kind in (Topic, Agreement))
    return session.scalar(topics) or 0, session.scalar(agreed) or 0, session.scalar(met) or 0


async def test_over_the_end_of_a_month_each_runs_exactly_once(tmp_path: Path) -> None:
    async with a_demo(tmp_path, "weeks", MIDDLE_OF_NOVEMBER) as demo:
        year = await live(demo, weeks=3, seed=3, calm=True, tell=unheard)
        lived = await demo.app.database.run(habits)
        posted = [message.text for message in demo.sandbox.world.messages.of(LEADERS) if message.user != HELENA]

    assert year.faults == ()
    assert Counter(one.kind for one in year.ran) == {"digest": 3, "summit": 1, "pairs": 1}
    assert [str(one) for one in year.ran if one.kind != "digest"] == [
        "Wed 2026-10-28  summit  Wed 2026-11-04",
        "Mon 2026-11-02  pairs   2026-11  3 made",
    ]
    assert lived == (1, 1, 2)
    (page,) = [text for text in posted if text.startswith("Summit of")]
    assert "Lead times of the foundry: who tells the customers, and when? (raised by Tobias Brandt)" in page
    assert "Jonas looks at the board at nine and at two. · Jonas Keller" in page


def test_a_year_has_fifty_two_digests_and_twelve_of_the_others() -> None:
    starts, ends = datetime(2025, 11, 25, 8, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)
    kinds = Counter(kind for kind, _day in expected(starts, ends))

    assert kinds == {"digest": 52, "summit": 12, "pairs": 12}
    assert str(Ran(ends.date(), "digest", "week 47", "(silent)")) == "Tue 2026-11-24  digest  week 47  (silent)"
