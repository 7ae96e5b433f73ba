"""Turns of phrase: how dates, spans, quantities and people's own words are written, on every surface alike.

Text that people typed goes through :func:`escape` (in mrkdwn) or into plain text; both are cut by words, never refused.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.ask import PartialAcceptance, Told
from models.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from models.ask import Ask

HEADER_LIMIT = 150
QUOTE_LIMIT = 2_400
"""Characters of a quoted text on a card; room is left in the section's 3,000 for what stands around it."""
MINUTE, HOUR = 60, 3600
FAR_DAYS = 300
"""A day further off than this is written with its year."""
_PARTIAL_ENTITY = re.compile(r"&[a-z]{0,3}$")


def escape(text: str) -> str:
    """Make typed text harmless in mrkdwn: it can neither mention nor link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def one_line(text: str) -> str:
    """Return the text without line breaks; an empty one becomes a dash, because Slack refuses empty texts."""
    return " ".join(text.split()) or "–"


def cut(text: str, limit: int) -> str:
    """Shorten by words to ``limit`` characters at most, with … for what is left out."""
    if len(text) <= limit:
        return text
    head = text[: max(limit - 1, 0)]
    space = max(head.rfind(" "), head.rfind("\n"))
    if space > limit // 2:
        head = head[:space]
    return _PARTIAL_ENTITY.sub("", head.rstrip()) + "…"


def squeezed(text: str, limit: int, write: Callable[[str], str]) -> str:
    """Write a sentence around a name that may be long: the name is cut so that the sentence stays whole."""
    return cut(write(cut(one_line(text), max(limit - len(write("")), 1))), limit)


def inline(text: str, limit: int = 120) -> str:
    """Return typed text for the middle of a mrkdwn line."""
    return cut(escape(one_line(text)), limit)


def quote(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Return typed text as a mrkdwn quotation that keeps its lines."""
    lines = [line.strip() for line in escape(text).splitlines() if line.strip()]
    return cut("\n".join(f">{line}" for line in lines or ["–"]), limit)


def day(when: date, today: date | None = None) -> str:
    """Return a date with its weekday, and its year when it is far from ``today``: “Fri 12 Dec”."""
    weekdays = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    parts = {"weekday": weekdays[when.weekday()], "day": when.day, "month": _months()[when.month - 1]}
    if today is not None and abs((when - today).days) > FAR_DAYS:
        return _("{weekday} {day} {month} {year}").format(**parts, year=when.year)
    return _("{weekday} {day} {month}").format(**parts)


def day_or_today(when: date, today: date) -> str:
    """Return a date for lists that are drawn anew whenever somebody looks."""
    return _("today") if when == today else day(when, today)


