"""The words of the figures in a digest: their names, their values with n beside them, and where they moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import EMPTY_CELL
from bot.blocks.phrases import count_of, day, inline, span
from bot.blocks.words import reason_words
from models.ask import ReasonCode
from models.digest_page import Direction, FigureKind, PromiseState
from models.i18n import _
from models.scorecards.figures import FEWEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.digest_page import Promise
    from models.scorecards.figures import Breakdown, Scorecard, Share, Spread


def figure_name(kind: FigureKind) -> str:
    return {
        FigureKind.REQUESTS: _("Requests"),
        FigureKind.WITHIN_TARGET: _("Answered within target"),
        FigureKind.RESPONSE: _("Median first answer (working time)"),
        FigureKind.KEPT: _("Commitments kept"),
        FigureKind.OVER_PROMISED: _("Customer was told more than committed"),
    }[kind]


def told(kind: FigureKind, card: Scorecard) -> str:
    """Return this week's value in plain text."""
    if kind is FigureKind.KEPT:
        return _kept(card)
    return {
        FigureKind.REQUESTS: str(card.requests),
        FigureKind.WITHIN_TARGET: share(card.within_target),
        FigureKind.RESPONSE: spread(card.response),
        FigureKind.OVER_PROMISED: share(card.over_promised),
    }[kind]


def earlier(kind: FigureKind, value: int | None) -> str:
    """Return what a figure was before, in its own unit."""
    if value is None:
        return EMPTY_CELL
    if kind is FigureKind.RESPONSE:
        return span(value)
    is_share = kind in {FigureKind.WITHIN_TARGET, FigureKind.KEPT}
    return _("{n} %").format(n=value) if is_share else str(value)


def change_word(direction: Direction) -> str:
    return {
        Direction.BETTER: _("better"),
        Direction.WORSE: _("worse"),
        Direction.MORE: _("more"),
        Direction.FEWER: _("fewer"),
        Direction.SAME: _("the same"),
        Direction.UNKNOWN: _("too few to say"),
    }[direction]


def share(one: Share) -> str:
    """Return so many of so many, with per cent; a dash of nothing."""
    if not one.of:
        return EMPTY_CELL
    return _("{share} ({percent} %)").format(share=count_of(one.hits, one.of), percent=one.percent)


def spread(one: Spread) -> str:
    """Return the median and the nine-in-ten; of a handful the values themselves."""
    if not one.n:
        return EMPTY_CELL
    if one.n < FEWEST or one.median is None or one.p90 is None:
        return _("{values} (n = {n})").format(values=", ".join(span(value) for value in one.listed), n=one.n)
    return _("{median}, 9 in 10 within {p90} (n = {n})").format(median=span(one.median), p90=span(one.p90), n=one.n)


def _kept(card: Scorecard) -> str:
    """Return the share of commitments kept; one nobody has reported on yet is told apart from one that was missed."""
    if not card.commitments_due:
        return EMPTY_CELL
    said = count_of(card.commitments_kept, card.commitments_due)
    if not card.commitments_unreported:
        return said
    return _("{share} · {n} not reported yet").format(share=said, n=card.commitments_unreported)


def reason_word(key: str) -> str:
    """Return the words for a reason as it is stored; one that was dropped since, as it stands."""
    words = {reason.value: said for reason, said in reason_words().items() if isinstance(reason, ReasonCode)}
    return words.get(key, key)


def reason_counts(breakdown: Breakdown) -> dict[str, int]:
    """Return how many requests each reason had, by its words."""
    return {reason_word(part.key): part.requests for part in breakdown.parts}


def agreement_lines(agreements: Sequence[Promise], people: Mapping[str, str]) -> list[str]:
    """Return the last agreements in mrkdwn, each with who does it, until when, and how far it is."""
    if not agreements:
        return []
    states = {PromiseState.OPEN: _("open"), PromiseState.OVERDUE: _("overdue"), PromiseState.DONE: _("done")}
    line = _("• {what} ({who}, by {day}): {state}")
    return [
        _("*Last agreements*"),
        *[
            line.format(
                what=inline(one.what, 200),
                who=inline(people.get(one.who, one.who), 80),
                day=day(one.by),
                state=states[one.state],
            )
            for one in agreements
        ],
    ]
