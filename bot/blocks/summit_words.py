"""What a summit's page says, as plain sentences: each surface (Slack, Markdown, HTML) escapes and dresses them itself.

Nothing here is escaped: customers' names and people's own words are in it as they were typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.blocks.elements import EMPTY_CELL
from bot.blocks.forecast_words import forecast_sections
from bot.blocks.page import Line, PageSection
from bot.blocks.phrases import day, listed, money, one_line, span, working_span
from models.cases import Case, CaseKind
from models.i18n import _, ngettext
from models.kept import Ending
from models.lifecycle import label_of
from models.summit_figures import COUNTS, SPANS, Figure, Moved, Movement

if TYPE_CHECKING:
    from decimal import Decimal

    from models.summit_page import AgreementLine, SummitPage, SummitPicture

MOST_NUMBERS = 6
"""Requests of a repeat customer that are named."""


def page_title(picture: SummitPicture) -> str:
    """The headline: which day."""
    local = picture.summit.starts_at.astimezone(ZoneInfo(picture.summit.zone))
    return _("Summit of Sales and Operations, {day}").format(day=day(local.date()))


def when_words(picture: SummitPicture) -> str:
    """When it is, and which days it looks at."""
    summit = picture.summit
    zone = ZoneInfo(summit.zone)
    begins, ends = summit.starts_at.astimezone(zone), summit.ends_at.astimezone(zone)
    return _("{day}, {begins} – {ends} ({zone}). It looks at {first} – {last}.").format(
        day=day(begins.date()),
        begins=f"{begins:%H:%M}",
        ends=f"{ends:%H:%M}",
        zone=summit.zone,
        first=day(summit.first_day),
        last=day(summit.last_day),
    )


def page_sections(picture: SummitPicture) -> list[PageSection]:
    """The whole page below its headline; sections with nothing to say are left out, except what invites to act."""
    sections = [
        PageSection(_("What we agreed last time"), [_last(line) for line in picture.last]),
        PageSection(_("Cases worth talking about"), [_case(case) for case in picture.page.cases]),
        PageSection(_("Figures"), rows=figure_rows(picture.page)),
        PageSection(_("Raised topics"), [_topic(text, by) for text, by in picture.topics] or [_no_topics()]),
        *forecast_sections(picture.page.forecast),
        PageSection(_("Agreed at this summit"), [_agreed(line) for line in picture.agreed] or [_nothing_agreed()]),
    ]
    return [one for one in sections if one.lines or one.rows]


def figure_rows(page: SummitPage) -> list[list[str]]:
    """The figures beside those of the summit before; n of requests is a figure of its own."""
    head = [_("What"), _("This time"), _("Last time")]
    rows = [
        [words, figure_value(figure, page.figures.get(figure)), figure_value(figure, page.before.get(figure))]
        for figure, words in figure_words().items()
    ]
    return [head, *rows] if page.figures else []


def figure_words() -> dict[Figure, str]:
    """What each figure is called."""
    return {
        Figure.REQUESTS: _("Requests"),
        Figure.WITHIN_TARGET: _("Answered within target"),
        Figure.FIRST_RESPONSE: _("Median first answer (working time)"),
        Figure.TO_REQUEST: _("Shipped by the day it was needed"),
        Figure.OTIF: _("On time to the first commitment, and in full"),
        Figure.OVER_PROMISED: _("Told more than was committed"),
        Figure.LOOP: _("Caused by our own missed commitments, or pushed back"),
        Figure.CUSTOMER_LATE: _("Caused by the customer"),
    }


def figure_value(figure: Figure, value: Decimal | None) -> str:
    """A figure with its unit; a dash where too few requests make one."""
    if value is None:
        return EMPTY_CELL
    if figure in SPANS:
        return span(int(value))
    return str(int(value)) if figure in COUNTS else _("{percent} %").format(percent=int(value))


def movement_sentence(movement: Movement) -> str:
    """Whether the figure moved, in one plain sentence."""
    name = figure_words()[movement.figure]
    then, now = (figure_value(movement.figure, value) for value in (movement.then, movement.now))
    sentence = {
        Moved.BETTER: _("{figure} went from {then} to {now}: better."),
        Moved.WORSE: _("{figure} went from {then} to {now}: worse."),
        Moved.SAME: _("{figure} stayed about the same ({then} then, {now} now)."),
        Moved.UNKNOWN: _("{figure}: too few requests to tell whether it moved."),
    }[movement.moved]
    return sentence.format(figure=name, then=then, now=now)


def case_title(kind: CaseKind) -> str:
    return {
        CaseKind.WORST_GAP: _("Worst promise gap"),
        CaseKind.LONGEST_WAIT: _("Longest wait"),
        CaseKind.REPEAT_CUSTOMER: _("Came back most"),
        CaseKind.BEST_SAVE: _("Best save"),
        CaseKind.WORST_MISS: _("Worst miss"),
    }[kind]


def case_sentence(case: Case) -> str:
    """What happened, in one sentence without a lead."""
    if case.kind is CaseKind.REPEAT_CUSTOMER:
        return _came_back(case)
    said = {
        CaseKind.WORST_GAP: _gap,
        CaseKind.LONGEST_WAIT: _wait,
        CaseKind.BEST_SAVE: lambda _case: _("everything shipped in time"),
        CaseKind.WORST_MISS: _miss,
    }[case.kind](case)
    worth = _(" ({value} at stake)").format(value=money(case.value)) if case.value else ""
    return _("{label}, {item} for {customer}: {said}{worth}.").format(
        label=case.label, item=one_line(case.item), customer=one_line(case.customer), said=said, worth=worth
    )


def _case(case: Case) -> Line:
    return Line(f"{case_title(case.kind)}: {case_sentence(case)}", request_id=case.request_id, label=case.label)


def _gap(case: Case) -> str:
    if case.amount is None:
        return _("nothing that is committed covers what the customer was told")
    days = ngettext("{n} day", "{n} days", case.amount).format(n=case.amount)
    return _("all of it is committed {days} after the day the customer was told").format(days=days)


def _wait(case: Case) -> str:
    return _("{span} until the first answer").format(span=working_span(case.amount or 0))


def _miss(case: Case) -> str:
    if case.ending is Ending.PARTLY:
        return _("only a part shipped")
    if case.ending is not Ending.LATE:
        return _("it did not ship")
    if not case.amount:
        return _("it shipped late")
    days = ngettext("{n} day", "{n} days", case.amount).format(n=case.amount)
    return _("it shipped {days} late").format(days=days)


def _came_back(case: Case) -> str:
    named = [label_of(number) for number in case.numbers[-MOST_NUMBERS:]]
    times = ngettext("{n} time", "{n} times", case.amount or 0).format(n=case.amount)
    sentence = _("{customer} asked {times}: {requests}.")
    if len(case.numbers) > MOST_NUMBERS:
        sentence = _("{customer} asked {times}, the last of them {requests}.")
    return sentence.format(customer=one_line(case.customer), times=times, requests=listed(named))


def _agreed(line: AgreementLine) -> Line:
    parts = [one_line(line.what), one_line(line.who), _("by {day}").format(day=day(line.by_day))]
    if line.figure is not None:
        now = figure_value(line.figure, line.value_then)
        parts.append(_("to move: {figure} (now {value})").format(figure=figure_words()[line.figure], value=now))
    if line.is_done:
        parts.append(_("done"))
    return Line(" · ".join(parts), label=one_line(line.what), agreement_id=None if line.is_done else line.id)


def _last(line: AgreementLine) -> Line:
    state = _("done") if line.is_done else _("not done yet")
    parts = [one_line(line.what), one_line(line.who), _("by {day}").format(day=day(line.by_day)), state]
    said = " · ".join(parts)
    if line.movement is not None:
        said += f". {movement_sentence(line.movement)}"
    return Line(said, label=one_line(line.what), agreement_id=None if line.is_done else line.id)


def _topic(text: str, by: str) -> Line:
    said = one_line(text)
    return Line(_("{topic} (raised by {name})").format(topic=said, name=one_line(by)) if by else said)


def _no_topics() -> Line:
    return Line(_("None yet. Anybody can raise one, named or not: `/expedite raise …`"))


def _nothing_agreed() -> Line:
    return Line(_("Nothing yet: record what, who, until when, and which figure it should move."))
