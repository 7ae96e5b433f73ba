"""Scorecards for whoever may see them: the figures of any period and any part of the requests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.errors import NotYours
from models.i18n import _
from models.scorecards.chains import longest_chains
from models.scorecards.counting import scorecard_of
from models.scorecards.period import Filters
from models.scorecards.query import scored
from models.scorecards.trend import trends_of
from models.tenant import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.scorecards import Period, Scorecard, ScoreRow
    from models.scorecards.trend import Trend
    from models.tenant import Actor

SEES_ALL = frozenset({Role.LEADER, Role.ADMIN})


def scorecard(session: Session, tenant_id: int, period: Period, filters: Filters, at: datetime) -> Scorecard:
    """Return every figure of a period as it is known at an instant; :mod:`models.scorecards.figures` says what each is.

    Asks nobody's right: :func:`may_see_figures` narrows the filters of a person first.
    """
    loop = _Loop(period)
    rows = loop.noting(scored(session, tenant_id, period, filters, at))
    counted = scorecard_of(rows, period, filters, at)
    chains = longest_chains(session, loop.follows)
    return replace(counted, loop=replace(counted.loop, chains=chains))


def trends(session: Session, now: Scorecard, tenant_id: int, at: datetime) -> tuple[Trend, ...]:
    """Hold a week's figures against the twelve weeks before it, one after the other: memory holds one at a time.

    Nothing to say about a period that is no week, or is not over.
    """
    if not now.period.is_week or now.period.ends_at > at:
        return ()
    before = [
        scorecard_of(scored(session, tenant_id, week, now.filters, at), week, now.filters, at)
        for week in now.period.weeks_before()
    ]
    return trends_of(now, before)


def scorecard_rows(
    session: Session, tenant_id: int, period: Period, filters: Filters, at: datetime
) -> Iterator[ScoreRow]:
    """Yield the rows behind the figures: requests asked or closed in the period, or with a lot due in it; no inquiries.

    In the order of asking, read as they are used: a list of them is only for short periods.
    """
    return (row for row in scored(session, tenant_id, period, filters, at) if not row.is_inquiry)


def may_see_figures(actor: Actor, filters: Filters | None = None) -> Filters:
    """Narrow the filters to what a person may see; the one place that decides it.

    Leaders and admins see all. Members of a desk see their desks' requests; everybody sees their own requests. Who asks
    for more gets :class:`NotYours`; who names nothing gets all they may see.
    """
    wanted = filters or Filters()
    if actor.roles & SEES_ALL or wanted.requester == actor.slack_id:
        return wanted
    if not actor.desk_ids:
        return _own(actor, wanted)
    if wanted.desks is None:
        return replace(wanted, desks=actor.desk_ids)
    if wanted.desks <= actor.desk_ids:
        return wanted
    raise NotYours(_("These are another desk's figures. Its members and the leaders see them."))


def _own(actor: Actor, wanted: Filters) -> Filters:
    if wanted.requester is not None or wanted.team is not None:
        raise NotYours(_("You see the figures of your own requests. A leader sees everybody's."))
    return replace(wanted, requester=actor.slack_id)


class _Loop:
    """Notes, while rows pass, which requests of the period follow which."""

    def __init__(self, period: Period) -> None:
        self._starts, self._ends = period.starts_at, period.ends_at
        self.follows: dict[int, int] = {}

    def noting(self, rows: Iterable[ScoreRow]) -> Iterator[ScoreRow]:
        for row in rows:
            if row.follows_id is not None and self._starts <= row.asked_at < self._ends:
                self.follows[row.id] = row.follows_id
            yield row
