"""The table of moves: where a request can be, and that what is not in it cannot happen."""

from __future__ import annotations

from itertools import product

import pytest

from models.errors import MoveNotAllowed
from models.lifecycle import NEXT, OPEN, Move, Status, after, allows

CLOSED = [status for status in Status if not status.is_open]
BY_THE_CLOCK = {Move.WARN, Move.BREACH, Move.ESCALATE, Move.ASK_OUTCOME}


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_a_move_happens_only_if_it_is_in_the_table(status: Status, move: Move) -> None:
    if (status, move) in NEXT:
        assert after(status, move, label="EXP-1", last="") is NEXT[status, move]
        assert allows(status, move)
    else:
        assert not allows(status, move)
        with pytest.raises(MoveNotAllowed, match="EXP-1"):
            after(status, move, label="EXP-1", last="Somebody did something.")


def test_nothing_leaves_a_closed_request() -> None:
    assert not [status for status, _ in NEXT if status in CLOSED]


def test_every_status_can_be_reached_and_every_open_one_can_be_left_for_an_end() -> None:
    reached = {Status.ASKED}
    while (more := {to for (status, _), to in NEXT.items() if status in reached}) - reached:
        reached |= more
    assert reached == set(Status)
    assert all(any(status is start and to in CLOSED for (start, _), to in NEXT.items()) for status in OPEN)


def test_clocks_and_undoing_are_no_moves_of_the_table() -> None:
    """They leave a line of history and never change where a request stands by themselves."""
    assert not {move for _, move in NEXT} & (BY_THE_CLOCK | {Move.UNDO, Move.ASK})


def test_the_desk_owes_an_answer_until_it_commits_offers_or_declines() -> None:
    for status in (status for status in Status if status.awaits_answer):
        assert {Move.COMMIT, Move.OFFER, Move.DECLINE} <= {move for start, move in NEXT if start is status}
    assert not Status.OFFERED.awaits_answer


def test_the_sentence_tells_who_was_first_and_what_to_do_next() -> None:
    last = "Jonas Keller committed it at 09:31."
    with pytest.raises(MoveNotAllowed) as refused:
        after(Status.AGREED, Move.OFFER, label="EXP-7", last=last)
    assert refused.value.sentence == f"EXP-7 has moved on: {last} The card shows what can be done now."
    with pytest.raises(MoveNotAllowed, match="EXP-7 is closed"):
        after(Status.WITHDRAWN, Move.OFFER, label="EXP-7", last=last)
