"""Making the page of a week: for leadership as it is sent, and for anybody else as far as they may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.services.scorecards import scorecard, scorecard_rows
from models import Desk, OutboxMessage, Tenant, queries
from models.agreement_queries import last_agreements, pairs_met
from models.case_rows import cases_of
from models.cases import CaseKind
from models.digest_page import DigestPage, WeekPoint, coming_back, five_figures
from models.outbox import Surface
from models.scorecards import Filters, Period
from models.scorecards.counting import scorecard_of
from models.week_queries import open_decisions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.digest_page import Promise
    from models.scorecards import Scorecard

MOST_DECISIONS = 10
STORIES = (CaseKind.BEST_SAVE, CaseKind.WORST_MISS, CaseKind.LONGEST_WAIT)


def page_of(session: Session, tenant_id: int, week: Period, filters: Filters, at: datetime) -> DigestPage:
    """Return a week as it is known at an instant, of the requests these filters leave."""
    before = [_counted(session, tenant_id, one, filters, at) for one in week.weeks_before()]
    card = scorecard(session, tenant_id, week, filters, at)
    quarter = Period(week.weeks_before()[0].start, week.end, week.zone)
    again = _counted(session, tenant_id, quarter, filters, at)
    decisions = open_decisions(session, tenant_id, at, filters)
    stories = tuple(cases_of(scorecard_rows(session, tenant_id, week, filters, at), week, STORIES))
    # What leaders agreed is for those who see all.
    today = at.astimezone(ZoneInfo(week.zone)).date()
    agreements = last_agreements(session, tenant_id, today) if filters.is_empty else ()
    pairs_made, met = pairs_met(session, tenant_id, week.start)
    told_of = [*(one.request_id for one in stories), *(one.request_id for one in card.saves)]
    return DigestPage(
        card=card,
        figures=five_figures(card, before),
        weeks=tuple(WeekPoint(one.period.start, one.requests, one.within_target.hits) for one in [*before, card]),
        decisions=tuple(decisions[:MOST_DECISIONS]),
        decisions_open=len(decisions),
        stories=stories,
        customers=coming_back(again.by_customer.parts),
        items=coming_back(again.by_item.parts),
        agreements=agreements,
        pairs_made=pairs_made,
        pairs_met=met,
        words=session.scalar(sa.select(Tenant.company_words).where(Tenant.id == tenant_id)) or "",
        people=queries.names(session, tenant_id, _named(card, filters, agreements)),
        desks=_desk_names(session, tenant_id),
        links=card_links(session, tenant_id, told_of),
    )


def _named(card: Scorecard, filters: Filters, agreements: Iterable[Promise]) -> list[str | None]:
    """Return whom the page names."""
    savers = [person for save in card.saves for person in save.people]
    return [filters.requester, *savers, *(one.who for one in agreements)]


def card_links(session: Session, tenant_id: int, request_ids: Iterable[int]) -> dict[str, str]:
    """Return where the cards of these requests are; Slack spells an address from workspace, channel and time stamp."""
    wanted = sorted(set(request_ids))
    if not wanted:
        return {}
    cards: Any = (
        sa.select(OutboxMessage.request_id, Tenant.url, OutboxMessage.posted_channel, OutboxMessage.ts)
        .join(Tenant, Tenant.id == OutboxMessage.tenant_id)
        .where(OutboxMessage.tenant_id == tenant_id, OutboxMessage.request_id.in_(wanted))
        .where(OutboxMessage.surface == Surface.CARD, OutboxMessage.ts.is_not(None), Tenant.url != "")
        .order_by(OutboxMessage.id)
    )
    return {
        str(row.request_id): f"{row.url.rstrip('/')}/archives/{row.posted_channel}/p{row.ts.replace('.', '')}"
        for row in session.execute(cards)
    }


def _counted(session: Session, tenant_id: int, period: Period, filters: Filters, at: datetime) -> Scorecard:
    """Count a period without the chains of its loop."""
    return scorecard_of(scorecard_rows(session, tenant_id, period, filters, at), period, filters, at)


def _desk_names(session: Session, tenant_id: int) -> dict[str, str]:
    desks = sa.select(Desk.id, Desk.name).where(Desk.tenant_id == tenant_id)
    return {str(desk_id): name for desk_id, name in session.execute(desks)}
