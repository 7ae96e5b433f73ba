"""What people do about the summit: raise a topic, record what was agreed, say that it is done, take the page along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.services import summit_posting
from bot.services.scorecards import SEES_ALL
from bot.services.texts import required
from models import Agreement, Member, Summit, Topic
from models.errors import Field, FormRefused, NotYours, SummitGone
from models.i18n import _
from models.summit_figures import Figure
from models.summit_page import SummitPage
from models.summit_queries import newest_summit, summit_ahead, summit_picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from models.summit_page import SummitPicture
    from models.tenant import Actor

WITHOUT_NAME = "without_name"
"""The answer of somebody who does not want to be named."""


@dataclass(frozen=True)
class Raised:
    """When a topic will be talked about, where that is known."""

    day: date | None


def raise_topic(session: Session, actor: Actor, answers: Mapping[str, Any], *, at: datetime) -> Raised:
    """Put something on the table of the next summit. Without a name nothing about its author is kept."""
    text = required(str(answers.get(Field.TOPIC) or ""), Field.TOPIC, _("Write what you want to put on the table."))
    ahead = summit_ahead(session, actor.tenant_id, at)
    is_named = answers.get(Field.TOPIC_NAME) != WITHOUT_NAME
    topic = Topic(tenant_id=actor.tenant_id, text=text, summit_id=ahead.id if ahead else None)
    if is_named:
        topic.raised_by, topic.raised_at = actor.slack_id, at
    session.add(topic)
    session.flush()
    if ahead is None:
        return Raised(None)
    summit_posting.redraw(session, ahead, at)
    return Raised(ahead.starts_at.astimezone(ZoneInfo(ahead.zone)).date())


def newest(session: Session, actor: Actor, *, at: datetime) -> SummitPicture:
    """The page that was posted last; raises :class:`NotYours` and :class:`SummitGone`."""
    del at  # every use case is called with it
    require_leader(actor)
    summit = newest_summit(session, actor.tenant_id)
    if summit is None:
        raise SummitGone(_("No summit was prepared yet. Its page is posted a week before the first one."))
    return summit_picture(session, summit)


def looked_at(session: Session, actor: Actor, summit_id: int, *, at: datetime) -> SummitPicture:
    """One page, for whoever records what was agreed."""
    del at  # as above
    return summit_picture(session, _summit(session, actor, summit_id))


def agree(session: Session, actor: Actor, summit_id: int, answers: Mapping[str, Any], *, at: datetime) -> Agreement:
    """Record what was agreed: what, who, until when, and which figure it is meant to move, with its value of now."""
    summit = _summit(session, actor, summit_id)
    what = required(str(answers.get(Field.AGREED) or ""), Field.AGREED, _("Write what was agreed."))
    figure = Figure(answers[Field.FIGURE]) if answers.get(Field.FIGURE) else None
    figures = SummitPage.from_json(summit.page).figures
    row = Agreement(
        tenant_id=actor.tenant_id,
        summit_id=summit.id,
        what=what,
        who=_who(session, actor, str(answers.get(Field.AGREED_WHO) or "")),
        by_day=_by_day(answers, actor, at),
        figure=figure,
        value_then=None if figure is None else figures.get(figure),
        made_by=actor.slack_id,
        made_at=at,
    )
    session.add(row)
    session.flush()
    summit_posting.redraw(session, summit, at)
    return row


def done(session: Session, actor: Actor, agreement_id: int, *, at: datetime) -> None:
    """Say that it is done; whoever does it may, and leaders. Said again it changes nothing."""
    row = session.get(Agreement, agreement_id)
    if row is None or row.tenant_id != actor.tenant_id:
        raise SummitGone(_("This agreement is not known here any more."))
    if row.who != actor.slack_id:
        require_leader(actor)
    if row.done_at is not None:
        return
    row.done_at = at
    session.flush()
    shown = [row.summit_id, *([row.evaluated_in] if row.evaluated_in else [])]
    for summit in session.scalars(sa.select(Summit).where(Summit.id.in_(shown))).all():
        summit_posting.redraw(session, summit, at)


def take_along(session: Session, actor: Actor, summit_id: int, key: str, *, at: datetime) -> None:
    """Send the page to whoever wants to print or mail it; ``key`` names the wish, so that it is sent once."""
    summit_posting.send_to(session, _summit(session, actor, summit_id), actor.slack_id, f"page:{key}", at)


def require_leader(actor: Actor) -> None:
    """Raises :class:`NotYours` for everybody but leaders and admins."""
    if not actor.roles & SEES_ALL:
        raise NotYours(_("The summit's page is kept by the leaders. Ask one of them, or raise a topic of your own."))


def _summit(session: Session, actor: Actor, summit_id: int) -> Summit:
    require_leader(actor)
    found = session.get(Summit, summit_id)
    if found is None or found.tenant_id != actor.tenant_id:
        raise SummitGone(_("This summit is not known here any more."))
    return found


def _who(session: Session, actor: Actor, person: str) -> str:
    known = session.scalars(
        sa.select(Member).where(Member.tenant_id == actor.tenant_id, Member.slack_id == person)
    ).one_or_none()
    if known is None or known.is_bot or known.is_guest or known.is_deactivated:
        raise FormRefused({Field.AGREED_WHO: _("Choose the colleague who does it.")})
    return person


def _by_day(answers: Mapping[str, Any], actor: Actor, at: datetime) -> date:
    today = at.astimezone(ZoneInfo(actor.zone)).date()
    try:
        day = date.fromisoformat(str(answers.get(Field.AGREED_BY) or ""))
    except ValueError:
        raise FormRefused({Field.AGREED_BY: _("Choose a day in the calendar.")}) from None
    if day < today:
        raise FormRefused({Field.AGREED_BY: _("This day has passed. Choose today or a later day.")})
    return day
