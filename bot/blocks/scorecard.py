"""The scorecard: one table of figures, what moved in sentences, the parts, and where the definitions are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import EMPTY_CELL, compose, context, header, packed, section, table
from bot.blocks.phrases import count_of, day, inline, listed, money, quantity, span
from bot.blocks.scorecard_parts import chain_lines, part_lines, save_lines
from bot.blocks.scorecard_trend import moved_lines, usual_cell
from bot.blocks.words import cause_words, reason_words
from models.i18n import _, ngettext
from models.scorecards.definitions import definitions, name_of
from models.scorecards.figures import Share
from models.scorecards.trend import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.ports import Block, Message
    from models.scorecards import Scorecard, Spread
    from models.scorecards.period import Period
    from models.scorecards.trend import Trend

Row = tuple[str, str, Figure | None]
"""A figure's name, what it says, and which trend stands beside it."""


def scorecard_message(
    card: Scorecard, trends: Sequence[Trend], *, desks: Mapping[int, str], people: Mapping[str, str]
) -> Message:
    """Draw the figures of a period for whoever asked, with the weeks before beside them where it is a week."""
    whose = whose_words(card, desks, people)
    lead = [
        header(_("Scorecard · {days}").format(days=period_words(card.period))),
        *([context(whose)] if whose else []),
    ]
    if card.is_quiet:
        return compose([*lead, section(_("Nothing was asked, nothing closed and nothing was due in these days."))])
    said = [*moved_lines(trends), *chain_lines(card.loop), *save_lines(card, people), *part_lines(card, desks, people)]
    return compose([*lead, figures_table(card, trends), *packed(said, limit=2_500), context(_closing(card))])


def figures_table(card: Scorecard, trends: Sequence[Trend]) -> Block:
    """Draw every figure as a row; beside it, where there are weeks to compare with, what is usual."""
    beside = {trend.figure: usual_cell(trend) for trend in trends}
    heads = [_("What"), _("These days")] + ([_("Usual, 12 weeks")] if beside else [])
    rows = [
        [name, said, *([beside.get(figure, EMPTY_CELL) if figure else EMPTY_CELL] if beside else [])]
        for name, said, figure in figure_rows(card)
    ]
    return table([heads, *rows], numbers_right=True)


def figure_rows(card: Scorecard) -> list[Row]:
    """Return every figure in words, by the name under which it is defined."""
    return [*_asked(card), *_promised(card), *_closed(card), *_lots(card)]


def help_message() -> Message:
    """Draw what every figure means, and what can be written after the command."""
    lines = [f"*{one.name}*: {one.text}" for one in definitions()]
    return compose([header(_("What the figures mean")), *packed(lines, limit=2_500)])


def period_words(period: Period) -> str:
    """Return the days in plain text: a week with its number."""
    days = _("{first} – {last}").format(first=day(period.start), last=day(period.last_day, period.start))
    if not period.is_week or period.start.weekday():
        return _("{days} {year}").format(days=days, year=period.last_day.year)
    week = period.start.isocalendar()
    return _("week {week}, {year} · {days}").format(week=week.week, year=week.year, days=days)


def whose_words(card: Scorecard, desks: Mapping[int, str], people: Mapping[str, str]) -> str:
    """Say in mrkdwn which requests are counted; empty for all."""
    wanted = card.filters
    said = [_("desk {name}").format(name=inline(desks.get(one, str(one)))) for one in sorted(wanted.desks or ())]
    if wanted.team is not None:
        said.append(ngettext("a team of {n}", "a team of {n}", len(wanted.team)).format(n=len(wanted.team)))
    if wanted.requester is not None:
        said.append(_("asked by {name}").format(name=inline(people.get(wanted.requester, wanted.requester))))
    typed = ((_("customer {name}"), wanted.customer), (_("item {name}"), wanted.item))
    said += [sentence.format(name=inline(name)) for sentence, name in typed if name]
    if wanted.reason is not None:
        said.append(reason_words()[wanted.reason])
    if wanted.cause is not None:
        said.append(_("caused by: {name}").format(name=cause_words()[wanted.cause]))
    return _("Only: {what}").format(what=" · ".join(said)) if said else ""


def share_words(share: Share) -> str:
    """Return a share with what lies behind it: “82 % (28 of 34)”."""
    if share.percent is None:
        return EMPTY_CELL
    return _("{percent} % ({count})").format(percent=share.percent, count=count_of(share.hits, share.of))


