"""The weekly digest: made once a week per workspace, at its own wall clock, silent when nothing happened.

It goes to the leadership's channel; where there is none, to each leader who wants it, when their own clocks show the
same time. The notes under it carry the details, and the rows behind the figures as a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.digest_pages import page_of
from bot.services.each_workspace import each_workspace
from bot.services.inserts import InsertOnce
from models import Desk, DeskCalendar, Digest, DigestMute, Member, OutboxMessage, RoleGrant, Tenant
from models.digest_parts import parts_to_tell
from models.digest_slot import due_slots
from models.outbox import Notice, Surface
from models.scorecards import Filters
from models.tenant import Role

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.business_calendar import BusinessCalendar
    from models.digest_page import DigestPage
    from models.digest_slot import DigestSlot
    from models.scorecards import Period


_DIGEST = InsertOnce(Digest.__table__)


def digest_due(session: Session, at: datetime) -> int:
    """Make the digests whose time has come, each once however many ask; return how many were made."""
    return each_workspace(session, _make_due, at, action="digest")


def slots_of(session: Session, tenant: Tenant, at: datetime) -> list[DigestSlot]:
    """Return the workspace's digests that came within the last three days."""
    return due_slots(tenant.digest_weekday, tenant.digest_at, tenant.zone, _hours(session, tenant.id), at)


def _hours(session: Session, tenant_id: int) -> BusinessCalendar | None:
    """Return the hours of the default desk: its holidays are the workspace's."""
    wanted = (
        sa.select(DeskCalendar)
        .join(Desk, Desk.calendar_id == DeskCalendar.id)
        .where(Desk.tenant_id == tenant_id, Desk.retired_at.is_(None))
        .order_by(Desk.is_default.desc(), Desk.id)
    )
    found = session.scalar(wanted.limit(1))
    return None if found is None else found.calendar


def _make_due(session: Session, tenant: Tenant, at: datetime) -> int:
    slots = [slot for slot in slots_of(session, tenant, at) if slot.instant >= tenant.installed_at]
    return sum(_make(session, tenant, slot, at) for slot in slots)


def _make(session: Session, tenant: Tenant, slot: DigestSlot, at: datetime) -> bool:
    if _is_made(session, tenant, slot.week):
        return False
    page = page_of(session, tenant.id, slot.week, Filters(), at)
    is_new = _DIGEST.one(session, _row(tenant, page, at))
    if is_new and not page.is_quiet:
        for channel, sent_at in _readers(session, tenant, slot, at):
            _post(session, tenant, page, channel, sent_at)
    return is_new


def _is_made(session: Session, tenant: Tenant, week: Period) -> bool:
    made = sa.select(Digest.id).where(Digest.tenant_id == tenant.id, Digest.week_of == week.start)
    return session.scalar(made) is not None


def _row(tenant: Tenant, page: DigestPage, at: datetime) -> dict[str, object]:
    return {
        "tenant_id": tenant.id,
        "week_of": page.card.period.start,
        "made_at": at,
        "figures": page.to_json(),
        "is_silent": page.is_quiet,
    }


def _readers(session: Session, tenant: Tenant, slot: DigestSlot, at: datetime) -> list[tuple[str, datetime]]:
    """Return where it goes and when: never before the slot of the reader's own clocks."""
    if tenant.leadership_channel is not None:
        return [(tenant.leadership_channel, at)]
    muted = sa.select(DigestMute.slack_id).where(DigestMute.tenant_id == tenant.id)
    same_person = sa.and_(Member.tenant_id == RoleGrant.tenant_id, Member.slack_id == RoleGrant.slack_id)
    leaders = (
        sa.select(RoleGrant.slack_id, Member.zone)
        .outerjoin(Member, same_person)
        .where(RoleGrant.tenant_id == tenant.id, RoleGrant.role == Role.LEADER, RoleGrant.slack_id.not_in(muted))
        .where(Member.is_deactivated.is_not(True))
        .order_by(RoleGrant.slack_id)
    )
    return [(person, max(at, slot.in_zone(zone or tenant.zone))) for person, zone in session.execute(leaders)]


def _post(session: Session, tenant: Tenant, page: DigestPage, channel: str, at: datetime) -> None:
    """Post the page, and what hangs under it once it stands: its details, and its rows as a file."""
    week = page.card.period
    key = f"digest:{week.start.isoformat()}:{channel}"
    common: dict[str, Any] = {"tenant_id": tenant.id, "channel": channel, "at": at}
    facts = {"week": week.start.isoformat()}
    surfaces.post_all(
        session,
        [surfaces.row(**common, key=key, surface=Surface.DIGEST, notice=Notice.DIGEST, facts=facts)],
    )
    page_row = sa.select(OutboxMessage.id).where(OutboxMessage.tenant_id == tenant.id, OutboxMessage.key == key)
    common["thread_of"] = session.scalars(page_row).one()
    notes = [
        surfaces.row(
            **common,
            key=f"{key}:{part}",
            surface=Surface.NOTE,
            notice=Notice.DIGEST_DETAIL,
            facts={**facts, "part": part.value},
        )
        for part in parts_to_tell(page)
    ]
    rows = surfaces.row(**common, key=f"{key}:rows", surface=Surface.FILE, notice=Notice.DIGEST_ROWS, facts=facts)
    if not page.card.is_quiet:
        surfaces.post_all(session, [*notes, rows])
