"""Things to test with: each builder shows only what matters to the test that calls it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from models import Desk, DeskCalendar, DeskMember, Member, RoleGrant, ServiceLevelPolicy, Tenant
from models.ask import Ask, ReasonCode
from models.business_calendar import weekly
from models.service_level import ServiceLevels, Targets
from models.tenant import Actor, Role

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.business_calendar import BusinessCalendar

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""A Tuesday, 13:00 at the desk in Berlin, inside its working hours (07:00-17:00)."""
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FRIDAY = date(2026, 11, 27)
NEXT_FRIDAY = date(2026, 12, 4)

TEAM = "T0NORTHBR"
MARA, TOBIAS = "U0MARA", "U0TOBIAS"
JONAS, PRIYA = "U0JONAS", "U0PRIYA"
HELENA, SAM = "U0HELENA", "U0ADMIN"
BOT = "U0DESKBOT"
SALES, PLANT3, LEADERS = "C0SALES", "C0PLANT3", "C0LEADERS"
ZONE = "Europe/Berlin"
NAMES = {
    MARA: "Mara Lindqvist",
    TOBIAS: "Tobias Brandt",
    JONAS: "Jonas Keller",
    PRIYA: "Priya Nair",
    HELENA: "Helena Voss",
    SAM: "Sam Okafor",
}


def a_calendar(hours: str = "Mon-Fri 07:00-17:00", zone: str = ZONE) -> BusinessCalendar:
    return weekly(zone, hours)


def an_ask(**facts: Any) -> Ask:
    """100 pcs of BRK-2040 for Acme by Friday."""
    usual = Ask(
        customer="Acme",
        item="BRK-2040",
        quantity=Decimal(100),
        unit="pcs",
        needed_ship_date=FRIDAY,
        reason_code=ReasonCode.LINE_DOWN,
    )
    return replace(usual, **facts)


@dataclass(frozen=True)
class Workspace:
    """A furnished workspace: who may do what is plain from the names."""

    tenant_id: int
    desk_id: int
    mara: Actor
    tobias: Actor
    jonas: Actor
    priya: Actor
    helena: Actor
    sam: Actor


def furnish(session: Session, *, targets: Targets | None = None, hours: str = "Mon-Fri 07:00-17:00") -> Workspace:
    """One tenant, one desk (Jonas and Priya), sales people, a leader, an admin."""
    tenant = Tenant(team_id=TEAM, name="Northbridge Valves", zone=ZONE, installed_at=NOON - 7 * DAY)
    tenant.leadership_channel, tenant.bot_user_id, tenant.bot_id = LEADERS, BOT, "B0DESKBOT"
    session.add(tenant)
    session.flush()
    desk = _desk(session, tenant.id, targets or Targets(), hours)
    for slack_id, name in NAMES.items():
        session.add(Member(tenant_id=tenant.id, slack_id=slack_id, name=name, zone=ZONE))
    for slack_id in (JONAS, PRIYA):
        session.add(DeskMember(tenant_id=tenant.id, desk_id=desk.id, slack_id=slack_id))
    session.add(RoleGrant(tenant_id=tenant.id, slack_id=HELENA, role=Role.LEADER))
    session.add(RoleGrant(tenant_id=tenant.id, slack_id=SAM, role=Role.ADMIN))
    session.flush()
    return _workspace(tenant.id, desk.id)


def _desk(session: Session, tenant_id: int, targets: Targets, hours: str) -> Desk:
    calendar = DeskCalendar(tenant_id=tenant_id, name="Plant 3", hours=a_calendar(hours).to_json(), made_at=NOON)
    policy = ServiceLevelPolicy(tenant_id=tenant_id, name="Plant 3", seconds=targets.to_json(), made_at=NOON)
    session.add_all([calendar, policy])
    session.flush()
    desk = Desk(
        tenant_id=tenant_id,
        name="Plant 3 desk",
        channel_id=PLANT3,
        calendar_id=calendar.id,
        policy_id=policy.id,
        is_default=True,
    )
    session.add(desk)
    session.flush()
    return desk


def give_sales_hours(session: Session, hours: str = "Mon-Fri 08:00-18:00", zone: str = ZONE) -> int:
    """Let Sales have working hours of their own, for what is asked from now on."""
    tenant = session.query(Tenant).one()
    row = DeskCalendar(tenant_id=tenant.id, name="Sales", hours=a_calendar(hours, zone).to_json(), made_at=NOON)
    session.add(row)
    session.flush()
    tenant.sales_calendar_id = row.id
    return row.id


def set_levels(session: Session, levels: ServiceLevels, *, version: int = 2) -> None:
    """Let the desk promise this for what is asked from now on."""
    desk = session.query(Desk).one()
    row = ServiceLevelPolicy(
        tenant_id=desk.tenant_id, name="Plant 3", version=version, seconds=levels.to_json(), made_at=NOON
    )
    session.add(row)
    session.flush()
    desk.policy_id = row.id


def _workspace(tenant_id: int, desk_id: int) -> Workspace:
    def actor(slack_id: str, *, roles: frozenset[Role] = frozenset(), desks: frozenset[int] = frozenset()) -> Actor:
        return Actor(
            tenant_id=tenant_id, slack_id=slack_id, name=NAMES[slack_id], zone=ZONE, roles=roles, desk_ids=desks
        )

    on_desk = frozenset({desk_id})
    return Workspace(
        tenant_id=tenant_id,
        desk_id=desk_id,
        mara=actor(MARA),
        tobias=actor(TOBIAS),
        jonas=actor(JONAS, desks=on_desk),
        priya=actor(PRIYA, desks=on_desk),
        helena=actor(HELENA, roles=frozenset({Role.LEADER})),
        sam=actor(SAM, roles=frozenset({Role.ADMIN})),
    )
