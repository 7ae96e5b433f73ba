"""Figures by command: each sees what is theirs, privately, with the definitions one word away."""

from __future__ import annotations

import pytest

from bot.blocks.elements import button
from bot.blocks.ids import Action
from models.lifecycle import Status
from tests import payloads
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


async def test_rows_behind_the_figures_come_as_a_file(lived: Talk) -> None:
    """Only what its reader may see: Mara's own two, all three for the leader."""
    for user in (MARA, HELENA):
        await lived.send(payloads.click(user, button("", Action.EXPORT, 0)))
        days = {"export_first": "2026-11-16", "export_last": "2026-11-22"}
        assert await lived.submits(user, lived.form, export_kind="requests", **days) == {}

    own, all_of_it = (lived.slack.to(user)[-1].file.content.decode("utf-8-sig") for user in (MARA, HELENA))
    assert (own.count("\r\n"), all_of_it.count("\r\n")) == (3, 4)


async def test_an_export_of_no_days_or_not_theirs_is_refused_in_the_form(lived: Talk) -> None:
    await lived.send(payloads.click(MARA, button("", Action.EXPORT, 0)))
    backwards = {"export_first": "2026-11-22", "export_last": "2026-11-16"}

    refused = await lived.submits(MARA, lived.form, export_kind="requests", **backwards)

    assert list(refused["errors"]) == ["export_last"]
    assert "digests" not in str(lived.form)
    assert not lived.slack.to(MARA)
