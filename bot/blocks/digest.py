"""The weekly page for the leadership: decisions first, then one table of figures, then what they mean in sentences."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.blocks.elements import EMPTY_CELL, button, compose, context, header, section, table
from bot.blocks.ids import Action
from bot.blocks.phrases import count_of, count_word, day, inline, listed, span
from bot.blocks.words import status_word
from models.i18n import _, ngettext
from models.lifecycle import Status
from models.scorecard import Why

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.ports import Block, Message
    from models.scorecard import OpenDecision, WeekFigures

FEWEST_FOR_PERCENTILES = 5
"""Below this a median would be one person's afternoon."""
MOST_DECISIONS = 10
DAY_SECS = 86_400


def digest_message(figures: WeekFigures, *, week_of: date, as_of: datetime) -> Message:
    """Draw the week that began on ``week_of``, a Monday."""
    blocks = [
        header(_title(week_of)),
        *_decisions(figures, as_of),
        table(_rows(figures), numbers_right=True),
        *_sentences(figures),
    ]
    return compose([*blocks, context(_definitions(figures))])


def _title(week_of: date) -> str:
    return _("Expedites, week {week} · {first} – {last}").format(
        week=week_of.isocalendar().week, first=day(week_of), last=day(week_of + timedelta(days=6))
    )


def _decisions(figures: WeekFigures, as_of: datetime) -> list[Block]:
    shown = figures.decisions[:MOST_DECISIONS]
    total = max(figures.decisions_open, len(figures.decisions))
    if not shown:
        return [section(_("*No decision waits for you.*"))]
    lead = ngettext("*{n} decision waits for you*", "*{n} decisions wait for you*", total).format(n=count_word(total))
    left = total - len(shown)
    more = [context(_("and {n} more; the longest overdue are shown").format(n=left))] if left > 0 else []
    return [section(lead), *[_decision(one, as_of) for one in shown], *more]


def _decision(one: OpenDecision, as_of: datetime) -> Block:
    days = int((as_of - one.since).total_seconds()) // DAY_SECS
    parts = [f"*{one.label}*", inline(one.customer), inline(one.item), _why(one.why)]
    since = ngettext("for {n} day", "for {n} days", days).format(n=days)
    parts.append(since if days > 0 else _("for less than a day"))
    if one.is_escalated:
        parts.append(_("you were asked to help"))
    show = _("Show…")
    open_it = button(show, Action.OPEN_REQUEST, one.request_id, spoken=f"{show} {one.label}")
    return section(" · ".join(parts), accessory=open_it)


def _why(why: Why) -> str:
    return {
        Why.NOBODY_ANSWERED: _("Operations has not answered"),
        Why.INFORMATION_MISSING: _("Sales has not answered a question"),
        Why.OFFER_LAPSED: _("an offer lapsed without a decision"),
        Why.OUTCOME_UNKNOWN: _("nobody said whether it shipped"),
    }[why]


def _rows(figures: WeekFigures) -> list[list[str]]:
    """Return the figures as rows of plain text, n beside each time."""
    return [
        [_("What"), _("This week")],
        [_("Requests"), str(figures.requests)],
        [_("Answered"), _share(figures.answered, figures.requests)],
        [_("Answered within target"), _share(figures.answered_within_target, figures.requests)],
        *_times(figures),
        [_("Commitments kept"), _kept(figures)],
    ]


def _times(figures: WeekFigures) -> list[list[str]]:
    if figures.n < FEWEST_FOR_PERCENTILES:
        return []
    rows = (
        (_("Median first answer (working time)"), figures.median_secs),
        (_("9 in 10 answered within"), figures.p90_secs),
    )
    return [
        [label, EMPTY_CELL if secs is None else _("{span} (n = {n})").format(span=span(secs), n=figures.n)]
        for label, secs in rows
    ]


def _share(n: int, total: int) -> str:
    return count_of(n, total) if total else EMPTY_CELL


def _kept(figures: WeekFigures) -> str:
    """Return the share of commitments kept; one nobody has reported on yet is told apart from one that was missed."""
    share = _share(figures.commitments_kept, figures.commitments_due)
    if not figures.commitments_unreported:
        return share
    return _("{share} · {n} not reported yet").format(share=share, n=figures.commitments_unreported)


def _sentences(figures: WeekFigures) -> list[Block]:
    said = [_answers(figures), _loop(figures), _closed(figures)]
    return [section("\n".join(line for line in said if line))]


def _answers(figures: WeekFigures) -> str:
    if not figures.requests:
        return _("*No request was asked this week.*")
    late = figures.requests - figures.answered_within_target
    if figures.n < FEWEST_FOR_PERCENTILES:
        few = ngettext(
            "{n} request was answered: too few to speak of a usual time.",
            "{n} requests were answered: too few to speak of a usual time.",
            figures.answered,
        )
        return few.format(n=count_word(figures.answered)) if figures.answered else _("*No request was answered.*")
    if not late:
        return _("*Every request* was answered within target.")
    sentence = ngettext(
        "*{n} of {total} requests* was not answered within target.",
        "*{n} of {total} requests* were not answered within target.",
        late,
    )
    return sentence.format(n=count_word(late), total=figures.requests)


def _loop(figures: WeekFigures) -> str:
    if not figures.caused_by_missed:
        return ""
    sentence = ngettext(
        "*The emergency loop:* {n} of {total} requests exists because we missed an earlier commitment ({percent} %).",
        "*The emergency loop:* {n} of {total} requests exist because we missed an earlier commitment ({percent} %).",
        figures.caused_by_missed,
    )
    percent = round(100 * figures.caused_by_missed / max(figures.requests, 1))
    return sentence.format(n=figures.caused_by_missed, total=figures.requests, percent=percent)


def _closed(figures: WeekFigures) -> str:
    known = [status for status in Status if figures.closed.get(status.value)]
    parts = [_("{n} {status}").format(n=figures.closed[status.value], status=status_word(status)) for status in known]
    return _("*Closed:* {list}.").format(list=listed(parts)) if parts else ""


def _definitions(figures: WeekFigures) -> str:
    return _(
        "Working time of each desk, answers: n = {n}. A request counts in the week it was asked; a commitment in the "
        "week of its date, and as kept when all of it shipped by then."
    ).format(n=figures.n)
