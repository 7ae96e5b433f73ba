"""The parts of App Home with words wherever a person can type, for rules that hold for everything that is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.blocks.home import home_view
from bot.blocks.home_parts import search_form
from models.home_choice import TURN, HomeChoice, HomePart
from models.home_page import MOST_LOTS, PAGE, DeskWeek, HomePage, LeadersPart
from tests.builders import MARA, NOON
from tests.drawings_digest import full_page
from tests.pictures import a_home, a_lot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.ports import View
    from models.lifecycle import Status
    from models.picture import HomeLine, Picture
    from tests.pictures import Words


def home_views(
    words: Words, lines: Sequence[HomeLine], picture_of: Callable[[Status, Words], Picture]
) -> Iterator[tuple[str, View]]:
    """Draw each part, narrowed down and in the middle of its pages, with all that fits; and an empty one."""
    choice = HomeChoice(tenant_id=1, slack_id=MARA, standing=TURN, customer=words.name[:120], desk_id=2, page=1)
    frame: dict[str, Any] = {"parts": tuple(HomePart), "choice": choice, "is_admin": True}
    frame["desks"] = dict.fromkeys(range(1, 4), words.desk)
    for part, facts in _parts(words, lines, picture_of).items():
        yield f"home {part}", home_view(a_home(part=part, **frame, **facts), as_of=NOON)
    empty = {**frame, "choice": HomeChoice(tenant_id=1, slack_id=MARA), "page": HomePage()}
    yield "home mine, empty", home_view(a_home(part=HomePart.MINE, **empty), as_of=NOON)
    yield "home search", search_form(choice)


def _parts(
    words: Words, lines: Sequence[HomeLine], picture_of: Callable[[Status, Words], Picture]
) -> dict[HomePart, dict[str, Any]]:
    pictures = {line.request.id: picture_of(line.request.status, words) for line in lines}
    lots = [replace(line, commitment=a_lot(at_risk_since=NOON, risk_reason=words.text)) for line in lines]
    long = HomePage(lines=lines[:PAGE], total=40, number=1)
    some = {"due": lots[:MOST_LOTS], "due_total": 99, "at_risk": lots[:MOST_LOTS], "at_risk_total": 99}
    week = DeskWeek(meters=[(words.desk, 6, 8)] * 5, **some)
    return {
        HomePart.MINE: {"page": replace(long, for_customers=pictures)},
        HomePart.DESK: {"page": long, "desk_week": week},
        HomePart.LEADERS: {"leaders": _leaders(words, long)},
    }


def _leaders(words: Words, mediations: HomePage) -> LeadersPart:
    page = full_page(words)
    return LeadersPart(mediations=mediations, week=page, agreements=page.agreements, people=page.people)
