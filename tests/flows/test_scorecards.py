"""The scorecard over real rows: what belongs to a period, who may see what, and that a chain is followed back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.blocks.scorecard_trend import moved_lines
from bot.services.scorecards import may_see_figures, scorecard, trends
from models import Thanks, TurnInterval
from models.aftermath import Follows
from models.ask import ReasonCode, Told
from models.commitment import Outcome
from models.errors import NotYours
from models.lifecycle import Status
from models.offer import OfferState
from models.scorecards import Filters, Held, Period, Share, Spread
from models.scorecards.trend import Figure, Trend
from models.service_level import ClockKind, Holder
from tests.builders import DAY, FRIDAY, HOUR, JONAS, MARA, MINUTE, NOON, TOBIAS, ZONE, Workspace
from tests.rows import a_commitment, a_request, an_offer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database import Database

WEEK = Period.week_of(NOON.date(), ZONE)
LATER = NOON + 7 * DAY


def _of(database: Database, workspace: Workspace, filters: Filters | None = None, period: Period = WEEK):
    return database.run_now(scorecard, workspace.tenant_id, period, filters or Filters(), LATER)


def test_a_quiet_week_has_no_figures(database: Database, workspace: Workspace) -> None:
    found = _of(database, workspace)

    assert found.is_quiet
    assert (found.response, found.otif.percent, found.loop.chains) == (Spread(), None, ())


def test_a_week_of_life_is_counted_once(database: Database, workspace: Workspace) -> None:
    database.run_now(_a_week, workspace)

    found = _of(database, workspace)

    assert (found.requests, found.answered, found.within_target) == (4, Share(3, 4), Share(2, 4))
    assert found.response == Spread(n=3, listed=(600, 1800, 7200))
    assert found.held == Held(desk_secs=900 + 30 * 3600, sales_secs=300, nobody_secs=0)
    assert (found.closed, found.otif, found.to_request) == (1, Share(1, 1), Share(1, 1))
    assert (found.over_promised, found.gap.days, found.gap.units) == (Share(1, 2), Spread(1, listed=(3,)), {"pcs": 60})
    assert (found.money.extra_cost, found.money.value_kept, found.saved) == (Decimal(240), Decimal(9000), 1)
    assert (found.saves[0].people, found.thanked) == ((JONAS,), 1)
    assert (found.commitments_due, found.commitments_kept, found.commitments_unreported) == (2, 1, 1)
    assert (found.loop.share, found.loop.bumped, found.loop.missed) == (Share(2, 4), 1, 1)
    assert [[link.why for link in chain] for chain in found.loop.chains] == [[Follows.BUMPED, None]]
    assert [(part.key, part.requests) for part in found.by_customer.parts] == [("ACME ", 3), ("Contoso", 1)]


def test_filters_leave_out_what_they_do_not_name(database: Database, workspace: Workspace) -> None:
    database.run_now(_a_week, workspace)

    counts = [
        _of(database, workspace, filters).requests
        for filters in (
            Filters(customer="acme"),
            Filters(requester=TOBIAS),
            Filters(team=frozenset({MARA})),
            Filters(reason=ReasonCode.OWN_MISSED_COMMITMENT),
            Filters(desks=frozenset()),
            Filters(desks=frozenset({workspace.desk_id}), customer="Contoso"),
        )
    ]

    assert counts == [3, 1, 3, 1, 0, 1]


def test_a_week_is_held_against_the_twelve_before_it(database: Database, workspace: Workspace) -> None:
    """Five answered requests each week, slower in the last: the median moved, and a sentence says so."""
    database.run_now(_thirteen_weeks, workspace)

    def look(session: Session) -> tuple[Trend, ...]:
        now = scorecard(session, workspace.tenant_id, WEEK, Filters(), LATER)
        return trends(session, now, workspace.tenant_id, LATER)

    found = {trend.figure: trend for trend in database.run_now(look)}

    assert found[Figure.MEDIAN].weeks == tuple(600 + 60 * week for week in range(12, 0, -1))
    assert (found[Figure.MEDIAN].now, found[Figure.MEDIAN].usual) == (3600, (780, 1140))
    assert [trend.figure for trend in found.values() if trend.moved] == [Figure.MEDIAN, Figure.NINE_IN_TEN]
    assert moved_lines([found[Figure.MEDIAN]])[1] == (
        "• The median first answer is 1 h, above the usual 13 min – 19 min: worse."
    )


def test_what_is_no_full_week_has_no_trend(database: Database, workspace: Workspace) -> None:
    for period, at in ((WEEK, NOON), (Period.month_of(NOON.date(), ZONE), LATER + 30 * DAY)):
        now = _of(database, workspace, period=period)
        assert database.run_now(trends, now, workspace.tenant_id, at) == ()


def test_everybody_sees_the_figures_that_are_theirs(workspace: Workspace) -> None:
    desk = frozenset({workspace.desk_id})
    assert may_see_figures(workspace.helena).is_empty
    assert may_see_figures(workspace.sam, Filters(desks=frozenset({99}))) == Filters(desks=frozenset({99}))
    assert may_see_figures(workspace.jonas) == Filters(desks=desk)
    assert may_see_figures(workspace.jonas, Filters(requester=MARA)) == Filters(requester=MARA, desks=desk)
    assert may_see_figures(workspace.mara, Filters(customer="Acme")) == Filters(customer="Acme", requester=MARA)
    for actor, filters in (
        (workspace.jonas, Filters(desks=frozenset({99}))),
        (workspace.mara, Filters(requester=TOBIAS)),
        (workspace.mara, Filters(team=frozenset({MARA}))),
    ):
        with pytest.raises(NotYours):
            may_see_figures(actor, filters)


def _thirteen_weeks(session: Session, workspace: Workspace) -> None:
    for week in range(13):
        asked = NOON - 7 * week * DAY
        waited = (10 + week) * MINUTE if week else HOUR
        for _each in range(5):
            a_request(session, workspace, asked_at=asked, first_responded_at=asked + waited)


def _a_week(session: Session, workspace: Workspace) -> None:
    before = a_request(session, workspace, asked_at=NOON - 8 * DAY, status=Status.AGREED)
    kept = a_request(
        session,
        workspace,
        first_responded_at=NOON + 10 * MINUTE,
        status=Status.FULFILLED,
        closed_at=NOON + DAY,
        value_at_stake=Decimal(9000),
        told=Told.SOFT_DATE,
        told_date=FRIDAY,
    )
    a_commitment(session, kept, outcome=Outcome.IN_FULL, actual_quantity=Decimal(100), actual_ship_date=FRIDAY)
    an_offer(session, kept, LATER, state=OfferState.ACCEPTED, extra_cost=Decimal(240))
    an_offer(session, kept, LATER, state=OfferState.REFUSED, extra_cost=Decimal(1))
    session.add(Thanks(tenant_id=kept.tenant_id, request_id=kept.id, by=MARA, said_at=NOON + 2 * DAY))
    for holder, secs in ((Holder.DESK, 900), (Holder.REQUESTER, 300)):
        _turn(session, kept, holder, secs)
    gap = a_request(session, workspace, first_responded_at=NOON + 2 * HOUR, told=Told.FIRM_DATE, told_date=FRIDAY)
    gap.customer, gap.follows_id, gap.follows_why = "acme", before.id, Follows.BUMPED
    a_commitment(session, gap, FRIDAY, quantity=Decimal(40))
    a_commitment(session, gap, date(2026, 11, 30), quantity=Decimal(60), position=2)
    a_request(
        session,
        workspace,
        customer="ACME ",
        first_responded_at=NOON + 30 * MINUTE,
        reason_code=ReasonCode.OWN_MISSED_COMMITMENT,
    )
    waiting = a_request(session, workspace, customer="Contoso", requester=TOBIAS, asked_at=NOON + 2 * DAY)
    _turn(session, waiting, Holder.DESK, None)


def _turn(session: Session, request, holder: Holder, secs: int | None) -> None:
    ended = None if secs is None else {"ends_at": NOON + HOUR, "working_secs": secs}
    session.add(
        TurnInterval(
            tenant_id=request.tenant_id,
            request_id=request.id,
            desk_id=request.desk_id,
            holder=holder,
            kind=ClockKind.ANSWER,
            calendar_id=request.calendar_id,
            starts_at=request.asked_at,
            **ended or {},
        )
    )
