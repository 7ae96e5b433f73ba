"""Setting up a workspace and its desk: repeatable, versioned, and never judging the past by new rules."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.database import Database
from bot.services import setup
from models import Desk, DeskCalendar, RequestClock, RoleGrant, ServiceLevelPolicy, Tenant, queries
from models.business_calendar import spell_week
from models.closed_dates import proposed_closed_dates
from models.request_clock import ClockState
from models.service_level import ClockKind, Targets, UrgencyClass
from models.tenant import Role
from tests.builders import DAY, HELENA, HOUR, LEADERS, MARA, NOON, PLANT3, SAM, TEAM, ZONE, Workspace
from tests.rows import a_clock, a_request


def installed(session: Session, *, at: datetime = NOON, sealed_token: str | None = "sealed", **facts: Any) -> Tenant:
    usual = {"team_id": "T0NEW", "name": "Southgate Pumps", "bot_id": "B0NEW", "bot_user_id": "U0NEWBOT"}
    return setup.install(session, **usual | facts, sealed_token=sealed_token, at=at)


def configured(session: Session, *, at: datetime = NOON, team_id: str = "T0NEW", **facts: Any) -> Desk:
    tenant = session.scalars(sa.select(Tenant).where(Tenant.team_id == team_id)).one()
    usual: dict[str, Any] = {
        "name": "Plant 7 desk",
        "channel_id": "C0PLANT7",
        "zone": ZONE,
        "hours": "Mon-Fri 07:00-17:00",
        "leadership_channel": LEADERS,
    }
    return setup.configure_desk(session, tenant, **usual | facts, at=at)


def test_installing_twice_is_one_workspace_with_the_newest_token(database: Database) -> None:
    database.run_now(installed)
    database.run_now(installed, name="Southgate Pumps Ltd", sealed_token="newer", at=NOON + DAY)

    (tenant,) = _all(database, Tenant)
    assert (tenant.name, tenant.sealed_bot_token, tenant.installed_at) == ("Southgate Pumps Ltd", "newer", NOON)


def test_a_name_longer_than_a_line_is_cut(database: Database) -> None:
    database.run_now(installed, name="x" * 300)

    assert len(_all(database, Tenant)[0].name) == 200


def test_the_first_desk_is_the_default_and_names_the_workspace_zone(database: Database) -> None:
    database.run_now(installed)
    database.run_now(configured)
    database.run_now(configured, name="Plant 8 desk", channel_id="C0PLANT8", zone="America/Chicago")

    first, second = _all(database, Desk)
    assert (first.is_default, second.is_default) == (True, False)
    assert [(tenant.zone, tenant.leadership_channel) for tenant in _all(database, Tenant)] == [(ZONE, LEADERS)]


def test_the_same_settings_again_change_nothing(database: Database) -> None:
    database.run_now(installed)
    before = database.run_now(configured, holidays="DE-BY")
    after = database.run_now(configured, holidays="DE-BY", at=NOON + DAY)

    assert (after.id, after.calendar_id, after.policy_id) == (before.id, before.calendar_id, before.policy_id)
    assert [row.name for row in _all(database, DeskCalendar)] == ["Plant 7 desk", setup.SALES_CALENDAR]
    assert len(_all(database, ServiceLevelPolicy)) == 1


@pytest.mark.parametrize(
    "change", [{"hours": "Mon-Sat 06:00-14:00"}, {"zone": "America/Chicago"}, {"holidays": "DE-BY"}]
)
def test_other_hours_are_a_new_version_and_the_old_one_stays(database: Database, change: dict[str, str]) -> None:
    database.run_now(installed)
    old = database.run_now(configured).calendar_id
    new = database.run_now(configured, **change).calendar_id

    calendars = {row.id: row for row in _all(database, DeskCalendar)}
    assert new != old
    assert [calendars[one].version for one in (old, new)] == [1, 2]
    assert [calendars[one].calendar.version for one in (old, new)] == [1, 2]


def test_a_request_keeps_the_hours_it_was_asked_under(database: Database, workspace: Workspace) -> None:
    request = database.run_now(a_request, workspace)
    database.run_now(configured, team_id=TEAM, name="Plant 3 desk", channel_id=PLANT3, hours="Sat 08:00-12:00")

    picture = database.run_now(lambda session: queries.picture(session, session.get_one(type(request), request.id)))
    assert picture.calendar.is_open(NOON)
    assert picture.desk.calendar_id != picture.request.calendar_id


def test_the_first_desk_brings_hours_for_sales_and_a_later_one_changes_nothing_about_them(database: Database) -> None:
    database.run_now(installed)
    database.run_now(configured)
    (tenant,) = _all(database, Tenant)
    database.run_now(configured, name="Plant 8 desk", channel_id="C0PLANT8", zone="America/Chicago")

    sales = next(row for row in _all(database, DeskCalendar) if row.id == tenant.sales_calendar_id)
    assert (sales.calendar.zone, spell_week(sales.calendar.windows)) == (ZONE, setup.SALES_HOURS)
    assert _all(database, Tenant)[0].sales_calendar_id == tenant.sales_calendar_id


def test_a_new_desk_owes_more_pressing_requests_sooner(database: Database) -> None:
    database.run_now(installed)
    database.run_now(configured)
    levels = _all(database, ServiceLevelPolicy)[0].levels

    assert levels.of(UrgencyClass.STANDARD) == Targets()
    answers = [levels.of(urgency).answer for urgency in UrgencyClass]
    assert answers == sorted(answers, reverse=True)
    assert len(set(answers)) == len(answers)


def test_a_renamed_desk_is_the_same_desk(database: Database) -> None:
    database.run_now(installed)
    before = database.run_now(configured)
    after = database.run_now(configured, name="Valve desk")
    moved = database.run_now(configured, name="Valve desk", channel_id="C0VALVES", hours="Mon 08:00-09:00")

    assert before.id == after.id == moved.id
    assert [(desk.name, desk.channel_id) for desk in _all(database, Desk)] == [("Valve desk", "C0VALVES")]


def test_replicas_that_configure_together_make_one_desk(database: Database) -> None:
    database.run_now(installed)
    start = threading.Barrier(3)
    failures: list[BaseException] = []

    def configure() -> None:
        start.wait()
        try:
            database.run_now(configured)
        except BaseException as failure:  # noqa: BLE001 told by the assertion below
            failures.append(failure)

    replicas = [threading.Thread(target=configure) for _ in range(3)]
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()

    assert failures == []
    assert len(_all(database, Desk)) == 1
    assert [row.version for row in _all(database, DeskCalendar)] == [1, 1], "the desk's hours and those of Sales"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hours": "every day"}, "needs days and hours"),
        ({"zone": "Mars/Olympus"}, "is not a time zone"),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"holidays": "ZZ"}, "No public holidays are known for “ZZ”"),
    ],
)
def test_settings_that_make_no_sense_are_refused_with_a_sentence(
    database: Database, wrong: dict[str, str], sentence: str
) -> None:
    database.run_now(installed)

    with pytest.raises(ValueError, match=sentence):
        database.run_now(configured, **wrong)
    assert _all(database, Desk) == []


def test_holidays_are_proposed_for_three_years_and_closed(database: Database) -> None:
    database.run_now(installed)
    desk = database.run_now(configured, holidays="DE-BY")

    calendar = database.run_now(lambda session: session.get_one(DeskCalendar, desk.calendar_id).calendar)
    assert {day.year for day, _name in calendar.closed_dates} == {2026, 2027, 2028}
    assert not calendar.is_working_day(date(2027, 1, 6)), "Epiphany is kept in Bavaria"
    assert calendar.is_working_day(date(2027, 1, 7))


@pytest.mark.parametrize(
    ("region", "has_epiphany"), [("DE", False), ("DE-BY", True), ("de-by", True), (" DE-BY ", True)]
)
def test_a_region_has_holidays_of_its_own(region: str, has_epiphany: bool) -> None:
    days = {day for day, _name in proposed_closed_dates(region, 2027)}

    assert (date(2027, 1, 6) in days) is has_epiphany
    assert date(2027, 12, 25) in days


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_without_a_region_nothing_is_closed(nothing: str | None) -> None:
    assert proposed_closed_dates(nothing, 2026) == ()


def test_the_desks_own_year_counts(database: Database) -> None:
    """At 00:30 on New Year's Day in Berlin it is still last year in UTC."""
    database.run_now(installed)
    desk = database.run_now(configured, holidays="DE", at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    calendar = database.run_now(lambda session: session.get_one(DeskCalendar, desk.calendar_id).calendar)
    assert min(day.year for day, _name in calendar.closed_dates) == 2027


def test_roles_are_what_the_settings_say(database: Database, workspace: Workspace) -> None:
    database.run_now(setup.grant_roles, workspace.tenant_id, admins=[HELENA, MARA, MARA], leaders=[HELENA])

    grants = {(grant.slack_id, grant.role) for grant in _all(database, RoleGrant)}
    assert grants == {(HELENA, Role.ADMIN), (MARA, Role.ADMIN), (HELENA, Role.LEADER)}, f"{SAM} is no admin any more"

    database.run_now(setup.grant_roles, workspace.tenant_id, admins=[], leaders=[])
    assert _all(database, RoleGrant) == []


def test_removing_the_app_stops_the_clocks_and_forgets_the_token(database: Database, workspace: Workspace) -> None:
    database.run_now(_with_clock, workspace)
    database.run_now(_seal)

    database.run_now(setup.uninstall, TEAM, at=NOON + HOUR)

    (tenant,) = _all(database, Tenant)
    (clock,) = _all(database, RequestClock)
    assert (tenant.uninstalled_at, tenant.sealed_bot_token) == (NOON + HOUR, None)
    assert (clock.state, clock.stopped_at) == (ClockState.STOPPED, NOON + HOUR)


def test_installing_again_goes_on_where_it_was(database: Database, workspace: Workspace) -> None:
    """Only the clocks that the removal stopped run again: the others had been answered."""
    running = database.run_now(_with_clock, workspace)
    answered = database.run_now(_with_clock, workspace, state=ClockState.STOPPED, stopped_at=NOON)
    database.run_now(setup.uninstall, TEAM, at=NOON + HOUR)
    database.run_now(setup.uninstall, TEAM, at=NOON + 2 * HOUR)

    database.run_now(installed, team_id=TEAM, at=NOON + DAY)

    states = {clock.id: clock.state for clock in _all(database, RequestClock)}
    assert states == {running.id: ClockState.OPEN, answered.id: ClockState.STOPPED}
    assert _all(database, Tenant)[0].uninstalled_at is None


def test_removing_an_app_nobody_installed_is_nothing(database: Database) -> None:
    database.run_now(setup.uninstall, "T0NOBODY", at=NOON)

    assert _all(database, Tenant) == []


def _with_clock(session: Session, workspace: Workspace, **facts: Any) -> RequestClock:
    return a_clock(session, a_request(session, workspace), ClockKind.FIRST_RESPONSE, **facts)


def _seal(session: Session) -> None:
    session.execute(sa.update(Tenant).values(sealed_bot_token="sealed"))


def _all(database: Database, mapped: Any) -> list[Any]:
    return database.run_now(lambda session: list(session.scalars(sa.select(mapped).order_by(mapped.id))))
