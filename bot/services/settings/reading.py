"""The settings as they are: out of the tables in which the rest of the product looks them up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services.roster import not_people
from bot.services.versions import REGION
from models import Desk, DeskCalendar, DeskMember, RoleGrant, ServiceLevelPolicy, Tenant, WatchedChannel
from models.reactions import Reactions
from models.settings import DeskSettings, DigestTime, Hours, Members, MembersFrom, Routing, WorkspaceSettings
from models.settings import problems as all_problems
from models.settings.changes import identified
from models.settings.document import USUAL_LEVELS
from models.tenant import Role
from models.urgency import UrgencyRules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from models.service_level import ServiceLevels

ORDER = "order"
"""Beside a desk's routing rules stands its place among the desks."""


def read(session: Session, tenant_id: int) -> WorkspaceSettings:
    """Everything that holds now."""
    tenant = session.get_one(Tenant, tenant_id)
    sales = session.get(DeskCalendar, tenant.sales_calendar_id) if tenant.sales_calendar_id else None
    watched = sa.select(WatchedChannel.channel_id).where(WatchedChannel.tenant_id == tenant_id)
    return WorkspaceSettings(
        desks=tuple(_desks(session, tenant_id)),
        sales_hours=_hours(sales) if sales else None,
        admins=_people(session, tenant_id, Role.ADMIN),
        leaders=_people(session, tenant_id, Role.LEADER),
        leadership_channel=tenant.leadership_channel or "",
        log_channel=tenant.log_channel or "",
        digest=DigestTime(tenant.digest_weekday, tenant.digest_at),
        watched_channels=tuple(sorted(session.scalars(watched))),
        summit=tenant.summit,
        words=tenant.company_words,
    )


def version_of(session: Session, tenant_id: int) -> int:
    """How often the settings were changed: a change names the version it was made from."""
    return session.scalars(sa.select(Tenant.settings_version).where(Tenant.id == tenant_id)).one()


def settled(
    session: Session, tenant_id: int, current: WorkspaceSettings, wanted: WorkspaceSettings
) -> WorkspaceSettings:
    """The wanted settings as they would be read back: desks by their rows, people in order, machines left out."""
    machines = not_people(session, tenant_id)
    desks = tuple(_settled_desk(desk, machines) for desk in identified(current, wanted).desks)
    return replace(
        wanted,
        desks=desks,
        admins=tuple(sorted(set(wanted.admins))),
        leaders=tuple(sorted(set(wanted.leaders))),
        watched_channels=tuple(sorted(set(wanted.watched_channels))),
    )


def problems(current: WorkspaceSettings, wanted: WorkspaceSettings) -> dict[str, str]:
    """What cannot be, by its path. Nobody is kept from a change by a mistake that was there before and stays."""
    known = all_problems(current)
    return {path: sentence for path, sentence in all_problems(wanted).items() if known.get(path) != sentence}


def levels_as_read(levels: ServiceLevels) -> ServiceLevels:
    """Service levels as everybody spells them.

    The first policies said twice when the leadership hears of a breach; usual rules of urgency need not be said.
    """
    usual = USUAL_LEVELS.targets[0][1].escalate_after
    patience = levels.escalation[0].after_secs if levels.escalation else usual
    targets = tuple((urgency, replace(one, escalate_after=patience)) for urgency, one in levels.targets)
    rules = None if levels.urgency_rules == UrgencyRules().to_json() else levels.urgency_rules
    return replace(levels, targets=targets, urgency_rules=rules)


def _settled_desk(desk: DeskSettings, machines: set[str]) -> DeskSettings:
    members = desk.members
    people = tuple(sorted(set(members.people) - machines)) if members.source is MembersFrom.LIST else ()
    group = members.group if members.source is MembersFrom.GROUP else ""
    return replace(desk, members=Members(members.source, group, people), levels=levels_as_read(desk.levels))


def _desks(session: Session, tenant_id: int) -> list[DeskSettings]:
    rows = session.execute(
        sa.select(Desk, DeskCalendar, ServiceLevelPolicy)
        .join(DeskCalendar, DeskCalendar.id == Desk.calendar_id)
        .join(ServiceLevelPolicy, ServiceLevelPolicy.id == Desk.policy_id)
        .where(Desk.tenant_id == tenant_id, Desk.retired_at.is_(None))
    ).all()
    people = _named(session, [desk.id for desk, _calendar, _policy in rows if desk.members_from is MembersFrom.LIST])
    found = [_desk(desk, calendar, policy, people) for desk, calendar, policy in rows]
    order = {desk.id: desk.routing.get(ORDER, 0) for desk, _calendar, _policy in rows}
    return sorted(found, key=lambda desk: (order[desk.id or 0], desk.id))


def _desk(
    desk: Desk, calendar: DeskCalendar, policy: ServiceLevelPolicy, people: Mapping[int, list[str]]
) -> DeskSettings:
    return DeskSettings(
        name=desk.name,
        channel=desk.channel_id,
        hours=_hours(calendar),
        levels=levels_as_read(policy.levels),
        members=Members(desk.members_from, desk.members_group, tuple(people.get(desk.id, ()))),
        routing=Routing(tuple(desk.routing.get("items", ())), tuple(desk.routing.get("customers", ()))),
        hot_cap=desk.hot_cap,
        reactions=Reactions.from_json(desk.reactions),
        is_default=desk.is_default,
        id=desk.id,
    )


def _hours(row: DeskCalendar) -> Hours:
    calendar = row.calendar
    return Hours(calendar.zone, calendar.windows, calendar.closed_dates, row.hours.get(REGION) or "")


def _named(session: Session, desk_ids: Iterable[int]) -> dict[int, list[str]]:
    """Who is named as a member of these desks."""
    members = sa.select(DeskMember.desk_id, DeskMember.slack_id).where(DeskMember.desk_id.in_(list(desk_ids)))
    found: dict[int, list[str]] = {}
    for desk_id, slack_id in session.execute(members.order_by(DeskMember.slack_id)):
        found.setdefault(desk_id, []).append(slack_id)
    return {desk_id: sorted(people) for desk_id, people in found.items()}


def _people(session: Session, tenant_id: int, role: Role) -> tuple[str, ...]:
    grants = sa.select(RoleGrant.slack_id).where(RoleGrant.tenant_id == tenant_id, RoleGrant.role == role)
    return tuple(sorted(session.scalars(grants)))