def _asked(card: Scorecard) -> list[Row]:
    return [
        (name_of("requests"), str(card.requests), Figure.REQUESTS),
        *([(name_of("inquiries"), str(card.inquiries), None)] if card.inquiries else []),
        (name_of("answered"), share_words(card.answered), None),
        (name_of("within_target"), share_words(card.within_target), Figure.WITHIN_TARGET),
        *_response(card.response),
        *_held(card),
    ]


def _response(spread: Spread) -> list[Row]:
    if spread.median is None or spread.p90 is None:
        said = ", ".join(span(secs) for secs in spread.listed)
        return [(name_of("response"), _with_n(said, spread.n) if said else EMPTY_CELL, None)]
    return [
        (_("Median first answer (working time)"), _with_n(span(spread.median), spread.n), Figure.MEDIAN),
        (_("9 in 10 answered within"), _with_n(span(spread.p90), spread.n), Figure.NINE_IN_TEN),
    ]


def _held(card: Scorecard) -> list[Row]:
    held = card.held
    if not held.total:
        return []
    sides = (
        (_("Time with the desk"), held.desk_secs, Figure.DESK_TIME),
        (_("Time with Sales"), held.sales_secs, None),
        (_("Time waiting for a committed day"), held.nobody_secs, None),
    )
    return [
        (name, _("{percent} % ({span})").format(percent=Share(secs, held.total).percent, span=span(secs)), figure)
        for name, secs, figure in sides
    ]


def _promised(card: Scorecard) -> list[Row]:
    rows: list[Row] = [(name_of("over_promised"), share_words(card.over_promised), Figure.OVER_PROMISED)]
    if card.over_promised.hits:
        rows.append((name_of("gap"), _gap(card), None))
    return [*rows, (name_of("loop"), share_words(card.loop.share), Figure.LOOP)]


def _gap(card: Scorecard) -> str:
    days, said = card.gap.days, []
    if days.median is not None and days.p90 is not None:
        sentence = _("median {median} days, 9 in 10 within {p90} (n = {n})")
        said.append(sentence.format(median=days.median, p90=days.p90, n=days.n))
    elif days.listed:
        said.append(_("{list} days").format(list=", ".join(map(str, days.listed))))
    if card.gap.never:
        said.append(ngettext("{n} with no day", "{n} with no day", card.gap.never).format(n=card.gap.never))
    missing = listed([quantity(amount, unit) for unit, amount in card.gap.units.items()])
    return " · ".join([*said, _("{amounts} missing on the day").format(amounts=missing)])


def _closed(card: Scorecard) -> list[Row]:
    on_time = (("to_request", Figure.TO_REQUEST), ("to_original", None), ("to_latest", None), ("otif", Figure.OTIF))
    return [
        (name_of("closed"), str(card.closed), None),
        *[(name_of(name), share_words(getattr(card, name)), figure) for name, figure in on_time],
        *_money(card),
        (name_of("saved"), str(card.saved), None),
        (name_of("thanked"), str(card.thanked), None),
    ]


def _money(card: Scorecard) -> list[Row]:
    amounts = (
        (_("Extra cost"), card.money.extra_cost, card.money.costed),
        (_("Value kept"), card.money.value_kept, card.money.valued_kept),
        (_("Value late or lost"), card.money.value_lost, card.money.valued_lost),
    )
    return [(name, _with_n(money(amount), n) if n else EMPTY_CELL, None) for name, amount, n in amounts]


def _lots(card: Scorecard) -> list[Row]:
    kept = count_of(card.commitments_kept, card.commitments_due) if card.commitments_due else EMPTY_CELL
    if card.commitments_unreported:
        kept = _("{share} · {n} not reported yet").format(share=kept, n=card.commitments_unreported)
    return [(name_of("commitments_due"), str(card.commitments_due), None), (name_of("commitments_kept"), kept, None)]


def _with_n(said: str, n: int) -> str:
    return _("{span} (n = {n})").format(span=said, n=n)


def _closing(card: Scorecard) -> str:
    said = [_("`/expedite scorecard help` says what each figure means.")]
    if card.money.costed or card.money.valued_kept or card.money.valued_lost:
        said.append(_("Amounts are as people typed them: no currency is known."))
    return " ".join(said)
