"""The weekly page for the leadership: decisions first, then one table of figures, then what they mean in sentences.

Everything is drawn from what was stored when the page was made: drawn again years later it says the same.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.blocks.charts import line_chart, pie_chart
from bot.blocks.digest_words import agreement_lines, change_word, earlier, figure_name, reason_counts, told
from bot.blocks.elements import actions, button, compose, context, header, modal, section, table
from bot.blocks.ids import Action, Callback
from bot.blocks.phrases import count_word, day, inline, listed, span
from bot.blocks.stories import sentences, thanks_line
from models.i18n import _, ngettext
from models.scorecard import Why

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.ports import Block, Message, View
    from models.digest_page import Again, DigestPage
    from models.scorecard import OpenDecision
    from models.scorecards.figures import Link, Loop

MOST_DECISIONS = 10
MOST_CHAIN = 4
DAY_SECS = 86_400
FEWEST_POINTS = 2
"""Weeks in which something was asked, below which a line is only a dot."""


def digest_message(page: DigestPage, *, note: str = "", is_sent: bool = True) -> Message:
    """Draw a week; ``note`` says what kind of page it is, and what was not sent has no buttons to mute it."""
    card = page.card
    blocks = [
        header(week_title(card.period.start)),
        *([context(note)] if note else []),
        *decision_blocks(page.decisions, page.decisions_open, card.as_of),
        table(figure_rows(page), numbers_right=True),
        *_charts(page),
        *_sentences(page),
        *sentences(page),
        *_rest(page),
        *([context(f"_{inline(page.words, 200)}_")] if page.words else []),
        *actions(_buttons(page, is_sent=is_sent)),
    ]
    return compose([*blocks, context(_definitions(page, is_sent=is_sent))])


def decisions_view(decisions: Sequence[OpenDecision], *, as_of: datetime) -> View:
    """Draw what waits for a decision at this moment."""
    return modal(Callback.DECISIONS, _("Open decisions"), decision_blocks(decisions, len(decisions), as_of, most=40))


def week_title(week_of: date) -> str:
    """Return the week with its number and its days, in plain text."""
    return _("Expedites, week {week} · {first} – {last}").format(
        week=week_of.isocalendar().week, first=day(week_of), last=day(week_of + timedelta(days=6))
    )


def decision_blocks(
    decisions: Sequence[OpenDecision], total: int, as_of: datetime, *, most: int = MOST_DECISIONS
) -> list[Block]:
    """Return what waits for a decision, the longest overdue first, a button each."""
    shown = decisions[:most]
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


def figure_rows(page: DigestPage) -> list[list[str]]:
    """Return the five figures as rows of plain text, n beside each; the first row heads the columns."""
    heads = [_("What"), _("This week"), _("Week before"), _("Usual, of 12 weeks"), _("Change")]
    return [
        heads,
        *[
            [
                figure_name(one.kind),
                told(one.kind, page.card),
                earlier(one.kind, one.before),
                earlier(one.kind, one.usual),
                change_word(one.direction),
            ]
            for one in page.figures
        ],
    ]


def _charts(page: DigestPage) -> list[Block]:
    """Return the weeks as a line, and the week's reasons as a circle; each with its numbers in words."""
    weeks = page.weeks
    drawn: list[Block] = []
    if sum(one.requests > 0 for one in weeks) >= FEWEST_POINTS:
        names = [_("W{week}").format(week=one.monday.isocalendar().week) for one in weeks]
        series = {_("Asked"): [one.requests for one in weeks], _("In target"): [one.within_target for one in weeks]}
        drawn += line_chart(_("Requests, and answered within target"), names, series)
    return [*drawn, *pie_chart(_("Why they were asked, this week"), reason_counts(page.card.by_reason))]


def _sentences(page: DigestPage) -> list[Block]:
    said = [_loop(page.card.loop), _held(page)]
    lines = [line for line in said if line]
    return [section("\n".join(lines))] if lines else []


def _loop(loop: Loop) -> str:
    if not loop.share.of:
        return _("*No request was asked this week.*")
    if not loop.share.hits:
        return _("*The emergency loop:* no request of this week exists because of an earlier one.")
    sentence = ngettext(
        "*The emergency loop:* {n} of {total} requests exists because of an earlier one ({percent} %).",
        "*The emergency loop:* {n} of {total} requests exist because of an earlier one ({percent} %).",
        loop.share.hits,
    ).format(n=loop.share.hits, total=loop.share.of, percent=loop.share.percent)
    causes = _("We missed a commitment: {missed}; pushed back for another expedite: {bumped}.").format(
        missed=loop.missed, bumped=loop.bumped
    )
    return " ".join([sentence, causes, *[_chain(chain) for chain in loop.chains[:1]]])


def _chain(chain: Sequence[Link]) -> str:
    """Say one chain: this one, because of that one, because of another."""
    return _("Its longest chain: {chain}.").format(
        chain=_(", because of ").join(f"{one.label} ({inline(one.item, 40)})" for one in chain[:MOST_CHAIN])
    )


def _held(page: DigestPage) -> str:
    held = page.card.held
    if not held.desk_secs and not held.sales_secs:
        return ""
    return _("*Whose turn cost the time:* Operations {desk}, Sales {sales}, in their working time.").format(
        desk=span(held.desk_secs), sales=span(held.sales_secs)
    )


def _rest(page: DigestPage) -> list[Block]:
    said = [thanks_line(page), _again(page), _pairs(page), *agreement_lines(page.agreements, page.people)]
    lines = [line for line in said if line]
    return [section("\n".join(lines))] if lines else []


def _again(page: DigestPage) -> str:
    """Name what keeps coming back: it belongs into the joint forecast."""
    kinds = ((_("customers"), page.customers), (_("items"), page.items))
    said = [_("{kind} {names}").format(kind=kind, names=_counted(names)) for kind, names in kinds if names]
    if not said:
        return ""
    return _("*Keep coming back, of 13 weeks:* {names}. Talk about them in the joint forecast.").format(
        names="; ".join(said)
    )


def _counted(names: Sequence[Again]) -> str:
    return listed([_("{name} {n}×").format(name=inline(one.name, 60), n=one.requests) for one in names])


def _pairs(page: DigestPage) -> str:
    """Say how many met, never who did not."""
    if not page.pairs_made:
        return ""
    return _("*Knowing each other’s day:* {met} of {made} pairs of the month have met.").format(
        met=page.pairs_met, made=page.pairs_made
    )


def _buttons(page: DigestPage, *, is_sent: bool) -> list[Block]:
    show = [button(_("Open decisions"), Action.DECISIONS, 0, primary=True)] if page.decisions_open else []
    if not is_sent:
        return show
    return [*show, button(_("Another day…"), Action.DIGEST_DAY, 0), button(_("Mute for me"), Action.DIGEST_MUTE, 0)]


def _definitions(page: DigestPage, *, is_sent: bool) -> str:
    said = _(
        "Working time of each desk, answers: n = {n}. A request counts in the week it was asked; a commitment in the "
        "week of its date, and as kept when all of it shipped by then. `/expedite scorecard help` says the rest."
    ).format(n=page.card.response.n)
    return said + (" " + _("Details and the rows as a file are in the thread.") if is_sent else "")
