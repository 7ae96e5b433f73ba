"""Closed dates out of an iCalendar text (RFC 5545): the all-day events, each with its name. Strict and small.

Whole days are all that is read. An event with a time of day, one that repeats, or one that is cut off is refused with a
sentence: a desk that stays open on a holiday because of a misread line would be noticed too late.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DAYS = 400
"""More are never meant as closed dates; whoever takes them over has a limit of their own."""
_LINE = re.compile(
    r"(?P<name>[A-Za-z-]+)(?P<parameters>(?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(?P<value>.*)", re.DOTALL
)
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ESCAPED = re.compile(r"\\([\\;,nN])")

Event = dict[str, tuple[str, str]]
"""A line's parameters and value by its name."""


def closed_dates_in(text: str) -> tuple[tuple[date, str], ...]:
    """Every day of every event, oldest first; of two events on a day the first names it.

    Raise ValueError with a sentence for a text without events, and for an event that is not plain whole days.
    """
    found: dict[date, str] = {}
    for event in _events(text):
        for day, name in _days_of(event):
            found.setdefault(day, name)
            if len(found) > MOST_DAYS:
                raise ValueError(_("These events close more than {most} days. Leave some out.").format(most=MOST_DAYS))
    if not found:
        raise ValueError(_("There is no event in this text. Paste a calendar that begins with BEGIN:VCALENDAR."))
    return tuple(sorted(found.items()))


def _events(text: str) -> Iterator[Event]:
    event: Event | None = None
    for line in _unfolded(text):
        mark = line.strip().upper()
        is_edge = mark in {"BEGIN:VEVENT", "END:VEVENT"}
        if is_edge and (event is None) is (mark == "END:VEVENT"):
            raise ValueError(_cut_off())
        if is_edge and event is not None:
            yield event
        if is_edge:
            event = {} if event is None else None
        elif event is not None:
            _take(event, line)
    if event is not None:
        raise ValueError(_cut_off())


def _cut_off() -> str:
    return _("An event is cut off. Paste whole events, each from BEGIN:VEVENT to END:VEVENT.")


def _unfolded(text: str) -> list[str]:
    """Long lines go on in the next one after a space."""
    return re.sub(r"\r?\n[ \t]", "", text).splitlines()


def _take(event: Event, line: str) -> None:
    found = _LINE.fullmatch(line)
    if found is not None:
        event.setdefault(found["name"].upper(), (found["parameters"].upper(), found["value"]))


def _days_of(event: Event) -> Iterator[tuple[date, str]]:
    name = _name(event)
    if "RRULE" in event or "RDATE" in event:
        raise ValueError(_("“{name}” repeats. Only events with their own dates are taken over.").format(name=name))
    if "DTSTART" not in event:
        raise ValueError(_("“{name}” has no first day.").format(name=name))
    first = _day(event["DTSTART"][1], name)
    # The end is the day after; without one an event lasts its day.
    after = _day(event["DTEND"][1], name) if "DTEND" in event else first + timedelta(days=1)
    if after <= first and "DTEND" in event:
        raise ValueError(_("“{name}” ends before it starts.").format(name=name))
    for offset in range(min((after - first).days, MOST_DAYS + 1)):
        yield first + timedelta(days=offset), name


def _day(value: str, name: str) -> date:
    found = _DAY.fullmatch(value.strip())
    if found is None:
        sentence = _("“{name}” has a time of day. Only events that last whole days are taken over.")
        raise ValueError(sentence.format(name=name))
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise ValueError(_("“{name}” has a day that does not exist.").format(name=name)) from None


def _name(event: Event) -> str:
    spelled = event.get("SUMMARY", ("", ""))[1]
    said = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], spelled)
    return " ".join(said.split())[:80] or _("closed")
