"""The first set-up in three steps: the desk, the people, a test card that somebody at the desk sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.settings import forms
from bot.services.settings.answers import wanted_by
from bot.services.settings.applying import Applied, apply, require_admin
from bot.services.settings.reading import read
from models import OutboxMessage, RoleGrant, SettingChange, Tenant
from models.errors import NotSetUp, NotYours
from models.i18n import _
from models.outbox import Notice, Surface
from models.settings.forms import NEW_DESK, Part, Subject
from models.tenant import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.settings.forms import SettingsForm
    from models.tenant import Actor

OWN = ("roles/leaders", "leadership_channel")
"""Answers of the second step that are the workspace's; the others are the desk's."""


def has_admin(session: Session, actor: Actor, *, at: datetime) -> bool:
    """Whether anybody may change the settings yet."""
    del at  # every use case is called with it
    admins = sa.select(RoleGrant.id).where(RoleGrant.tenant_id == actor.tenant_id, RoleGrant.role == Role.ADMIN)
    return session.scalar(admins.limit(1)) is not None


def become_first_admin(session: Session, actor: Actor, *, at: datetime) -> None:
    """Make somebody an admin whom Slack calls one of the workspace; only as long as there is no other."""
    session.scalars(sa.select(Tenant).where(Tenant.id == actor.tenant_id).with_for_update()).one()
    if has_admin(session, actor, at=at):
        return
    session.add(RoleGrant(tenant_id=actor.tenant_id, slack_id=actor.slack_id, role=Role.ADMIN))
    _write_down(session, actor, "roles/admins", [actor.slack_id], at)
    session.flush()


def form(session: Session, actor: Actor, *, at: datetime) -> SettingsForm:
    """The desk as the first two steps show it: the default one, or one that is to be."""
    return forms.form(session, actor, Subject(Part.DESK, _desk_id(session, actor)), at=at)


def desk_told(session: Session, actor: Actor, answers: Mapping[str, Any], *, version: int, at: datetime) -> Applied:
    """The first step: name, channel and hours of the desk."""
    return _apply(session, actor, Subject(Part.DESK, _desk_id(session, actor)), answers, version, at)


def people_told(session: Session, actor: Actor, answers: Mapping[str, Any], *, version: int, at: datetime) -> Applied:
    """The second step: leaders and their channel, and who answers for the desk."""
    own = {path: answer for path, answer in answers.items() if path in OWN}
    first = _apply(session, actor, Subject(Part.ROLES), own, version, at)
    desk = read(session, actor.tenant_id).default_desk
    if desk is None:
        raise NotSetUp
    rest = {"name": desk.name} | {path: answer for path, answer in answers.items() if path not in OWN}
    second = _apply(session, actor, Subject(Part.DESK, desk.id), rest, first.version, at)
    return Applied((*first.changes, *second.changes), second.version)


def send_test(session: Session, actor: Actor, *, at: datetime) -> str:
    """The third step: a card that changes nothing, in the desk's channel; gives the channel."""
    require_admin(actor)
    desk = read(session, actor.tenant_id).default_desk
    if desk is None:
        raise NotSetUp
    surfaces.post(
        session,
        tenant_id=actor.tenant_id,
        key=f"test:{at.timestamp():.0f}",
        surface=Surface.CHANNEL,
        notice=Notice.TEST_CARD,
        channel=desk.channel,
        at=at,
        facts={"desk": desk.name, "desk_id": desk.id, "by": actor.name},
    )
    return desk.channel


def works(session: Session, actor: Actor, desk_id: int, *, at: datetime) -> None:
    """Somebody saw the test card: the set-up is done, and the card says who saw it."""
    if Role.ADMIN not in actor.roles and not actor.is_on_desk(desk_id):
        raise NotYours(_("Only people of the desk and admins can confirm the test card."))
    locked = sa.select(Tenant).where(Tenant.id == actor.tenant_id).with_for_update()
    tenant = session.scalars(locked.execution_options(populate_existing=True)).one()
    if tenant.set_up_at is None:
        tenant.set_up_at = at
        _write_down(session, actor, "set_up", actor.name, at)
    cards = sa.select(OutboxMessage).where(
        OutboxMessage.tenant_id == actor.tenant_id, OutboxMessage.notice == Notice.TEST_CARD
    )
    for card in session.scalars(cards.order_by(OutboxMessage.id)):
        card.facts = {**card.facts, "seen_by": card.facts.get("seen_by") or actor.name}
    session.flush()
    surfaces.redraw_test_cards(session, actor.tenant_id, at)
    surfaces.redraw_workspace(session, actor.tenant_id, [], at)


def _apply(
    session: Session, actor: Actor, subject: Subject, answers: Mapping[str, Any], version: int, at: datetime
) -> Applied:
    require_admin(actor)
    current = read(session, actor.tenant_id)
    wanted = wanted_by(current, subject, answers, today=forms.today_of(actor, at))
    with wanted.at_questions():
        return apply(session, actor, wanted.document, expected_version=version, at=at)


def _desk_id(session: Session, actor: Actor) -> int:
    desk = read(session, actor.tenant_id).default_desk
    return NEW_DESK if desk is None or desk.id is None else desk.id


def _write_down(session: Session, actor: Actor, part: str, after: Any, at: datetime) -> None:
    session.add(SettingChange(tenant_id=actor.tenant_id, at=at, by=actor.slack_id, part=part, after=after))
