"""What Sales said, as the card shows it: who and which order, four facts in two columns, and why it is urgent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.blocks import words
from bot.blocks.elements import context, fields, section
from bot.blocks.phrases import cut, day, escape, inline, lines_asked, money, quantity, told_words
from bot.blocks.turns import name_in, short_name
from bot.blocks.urgency import urgency_line
from models.aftermath import Follows
from models.ask import Fee, PartialAcceptance
from models.i18n import _
from models.lifecycle import Move, Status
from models.links import is_link, shown_link
from models.origin import origin_in
from models.urgency import Because

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.ports import Block
    from models.ask import Ask
    from models.origin import Origin
    from models.picture import Picture
    from models.service_level import UrgencyClass
    from models.timeline import TimelineEntry

EXPECTATION_LIMIT = 1_800
_LINK = re.compile(r"https?://[^\s<>|]{1,500}")


def customer_line(picture: Picture) -> str:
    """Return customer, order, promise and asker in one mrkdwn line."""
    ask, today = picture.request.ask, asked_day(picture)
    parts = [*([f"*{inline(ask.customer)}*"] if ask.customer.strip() else []), *order_words(ask, today)]
    asked = _("asked by {name}").format(name=name_in(picture, picture.request.requester))
    return " · ".join([*parts, f"{asked} {_came_from(picture)}".rstrip()])


def _came_from(picture: Picture) -> str:
    """Return the way to the message that the request was made of; empty where it was not made of one."""
    asked = next((entry for entry in picture.timeline if entry.move is Move.ASK), None)
    return "" if asked is None else came_from_words(picture, asked)


def came_from_words(picture: Picture, asked: TimelineEntry) -> str:
    """Return the link to the message that an ask came from, with credit to whoever else wrote it."""
    origin = origin_in(asked.facts)
    author = name_in(picture, origin.author) if origin is not None and origin.author else ""
    return message_link(origin, author)


def message_link(origin: Origin | None, author: str = "") -> str:
    """Return “from a message” as a link in mrkdwn; as mere words where Slack gave no link that can be trusted.

    ``author`` is a name that is safe in mrkdwn.
    """
    if origin is None:
        return ""
    words = _("from a message of {name}").format(name=author) if author else _("from a message")
    return f"<{escape(origin.link)}|{words}>" if _LINK.fullmatch(origin.link) else words


def order_words(ask: Ask, today: date | None = None) -> list[str]:
    """Return what is known of the order, in mrkdwn."""
    order = []
    if ask.order_number:
        order.append(_("order {number}").format(number=inline(ask.order_number)))
    if ask.line_number:
        order.append(_("line {number}").format(number=inline(ask.line_number, 24)))
    parts = [" ".join(order)] if order else []
    if ask.promise_date is not None:
        parts.append(_("promised for {day}").format(day=day(ask.promise_date, today)))
    return parts


def asked_day(picture: Picture) -> date:
    return picture.day_at_desk(picture.request.asked_at)


def asked_lines(ask: Ask, today: date | None = None) -> list[Block]:
    """Return the lines of a request that has several, a line of text each; nothing where there is one."""
    if not ask.more_lines:
        return []
    said = [f"*{number}* · {inline(line, 250)}" for number, line in enumerate(lines_asked(ask, today), start=1)]
    return [section("\n".join(said))]


def linked(ask: Ask) -> list[Block]:
    """Return the files and messages that belong to it, as links: only web addresses, whatever was typed."""
    links = [link for link in ask.links if is_link(link)]
    if not links:
        return []
    said = [f"<{escape(link)}|{inline(shown_link(link), 60)}>" for link in links]
    return [context(_("Linked: {links}").format(links=" · ".join(said)))]


def four_facts(picture: Picture) -> Block:
    """Return if-not-all, if-not-by-then, what the customer expects, what the customer was told."""
    ask, today = picture.request.ask, asked_day(picture)
    customer = escape(short_name(ask.customer))
    pairs = (
        (_("If not all of it"), escape(part_words(ask))),
        (_("If not by then"), later_words(ask, today)),
        (_("What {customer} expects").format(customer=customer), _expectation(ask)),
        (_("What {customer} was told").format(customer=customer), escape(told_words(ask, today))),
    )
    return fields([f"*{label}*\n{text}" for label, text in pairs])


def _expectation(ask: Ask) -> str:
    return cut(escape(ask.expectation.strip()), EXPECTATION_LIMIT) or _("not said")


def part_words(ask: Ask) -> str:
    """Say what a part would be worth, in plain text without a full stop."""
    if ask.partial_acceptance is PartialAcceptance.SHIP_COMPLETE:
        return _("it must ship complete")
    least = ask.smallest_useful_quantity
    part = _("a part") if least is None else quantity(least, ask.unit)
    if ask.partial_acceptance is PartialAcceptance.BALANCE_LATER:
        return _("{part} by then would help, the rest can follow").format(part=part)
    return _("{part} by then would help, the rest would be cancelled").format(part=part)


def latest_useful(ask: Ask) -> date | None:
    """Return the last day that helps; None when no later day than the needed one was named."""
    latest = ask.latest_acceptable_date
    return latest if latest is not None and latest > ask.needed_ship_date else None


def later_words(ask: Ask, today: date) -> str:
    """Say until when and what else would do."""
    latest = latest_useful(ask)
    if latest is not None:
        parts = [_("useful until {day}").format(day=day(latest, today))]
    else:
        parts = [_("no later day was named")]
    if ask.substitute_allowed:
        parts.append(_("a substitute is fine"))
    if ask.other_site_allowed:
        parts.append(_("another site is fine"))
    if ask.customer_asked is not None and not ask.has_flexibility:
        parts.append(words.customer_asked_fact(ask.customer_asked))
    return ", ".join(parts)


def why_line(picture: Picture) -> Block:
    """Return urgency, reason, cause, money and, while it is new, the desk's hot list as one quiet line.

    Later the card is drawn only when this request changes: its count would be older than its neighbours'.
    """
    request = picture.request
    parts = [*urgent_why(request.ask, request.urgency, request.urgency_reasons), *_loop(picture)]
    if picture.request.status is Status.ASKED:
        parts.append(_("hot list {open} of {cap}").format(open=picture.hot_open, cap=picture.desk.hot_cap))
    return context(" · ".join(parts))


def urgent_why(ask: Ask, urgency: UrgencyClass, reasons: Sequence[str]) -> list[str]:
    """Return how pressing it is, then why; a reason that makes it pressing is said once."""
    line = urgency_line(urgency, reasons)
    is_said = bool(line) and f"{Because.REASON}:{ask.reason_code}" in reasons
    return [*([line] if line else []), *why_parts(ask)[is_said:]]


def _loop(picture: Picture) -> list[str]:
    """Name the request without which this one would not exist, and the question it was made of."""
    return [*_asked_first(picture), *_follows(picture)]


def _asked_first(picture: Picture) -> list[str]:
    return [_("asked about first as {label}").format(label=picture.inquiry)] if picture.inquiry else []


def _follows(picture: Picture) -> list[str]:
    if picture.follows is None:
        return []
    sentence = _("follows {label}, which pushed this order back")
    if picture.request.follows_why is Follows.MISSED:
        sentence = _("follows {label}, which we did not keep")
    return [sentence.format(label=picture.follows)]


def why_parts(ask: Ask) -> list[str]:
    parts = [words.reason_words()[ask.reason_code]]
    if ask.caused_by is not None:
        parts.append(words.cause_fact(ask.caused_by))
    if ask.value_at_stake is not None:
        parts.append(_("{amount} at stake").format(amount=money(ask.value_at_stake)))
    if ask.fee is not Fee.NOT_DISCUSSED:
        parts.append(words.fee_fact(ask.fee, escape(short_name(ask.customer))))
    return parts
