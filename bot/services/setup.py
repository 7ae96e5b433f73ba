"""Setting up: the workspace, its desks with their hours, and who is who. Every call may be repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services.inserts import InsertOnce
from bot.services.roster import LONGEST_NAME, not_people, sync_desk_members, sync_people
from bot.services.settings import sources
from bot.services.versions import new_calendar, new_policy
from models import Desk, DeskCalendar, DeskMember, RequestClock, RoleGrant, SettingChange, Tenant
from models.business_calendar import BusinessCalendar, weekly
from models.closed_dates import proposed_closed_dates
from models.errors import NotSetUp
from models.i18n import _
from models.request_clock import ClockState
from models.service_level import ServiceLevels
from models.settings import MembersFrom
from models.tenant import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.ports import Person
    from models.tenant import Actor

__all__ = [
    "configure_desk",
    "grant_roles",
    "install",
    "is_run_by_admins",
    "joined",
    "keep_admins",
    "learn",
    "learn_group",
    "left",
    "person_changed",
    "sync_desk_members",
    "sync_people",
    "uninstall",
]

LONGEST_DESK_NAME = 80
LONGEST_URL = 200
SALES_CALENDAR, SALES_HOURS = "Sales hours", "Mon-Fri 08:00-18:00"
"""What the workspace's sales people begin with; each request counts them in its requester's own zone."""

_TENANT = InsertOnce(Tenant.__table__)
_DESK_MEMBER = InsertOnce(DeskMember.__table__)
_GRANT = InsertOnce(RoleGrant.__table__)


def install(
    session: Session,
    *,
    team_id: str,
    name: str,
    bot_id: str | None,
    bot_user_id: str | None,
    sealed_token: str | None,
    url: str = "",
    at: datetime,
) -> Tenant:
    """Install or install again: what the workspace knows stays, what waited when it was removed goes on."""
    _TENANT.one(session, {"team_id": team_id, "installed_at": at})
    tenant = session.scalars(_locked(Tenant.team_id == team_id)).one()
    if tenant.uninstalled_at is not None:
        _reopen_clocks(session, tenant)
        tenant.uninstalled_at, tenant.installed_at = None, at
    tenant.name, tenant.bot_id, tenant.bot_user_id = name[:LONGEST_NAME], bot_id, bot_user_id
    tenant.sealed_bot_token, tenant.url = sealed_token, url[:LONGEST_URL]
    session.flush()
    return tenant


def uninstall(session: Session, team_id: str, *, at: datetime, happened_at: datetime | None = None) -> None:
    """Stop everything for a workspace that removed the app, and forget its token. Its requests are kept.

    News of a removal from before the present installation (``happened_at``) come too late to mean anything.
    """
    tenant = session.scalars(_locked(Tenant.team_id == team_id)).one_or_none()
    if tenant is None or tenant.uninstalled_at is not None:
        return
    if happened_at is not None and happened_at < tenant.installed_at:
        return
    tenant.uninstalled_at, tenant.sealed_bot_token = at, None
    is_open = RequestClock.tenant_id == tenant.id, RequestClock.state == ClockState.OPEN
    _set_clocks(session, is_open, state=ClockState.STOPPED, stopped_at=at)


def configure_desk(
    session: Session,
    tenant: Tenant,
    *,
    name: str,
    channel_id: str,
    zone: str,
    hours: str,
    holidays: str | None = None,
    leadership_channel: str | None,
    at: datetime,
) -> Desk:
    """Make the desk what the settings say. A change of hours is a new version: requests keep the one they have.

    The first desk brings usual hours for Sales with it.

    ``holidays`` is a country or a country with a region (``DE``, ``DE-BY``). Raise ValueError with a sentence for
    hours, a zone or a region that do not exist, and for a name that no card can show.
    """
    if len(name) > LONGEST_DESK_NAME:
        raise ValueError(_("A desk's name has at most {most} characters.").format(most=LONGEST_DESK_NAME))
    wanted = weekly(zone, hours)
    day = wanted.local_day(at)
    wanted = BusinessCalendar(zone, wanted.windows, proposed_closed_dates(holidays, day.year))
    region = (holidays or "").strip().upper()
    # Replicas that start together take turns here.
    session.refresh(tenant, with_for_update=True)
    desk = _desk(session, tenant, name, channel_id)
    if desk is None:
        desk = _new_desk(session, tenant, name=name, channel_id=channel_id, calendar=wanted, region=region, at=at)
    else:
        _adopt_hours(session, desk, wanted, region, at)
    desk.name, desk.channel_id = name, channel_id
    if desk.is_default:
        tenant.zone = zone
    _bring_sales_hours(session, tenant, zone, at)
    tenant.leadership_channel = leadership_channel
    session.flush()
    return desk


def _bring_sales_hours(session: Session, tenant: Tenant, zone: str, at: datetime) -> None:
    if tenant.sales_calendar_id is None:
        usual = weekly(zone, SALES_HOURS)
        tenant.sales_calendar_id = new_calendar(session, tenant.id, SALES_CALENDAR, usual, at=at).id


def grant_roles(session: Session, tenant_id: int, *, admins: Iterable[str], leaders: Iterable[str]) -> None:
    """Give the roles to these people and to nobody else."""
    wanted = {(one, Role.ADMIN) for one in admins} | {(one, Role.LEADER) for one in leaders}
    for grant in session.scalars(sa.select(RoleGrant).where(RoleGrant.tenant_id == tenant_id)):
        if (grant.slack_id, grant.role) not in wanted:
            session.delete(grant)
    session.flush()
    if wanted:
        rows = [{"tenant_id": tenant_id, "slack_id": one, "role": role} for one, role in sorted(wanted)]
        _GRANT.all(session, rows)


def is_run_by_admins(session: Session, tenant: Tenant) -> bool:
    """Whether somebody changed the settings in Slack or by a file: from then on the environment decides nothing.

    The people whom it names as admins keep that role, so that nobody can lock everybody out.
    """
    changed = sa.select(SettingChange.id).where(SettingChange.tenant_id == tenant.id).limit(1)
    return tenant.settings_version > 0 or session.scalar(changed) is not None


def keep_admins(session: Session, tenant_id: int, admins: Iterable[str]) -> None:
    """Make these people admins, whoever else is one."""
    wanted = sorted(set(admins))
    if wanted:
        _GRANT.all(session, [{"tenant_id": tenant_id, "slack_id": one, "role": Role.ADMIN} for one in wanted])


def learn(session: Session, team_id: str, people: Sequence[Person], channel: str, members: Iterable[str]) -> None:
    """Take over who is in the workspace, and who is in a channel: the desks of that channel are answered by them.

    A shared channel lists people of other companies too. They are left out, as far as ``people`` were told at all.
    """
    tenant = session.scalars(_locked(Tenant.team_id == team_id)).one_or_none()
    if tenant is None:
        raise NotSetUp
    sync_people(session, tenant.id, people)
    sources.take_over(session, tenant.id, sources.Source(MembersFrom.CHANNEL, channel), members, people)


def learn_group(session: Session, team_id: str, people: Sequence[Person], group: str, members: Iterable[str]) -> None:
    """The same of a user group: the desks that it answers for are answered by these people."""
    tenant = session.scalars(_locked(Tenant.team_id == team_id)).one_or_none()
    if tenant is None:
        raise NotSetUp
    sync_people(session, tenant.id, people)
    sources.take_over(session, tenant.id, sources.Source(MembersFrom.GROUP, group), members, people)


def joined(session: Session, actor: Actor, channel: str, slack_id: str, *, at: datetime) -> None:
    """Count somebody who came into a desk's channel among its members; bots are not."""
    del at  # every use case is called with it; members are counted from now on
    if slack_id in not_people(session, actor.tenant_id):
        return
    for desk_id in session.scalars(_desks_in(actor.tenant_id, channel)).all():
        _DESK_MEMBER.one(session, {"tenant_id": actor.tenant_id, "desk_id": desk_id, "slack_id": slack_id})


