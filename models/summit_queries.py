"""What a summit's page shows at one instant, read from the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from models.summit import Agreement, Summit, Topic
from models.summit_page import AgreementLine, SummitPage, SummitPicture
from models.tenant import Member, Tenant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session


def summit_picture(session: Session, summit: Summit) -> SummitPicture:
    """Its page, with the topics and agreements of now."""
    last = _agreements(session, summit, Agreement.evaluated_in == summit.id)
    agreed = _agreements(session, summit, Agreement.summit_id == summit.id)
    topics = session.scalars(sa.select(Topic).where(Topic.summit_id == summit.id).order_by(Topic.id)).all()
    people = {*(one.who for one in (*last, *agreed)), *(topic.raised_by for topic in topics if topic.raised_by)}
    names = _names(session, summit.tenant_id, people)
    return SummitPicture(
        summit=summit,
        page=SummitPage.from_json(summit.page),
        words=session.scalars(sa.select(Tenant.company_words).where(Tenant.id == summit.tenant_id)).one(),
        topics=[(one.text, names.get(one.raised_by or "", one.raised_by or "")) for one in topics],
        last=[AgreementLine.of(one, names) for one in last],
        agreed=[AgreementLine.of(one, names) for one in agreed],
    )


def newest_summit(session: Session, tenant_id: int) -> Summit | None:
    """The one that was posted last."""
    posted = sa.select(Summit).where(Summit.tenant_id == tenant_id, sa.not_(Summit.is_silent))
    return session.scalars(posted.order_by(Summit.month.desc()).limit(1)).first()


def summit_ahead(session: Session, tenant_id: int, at: datetime) -> Summit | None:
    """The one whose page is posted and that has not ended."""
    newest = newest_summit(session, tenant_id)
    return newest if newest is not None and newest.ends_at > at else None


def summit_of(session: Session, tenant_id: int, month: date) -> Summit | None:
    """That month's, posted or silent."""
    found = sa.select(Summit).where(Summit.tenant_id == tenant_id, Summit.month == month)
    return session.scalars(found).one_or_none()


def _agreements(session: Session, summit: Summit, condition: sa.ColumnElement[bool]) -> Sequence[Agreement]:
    found = sa.select(Agreement).where(Agreement.tenant_id == summit.tenant_id, condition)
    return session.scalars(found.order_by(Agreement.by_day, Agreement.id)).all()


def _names(session: Session, tenant_id: int, people: Collection[str]) -> dict[str, str]:
    known = sa.select(Member.slack_id, Member.name).where(Member.tenant_id == tenant_id, Member.slack_id.in_(people))
    return {row.slack_id: row.name for row in session.execute(known)}
