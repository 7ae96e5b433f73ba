"""Looking at requests: by number as people say it, only in one's own workspace, changing nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from bot.database import Database
from bot.services import lists
from models import Tenant
from models.errors import RequestUnknown
from models.picture import Picture
from models.tenant import Actor
from tests.builders import HOUR, MARA, NOON, Workspace
from tests.rows import a_request


@pytest.mark.parametrize(
    "said", ["EXP-12", "exp-12", "EXP 12", "exp12", "12", "#12", " 12 ", "EXP–12", "EXP-012", "exp #12"]
)
def test_a_number_is_understood_as_people_say_it(database: Database, workspace: Workspace, said: str) -> None:
    database.run_now(a_request, workspace, number=12)

    assert _status(database, workspace.tobias, said).request.label == "EXP-12"


@pytest.mark.parametrize(
    "said", ["", "EXP-", "EXP-13", "twelve", "12 13", "1.2", "-", "99999999999999999999", "12; DROP TABLE", "²"]
)
def test_anything_else_is_told_to_be_unknown(database: Database, workspace: Workspace, said: str) -> None:
    database.run_now(a_request, workspace, number=12)

    with pytest.raises(RequestUnknown, match="/expedite list"):
        _status(database, workspace.tobias, said)


def test_a_long_text_is_not_said_back_whole(database: Database, workspace: Workspace) -> None:
    with pytest.raises(RequestUnknown) as refused:
        _status(database, workspace.tobias, "x" * 3000)

    assert len(refused.value.sentence) < 150


def test_another_workspace_cannot_look(database: Database, workspace: Workspace) -> None:
    request = database.run_now(a_request, workspace, number=12)
    stranger = database.run_now(_stranger)

    with pytest.raises(RequestUnknown):
        _status(database, stranger, "EXP-12")
    with pytest.raises(RequestUnknown):
        database.run_now(lists.picture_of, stranger, request.id, at=NOON)
    assert database.run_now(lists.open_for, stranger, at=NOON).is_set_up is False


def test_one_request_is_shown_whole(database: Database, workspace: Workspace) -> None:
    request = database.run_now(a_request, workspace)

    picture = database.run_now(lists.picture_of, workspace.mara, request.id, at=NOON)

    assert picture.request.id == request.id
    assert picture.name_of(MARA) == "Mara Lindqvist"


def test_a_request_that_never_was_is_told_to_be_unknown(database: Database, workspace: Workspace) -> None:
    with pytest.raises(RequestUnknown):
        database.run_now(lists.picture_of, workspace.mara, 999, at=NOON)


def test_the_list_is_the_work_list_of_the_home(database: Database, workspace: Workspace) -> None:
    request = database.run_now(a_request, workspace)

    shown = database.run_now(lists.open_for, workspace.mara, at=NOON + HOUR)

    assert [line.request.id for line in shown.my_waiting] == [request.id]
    assert (shown.slack_id, shown.zone) == (MARA, "Europe/Berlin")


def _status(database: Database, actor: Actor, said: str) -> Picture:
    return database.run_now(lists.status_of, actor, said, at=NOON)


def _stranger(session: Session) -> Actor:
    tenant = Tenant(team_id="T0OTHER", installed_at=NOON)
    session.add(tenant)
    session.flush()
    return Actor(tenant_id=tenant.id, slack_id=MARA, name="Somebody else")
