"""Knowing each other: only who wants to is paired, once a month, and what became of it stays between the two."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from models import Absence, Pair, PairRound, PairWish, TimelineEntry
from models.agreement_queries import pairs_met
from models.lifecycle import How, Move
from models.pairing import PairKind, PairState
from tests import payloads
from tests.builders import DAY, HELENA, JONAS, MARA, NOON, PRIYA, TOBIAS, Workspace
from tests.rows import a_request

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.conversations.conftest import Talk
    from tests.fakes import Shown

FIRST_WORKING_DAY = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
"""A Tuesday, 8:00 at the desk."""
DECEMBER = date(2026, 12, 1)


async def wanted_by(talk: Talk, *people: str) -> None:
    for person in people:
        answer = await talk.types(person, "pairs")
        assert "You are not in" in str(answer)
        await talk.send(_pressed(person, "pair_join"))


def _pressed(person: str, action_id: str, value: int = 0) -> dict[str, Any]:
    return payloads.click(person, _button(action_id, value))


def _button(action_id: str, value: int = 0) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "value": str(value)}


async def month_begins(talk: Talk, at: datetime = FIRST_WORKING_DAY) -> None:
    talk.clock.advance((at - talk.clock.now()).total_seconds())
    await talk.tick()


def asked(talk: Talk, person: str) -> list[Shown]:
    return [shown for shown in talk.slack.to(person) if "Coffee" in shown.text or "half a day" in shown.text]


def rows(talk: Talk, kind: Any) -> list[Any]:
    return talk.database.run_now(lambda session: list(session.scalars(sa.select(kind).order_by(kind.id))))


def a_hard_request(session: Session, workspace: Workspace) -> None:
    """Mara asked, Jonas answered after the time was out."""
    request = a_request(session, workspace)
    for move, by in ((Move.ASK, MARA), (Move.BREACH, None), (Move.OFFER, JONAS)):
        facts = {"tenant_id": workspace.tenant_id, "request_id": request.id, "at": NOON}
        session.add(TimelineEntry(**facts, by=by, how=How.BUTTON, move=move))


async def test_nobody_is_paired_who_did_not_say_so(talk: Talk, workspace: Workspace) -> None:
    await wanted_by(talk, MARA)
    await month_begins(talk)

    assert rows(talk, Pair) == []
    assert len(rows(talk, PairRound)) == 1
    assert asked(talk, MARA) == asked(talk, JONAS) == []


async def test_pairs_are_made_once_on_the_first_working_day_across_the_sides(talk: Talk, workspace: Workspace) -> None:
    await wanted_by(talk, MARA, TOBIAS, JONAS, PRIYA)
    for _hard in range(2):
        talk.database.run_now(a_hard_request, workspace)
    await month_begins(talk, FIRST_WORKING_DAY - DAY)
    assert rows(talk, Pair) == []
    await month_begins(talk)
    for _day in range(5):
        await talk.pass_time(hours=24)

    found = {(pair.kind, pair.sales, pair.ops, pair.met_in) for pair in rows(talk, Pair)}
    assert found == {(PairKind.RIDE_ALONG, MARA, JONAS, 2), (PairKind.COFFEE, TOBIAS, PRIYA, 0)}
    assert [len(asked(talk, person)) for person in (MARA, TOBIAS, JONAS, PRIYA)] == [1, 1, 1, 1]
    assert f"*You and <@{JONAS}> met in 2 hard requests lately.*" in asked(talk, MARA)[0].text


async def test_done_is_counted_as_a_number_and_stands(talk: Talk, workspace: Workspace) -> None:
    await wanted_by(talk, MARA, JONAS)
    await month_begins(talk)
    await talk.presses(MARA, asked(talk, MARA)[0], "pair_not_now")
    assert "Not this month" in asked(talk, JONAS)[-1].text
    assert talk.database.run_now(pairs_met, workspace.tenant_id, DECEMBER) == (1, 0)

    await talk.presses(JONAS, asked(talk, JONAS)[-1], "pair_done")
    assert "You met" in asked(talk, MARA)[-1].text
    assert talk.database.run_now(pairs_met, workspace.tenant_id, DECEMBER) == (1, 1)
    await talk.send(_pressed(MARA, "pair_not_now", rows(talk, Pair)[0].id))
    assert "said already that you met" in talk.whispered(MARA)[-1]
    assert [pair.state for pair in rows(talk, Pair)] == [PairState.DONE]


async def test_only_the_two_can_answer(talk: Talk, workspace: Workspace) -> None:
    await wanted_by(talk, MARA, JONAS)
    await month_begins(talk)
    await talk.presses(HELENA, asked(talk, MARA)[0], "pair_done")

    assert [pair.state for pair in rows(talk, Pair)] == [PairState.OPEN]
    assert "Only the two" in talk.whispered(HELENA)[-1]


async def test_who_stops_is_not_paired_again_and_the_two_do_not_meet_twice_in_a_quarter(
    talk: Talk, workspace: Workspace
) -> None:
    await wanted_by(talk, MARA, TOBIAS, JONAS)
    await month_begins(talk)
    ((first,),) = [[pair.sales for pair in rows(talk, Pair)]]
    await month_begins(talk, datetime(2027, 1, 1, 7, 0, tzinfo=UTC))
    second = rows(talk, Pair)[1].sales
    assert {first, second} == {MARA, TOBIAS}

    await talk.presses(second, asked(talk, second)[-1], "pair_stop")
    assert [wish.slack_id for wish in rows(talk, PairWish)] == [first, JONAS]
    assert rows(talk, Pair)[1].state is PairState.NOT_THIS_MONTH
    await month_begins(talk, datetime(2027, 2, 1, 7, 0, tzinfo=UTC))
    assert len(rows(talk, Pair)) == 2, "the only partner left was met two months ago"
    await month_begins(talk, datetime(2027, 3, 1, 7, 0, tzinfo=UTC))
    assert [pair.sales for pair in rows(talk, Pair)] == [first, second, first]


@pytest.mark.parametrize("days", [10, 40])
async def test_whoever_is_away_for_weeks_is_not_paired(talk: Talk, workspace: Workspace, days: int) -> None:
    await wanted_by(talk, MARA, JONAS)
    span = {"starts_at": FIRST_WORKING_DAY - DAY, "ends_at": FIRST_WORKING_DAY + days * DAY}
    away = Absence(tenant_id=workspace.tenant_id, slack_id=MARA, made_by=MARA, made_at=NOON, deputy=TOBIAS, **span)
    talk.database.run_now(lambda session: session.add(away))
    await month_begins(talk)

    assert len(rows(talk, Pair)) == (1 if days == 10 else 0)
    assert asked(talk, TOBIAS) == [], "a coffee is not handed on to a deputy"


async def test_from_app_home_people_join_and_leave(talk: Talk, workspace: Workspace) -> None:
    await talk.send(payloads.home_opened(MARA))
    await talk.send(payloads.click_in_view(MARA, _button("pair_join"), talk.slack.homes[MARA]))
    assert [wish.slack_id for wish in rows(talk, PairWish)] == [MARA]
    await talk.pass_time(seconds=2)
    assert "Leave the monthly pairs" in str(talk.slack.homes[MARA])
    await talk.send(payloads.click_in_view(MARA, _button("pair_leave"), talk.slack.homes[MARA]))
    assert rows(talk, PairWish) == []
