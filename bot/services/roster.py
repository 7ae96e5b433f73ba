"""Who is who, and who answers for a desk, as Slack last told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services.inserts import InsertOnce
from models import Desk, DeskMember, Member, Tenant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from bot.ports import Person

LONGEST_NAME = 200
LONGEST_ZONE = 64

_MEMBER = InsertOnce(Member.__table__)
_DESK_MEMBER = InsertOnce(DeskMember.__table__)


def sync_people(session: Session, tenant_id: int, people: Sequence[Person]) -> None:
    """Remember these people as Slack describes them now; others stay as they are known, strangers are none of ours."""
    rows = {person.slack_id: _facts(person) for person in people if not person.is_stranger}
    if not rows:
        return
    # Sorted: two processes that insert the same people must not wait for each other in a circle.
    _MEMBER.all(session, [{"tenant_id": tenant_id, "slack_id": one, **rows[one]} for one in sorted(rows)])
    known = sa.select(Member).where(Member.tenant_id == tenant_id)
    if len(rows) == 1:
        known = known.where(Member.slack_id.in_(rows))
    for member in session.scalars(known.order_by(Member.slack_id)):
        for name, value in rows.get(member.slack_id, {}).items():
            if getattr(member, name) != value:
                setattr(member, name, value)
    session.flush()


def sync_desk_members(session: Session, desk_id: int, slack_ids: Iterable[str]) -> None:
    """Let exactly these people answer for the desk, less bots and those who were deactivated."""
    desk = session.get_one(Desk, desk_id)
    wanted = set(slack_ids) - not_people(session, desk.tenant_id)
    others = DeskMember.desk_id == desk_id, DeskMember.slack_id.not_in(wanted)
    session.execute(sa.delete(DeskMember).where(*others))
    if wanted:
        rows = [{"tenant_id": desk.tenant_id, "desk_id": desk_id, "slack_id": one} for one in sorted(wanted)]
        _DESK_MEMBER.all(session, rows)


def known_people(session: Session, tenant_id: int) -> set[str]:
    return set(session.scalars(sa.select(Member.slack_id).where(Member.tenant_id == tenant_id)))


def not_people(session: Session, tenant_id: int) -> set[str]:
    """Return who cannot answer for a desk: bots, the app itself, and accounts that were deactivated."""
    machines = sa.select(Member.slack_id).where(
        Member.tenant_id == tenant_id, sa.or_(Member.is_bot, Member.is_deactivated)
    )
    own = session.scalar(sa.select(Tenant.bot_user_id).where(Tenant.id == tenant_id))
    return set(session.scalars(machines)) | ({own} if own else set())


def _facts(person: Person) -> dict[str, str | bool]:
    return {
        "name": person.name[:LONGEST_NAME],
        "zone": person.zone[:LONGEST_ZONE],
        "is_bot": person.is_bot,
        "is_guest": person.is_guest,
        "is_deactivated": person.is_deactivated,
    }
