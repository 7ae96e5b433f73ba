"""Two people at once, two sweeps at once: one wins, the other is told; nothing is done twice, nobody waits for ever.

Threads on PostgreSQL; SQLite has one writer by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.database import Database
from bot.services import negotiation, surfaces, watch
from bot.services.acting import Caller, act
from models.errors import MoveNotAllowed
from models.lifecycle import How, Status
from models.offer import ShipmentSplit
from models.outbox import Notice
from tests.builders import FRIDAY, HOUR, MARA, NOON, TEAM, an_ask, furnish
from tests.conftest import empty
from tests.negotiating import Table, a_part, later


@pytest.fixture
def table(postgres_url: str) -> Iterator[Table]:
    empty(postgres_url)
    database = Database(postgres_url)
    yield Table(database, database.run_now(furnish))
    database.close()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all at the same time; an error is a result too."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return work()
        except Exception as error:  # noqa: BLE001 the loser's error is what is looked at
            return error

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def test_of_two_who_press_at_once_one_wins_and_the_other_is_told_who(table: Table) -> None:
    for _ in range(5):
        request_id = table.asked()
        people = (table.people.jonas, table.people.priya)
        results = at_once(*(partial(table.do, negotiation.commit_as_asked, who, request_id) for who in people))
        (lost,) = [result for result in results if isinstance(result, MoveNotAllowed)]
        (won,) = [result for result in results if not isinstance(result, Exception)]
        winner = next(who for who in people if who.slack_id == won.owner)
        assert f"{winner.name} committed it at 13:00." in lost.sentence
        assert len(table.commitments(request_id)) == 1


def test_an_acceptance_and_a_new_offer_at_once_leave_one_truth(table: Table) -> None:
    for _ in range(5):
        request_id = table.offered()
        at_once(
            lambda r=request_id: table.do(negotiation.accept, table.people.mara, r),
            lambda r=request_id: table.do(negotiation.offer, table.people.jonas, r, a_part(50)),
        )
        agreed = table.request(request_id).status is Status.AGREED
        assert len(table.commitments(request_id)) == int(agreed)
        assert len(table.clocks(request_id)) == 1


def test_requests_sent_at_once_get_numbers_of_their_own(table: Table) -> None:
    numbers = at_once(*[lambda: table.request(table.asked()).number for _ in range(6)])
    assert sorted(numbers) == list(range(1, 7))


def test_an_interaction_delivered_twice_at_once_is_acted_on_once(table: Table) -> None:
    caller = Caller(TEAM, MARA)
    deliver = partial(table.database.run_now, act, caller, "k", NOON, negotiation.submit, an_ask(), how=How.FORM)
    results = at_once(deliver, deliver, deliver)
    assert sum(result is None for result in results) == 2


def test_two_sweeps_share_what_is_due(table: Table) -> None:
    ids = [table.asked() for _ in range(12)]
    due = NOON + HOUR
    taken = at_once(*[lambda: table.database.run_now(watch.sweep, due, limit=6) for _ in range(4)])
    while table.database.run_now(watch.sweep, due):
        pass
    assert not [result for result in taken if isinstance(result, Exception)]
    assert [len(table.messages(request_id, Notice.CLOCK)) for request_id in ids] == [1] * 12


def test_of_taking_an_offer_and_proposing_something_else_at_once_one_happens(table: Table) -> None:
    for _ in range(5):
        request_id = table.offered(a_part(others=(later(),)))
        second = table.offers(request_id)[1].id
        mara, lots = table.people.mara, (ShipmentSplit(FRIDAY, Decimal(50)),)
        take = partial(table.do, negotiation.accept, mara, request_id, second)
        propose = partial(table.do, negotiation.counter, mara, request_id, lots)
        results = at_once(take, propose)
        (lost,) = [result for result in results if isinstance(result, MoveNotAllowed)]
        assert "EXP-" in lost.sentence
        is_taken = table.request(request_id).status is Status.AGREED
        assert [lot.quantity for lot in table.commitments(request_id)] == ([Decimal(100)] if is_taken else [])
        assert sum(offer.by_sales for offer in table.offers(request_id)) == int(not is_taken)


def test_a_sweep_passes_over_a_request_that_somebody_is_moving(table: Table) -> None:
    request_id = table.asked()

    def move_while_swept(session: Session) -> int:
        negotiation.acknowledge(session, table.people.jonas, request_id, at=NOON, how=How.BUTTON)
        with ThreadPoolExecutor(1) as other:
            return other.submit(table.database.run_now, watch.sweep, NOON + HOUR).result(timeout=10)

    assert table.database.run_now(move_while_swept) == 0
    assert not table.messages(request_id, Notice.CLOCK)


def test_moves_and_sweeps_that_touch_the_same_homes_do_not_block_each_other(table: Table) -> None:
    people = table.people
    for actor in (people.priya, people.mara, people.jonas, people.tobias):
        table.do(surfaces.open_home, actor, how=None)
    table.everything_sent()
    ids = [table.asked() for _ in range(8)]
    moves = [lambda r=r: table.do(negotiation.acknowledge, people.jonas, r) for r in ids]
    sweeps = [lambda: table.database.run_now(watch.sweep, NOON + 30 * HOUR, limit=3) for _ in range(3)]
    results = at_once(*moves, *sweeps)
    assert not [result for result in results if isinstance(result, Exception)]
