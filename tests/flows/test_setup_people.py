"""Who is who, and who answers for a desk: as Slack tells it, without bots."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.database import Database
from bot.ports import Person
from bot.services import setup
from models import Member, queries
from models.errors import NotSetUp
from tests.builders import BOT, JONAS, MARA, NOON, PLANT3, PRIYA, SALES, TEAM, TOBIAS, Workspace

LENA = Person(slack_id="U0LENA", name="Lena Aydin", zone="Europe/Vienna")
ROBOT = Person(slack_id="U0ROBOT", name="Order bot", zone="", is_bot=True)


def test_new_people_are_remembered_and_known_ones_corrected(database: Database, workspace: Workspace) -> None:
    mara = Person(slack_id=MARA, name="Mara Lindqvist-Berg", zone="Europe/Stockholm", is_guest=True)
    database.run_now(setup.sync_people, workspace.tenant_id, [LENA, mara, ROBOT])

    people = _people(database, workspace)
    assert (people["U0LENA"].name, people["U0LENA"].zone) == ("Lena Aydin", "Europe/Vienna")
    assert (people[MARA].name, people[MARA].zone, people[MARA].is_guest) == (mara.name, mara.zone, True)
    assert people["U0ROBOT"].is_bot
    assert people[JONAS].name == "Jonas Keller", "who is not told of stays as known"


def test_people_told_twice_are_there_once(database: Database, workspace: Workspace) -> None:
    twice = [LENA, replace(LENA, name="Lena Aydin-Roth")]
    database.run_now(setup.sync_people, workspace.tenant_id, twice)
    database.run_now(setup.sync_people, workspace.tenant_id, twice)
    database.run_now(setup.sync_people, workspace.tenant_id, [])

    assert _people(database, workspace)["U0LENA"].name == "Lena Aydin-Roth"


def test_a_name_longer_than_a_line_is_cut(database: Database, workspace: Workspace) -> None:
    database.run_now(setup.sync_people, workspace.tenant_id, [replace(LENA, name="x" * 500, zone="z" * 100)])

    assert len(_people(database, workspace)["U0LENA"].name) == 200


def test_the_desk_is_answered_by_whoever_is_in_its_channel(database: Database, workspace: Workspace) -> None:
    database.run_now(setup.learn, TEAM, [LENA, ROBOT], PLANT3, [PRIYA, "U0LENA", "U0ROBOT", BOT])

    assert _on_desk(database, workspace) == {PRIYA, "U0LENA"}


def test_strangers_in_a_shared_channel_do_not_answer_for_the_desk(database: Database, workspace: Workspace) -> None:
    """Neither those whom Slack names as such, nor those whom it does not name at all."""
    stranger = replace(LENA, slack_id="U0STRANGER", is_stranger=True)
    database.run_now(setup.learn, TEAM, [LENA, stranger], PLANT3, [JONAS, "U0LENA", "U0STRANGER", "U0NOBODY"])

    assert _on_desk(database, workspace) == {JONAS, "U0LENA"}
    assert "U0STRANGER" not in _people(database, workspace)


def test_where_people_cannot_be_listed_the_channel_says_who_answers(database: Database, workspace: Workspace) -> None:
    database.run_now(setup.learn, TEAM, [], PLANT3, [JONAS, "U0LENA"])

    assert _on_desk(database, workspace) == {JONAS, "U0LENA"}


def test_another_channel_changes_no_desk(database: Database, workspace: Workspace) -> None:
    database.run_now(setup.learn, TEAM, [LENA], SALES, ["U0LENA"])

    assert _on_desk(database, workspace) == {JONAS, PRIYA}


def test_an_empty_channel_leaves_the_desk_to_nobody(database: Database, workspace: Workspace) -> None:
    database.run_now(setup.sync_desk_members, workspace.desk_id, [])

    assert _on_desk(database, workspace) == set()


def test_people_of_a_workspace_nobody_installed_cannot_be_learned(database: Database) -> None:
    with pytest.raises(NotSetUp):
        database.run_now(setup.learn, "T0NOBODY", [LENA], PLANT3, [])


def test_whoever_joins_the_channel_joins_the_desk(database: Database, workspace: Workspace) -> None:
    for _again in range(2):
        database.run_now(setup.joined, workspace.tobias, PLANT3, TOBIAS, at=NOON)
    database.run_now(setup.joined, workspace.mara, SALES, MARA, at=NOON)

    assert _on_desk(database, workspace) == {JONAS, PRIYA, TOBIAS}


def test_bots_that_join_do_not_answer(database: Database, workspace: Workspace) -> None:
    database.run_now(setup.sync_people, workspace.tenant_id, [ROBOT])
    database.run_now(setup.joined, workspace.mara, PLANT3, BOT, at=NOON)
    database.run_now(setup.joined, workspace.mara, PLANT3, "U0ROBOT", at=NOON)

    assert _on_desk(database, workspace) == {JONAS, PRIYA}


def test_whoever_leaves_the_channel_leaves_the_desk(database: Database, workspace: Workspace) -> None:
    database.run_now(setup.left, workspace.jonas, SALES, JONAS, at=NOON)
    assert JONAS in _on_desk(database, workspace)

    database.run_now(setup.left, workspace.jonas, PLANT3, JONAS, at=NOON)
    assert _on_desk(database, workspace) == {PRIYA}


def test_who_is_deactivated_answers_for_no_desk(database: Database, workspace: Workspace) -> None:
    gone = Person(slack_id=JONAS, name="Jonas Keller", zone="Europe/Berlin", is_deactivated=True)
    database.run_now(setup.person_changed, workspace.jonas, gone, at=NOON)

    assert _on_desk(database, workspace) == {PRIYA}
    assert _people(database, workspace)[JONAS].is_deactivated


def test_a_new_name_is_taken_over(database: Database, workspace: Workspace) -> None:
    renamed = Person(slack_id=JONAS, name="Jonas Keller-Wolf", zone="Europe/Berlin")
    database.run_now(setup.person_changed, workspace.jonas, renamed, at=NOON)

    assert _people(database, workspace)[JONAS].name == "Jonas Keller-Wolf"
    assert JONAS in _on_desk(database, workspace)


def _people(database: Database, workspace: Workspace) -> dict[str, Member]:
    def read(session: Session) -> dict[str, Member]:
        found = session.scalars(sa.select(Member).where(Member.tenant_id == workspace.tenant_id))
        return {member.slack_id: member for member in found}

    return database.run_now(read)


def _on_desk(database: Database, workspace: Workspace) -> set[str]:
    return set(database.run_now(queries.desk_member_ids, workspace.desk_id))
