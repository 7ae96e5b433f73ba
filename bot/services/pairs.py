"""Knowing each other: who wants to be paired, the pairs of a month, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.each_workspace import each_workspace
from bot.services.inserts import InsertOnce
from models import Desk, DeskCalendar, Pair, PairRound, PairWish, Tenant
from models.errors import MoveNotAllowed, NotYours
from models.i18n import _
from models.outbox import Notice, Surface
from models.pair_queries import meetings, open_pair, pairs_before, wants, wishes
from models.pairing import PairState, pairs_for
from models.summit_date import month_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from models.tenant import Actor


LATEST_START = timedelta(days=7)
"""Pairs that could not be made for longer are skipped: the month would be too short to meet in."""

_ROUND = InsertOnce(PairRound.__table__)
_WISH = InsertOnce(PairWish.__table__)
_PAIR = InsertOnce(Pair.__table__)


@dataclass(frozen=True)
class Standing:
    """Whether somebody wants to be paired, and with whom they are asked to meet this month."""

    is_wanted: bool
    partner: str = ""


def pairs_due(session: Session, at: datetime) -> int:
    """Make the pairs of the month where it has begun, once however many ask; return how many rounds were made."""
    return each_workspace(session, _make, at, action="pairs")


def standing(session: Session, actor: Actor, *, at: datetime) -> Standing:
    """How it stands with this person."""
    tenant = session.get_one(Tenant, actor.tenant_id)
    pair = open_pair(session, actor.tenant_id, actor.slack_id, _month(tenant, at))
    partner = "" if pair is None else _partner(pair, actor.slack_id)
    return Standing(wants(session, actor.tenant_id, actor.slack_id), partner)


def join(session: Session, actor: Actor, *, at: datetime) -> Standing:
    """Let this person be paired from the next month on."""
    row = {"tenant_id": actor.tenant_id, "slack_id": actor.slack_id, "since": at}
    _WISH.one(session, row)
    surfaces.redraw_homes_of(session, actor.tenant_id, [actor.slack_id], at)
    return standing(session, actor, at=at)


def leave(session: Session, actor: Actor, *, at: datetime) -> Standing:
    """Pair this person no more; nobody is told."""
    theirs = PairWish.tenant_id == actor.tenant_id, PairWish.slack_id == actor.slack_id
    session.execute(sa.delete(PairWish).where(*theirs))
    surfaces.redraw_homes_of(session, actor.tenant_id, [actor.slack_id], at)
    return standing(session, actor, at=at)


def answer(session: Session, actor: Actor, pair_id: int, state: PairState, *, at: datetime) -> None:
    """Say what became of a pair. Either of the two may; “done” stands, whatever the other says afterwards."""
    pair = session.get(Pair, pair_id, with_for_update=True)
    if pair is None or pair.tenant_id != actor.tenant_id or actor.slack_id not in {pair.sales, pair.ops}:
        raise NotYours(_("Only the two who are asked to meet can say what became of it."))
    if pair.state is PairState.DONE and state is not PairState.DONE:
        raise MoveNotAllowed(_("The other one said already that you met. Nothing was changed."))
    if pair.state is state:
        return
    pair.state, pair.answered_at = state, at
    session.flush()
    for person in (pair.sales, pair.ops):
        surfaces.redraw_one(session, pair.tenant_id, key_of(pair, person), at)


def stop(session: Session, actor: Actor, pair_id: int, *, at: datetime) -> None:
    """Pair this person no more; what is open this month is let go of."""
    pair = session.get(Pair, pair_id)
    if pair is not None and pair.state is PairState.OPEN:
        answer(session, actor, pair_id, PairState.NOT_THIS_MONTH, at=at)
    leave(session, actor, at=at)


def key_of(pair: Pair, person: str) -> str:
    return f"pair:{pair.id}:{person}"


def _make(session: Session, tenant: Tenant, at: datetime) -> bool:
    month = _month(tenant, at)
    slot = _slot(session, tenant, month)
    if slot is None or not slot <= at <= slot + LATEST_START or slot < tenant.installed_at:
        return False
    made = sa.select(PairRound.id).where(PairRound.tenant_id == tenant.id, PairRound.month == month)
    if session.scalar(made) is not None:
        return False
    is_new = _ROUND.one(session, {"tenant_id": tenant.id, "month": month, "made_at": at})
    if is_new:
        _pair(session, tenant.id, month, at)
    return is_new


def _pair(session: Session, tenant_id: int, month: date, at: datetime) -> None:
    sales, ops = wishes(session, tenant_id, at)
    if not (sales and ops):
        return
    before, met = pairs_before(session, tenant_id, month), meetings(session, tenant_id, at)
    for one in pairs_for(month, sales=sales, ops=ops, before=before, meetings=met):
        row = {"kind": one.kind, "sales": one.sales, "ops": one.ops, "met_in": one.met_in}
        _PAIR.one(session, {"tenant_id": tenant_id, "month": month, "made_at": at, "state": PairState.OPEN, **row})
    session.flush()
    for pair in session.scalars(sa.select(Pair).where(Pair.tenant_id == tenant_id, Pair.month == month)).all():
        _tell(session, pair, at)


def _tell(session: Session, pair: Pair, at: datetime) -> None:
    for person in (pair.sales, pair.ops):
        surfaces.post(
            session,
            tenant_id=pair.tenant_id,
            key=key_of(pair, person),
            surface=Surface.DIRECT,
            notice=Notice.PAIR,
            channel=person,
            at=at,
            facts={"pair": pair.id},
        )


def _month(tenant: Tenant, at: datetime) -> date:
    return month_of(at.astimezone(ZoneInfo(tenant.zone)).date())


def _slot(session: Session, tenant: Tenant, month: date) -> datetime | None:
    """The first working day of the month at the default desk, at the time of the digest."""
    default = (
        sa.select(DeskCalendar)
        .join(Desk, Desk.calendar_id == DeskCalendar.id)
        .where(Desk.tenant_id == tenant.id, Desk.is_default, Desk.retired_at.is_(None))
    )
    hours = session.scalars(default.limit(1)).first()
    if hours is None:
        return None
    day = hours.calendar.next_working_day(month - timedelta(days=1))
    return datetime.combine(day, tenant.digest_at, ZoneInfo(tenant.zone)).astimezone(UTC)


def _partner(pair: Pair, person: str) -> str:
    return pair.ops if person == pair.sales else pair.sales
