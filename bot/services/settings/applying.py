"""A change of the settings: once, by an admin, from the version that was looked at, and written down part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.settings import rows
from bot.services.settings.reading import problems, read, settled
from models import Member, SettingChange, Tenant
from models.errors import FormRefused, NotYours, SettingsMoved
from models.i18n import _
from models.settings.changes import changes
from models.tenant import Role

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.settings import WorkspaceSettings
    from models.settings.changes import Change
    from models.tenant import Actor

SHOWN_ON_CARDS = frozenset({"name", "hot_cap"})
ASKED_ABOUT = frozenset({"desk", "channel", "members"})
LONGEST_PART = 120


@dataclass(frozen=True)
class Applied:
    """What became of a change."""

    changes: tuple[Change, ...]
    version: int

    @property
    def desks_to_learn(self) -> frozenset[str]:
        """The desks for which other people may answer now: Slack is to be asked who."""
        return frozenset(change.desk for change in self.changes if change.kind in ASKED_ABOUT)


def apply(session: Session, actor: Actor, wanted: WorkspaceSettings, *, expected_version: int, at: datetime) -> Applied:
    """Make these the settings; the same again changes nothing.

    Raises :class:`NotYours` for everybody but admins, :class:`SettingsMoved` when somebody changed them since that
    version, and :class:`FormRefused` with a sentence for each path that cannot be.
    """
    require_admin(actor)
    locked = sa.select(Tenant).where(Tenant.id == actor.tenant_id).with_for_update()
    tenant = session.scalars(locked.execution_options(populate_existing=True)).one()
    if tenant.settings_version != expected_version:
        raise SettingsMoved(last_changer(session, tenant.id))
    before = read(session, tenant.id)
    after = settled(session, tenant.id, before, wanted)
    mistakes = problems(before, after)
    if mistakes:
        raise FormRefused(mistakes)
    found = changes(before, after)
    if found:
        rows.write(session, tenant, before, after, by=actor.slack_id or None, at=at)
        tenant.settings_version += 1
        _write_down(session, actor, found, at)
        _show(session, tenant.id, before, found, at)
    return Applied(tuple(found), tenant.settings_version)


def require_admin(actor: Actor) -> None:
    """Raises :class:`NotYours` for everybody else."""
    if Role.ADMIN not in actor.roles:
        raise NotYours(_("Only admins can change the settings. Ask one of them to do it, or to make you an admin."))


def _write_down(session: Session, actor: Actor, found: list[Change], at: datetime) -> None:
    by = actor.slack_id or None
    for change in found:
        session.add(
            SettingChange(
                tenant_id=actor.tenant_id,
                at=at,
                by=by,
                part=change.part[:LONGEST_PART],
                before=change.before,
                after=change.after,
            )
        )


def _show(session: Session, tenant_id: int, before: WorkspaceSettings, found: list[Change], at: datetime) -> None:
    """Draw again what shows the settings: all Homes, and the cards of desks whose name or hot list differs."""
    session.flush()
    names = {change.desk for change in found if change.kind in SHOWN_ON_CARDS}
    renamed = {change.before for change in found if change.kind == "name"}
    desks = [desk.id for desk in before.desks if desk.id and desk.name in names | renamed]
    surfaces.redraw_workspace(session, tenant_id, desks, at)


def last_changer(session: Session, tenant_id: int) -> str:
    """The name of whoever changed the settings most recently."""
    last = sa.select(SettingChange.by).where(SettingChange.tenant_id == tenant_id).order_by(SettingChange.id.desc())
    by = session.scalar(last.limit(1))
    name = session.scalar(sa.select(Member.name).where(Member.tenant_id == tenant_id, Member.slack_id == by))
    return name or by or _("Somebody on the server")