def left(session: Session, actor: Actor, channel: str, slack_id: str, *, at: datetime) -> None:
    """Count somebody who left a desk's channel no longer among its members."""
    del at  # as above
    desks = _desks_in(actor.tenant_id, channel)
    session.execute(sa.delete(DeskMember).where(DeskMember.desk_id.in_(desks), DeskMember.slack_id == slack_id))


def person_changed(session: Session, actor: Actor, person: Person, *, at: datetime) -> None:
    """Take over a person's new name or zone; who was deactivated answers for no desk any more."""
    del at  # as above
    sync_people(session, actor.tenant_id, [person])
    if person.is_deactivated:
        gone = DeskMember.tenant_id == actor.tenant_id, DeskMember.slack_id == person.slack_id
        session.execute(sa.delete(DeskMember).where(*gone))


def _locked(which: sa.ColumnElement[bool]) -> sa.Select[Tenant]:
    return sa.select(Tenant).where(which).with_for_update().execution_options(populate_existing=True)


def _desks_in(tenant_id: int, channel: str) -> sa.Select[int]:
    return sources.desks_of(tenant_id, sources.Source(MembersFrom.CHANNEL, channel))


def _reopen_clocks(session: Session, tenant: Tenant) -> None:
    stopped = RequestClock.tenant_id == tenant.id, RequestClock.stopped_at == tenant.uninstalled_at
    _set_clocks(session, stopped, state=ClockState.OPEN, stopped_at=None)


def _set_clocks(session: Session, which: Iterable[Any], **values: Any) -> None:
    session.execute(sa.update(RequestClock).where(*which).values(**values))


def _desk(session: Session, tenant: Tenant, name: str, channel_id: str) -> Desk | None:
    """Find the desk by its name, else by its channel: it may have been renamed."""
    is_it = sa.or_(Desk.name == name, Desk.channel_id == channel_id)
    found = sa.select(Desk).where(Desk.tenant_id == tenant.id, is_it).order_by((Desk.name == name).desc(), Desk.id)
    return session.scalars(found.limit(1)).first()


def _new_desk(
    session: Session,
    tenant: Tenant,
    *,
    name: str,
    channel_id: str,
    calendar: BusinessCalendar,
    region: str,
    at: datetime,
) -> Desk:
    policy = new_policy(session, tenant.id, name, ServiceLevels.usual(), at=at)
    is_first = session.scalar(sa.select(Desk.id).where(Desk.tenant_id == tenant.id).limit(1)) is None
    version = new_calendar(session, tenant.id, name, calendar, region=region, at=at)
    session.flush()
    desk = Desk(
        tenant_id=tenant.id,
        name=name,
        channel_id=channel_id,
        calendar_id=version.id,
        policy_id=policy.id,
        is_default=is_first,
    )
    session.add(desk)
    return desk


def _adopt_hours(session: Session, desk: Desk, wanted: BusinessCalendar, region: str, at: datetime) -> None:
    """A new version, but only of a calendar that differs."""
    now = session.get_one(DeskCalendar, desk.calendar_id)
    if _content(now.calendar) != _content(wanted):
        desk.calendar_id = new_calendar(session, desk.tenant_id, now.name, wanted, region=region, at=at).id


def _content(calendar: BusinessCalendar) -> dict[str, Any]:
    return calendar.to_json() | {"version": 0}
