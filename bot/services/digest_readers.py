"""What people do about the digest: look at any week, see what waits now, leave it out, choose another day for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.services.digest_pages import page_of
from bot.services.inserts import InsertOnce
from bot.services.scorecards import SEES_ALL, may_see_figures
from models import DigestMute, SettingChange, Tenant
from models.digest_queries import stored_page
from models.errors import FormRefused, NotYours, WeekUnclear
from models.i18n import _
from models.scorecards import Period
from models.scorecards.period import WEEK
from models.week_queries import open_decisions
from models.weekly_hours import DAY_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from models.digest_page import DigestPage
    from models.scorecard import OpenDecision
    from models.tenant import Actor

DAY, AT = "digest_day", "digest_at"
"""The questions of the form that chooses another day."""
_MUTE = InsertOnce(DigestMute.__table__)
_ISO_WEEK = re.compile(r"(?:(\d{4})-?)?w(?:eek\s*)?(\d{1,2})")
_SETTING = "digest"


@dataclass(frozen=True)
class Preview:
    """A week for one person: as it was sent, or as it stands now; ``is_part`` where they see only a part of it."""

    page: DigestPage
    is_stored: bool
    is_part: bool


def preview(session: Session, actor: Actor, text: str, *, at: datetime) -> Preview:
    """Return the page of the week that somebody's words name, as far as they may see it.

    Who sees all gets the numbers that were sent, where any were. Raises :class:`WeekUnclear` for other words.
    """
    zone = session.get_one(Tenant, actor.tenant_id).zone
    week = read_week(text, at.astimezone(ZoneInfo(zone)).date(), zone)
    filters = may_see_figures(actor)
    stored = stored_page(session, actor.tenant_id, week.start) if filters.is_empty else None
    page = stored or page_of(session, actor.tenant_id, week, filters, at)
    return Preview(page, is_stored=stored is not None, is_part=not filters.is_empty)


def read_week(text: str, today: date, zone: str) -> Period:
    """Read ``last``, ``this``, ``2026-W47``, ``W47`` or a day; without words the last full week."""
    words = " ".join(text.lower().split())
    known = {"": today - WEEK, "last": today - WEEK, "last week": today - WEEK, "this": today, "this week": today}
    day = known.get(words) or _day_in(words, today)
    if day is None:
        raise WeekUnclear(text)
    return Period.week_of(day, zone)


def _day_in(words: str, today: date) -> date | None:
    try:
        if match := _ISO_WEEK.fullmatch(words):
            return date.fromisocalendar(int(match[1] or today.isocalendar().year), int(match[2]), 1)
        return date.fromisoformat(words)
    except (ValueError, OverflowError):
        return None


def decisions(session: Session, actor: Actor, *, at: datetime) -> list[OpenDecision]:
    """Return what waits for a decision now, as far as somebody may see it."""
    return open_decisions(session, actor.tenant_id, at, may_see_figures(actor))


def mute(session: Session, actor: Actor, *, at: datetime) -> str:
    """Send this person no digest directly any more; give the channel in which it stays, empty where there is none."""
    _MUTE.one(session, {"tenant_id": actor.tenant_id, "slack_id": actor.slack_id, "muted_at": at})
    return session.get_one(Tenant, actor.tenant_id).leadership_channel or ""


def hear_again(session: Session, actor: Actor, *, at: datetime) -> None:
    """Take a mute back."""
    del at  # every use case is called with it
    session.execute(
        sa.delete(DigestMute).where(DigestMute.tenant_id == actor.tenant_id, DigestMute.slack_id == actor.slack_id)
    )


def day_now(session: Session, actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Return the answers of the form as they are now. Raises :class:`NotYours` for whoever may not choose."""
    del at  # every use case is called with it
    _require_leader(actor)
    tenant = session.get_one(Tenant, actor.tenant_id)
    return {DAY: DAY_NAMES[tenant.digest_weekday], AT: f"{tenant.digest_at:%H:%M}"}


def choose_day(session: Session, actor: Actor, answers: Mapping[str, Any], *, at: datetime) -> None:
    """Let the digest come on another day or at another time from now on, and write down who decided it."""
    _require_leader(actor)
    weekday, clock = _answers(answers)
    locked = sa.select(Tenant).where(Tenant.id == actor.tenant_id).with_for_update()
    tenant = session.scalars(locked.execution_options(populate_existing=True)).one()
    before = {"day": DAY_NAMES[tenant.digest_weekday], "at": f"{tenant.digest_at:%H:%M}"}
    after = {"day": DAY_NAMES[weekday], "at": f"{clock:%H:%M}"}
    if before == after:
        return
    tenant.digest_weekday, tenant.digest_at = weekday, clock
    tenant.settings_version += 1
    session.add(SettingChange(tenant_id=tenant.id, at=at, by=actor.slack_id, part=_SETTING, before=before, after=after))


def _require_leader(actor: Actor) -> None:
    if not actor.roles & SEES_ALL:
        raise NotYours(_("Only leaders and admins choose when the digest comes. Ask one of them to do it."))


def _answers(answers: Mapping[str, Any]) -> tuple[int, time]:
    problems = {}
    if answers.get(DAY) not in DAY_NAMES:
        problems[DAY] = _("Choose a day of the week.")
    try:
        clock = time.fromisoformat(str(answers.get(AT) or ""))
    except ValueError:
        problems[AT] = _("Choose a time, like 08:00.")
    if problems:
        raise FormRefused(problems)
    return DAY_NAMES.index(str(answers[DAY])), clock.replace(second=0, microsecond=0)
