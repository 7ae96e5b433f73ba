"""Settings written into the tables: only what differs, and calendars and policies only as new versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services.inserts import InsertOnce
from bot.services.roster import sync_desk_members
from bot.services.settings.reading import ORDER
from bot.services.versions import new_calendar, new_policy
from models import Desk, DeskCalendar, RoleGrant, ServiceLevelPolicy, Tenant, WatchedChannel
from models.errors import FormRefused
from models.i18n import _
from models.reactions import Reactions
from models.settings import MembersFrom
from models.tenant import Role

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.settings import DeskSettings, WorkspaceSettings

_GRANT = InsertOnce(RoleGrant.__table__)
_WATCHED = InsertOnce(WatchedChannel.__table__)
SALES = "Sales"
"""Name of the versions of Sales' hours."""


def write(
    session: Session,
    tenant: Tenant,
    before: WorkspaceSettings,
    after: WorkspaceSettings,
    *,
    by: str | None,
    at: datetime,
) -> None:
    """Make the tables say ``after``."""
    was = {desk.id: desk for desk in before.desks}
    _retire(session, set(was) - {desk.id for desk in after.desks}, at)
    for place, desk in enumerate(after.desks):
        _write_desk(session, tenant, was.get(desk.id), desk, place, at)
    if after.sales_hours != before.sales_hours:
        tenant.sales_calendar_id = _sales_calendar(session, tenant, after, at)
    _grant(session, tenant.id, Role.ADMIN, after.admins)
    _grant(session, tenant.id, Role.LEADER, after.leaders)
    _watch(session, tenant.id, after.watched_channels, by, at)
    _write_tenant(tenant, after)
    session.flush()


def _write_tenant(tenant: Tenant, after: WorkspaceSettings) -> None:
    tenant.leadership_channel = after.leadership_channel or None
    tenant.log_channel = after.log_channel or None
    tenant.digest_weekday, tenant.digest_at = after.digest.weekday, after.digest.at
    tenant.summit_week, tenant.summit_weekday = after.summit.week, after.summit.weekday
    tenant.summit_at, tenant.summit_minutes = after.summit.at, after.summit.minutes
    tenant.company_words = after.words
    if after.default_desk is not None:
        tenant.zone = after.default_desk.hours.zone


def _write_desk(
    session: Session, tenant: Tenant, was: DeskSettings | None, desk: DeskSettings, place: int, at: datetime
) -> None:
    row = session.get(Desk, desk.id) if desk.id is not None else _new_or_revived(session, tenant, desk, at)
    assert row is not None  # the settings were read in this transaction
    _require_free_name(session, row, desk.name)
    if was is not None and was.hours != desk.hours:
        name = session.get_one(DeskCalendar, row.calendar_id).name
        row.calendar_id = _calendar(session, tenant.id, name, desk, at)
    if was is not None and was.levels != desk.levels:
        name = session.get_one(ServiceLevelPolicy, row.policy_id).name
        row.policy_id = new_policy(session, tenant.id, name, desk.levels, at=at).id
    _write_facts(row, desk, place)
    session.flush()
    if desk.members.source is MembersFrom.LIST:
        sync_desk_members(session, row.id, desk.members.people)


def _write_facts(row: Desk, desk: DeskSettings, place: int) -> None:
    row.name, row.channel_id = desk.name, desk.channel
    row.is_default, row.hot_cap = desk.is_default, desk.hot_cap
    row.members_from, row.members_group = desk.members.source, desk.members.group
    routing = {"items": list(desk.routing.items), "customers": list(desk.routing.customers), ORDER: place}
    if row.routing != routing:
        row.routing = routing
    if Reactions.from_json(row.reactions) != desk.reactions:
        row.reactions = desk.reactions.to_json()


def _new_or_revived(session: Session, tenant: Tenant, desk: DeskSettings, at: datetime) -> Desk:
    """A new row, or that of a desk of the same name which was retired: names are given once."""
    same_name = sa.select(Desk).where(Desk.tenant_id == tenant.id, Desk.name == desk.name)
    calendar_id = _calendar(session, tenant.id, desk.name, desk, at)
    policy_id = new_policy(session, tenant.id, desk.name, desk.levels, at=at).id
    retired = session.scalars(same_name).one_or_none()
    if retired is not None:
        retired.retired_at, retired.calendar_id, retired.policy_id = None, calendar_id, policy_id
        return retired
    row = Desk(
        tenant_id=tenant.id, name=desk.name, channel_id=desk.channel, calendar_id=calendar_id, policy_id=policy_id
    )
    session.add(row)
    return row


def _require_free_name(session: Session, row: Desk, name: str) -> None:
    """A retired desk keeps its name: requests remember it."""
    if row.name == name:
        return
    others = sa.select(Desk.id).where(Desk.tenant_id == row.tenant_id, Desk.name == name, Desk.id != row.id)
    if session.scalars(others).first() is not None:
        sentence = _("A desk that was retired is called {name}. Choose another name, so that old requests stay clear.")
        raise FormRefused({f"desks/{name}/name": sentence.format(name=name)})


def _calendar(session: Session, tenant_id: int, name: str, desk: DeskSettings, at: datetime) -> int:
    return new_calendar(session, tenant_id, name, desk.hours.calendar, region=desk.hours.region, at=at).id


def _sales_calendar(session: Session, tenant: Tenant, after: WorkspaceSettings, at: datetime) -> int | None:
    hours = after.sales_hours
    if hours is None:
        return None
    return new_calendar(session, tenant.id, SALES, hours.calendar, region=hours.region, at=at).id


def _retire(session: Session, desk_ids: Collection[int | None], at: datetime) -> None:
    for desk_id in desk_ids:
        desk = session.get_one(Desk, desk_id)
        desk.retired_at, desk.is_default = at, False


def _grant(session: Session, tenant_id: int, role: Role, people: Collection[str]) -> None:
    others = RoleGrant.tenant_id == tenant_id, RoleGrant.role == role, RoleGrant.slack_id.not_in(people)
    session.execute(sa.delete(RoleGrant).where(*others))
    if people:
        _GRANT.all(session, [{"tenant_id": tenant_id, "slack_id": one, "role": role} for one in sorted(people)])


def _watch(session: Session, tenant_id: int, channels: Collection[str], by: str | None, at: datetime) -> None:
    others = WatchedChannel.tenant_id == tenant_id, WatchedChannel.channel_id.not_in(channels)
    session.execute(sa.delete(WatchedChannel).where(*others))
    if channels:
        facts = {"tenant_id": tenant_id, "added_by": by, "added_at": at}
        _WATCHED.all(session, [{**facts, "channel_id": one} for one in sorted(channels)])
