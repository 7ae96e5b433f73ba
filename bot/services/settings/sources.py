"""Where Slack knows who answers for a desk: its channel or a user group; who that is, taken over from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services.roster import known_people, sync_desk_members
from models import Desk, Member, Tenant
from models.settings import MembersFrom

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy.orm import Session

    from bot.ports import Person


@dataclass(frozen=True, order=True)
class Source:
    """A channel or a user group whose members answer for a desk."""

    kind: MembersFrom
    id: str


def sources(session: Session, team_id: str, names: Collection[str] | None = None) -> list[Source]:
    """Every channel and user group to ask Slack about, each once; of these desks only, if they are named."""
    desks = sa.select(Desk).join(Tenant, Tenant.id == Desk.tenant_id).where(Tenant.team_id == team_id)
    if names is not None:
        desks = desks.where(Desk.name.in_(names))
    return sorted({found for desk in session.scalars(desks.where(Desk.retired_at.is_(None))) if (found := _of(desk))})


def take_over(
    session: Session, tenant_id: int, source: Source, members: Iterable[str], people: Sequence[Person] = ()
) -> None:
    """Let exactly these people answer for the desks of a channel or group.

    A shared channel lists people of other companies too. They are left out, as far as ``people`` were told at all.
    """
    present = set(members) - {person.slack_id for person in people if person.is_stranger}
    if people:
        present &= known_people(session, tenant_id)
    for desk_id in session.scalars(desks_of(tenant_id, source)).all():
        sync_desk_members(session, desk_id, present)


def knows_all(session: Session, team_id: str, slack_ids: Collection[str]) -> bool:
    """Whether Slack has told of all these people before."""
    known = sa.select(Member.slack_id).join(Tenant, Tenant.id == Member.tenant_id).where(Tenant.team_id == team_id)
    return set(slack_ids) <= set(session.scalars(known.where(Member.slack_id.in_(list(slack_ids)))))


def desks_of(tenant_id: int, source: Source) -> sa.Select[int]:
    """The desks for which the members of a channel or group answer."""
    column = Desk.members_group if source.kind is MembersFrom.GROUP else Desk.channel_id
    return sa.select(Desk.id).where(Desk.tenant_id == tenant_id, Desk.members_from == source.kind, column == source.id)


def _of(desk: Desk) -> Source | None:
    if desk.members_from is MembersFrom.LIST:
        return None
    is_group = desk.members_from is MembersFrom.GROUP
    return Source(desk.members_from, desk.members_group if is_group else desk.channel_id)
