"""Settings are changed once, by an admin, from the version they looked at; the past keeps what it was asked under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from sqlalchemy.orm import Session

from bot.database import Database
from bot.services import settings, surfaces
from models import (
    Desk,
    DeskCalendar,
    DeskMember,
    OutboxMessage,
    RoleGrant,
    ServiceLevelPolicy,
    SettingChange,
    Tenant,
    queries,
)
from models.errors import FormRefused, NotYours, SettingsMoved
from models.service_level import Audience, EscalationStep, ServiceLevels
from models.settings import DigestTime, Members, MembersFrom, WorkspaceSettings
from models.summit_date import SummitTime, SummitWeek
from models.tenant import Actor
from tests.builders import DAY, HELENA, JONAS, MARA, NOON, PRIYA, SAM, Workspace
from tests.documents import a_desk, documents, some_hours, with_desk
from tests.rows import a_request

EARLY = some_hours("Mon-Fri 06:00-14:00")
PLANT7 = a_desk("Plant 7 desk", channel="C0PLANT7", is_default=False)


def current(database: Database, workspace: Workspace) -> WorkspaceSettings:
    return database.run_now(settings.read, workspace.tenant_id)


def applied(
    database: Database, workspace: Workspace, wanted: WorkspaceSettings, *, actor: Actor | None = None, **facts: Any
) -> settings.Applied:
    usual = {"at": NOON, "expected_version": database.run_now(settings.version_of, workspace.tenant_id)}
    return database.run_now(settings.apply, actor or workspace.sam, wanted, **usual | facts)


def previewed(database: Database, workspace: Workspace, wanted: WorkspaceSettings, **facts: Any) -> list[str]:
    return database.run_now(settings.preview, workspace.tenant_id, wanted, **facts)


def all_of(database: Database, kind: Any) -> list[Any]:
    return database.run_now(lambda session: list(session.scalars(sa.select(kind).order_by(kind.id))))


def everything_changed(now: WorkspaceSettings) -> WorkspaceSettings:
    """Each part says something else than before."""
    steps = (EscalationStep(600, Audience.PERSON, HELENA, 2, is_urgent=True),)
    first = replace(
        now.desks[0],
        name="Valve desk",
        hours=EARLY,
        hot_cap=5,
        levels=ServiceLevels(now.desks[0].levels.targets, steps),
    )
    return replace(
        now,
        desks=(PLANT7, replace(first, members=Members(MembersFrom.LIST, people=(PRIYA,)))),
        sales_hours=some_hours(
            "Mon-Thu 09:00-18:00", closed_dates=((date(2026, 12, 25), "Christmas Day"),), region="DE"
        ),
        admins=(SAM, HELENA),
        leaders=(JONAS,),
        leadership_channel="",
        log_channel="C0LOG",
        digest=DigestTime(4, time(16, 30)),
        watched_channels=("C0SALES",),
        summit=SummitTime(SummitWeek.LAST, 3, time(9, 30), 90),
        words="We keep breweries running.",
    )


def test_everything_that_is_changed_is_read_back(database: Database, workspace: Workspace) -> None:
    wanted = everything_changed(current(database, workspace))

    applied(database, workspace, wanted)
    now = current(database, workspace)
    assert now == replace(wanted, desks=now.desks)
    assert [desk.name for desk in now.desks] == ["Plant 7 desk", "Valve desk"]
    assert now.desks[1].members == wanted.desks[1].members
    assert (now.desks[1].hours, now.desks[0].hours) == (EARLY, PLANT7.hours)


def test_the_same_again_changes_nothing(database: Database, workspace: Workspace) -> None:
    wanted = everything_changed(current(database, workspace))
    first = applied(database, workspace, wanted)
    rows = [len(all_of(database, kind)) for kind in (DeskCalendar, ServiceLevelPolicy, SettingChange, Desk)]

    again = applied(database, workspace, wanted)
    assert (again.changes, again.version) == ((), first.version)
    assert rows == [len(all_of(database, kind)) for kind in (DeskCalendar, ServiceLevelPolicy, SettingChange, Desk)]
    assert previewed(database, workspace, wanted) == []


@tried(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_any_document_is_read_back_as_it_was_applied(
    database: Database, workspace: Workspace, document: WorkspaceSettings
) -> None:
    """One after another on the same workspace: whatever was there before, the new one holds."""
    applied(database, workspace, document)

    assert current(database, workspace) == document


def test_a_request_keeps_the_policy_it_was_asked_under(database: Database, workspace: Workspace) -> None:
    request = database.run_now(a_request, workspace)
    now = current(database, workspace)
    wanted = with_desk(now, hours=EARLY)

    assert previewed(database, workspace, wanted) == [
        "Plant 3 desk, working hours: week Mon-Fri 07:00-17:00 → week Mon-Fri 06:00-14:00",
        "1 open request of Plant 3 desk keeps the old policy.",
    ]
    applied(database, workspace, wanted)
    picture = database.run_now(lambda session: queries.picture(session, session.get_one(type(request), request.id)))
    assert picture.calendar.windows == now.desks[0].hours.week
    assert picture.desk.calendar_id != request.calendar_id
    assert [row.version for row in all_of(database, DeskCalendar)] == [1, 2]
    assert len(all_of(database, ServiceLevelPolicy)) == 1


def test_a_change_is_written_down_with_who_and_when(database: Database, workspace: Workspace) -> None:
    applied(database, workspace, with_desk(current(database, workspace), hot_cap=12), at=NOON + DAY)

    (row,) = all_of(database, SettingChange)
    assert (row.by, row.at, row.part, row.before, row.after) == (
        SAM,
        NOON + DAY,
        "desks/Plant 3 desk/hot_cap",
        8,
        12,
    )


def test_a_change_on_the_server_has_no_person(database: Database, workspace: Workspace) -> None:
    on_server = replace(workspace.sam, slack_id="")
    applied(database, workspace, with_desk(current(database, workspace), hot_cap=12), actor=on_server)

    assert [row.by for row in all_of(database, SettingChange)] == [None]


@pytest.mark.parametrize("who", ["mara", "jonas", "helena"])
def test_only_admins_change_settings(database: Database, workspace: Workspace, who: str) -> None:
    wanted = with_desk(current(database, workspace), hot_cap=12)

    with pytest.raises(NotYours, match="Only admins"):
        applied(database, workspace, wanted, actor=getattr(workspace, who))
    assert all_of(database, SettingChange) == []


def test_of_two_admins_the_later_is_asked_to_look_again(database: Database, workspace: Workspace) -> None:
    now = current(database, workspace)
    applied(database, workspace, with_desk(now, hot_cap=12), expected_version=0)

    with pytest.raises(SettingsMoved, match="Sam Okafor changed the settings a moment ago"):
        applied(database, workspace, with_desk(now, hot_cap=3), expected_version=0)
    assert current(database, workspace).desks[0].hot_cap == 12


def test_a_mistake_is_refused_whole(database: Database, workspace: Workspace) -> None:
    wanted = replace(with_desk(current(database, workspace), hot_cap=12), admins=())

    with pytest.raises(FormRefused) as refused:
        applied(database, workspace, wanted)
    assert list(refused.value.problems) == ["roles/admins"]
    assert current(database, workspace).desks[0].hot_cap == 8


def test_a_mistake_from_before_keeps_nobody_from_other_changes(database: Database, workspace: Workspace) -> None:
    """The environment may have set up what the forms would refuse."""

    def long_nights(session: Session) -> None:
        calendar = session.scalars(sa.select(DeskCalendar)).one()
        calendar.hours = calendar.hours | {"windows": [[0, "17:00", "08:00"]]}

    database.run_now(long_nights)
    applied(database, workspace, with_desk(current(database, workspace), hot_cap=12))

    assert current(database, workspace).desks[0].hot_cap == 12


def test_a_desk_that_is_left_out_is_retired_and_comes_back_by_its_name(
    database: Database, workspace: Workspace
) -> None:
    now = current(database, workspace)
    two = replace(now, desks=(*now.desks, PLANT7))
    applied(database, workspace, two)
    plant7 = current(database, workspace).desks[1].id

    assert previewed(database, workspace, now) == ["Plant 7 desk is retired: it takes no new requests."]
    applied(database, workspace, now, at=NOON + DAY)
    assert [desk.retired_at for desk in all_of(database, Desk)] == [None, NOON + DAY]

    applied(database, workspace, two)
    assert [desk.id for desk in current(database, workspace).desks] == [workspace.desk_id, plant7]


def test_the_preview_names_who_comes_and_who_goes(database: Database, workspace: Workspace) -> None:
    now = current(database, workspace)
    named = with_desk(now, members=Members(MembersFrom.LIST, people=(PRIYA, HELENA)))
    moved = with_desk(now, channel="C0PLANT7")

    assert previewed(database, workspace, named)[1:] == [
        "Helena Voss can answer for Plant 3 desk.",
        "Jonas Keller can no longer answer for Plant 3 desk.",
    ]
    assert previewed(database, workspace, moved)[1:] == [
        "Who answers for Plant 3 desk is read from Slack after saving."
    ]
    assert previewed(database, workspace, moved, members={"C0PLANT7": [JONAS]})[1:] == [
        "Priya Nair can no longer answer for Plant 3 desk."
    ]


def test_a_list_of_members_answers_from_then_on(database: Database, workspace: Workspace) -> None:
    named = Members(MembersFrom.LIST, people=(HELENA, MARA))
    applied(database, workspace, with_desk(current(database, workspace), members=named))

    assert {member.slack_id for member in all_of(database, DeskMember)} == {HELENA, MARA}


def test_roles_are_those_that_are_named(database: Database, workspace: Workspace) -> None:
    wanted = replace(current(database, workspace), admins=(SAM, HELENA), leaders=())

    assert previewed(database, workspace, wanted) == [
        "Admins: added Helena Voss",
        "Leaders: removed Helena Voss",
    ]
    applied(database, workspace, wanted)
    assert {(grant.slack_id, grant.role.value) for grant in all_of(database, RoleGrant)} == {
        (SAM, "admin"),
        (HELENA, "admin"),
    }


def test_the_digest_follows_the_default_desks_wall_clock(database: Database, workspace: Workspace) -> None:
    now = current(database, workspace)
    chicago = replace(now.desks[0].hours, zone="America/Chicago")
    applied(database, workspace, with_desk(now, hours=chicago))

    assert [tenant.zone for tenant in all_of(database, Tenant)] == ["America/Chicago"]


def test_cards_and_homes_show_a_new_name(database: Database, workspace: Workspace) -> None:
    request = database.run_now(a_request, workspace)

    def shown(session: Session) -> None:
        surfaces.open_home(session, workspace.mara, NOON)
        surfaces.post(
            session,
            tenant_id=workspace.tenant_id,
            key="card:1",
            surface=surfaces.Surface.CARD,
            notice=surfaces.Notice.CARD,
            channel="C0PLANT3",
            at=NOON,
            request_id=request.id,
            is_live=True,
        )

    database.run_now(shown)
    applied(database, workspace, with_desk(current(database, workspace), name="Valve desk"))
    assert [row.wanted for row in all_of(database, OutboxMessage)] == [2, 2]