def _months() -> tuple[str, ...]:
    first = (_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"))
    return (*first, _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"))


def moment(at: datetime, zone: str) -> str:
    """Return an instant as the wall clock of ``zone`` shows it: “Tue 24 Nov 13:10”."""
    local = at.astimezone(ZoneInfo(zone))
    return _("{day} {time}").format(day=day(local.date()), time=f"{local:%H:%M}")


def when(at: datetime, zone: str) -> str:
    """Return a mrkdwn token that every reader sees in their own time: “13:04 today”; ``zone`` writes the fallback."""
    return f"<!date^{int(at.timestamp())}^{{time}} {{date_long_pretty}}|{escape(moment(at, zone))}>"


def due(at: datetime, zone: str, as_of: datetime) -> str:
    """Return a deadline ahead in bold: only its time while it lies on the same day at the desk."""
    local, now = (one.astimezone(ZoneInfo(zone)) for one in (at, as_of))
    if local.date() != now.date():
        return f"*{when(at, zone)}*"
    return f"*<!date^{int(at.timestamp())}^{{time}}|{local:%H:%M}>*"


def span(seconds: float) -> str:
    """Return a span as people say it: “1 h 20 min”; below a minute it says so."""
    minutes = int(abs(seconds)) // MINUTE
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return _("less than a minute")
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def working_span(seconds: float) -> str:
    return _("{span} of working time").format(span=span(seconds))


def number(value: Decimal) -> str:
    """Return a number without needless zeros; thousands are set apart from 10,000 on."""
    plain = f"{value.normalize():,f}" if abs(value) >= 10_000 else f"{value.normalize():f}"  # noqa: PLR2004 a typographer's rule
    return plain.replace(",", "\u202f")


def quantity(value: Decimal, unit: str) -> str:
    """Return a quantity with its unit in plain text: “100 pcs”."""
    return _("{number} {unit}").format(number=number(value), unit=cut(one_line(unit), 24))


def amount_of(ask: Ask, value: Decimal, line: int = 1) -> str:
    """Return a quantity in the unit of its line; where there are several lines, with what it is."""
    asked = ask.line(line)
    amount = quantity(value, asked.unit)
    if not ask.more_lines:
        return amount
    return _("{quantity} of {item}").format(quantity=amount, item=cut(one_line(asked.item), 60))


def lines_asked(ask: Ask, today: date | None = None) -> list[str]:
    """Return each line in plain text: “100 pcs of BRK-2040 by Fri 12 Dec (line 3)”."""
    said = []
    for asked in ask.lines:
        words = _("{quantity} of {item} by {day}")
        if asked.line_number:
            words = _("{quantity} of {item} by {day} (line {number})")
        amount, by = quantity(asked.quantity, asked.unit), day(asked.needed_ship_date, today)
        number = one_line(asked.line_number)
        said.append(words.format(quantity=amount, item=one_line(asked.item), day=by, number=number))
    return said


def money(value: Decimal) -> str:
    """Return an amount, in cents only where there are any; the workspace knows its currency."""
    exact = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return number(exact) if exact == exact.to_integral_value() else f"{exact:,.2f}".replace(",", "\u202f")


def listed(parts: Sequence[str]) -> str:
    """Join parts of a sentence: “a, b and c”."""
    if len(parts) < 2:  # noqa: PLR2004 one part needs no joining
        return "".join(parts)
    return _("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def count_of(n: int, total: int) -> str:
    return _("{n} of {total}").format(n=n, total=total)


def count_word(n: int) -> str:
    """Return a number that begins a sentence: “Two”, and digits from eleven on."""
    first = (_("No"), _("One"), _("Two"), _("Three"), _("Four"), _("Five"))
    words = (*first, _("Six"), _("Seven"), _("Eight"), _("Nine"), _("Ten"))
    return words[n] if n < len(words) else str(n)


def can_you(ask: Ask, *, room: int = HEADER_LIMIT, today: date | None = None) -> str:
    """Put the request as a question in plain text of at most ``room`` characters."""
    amount, by = quantity(ask.quantity, ask.unit), day(ask.needed_ship_date, today)
    sentence, more = _("Can you ship {quantity} of {item} by {day}?"), len(ask.more_lines)
    if ask.is_inquiry:
        sentence = _("Before we promise: could you ship {quantity} of {item} by {day}?")
    if more:
        sentence = ngettext(
            "Can you ship {quantity} of {item} by {day}, and {n} more line?",
            "Can you ship {quantity} of {item} by {day}, and {n} more lines?",
            more,
        )
    return squeezed(ask.item, room, lambda item: sentence.format(quantity=amount, item=item, day=by, n=more))


def headline(label: str, ask: Ask, *, today: date | None = None) -> str:
    """Return the card's title while it is a question: “EXP-12 · Can you ship …?”."""
    return f"{label} · {can_you(ask, room=HEADER_LIMIT - len(label) - 3, today=today)}"


def subject(ask: Ask, *, room: int = 120) -> str:
    """Return what it is about, in plain text: “100 pcs of BRK-2040 for Acme”."""
    amount, customer = quantity(ask.quantity, ask.unit), cut(one_line(ask.customer), 48)
    sentence, more = _("{quantity} of {item} for {customer}"), len(ask.more_lines)
    if not ask.customer.strip():
        sentence = _("{quantity} of {item}")
    if more:
        sentence = ngettext(
            "{quantity} of {item} for {customer}, and {n} more line",
            "{quantity} of {item} for {customer}, and {n} more lines",
            more,
        )
    return squeezed(ask.item, room, lambda item: sentence.format(quantity=amount, item=item, customer=customer, n=more))


def say_back(ask: Ask, *, today: date | None = None) -> list[str]:
    """Say the whole request back, a plain sentence each, the question first."""
    more = lines_asked(ask, today)[1:]
    also = [_("Also {line}.").format(line=line) for line in more]
    return [can_you(ask, room=300, today=today), *also, *_room_sentences(ask, today), told_sentence(ask, today)]


def _room_sentences(ask: Ask, today: date | None) -> list[str]:
    sentences = [partial_sentence(ask)]
    if ask.latest_acceptable_date is not None:
        sentences.append(_("Latest useful: {day}.").format(day=day(ask.latest_acceptable_date, today)))
    if ask.substitute_allowed:
        sentences.append(_("A substitute is fine."))
    if ask.other_site_allowed:
        sentences.append(_("Another site is fine."))
    return sentences


def partial_sentence(ask: Ask) -> str:
    """Say what a part would be worth."""
    if ask.partial_acceptance is PartialAcceptance.SHIP_COMPLETE:
        return _("It must ship complete.")
    least = ask.smallest_useful_quantity
    part = _("A part") if least is None else quantity(least, ask.unit)
    if ask.partial_acceptance is PartialAcceptance.BALANCE_LATER:
        return _("{part} by then would help; the rest can follow.").format(part=part)
    return _("{part} by then would help; the rest would be cancelled.").format(part=part)


def told_sentence(ask: Ask, today: date | None = None) -> str:
    """Say what the customer has been told."""
    if ask.told is Told.NOTHING or ask.told_date is None:
        return _("The customer has been told nothing yet.")
    return _("The customer has been told: {told}.").format(told=told_words(ask, today))


def told_words(ask: Ask, today: date | None = None) -> str:
    """Return what was told without a subject: “a firm date, 50 pcs by Fri 12 Dec”."""
    if ask.told is Told.NOTHING:
        return _("nothing yet")
    if ask.told_date is None:
        return _("a firm date") if ask.told is Told.FIRM_DATE else _("a soft date")
    amount = quantity(ask.quantity if ask.told_quantity is None else ask.told_quantity, ask.unit)
    sentence = _("a firm date, {quantity} by {day}")
    if ask.told is Told.SOFT_DATE:
        sentence = _("a soft date, about {quantity} around {day}")
    return sentence.format(quantity=amount, day=day(ask.told_date, today))
