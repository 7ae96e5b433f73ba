"""Figures by command: each sees what is theirs, privately, with the definitions one word away."""

from __future__ import annotations

import pytest

from models.lifecycle import Status
from tests.builders import DAY, HELENA, JONAS, MARA, MINUTE, NOON, PLANT3, TOBIAS, Workspace
from tests.conversations.conftest import Talk
from tests.rows import a_request


@pytest.fixture
async def lived(talk: Talk, workspace: Workspace) -> Talk:
    """Mara asked twice and Tobias once last week; one was answered."""

    def rows(session):
        a_request(session, workspace, asked_at=NOON - 7 * DAY, first_responded_at=NOON - 7 * DAY + 12 * MINUTE)
        a_request(session, workspace, asked_at=NOON - 6 * DAY, customer="Contoso")
        a_request(session, workspace, asked_at=NOON - 5 * DAY, requester=TOBIAS, status=Status.ACKNOWLEDGED)

    await talk.database.run(rows)
    return talk


async def test_a_leader_sees_all_and_a_requester_their_own(lived: Talk) -> None:
    all_of_it = await lived.types(HELENA, "scorecard")
    own = await lived.types(MARA, "scorecard last week")
    of_desk = await lived.types(JONAS, "scorecard last week desk plant 3 DESK")
    contoso = await lived.types(HELENA, "scorecard last week customer contoso")

    assert "week 47, 2026" in all_of_it["text"]
    said = [
        answer["text"].partition("Requests · These days: ")[2].partition("\n")[0][:1]
        for answer in (all_of_it, own, of_desk, contoso)
    ]
    assert said == ["3", "2", "3", "1"]
    assert "asked by Mara Lindqvist" in own["text"]
    assert "12 min (n = 1)" in own["text"]
    assert not lived.slack.in_channel(PLANT3)


async def test_nobody_sees_what_is_not_theirs(lived: Talk) -> None:
    assert "your own requests" in (await lived.types(MARA, f"scorecard requester <@{TOBIAS}|tobias>"))["text"]
    assert "There is no desk “Mars”" in (await lived.types(HELENA, "scorecard desk Mars"))["text"]
    assert "`last week`" in (await lived.types(HELENA, "scorecard whenever"))["text"]


async def test_a_team_is_a_user_group(lived: Talk) -> None:
    lived.slack.group_members["S0EAST"] = [TOBIAS]

    found = await lived.types(HELENA, "scorecard last week team <!subteam^S0EAST|@east>")
    named = await lived.types(HELENA, "scorecard last week team @nobody")

    assert "Requests · These days: 1" in found["text"]
    assert "user group" in named["text"]


async def test_the_definitions_are_one_word_away(lived: Talk) -> None:
    assert "frozen on the request" in (await lived.types(TOBIAS, "scorecard help"))["text"]
