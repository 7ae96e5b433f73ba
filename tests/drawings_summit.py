"""The summit's page and forms, and the messages of pairs, with words wherever a person can type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.blocks import pairs, summit
from bot.blocks.forms_summit import agreement_form, page_sent, topic_form, topic_raised
from models import Pair, Summit
from models.cases import Case, CaseKind
from models.forecast import Demand, Forecast
from models.kept import Ending
from models.pairing import PairKind, PairState
from models.summit_figures import Figure
from models.summit_page import AgreementLine, SummitPage, SummitPicture
from tests.builders import DAY, FRIDAY, JONAS, MARA, NOON, ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.ports import Message, View
    from tests.pictures import Words

MONTH = date(2026, 12, 1)


def summit_messages(words: Words) -> Iterator[tuple[str, Message]]:
    full = a_summit(words)
    yield "summit", summit.summit_message(full, as_of=NOON)
    yield "summit, over", summit.summit_message(full, as_of=NOON + 60 * DAY)
    yield "summit, first and empty", summit.summit_message(a_summit_picture(), as_of=NOON)
    for kind in PairKind:
        for state in PairState:
            yield f"pair {kind} {state}", pairs.pair_message(a_pair(kind=kind, state=state), MARA)
    for is_wanted in (True, False):
        yield f"pairs {is_wanted}", pairs.standing_message(is_wanted=is_wanted, partner=JONAS if is_wanted else "")


def summit_views(words: Words) -> Iterator[tuple[str, View]]:
    yield "topic", topic_form(words.text)
    yield "topic raised", topic_raised(None)
    yield "topic raised for a day", topic_raised(FRIDAY)
    yield "agreement", agreement_form(a_summit(words))
    yield "agreement, without figures", agreement_form(a_summit_picture())
    yield "page sent", page_sent()
    for is_wanted in (True, False):
        yield f"home pairs {is_wanted}", {"type": "home", "blocks": pairs.home_pairs(is_wanted=is_wanted)}


def a_pair(**facts: Any) -> Pair:
    """Mara and Jonas, who met in four hard requests."""
    usual = {"tenant_id": 1, "month": MONTH, "kind": PairKind.RIDE_ALONG, "sales": MARA, "ops": JONAS, "met_in": 4}
    row = Pair(**{**usual, "made_at": NOON, **facts})
    row.id = 3
    return row


def a_summit_picture(**facts: Any) -> SummitPicture:
    """The first one, on Wednesday 2 December at two, with nothing on it."""
    row = Summit(
        tenant_id=1,
        month=MONTH,
        starts_at=NOON + 8 * DAY + DAY / 24,
        minutes=60,
        zone=ZONE,
        first_day=date(2026, 10, 28),
        last_day=date(2026, 11, 24),
        made_at=NOON,
        page={},
    )
    row.id = 7
    return SummitPicture(**{"summit": row, "page": SummitPage(), **facts})


def a_summit(words: Words) -> SummitPicture:
    """Everything is there, and more of it than one page shows."""
    figures = {figure: Decimal(40 + n) for n, figure in enumerate(Figure)}
    page = SummitPage(
        figures=figures,
        before={**figures, Figure.OTIF: None},
        cases=[a_case(kind, words) for kind in CaseKind],
        forecast=a_forecast(words),
    )
    lines = [an_agreement(n, words) for n in range(1, 15)]
    topics = [(words.text or "–", words.name), (words.text or "–", "")] * 8
    return a_summit_picture(page=page, words=words.text, topics=topics, last=lines, agreed=lines)


def a_case(kind: CaseKind, words: Words, **facts: Any) -> Case:
    usual = {"request_id": 17, "number": 17, "customer": words.name, "item": words.name, "amount": 9}
    rest = {"value": Decimal(64_000), "numbers": tuple(range(1, 10)), "ending": Ending.LATE}
    return Case(kind=kind, **{**usual, **rest, **facts})


def a_forecast(words: Words) -> Forecast:
    demands = [a_demand(words, gap_days=gap) for gap in (None, 0, 1, 9)] * 3
    return Forecast(items=tuple(demands), customers=tuple(demands), late=tuple(demands))


def a_demand(words: Words, **facts: Any) -> Demand:
    usual = {
        "name": words.name,
        "requests": 5,
        "quantities": ((words.unit, Decimal(420)), ("m", Decimal(12))),
        "partners": (words.name, "Wingtip"),
        "gap_days": 4,
        "lines": 5,
        "covered": 4,
        "notice_days": 3,
        "value_at_stake": Decimal(12_000),
    }
    return Demand(**{**usual, **facts})


def an_agreement(n: int, words: Words) -> AgreementLine:
    return AgreementLine(
        id=n,
        what=words.text or "–",
        who=words.name,
        by_day=FRIDAY,
        figure=list(Figure)[n % len(Figure)] if n % 3 else None,
        value_then=Decimal(40),
        value_after=Decimal(40 + n) if n % 2 else None,
        is_done=n % 4 == 0,
        is_evaluated=True,
    )
