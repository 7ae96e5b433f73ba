"""Digests with words wherever a person can type, for rules that hold for everything that is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.blocks.digest import decisions_view, digest_message
from bot.blocks.digest_forms import day_form, heard_again_message, muted_message, preview_message
from bot.blocks.digest_notes import detail_message
from models.cases import Case, CaseKind
from models.digest_page import Again, DigestPage, Figure, FigureKind, Promise, PromiseState, WeekPoint
from models.digest_parts import DigestPart
from models.kept import Ending
from models.scorecard import OpenDecision, Why
from models.scorecards import Breakdown, Filters, Part, Scorecard
from tests.builders import DAY, FRIDAY, JONAS, NOON, PRIYA
from tests.scorecards import WEEK, full_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.ports import Message, View
    from tests.pictures import Words

LINK = "https://example.com/archives/C0PLANT3/p1795000000000001"


def digest_messages(words: Words) -> Iterator[tuple[str, Message]]:
    """Draw a full page, an empty one, and every note under them."""
    for name, page in (("full", full_page(words)), ("quiet", quiet_page())):
        yield f"digest {name}", digest_message(page)
        yield f"digest {name}, looked at", preview_message(page, is_stored=name == "full")
        for part in DigestPart:
            yield f"digest {name}, {part}", detail_message(page, part)
    yield "muted", muted_message(has_channel=True)
    yield "heard again", heard_again_message()


def digest_views(words: Words) -> Iterator[tuple[str, View]]:
    yield "decisions", decisions_view(_decisions(words) * 20, as_of=NOON)
    yield "no decisions", decisions_view([], as_of=NOON)
    yield "digest day", day_form({"digest_day": "Mon", "digest_at": "08:00"})


def quiet_page() -> DigestPage:
    return DigestPage(card=Scorecard(period=WEEK, filters=Filters(), as_of=NOON))


def full_page(words: Words, **facts: Any) -> DigestPage:
    """A week in which everything happened, after twelve others."""
    usual: dict[str, Any] = {
        "card": replace(full_scorecard(words), as_of=NOON, by_item=Breakdown((Part(key=words.name, requests=9),), 3)),
        "words": words.text,
        "figures": tuple(
            Figure(kind=kind, value=now, before=before, usual=median)
            for kind, now, before, median in zip(
                FigureKind, (34, 82, 4_500, 80, 3), (20, None, 3_000, 80, 3), (27, 79, 5_040, None, 3), strict=True
            )
        ),
        "weeks": tuple(WeekPoint(WEEK.start - n * timedelta(days=7), 40 - n, 30 - n) for n in range(12, -1, -1)),
        "decisions": tuple(_decisions(words)),
        "decisions_open": 14,
        "stories": tuple(_stories(words)),
        "customers": (Again(words.name, 7), Again(words.name, 4)),
        "items": (Again(words.name, 9),),
        "agreements": (Promise(what=words.text or "–", who=JONAS, by=FRIDAY, state=PromiseState.OPEN),),
        "pairs_made": 4,
        "pairs_met": 3,
        "people": {JONAS: words.name, PRIYA: words.name},
        "desks": {"1": words.desk, "2": words.desk},
        "links": {"1": LINK},
    }
    return DigestPage(**{**usual, **facts})


def _decisions(words: Words) -> list[OpenDecision]:
    return [
        OpenDecision(
            request_id=n,
            number=n,
            customer=words.name,
            item=words.name,
            why=why,
            since=NOON - n * DAY,
            is_escalated=n > 2,
        )
        for n, why in enumerate(Why, 1)
    ]


def _stories(words: Words) -> Iterator[Case]:
    amounts = {CaseKind.WORST_MISS: 3, CaseKind.LONGEST_WAIT: 30_000}
    for n, kind in enumerate((CaseKind.BEST_SAVE, CaseKind.WORST_MISS, CaseKind.LONGEST_WAIT), 1):
        yield Case(
            kind=kind,
            request_id=n,
            number=n,
            customer=words.name,
            item=words.name,
            amount=amounts.get(kind),
            value=Decimal(48_000),
            ending=Ending.LATE if kind is CaseKind.WORST_MISS else Ending.KEPT,
        )
