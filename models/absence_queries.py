"""Who is away at an instant, and who acts for them: the same answer for what is sent, drawn and allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from models.absence import Absence
from models.base import UtcDateTime
from models.picture import Away

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

LONGEST_CHAIN = 3
"""Deputies who are away themselves hand on so many times; then it stays with the person."""

_AT: sa.BindParameter[datetime] = sa.bindparam("at", type_=UtcDateTime())
_IS_RUNNING = sa.and_(Absence.tenant_id == sa.bindparam("tenant"), Absence.starts_at <= _AT, Absence.ends_at > _AT)
# Oldest first: of two that overlap after all, the one that was written last is kept by its reader.
_ABSENT = (
    sa.select(Absence.slack_id, Absence.ends_at, Absence.deputy)
    .where(_IS_RUNNING, Absence.slack_id.in_(sa.bindparam("people", expanding=True)))
    .order_by(Absence.id)
)
_DEPUTISED = (
    sa.select(Absence.slack_id).where(_IS_RUNNING, Absence.deputy == sa.bindparam("deputy")).order_by(Absence.id)
)


def away(session: Session, tenant_id: int, people: Iterable[str | None], at: datetime) -> dict[str, Away]:
    """Those of these people who are away at this instant, each with the person who acts for them then."""
    wanted = sorted({person for person in people if person})
    gone = _absent(session, tenant_id, wanted, at) if wanted else {}
    return {
        person: Away(until, acting if (acting := _present(session, tenant_id, person, deputy, at)) != person else None)
        for person, (until, deputy) in gone.items()
    }


def stand_in(session: Session, tenant_id: int, slack_id: str, at: datetime) -> str:
    """Who acts for this person at this instant: themselves unless they are away and a deputy is there.

    A deputy who is away as well hands on, at most three times and never in a circle.
    """
    found = away(session, tenant_id, [slack_id], at).get(slack_id)
    return slack_id if found is None or found.deputy is None else found.deputy


def represented(session: Session, tenant_id: int, slack_id: str, at: datetime) -> list[str]:
    """The people for whom this person acts at this instant, in the order of their ids; not themselves."""
    facts = {"tenant": tenant_id, "at": at}
    found: set[str] = set()
    asked = {slack_id}
    for _hop in range(LONGEST_CHAIN):
        named = {one for deputy in sorted(asked) for one in session.scalars(_DEPUTISED, {**facts, "deputy": deputy})}
        asked = named - found - {slack_id}
        found |= asked
    return sorted(one for one in found if stand_in(session, tenant_id, one, at) == slack_id)


def own_absence(session: Session, tenant_id: int, slack_id: str, at: datetime) -> Absence | None:
    """Somebody's absence that runs, else their next one."""
    mine = Absence.tenant_id == tenant_id, Absence.slack_id == slack_id, Absence.ends_at > at
    return session.scalars(sa.select(Absence).where(*mine).order_by(Absence.starts_at, Absence.id).limit(1)).first()


def deputised_to(session: Session, tenant_id: int, slack_id: str, at: datetime) -> list[str]:
    """Those who are away and named this person, whether that one is there or not."""
    return list(session.scalars(_DEPUTISED, {"tenant": tenant_id, "at": at, "deputy": slack_id}))


def _present(session: Session, tenant_id: int, person: str, deputy: str | None, at: datetime) -> str:
    """The first deputy who is there; the person where there is none."""
    seen = {person}
    for _hop in range(LONGEST_CHAIN):
        if deputy is None or deputy in seen:
            return person
        gone = _absent(session, tenant_id, [deputy], at)
        if not gone:
            return deputy
        seen.add(deputy)
        deputy = gone[deputy][1]
    return person


def _absent(
    session: Session, tenant_id: int, people: list[str], at: datetime
) -> dict[str, tuple[datetime, str | None]]:
    rows = session.execute(_ABSENT, {"tenant": tenant_id, "people": people, "at": at})
    return {slack_id: (ends_at, deputy) for slack_id, ends_at, deputy in rows}
