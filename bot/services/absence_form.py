"""What somebody wrote into the form of an absence, as two instants and a deputy; each refusal names its field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from models import Absence, Desk, DeskMember, Member
from models.errors import Field, FormRefused
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from models.tenant import Actor

LONGEST = timedelta(days=366)
Problems = dict[str, str]


@dataclass(frozen=True)
class Plan:
    """Away from one instant to another; the deputy may be nobody."""

    starts_at: datetime
    ends_at: datetime
    deputy: str | None


def plan_from(session: Session, actor: Actor, answers: Mapping[str, Any], at: datetime) -> Plan:
    """The absence that the answers describe, in the person's own zone; raises :class:`FormRefused`.

    A day without a time begins at midnight: away from today means from now on, back on Monday means Monday 00:00.
    """
    problems: Problems = {}
    starts = _instant(answers, Field.AWAY_FROM, Field.AWAY_FROM_TIME, actor.zone, problems)
    ends = _instant(answers, Field.BACK_ON, Field.BACK_ON_TIME, actor.zone, problems)
    if starts is not None:
        starts = _from_now_on(starts, answers, actor.zone, at)
        problems |= _start_problem(starts, answers, at)
    if starts is not None and ends is not None:
        problems |= _end_problem(starts, ends)
        problems |= _deputy_problem(session, actor, str(answers.get(Field.DEPUTY) or ""), (starts, ends))
    if problems or starts is None or ends is None:
        raise FormRefused(problems)
    return Plan(starts, ends, answers.get(Field.DEPUTY) or None)


def _instant(
    answers: Mapping[str, Any], day_field: Field, time_field: Field, zone: str, problems: Problems
) -> datetime | None:
    try:
        day = date.fromisoformat(str(answers.get(day_field) or ""))
        clock = time.fromisoformat(str(answers.get(time_field) or "00:00"))
    except ValueError:
        problems[day_field] = _("Choose a day in the calendar.")
        return None
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def _from_now_on(starts: datetime, answers: Mapping[str, Any], zone: str, at: datetime) -> datetime:
    """Away from today, without a time, begins now."""
    is_today = starts.astimezone(ZoneInfo(zone)).date() == at.astimezone(ZoneInfo(zone)).date()
    return at if is_today and not answers.get(Field.AWAY_FROM_TIME) else starts


def _start_problem(starts: datetime, answers: Mapping[str, Any], at: datetime) -> Problems:
    if starts < at and answers.get(Field.AWAY_FROM_TIME):
        # The same minute as now is not the past.
        if starts >= at - timedelta(minutes=1):
            return {}
        return {Field.AWAY_FROM: _("This time has passed. Choose a later one, or leave the time out.")}
    if starts < at:
        return {Field.AWAY_FROM: _("This day has passed. Choose today or a later day.")}
    if starts > at + LONGEST:
        return {Field.AWAY_FROM: _("This is more than a year ahead. Check the year.")}
    return {}


def _end_problem(starts: datetime, ends: datetime) -> Problems:
    if ends <= starts:
        return {Field.BACK_ON: _("You would be back before you leave. Choose a later day, or a later time.")}
    if ends > starts + LONGEST:
        return {
            Field.BACK_ON: _("This is more than a year away. Check the year, or ask an admin to hand your work on.")
        }
    return {}


def _deputy_problem(session: Session, actor: Actor, deputy: str, span: tuple[datetime, datetime]) -> Problems:
    if not deputy:
        return {}
    if deputy == actor.slack_id:
        return {Field.DEPUTY: _("You cannot stand in for yourself. Choose somebody else, or leave it empty.")}
    known = session.scalars(
        sa.select(Member).where(Member.tenant_id == actor.tenant_id, Member.slack_id == deputy)
    ).one_or_none()
    if known is None or known.is_bot or known.is_guest or known.is_deactivated:
        return {Field.DEPUTY: _("Only a colleague of this workspace can stand in for you. Choose somebody else.")}
    return _away_then(session, known, span) or _not_on_desk(session, actor, known)


def _away_then(session: Session, deputy: Member, span: tuple[datetime, datetime]) -> Problems:
    starts, ends = span
    overlapping = sa.select(Absence.id).where(
        Absence.tenant_id == deputy.tenant_id,
        Absence.slack_id == deputy.slack_id,
        Absence.ends_at > starts,
        Absence.starts_at < ends,
    )
    if session.scalar(overlapping.limit(1)) is None:
        return {}
    return {Field.DEPUTY: _("{name} is away then too. Choose somebody who is there.").format(name=deputy.name)}


def _not_on_desk(session: Session, actor: Actor, deputy: Member) -> Problems:
    """Who answers for a desk needs a deputy who may answer there."""
    theirs = sa.select(DeskMember.desk_id).where(DeskMember.slack_id == deputy.slack_id)
    lacking = sa.select(Desk.name).where(
        Desk.id.in_(sorted(actor.desk_ids)), Desk.retired_at.is_(None), Desk.id.not_in(theirs)
    )
    names = session.scalars(lacking.order_by(Desk.name)).all()
    if not names:
        return {}
    sentence = _("{name} does not answer for {desk}. Choose somebody who does, or leave it empty.")
    return {Field.DEPUTY: sentence.format(name=deputy.name, desk=", ".join(names))}
