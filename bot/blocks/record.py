"""The record of a request as plain text: what was asked, what became of it, and everything that happened, to print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.blocks.alternatives import last_offers
from bot.blocks.elements import table_lines
from bot.blocks.facts import asked_day, part_words
from bot.blocks.kept import kept_lines
from bot.blocks.lots import lot_rows, offer_rows
from bot.blocks.phrases import day, moment, say_back
from bot.blocks.story import sentence
from bot.blocks.turns import turn_line
from bot.blocks.words import cause_words, reason_words, status_word
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from models.picture import Picture
    from models.timeline import TimelineEntry

_MARK = re.compile(r"<(?P<to>[^<>|]*)(?:\|(?P<words>[^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def record_text(picture: Picture, *, as_of: datetime) -> str:
    """Return everything about a request; instants as the clocks at the desk show them."""
    parts = [_head(picture, as_of), _asked(picture), _answered(picture), _kept(picture), _story(picture)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def plain_of(mrkdwn: str, picture: Picture) -> str:
    """Return mrkdwn as plain text: links with their address, people by their names, instants at the desk."""
    text = _MARK.sub(lambda found: _spelled(found["to"], found["words"], picture), mrkdwn)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def _spelled(to: str, words: str | None, picture: Picture) -> str:
    if to.startswith("@"):
        return picture.name_of(to[1:])
    return f"{words} ({to})" if words and to.startswith("http") else words or to


def _head(picture: Picture, as_of: datetime) -> list[str]:
    request, zone = picture.request, picture.calendar.zone
    title = _("{label} · record of {when} ({zone})").format(label=request.label, when=_moment(as_of, zone), zone=zone)
    turn = plain_of(turn_line(picture, as_of), picture).replace("*", "")
    card = [_("Card: {link}").format(link=picture.card_link)] if picture.card_link else []
    return [title, "=" * len(title), f"{_('Status')}: {status_word(request.status)}", turn, *card]


def _asked(picture: Picture) -> list[str]:
    request, today = picture.request, asked_day(picture)
    pairs = [
        (_("Desk"), picture.desk.name),
        (_("Asked by"), f"{picture.name_of(request.requester)}, {_moment(request.asked_at, picture.calendar.zone)}"),
        (_("Customer"), request.customer),
        (_("Order"), " / ".join(part for part in (request.order_number, request.line_number) if part)),
        (_("Promise date"), day(request.promise_date, today) if request.promise_date else ""),
        (_("If not all of it"), part_words(request.ask)),
        (_("What the customer expects"), request.expectation),
        (_("Reason"), reason_words()[request.reason_code]),
        (_("Caused by"), cause_words()[request.caused_by] if request.caused_by else ""),
        (_("Follows"), picture.follows or ""),
    ]
    said = [*say_back(request.ask, today=today), "", *[f"{name}: {words}" for name, words in pairs if words.strip()]]
    return [_underlined(_("What was asked")), *said]


def _answered(picture: Picture) -> list[str]:
    lots = table_lines(lot_rows(picture)) if picture.commitments else []
    offers = last_offers(picture)
    offered = table_lines(offer_rows(picture, offers, picture.counter)) if offers else []
    return [
        *([_underlined(_("The last offer")), *offered] if offered else []),
        *([_underlined(_("What was committed")), *lots] if lots else []),
    ]


def _kept(picture: Picture) -> list[str]:
    said = picture.request.customer_said.strip()
    lines = [*kept_lines(picture), *([_("The customer said: {words}").format(words=said)] if said else [])]
    return [_underlined(_("How it ended")), *lines] if lines else []


def _story(picture: Picture) -> list[str]:
    return [_underlined(_("What happened")), *[line for entry in picture.timeline for line in _told(picture, entry)]]


def _told(picture: Picture, entry: TimelineEntry) -> Iterable[str]:
    first, *rest = plain_of(sentence(picture, entry), picture).split("\n")
    taken_back = f" {_('(taken back)')}" if entry.undone_at else ""
    yield f"{_moment(entry.at, picture.calendar.zone)}  {first}{taken_back}"
    yield from (f"    {line}" for line in rest)


def _moment(at: datetime, zone: str) -> str:
    """Return an instant with its year: a record is read years later."""
    return f"{at.astimezone(ZoneInfo(zone)).year} {moment(at, zone)}"


def _underlined(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"
