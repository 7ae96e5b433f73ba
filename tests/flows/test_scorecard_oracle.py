"""Each figure of the scorecard, counted again the slow way from the lives it was made of: both must say the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.services.scorecards import scorecard
from models import (
    Commitment,
    Desk,
    DeskCalendar,
    ExpediteRequest,
    Offer,
    ServiceLevelPolicy,
    Tenant,
    Thanks,
    TurnInterval,
)
from models.commitment import Outcome
from models.offer import OfferShape, OfferState
from models.scorecards import Breakdown, Filters, Period, Scorecard, Share, Spread
from models.scorecards.period import same_name
from models.service_level import ClockKind, Targets
from tests.builders import NOON, PLANT3, ZONE, a_calendar
from tests.lives import LIVES, MONDAYS, TARGET, Life, LotLife, Slowly

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database import Database

TEAMS = count(1)


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)
@given(st.lists(LIVES, max_size=16), st.sampled_from(MONDAYS))
def test_every_figure_is_what_slow_counting_gives(database: Database, lives: list[Life], monday: date) -> None:
    """The workspaces of the examples before lie in the same tables: nothing of theirs is counted."""
    at = datetime.combine(monday + timedelta(days=10), datetime.min.time(), UTC) + timedelta(hours=9)
    slowly = Slowly(lives, monday, at)
    tenant, desks = database.run_now(_live, slowly)

    for desk, customer in ((None, ""), (0, ""), (None, "acme")):
        filters = Filters(desks=None if desk is None else frozenset({desks[desk]}), customer=customer)
        found = database.run_now(scorecard, tenant, Period.week_of(monday, ZONE), filters, at)

        assert _plain(found, desks) == slowly.figures(desk=desk, customer=customer)


def _plain(card: Scorecard, desks: list[int]) -> dict[str, Any]:
    """The figures without their names; a desk by its place among ``desks``."""
    return {
        "requests": card.requests,
        **{name: _share(getattr(card, name)) for name in ("answered", "within_target", "over_promised")},
        **{name: _share(getattr(card, name)) for name in ("to_request", "to_original", "to_latest", "otif")},
        "response": _spread(card.response),
        "held": (card.held.desk_secs, card.held.sales_secs, card.held.nobody_secs),
        "gap": (_spread(card.gap.days), card.gap.never, dict(card.gap.units)),
        "loop": (*_share(card.loop.share), card.loop.missed, card.loop.bumped),
        "chains": [[link.request_id for link in chain] for chain in card.loop.chains],
        "closed": card.closed,
        "endings": card.endings,
        "money": (card.money.extra_cost, card.money.value_kept, card.money.value_lost),
        "counted": (card.money.costed, card.money.valued_kept, card.money.valued_lost),
        "saves": (card.saved, [save.request_id for save in card.saves]),
        "people": [list(save.people) for save in card.saves],
        "thanked": card.thanked,
        "lots": (card.commitments_due, card.commitments_kept, card.commitments_unreported),
        **{name: _parts(getattr(card, name)) for name in ("by_reason", "by_cause", "by_requester")},
        **{name: _parts(getattr(card, name)) for name in ("by_customer", "by_item")},
        "by_desk": {str(desks.index(int(key))): part for key, part in _parts(card.by_desk).items()},
    }


def _share(share: Share) -> tuple[int, int]:
    return share.hits, share.of


def _spread(spread: Spread) -> tuple[Any, ...]:
    return spread.n, spread.median, spread.p90, spread.listed


def _parts(by: Breakdown) -> dict[str, Any]:
    return {
        same_name(part.key) if not part.key.startswith("U0") else part.key: (
            part.requests,
            _share(part.within_target),
            _share(part.otif),
            part.loop,
        )
        for part in by.parts
    }


def _live(session: Session, slowly: Slowly) -> tuple[int, list[int]]:
    """Write the lives down as the rows they leave."""
    tenant = Tenant(team_id=f"T{next(TEAMS)}", zone=ZONE, installed_at=NOON)
    session.add(tenant)
    session.flush()
    calendar = DeskCalendar(tenant_id=tenant.id, name="Hours", hours=a_calendar().to_json(), made_at=NOON)
    policy = ServiceLevelPolicy(
        tenant_id=tenant.id, name="Levels", seconds=Targets(first_response=TARGET).to_json(), made_at=NOON
    )
    session.add_all([calendar, policy])
    session.flush()
    frozen = {"tenant_id": tenant.id, "calendar_id": calendar.id, "policy_id": policy.id}
    desks = [Desk(name=name, channel_id=PLANT3, **frozen) for name in ("One", "Two")]
    session.add_all(desks)
    session.flush()
    for number, life in enumerate(slowly.all, 1):
        request = _request(slowly, life, number, desk_id=desks[life.desk].id, **frozen)
        session.add(request)
        session.flush()
        life.id = request.id
        _around(session, slowly, life, request)
    return tenant.id, [desk.id for desk in desks]


def _request(slowly: Slowly, life: Life, number: int, **frozen: Any) -> ExpediteRequest:
    before, why = slowly.parent(life)
    responded = None if life.responded is None else slowly.instant(life.asked + life.responded)
    return ExpediteRequest(
        **frozen,
        number=number,
        requester=life.requester,
        owner=life.owner,
        asked_at=slowly.instant(life.asked),
        first_responded_at=responded,
        closed_at=slowly.closed_at(life),
        status=life.status,
        ended_because=life.ended_because,
        customer=life.customer,
        item=life.item,
        quantity=Decimal(life.quantity),
        unit=life.unit,
        needed_ship_date=slowly.day(life.needed),
        reason_code=life.reason,
        caused_by=life.cause,
        told=life.told,
        told_date=None if life.told_day is None else slowly.day(life.told_day),
        told_quantity=None if life.told_quantity is None else Decimal(life.told_quantity),
        value_at_stake=None if life.value is None else Decimal(life.value),
        follows_id=None if before is None else before.id,
        follows_why=why,
    )


def _around(session: Session, slowly: Slowly, life: Life, request: ExpediteRequest) -> None:
    ids = {"tenant_id": request.tenant_id, "request_id": request.id}
    if life.thanked:
        session.add(Thanks(**ids, by=life.requester, said_at=NOON))
    for agreed, cost in life.costs:
        state = OfferState.ACCEPTED if agreed else OfferState.REFUSED
        amount = None if cost is None else Decimal(cost)
        facts = {"shape": OfferShape.EVERYTHING_LATER, "valid_until": NOON, "made_by": "U0JONAS", "made_at": NOON}
        session.add(Offer(**ids, **facts, state=state, extra_cost=amount))
    start, hours = request.asked_at, {"desk_id": request.desk_id, "calendar_id": request.calendar_id}
    for holder, secs in life.turns:
        ended = {"ends_at": start, "working_secs": secs}
        session.add(TurnInterval(**ids, **hours, holder=holder, kind=ClockKind.ANSWER, starts_at=start, **ended))
    if life.runs is not None:
        session.add(TurnInterval(**ids, **hours, holder=life.runs, kind=ClockKind.ANSWER, starts_at=start))
    for lot in life.lots:
        _commit(session, slowly, lot, ids)


def _commit(session: Session, slowly: Slowly, lot: LotLife, ids: dict[str, int]) -> None:
    due, first = slowly.day(lot.original + lot.slip), slowly.day(lot.original)
    made = {**ids, "made_by": lot.made_by, "made_at": NOON, "original_ship_date": first, "position": 1}
    shipped = 1 if lot.is_split else lot.shipped
    row = Commitment(
        **made,
        quantity=Decimal(lot.quantity),
        committed_ship_date=due,
        outcome=lot.outcome,
        actual_quantity=None if shipped is None else Decimal(shipped),
        actual_ship_date=None if lot.shipped_on is None else slowly.day(lot.shipped_on),
    )
    session.add(row)
    session.flush()
    if lot.is_split:
        rest = {"quantity": Decimal(lot.quantity - 1), "committed_ship_date": due + timedelta(days=2)}
        session.add(Commitment(**made, **rest, outcome=Outcome.OPEN, balance_of=row.id))
        session.flush()
