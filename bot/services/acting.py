"""The one way in: who acts, whether it was acted on before, and then the use case, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.services import cooling, gestures, inbox, missed, noticing, setup
from bot.services.inserts import InsertOnce
from models import DeskMember, Member, RoleGrant, Tenant
from models.errors import NotSetUp, NotYours
from models.i18n import _
from models.tenant import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

T = TypeVar("T")

_MEMBER = InsertOnce(Member.__table__)
_TENANT = sa.select(Tenant.id, Tenant.zone).where(
    Tenant.team_id == sa.bindparam("team_id"), Tenant.uninstalled_at.is_(None)
)
OVERHEARD: frozenset[Callable[..., Any]] = frozenset(
    {
        *(setup.joined, setup.left, setup.person_changed),
        *(
            gestures.reacted,
            gestures.unreacted,
            gestures.replied,
            gestures.is_first_told,
            gestures.reply_edited,
            gestures.reply_deleted,
            missed.late,
        ),
        noticing.notice,
        cooling.may_hint,
    }
)
"""What Slack merely tells of. Who is meant is judged by the use case: most of it is no business of ours."""


def _facts(kind: str, column: Any) -> sa.Select[str, str]:
    table = column.class_
    return sa.select(sa.literal(kind).label("kind"), sa.cast(column, sa.String).label("value")).where(
        table.tenant_id == sa.bindparam("tenant_id"), table.slack_id == sa.bindparam("slack_id")
    )


# One round trip: everything that says who somebody is and what they may do.
_WHO = sa.union_all(
    _facts("name", Member.name),
    _facts("zone", Member.zone),
    _facts("role", RoleGrant.role),
    _facts("desk", DeskMember.desk_id),
    _facts("outsider", Member.slack_id).where(sa.or_(Member.is_guest, Member.is_deactivated)),
)


@dataclass(frozen=True)
class Caller:
    """Who Slack says it was. ``name`` may be empty: events carry ids only."""

    team_id: str
    slack_id: str
    name: str = ""


def act(
    session: Session,
    caller: Caller,
    key: str | None,
    at: datetime,
    use_case: Callable[..., T],
    /,
    *args: Any,
    **kwargs: Any,
) -> T | None:
    """Run ``use_case(session, actor, …, at=at)`` once for this key; None when it ran before.

    Without a key it always runs: for what may be repeated without harm.

    Raises :class:`NotSetUp` for a workspace that is not installed, :class:`NotYours` for guests, and whatever the use
    case raises.
    """
    tenant = session.connection().execute(_TENANT, {"team_id": caller.team_id}).one_or_none()
    if tenant is None:
        raise NotSetUp
    if key is not None and not inbox.is_new(session, tenant.id, key, at):
        return None
    actor = actor_of(session, tenant.id, caller.slack_id, name=caller.name, zone=tenant.zone)
    if use_case not in OVERHEARD:
        require_colleague(actor)
    return use_case(session, actor, *args, at=at, **kwargs)


def remember(session: Session, caller: Caller, key: str, at: datetime) -> None:
    """Note what was refused: heard again, or found in Slack after a downtime, it is no news."""
    tenant_id = session.scalar(_TENANT, {"team_id": caller.team_id})
    if tenant_id is not None:
        inbox.is_new(session, tenant_id, key, at)


def actor_of(session: Session, tenant_id: int, slack_id: str, *, name: str = "", zone: str = "UTC") -> Actor:
    """Who this is right now. A person seen for the first time is remembered by the name Slack gave."""
    known: dict[str, list[str]] = {"name": [], "zone": [], "role": [], "desk": [], "outsider": []}
    for kind, value in session.connection().execute(_WHO, {"tenant_id": tenant_id, "slack_id": slack_id}):
        known[kind].append(value)
    if not known["name"] and name:
        _MEMBER.one(session, {"tenant_id": tenant_id, "slack_id": slack_id, "name": name[:200]})
    own_zone = next(filter(_is_zone, known["zone"]), "")
    return Actor(
        tenant_id=tenant_id,
        slack_id=slack_id,
        name=next(iter(known["name"]), name or slack_id),
        zone=own_zone or zone,
        is_zone_known=bool(own_zone),
        roles=frozenset(Role(role) for role in known["role"]),
        desk_ids=frozenset(int(desk) for desk in known["desk"]),
        is_outsider=bool(known["outsider"]),
    )


def require_colleague(actor: Actor) -> None:
    """Customers and promises are shown to colleagues, and to guests whom somebody put into a desk's channel.

    Raises :class:`NotYours`.
    """
    if actor.is_outsider and not actor.desk_ids:
        raise NotYours(_("Guests and deactivated accounts cannot use Expedite Desk. Ask a colleague to do it."))


def _is_zone(name: str) -> bool:
    """Whether this machine knows the zone: what it does not know must not keep a person from acting."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
