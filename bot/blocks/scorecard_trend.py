"""Where a figure moved, in a plain sentence: what it is, what is usual, and whether that is better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import EMPTY_CELL
from bot.blocks.phrases import span
from models.i18n import _
from models.scorecards.trend import Figure, Moved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.scorecards.trend import Trend


def moved_lines(trends: Sequence[Trend]) -> list[str]:
    """Return a sentence for each figure that moved; one that says so where none did."""
    moved = [_sentence(trend) for trend in trends if trend.moved is not None]
    if moved:
        return [_("*What moved against the twelve weeks before*"), *[f"• {line}" for line in moved]]
    if any(trend.usual is not None for trend in trends):
        return [_("*Nothing moved* against the twelve weeks before.")]
    return []


def usual_cell(trend: Trend) -> str:
    """Return the middle half of the weeks before: “70 % – 85 %”."""
    if trend.usual is None:
        return EMPTY_CELL
    low, high = (value_words(trend.figure, value) for value in trend.usual)
    return low if low == high else _("{first} – {last}").format(first=low, last=high)


def value_words(figure: Figure, value: int) -> str:
    """Return a figure's value with its unit."""
    if figure is Figure.REQUESTS:
        return str(value)
    return span(value) if figure.is_time else _("{percent} %").format(percent=value)


def _sentence(trend: Trend) -> str:
    assert trend.now is not None
    said = _("{figure} is {now}, above the usual {usual}")
    if trend.moved is Moved.DOWN:
        said = _("{figure} is {now}, below the usual {usual}")
    sentence = said.format(
        figure=_name(trend.figure), now=value_words(trend.figure, trend.now), usual=usual_cell(trend)
    )
    if trend.is_better is None:
        return sentence + "."
    return _("{sentence}: better.").format(sentence=sentence) if trend.is_better else _worse(sentence)


def _worse(sentence: str) -> str:
    return _("{sentence}: worse.").format(sentence=sentence)


def _name(figure: Figure) -> str:
    return {
        Figure.REQUESTS: _("The number of requests"),
        Figure.WITHIN_TARGET: _("The share answered within target"),
        Figure.MEDIAN: _("The median first answer"),
        Figure.NINE_IN_TEN: _("The time in which 9 in 10 were answered"),
        Figure.DESK_TIME: _("The desk's part of the time"),
        Figure.TO_REQUEST: _("The share on time to request"),
        Figure.OTIF: _("OTIF"),
        Figure.OVER_PROMISED: _("The share told more than committed"),
        Figure.LOOP: _("The emergency loop"),
    }[figure]
