"""The words after ``/expedite scorecard``: which days, and whose requests. Pure.

Closed words only: ``last week``, ``this month``, ``12 weeks``, ``2026-W47``, ``2026-11``, ``2026-11-02..2026-11-15``,
and then ``desk``, ``customer``, ``item``, ``requester``, ``team``, ``reason``, ``cause``, each followed by a name. What
is none of them is refused with what can be written. A word that was said already belongs to the name: "desk Plant 3
desk"; quotes keep another one in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.errors import ExpediteError
from models.i18n import _
from models.scorecards.period import WEEK, Period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMED = ("desk", "customer", "item", "requester", "team", "reason", "cause")
LONGEST = timedelta(days=366)
_TOKEN = re.compile(r"[\"“”](?P<quoted>[^\"“”]*)[\"“”]|(?P<mention><[^>]*>)|(?P<word>\S+)")
_ISO_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.|–|to)(\d{4}-\d{2}-\d{2})")
QUARTER_WEEKS = 12


class FiguresUnclear(ExpediteError):
    """The words say neither days nor whose requests."""


@dataclass(frozen=True)
class FiguresWanted:
    """What was asked for; ``names`` by the word before them, as they were written."""

    period: Period
    names: Mapping[str, str] = field(default_factory=dict)


def read_wanted(text: str, *, today: date, zone: str) -> FiguresWanted:
    """Read the words after the command; without any, the last full week. Raises :class:`FiguresUnclear`."""
    days: list[str] = []
    names: dict[str, list[str]] = {}
    into = days
    for token in _TOKEN.finditer(text):
        word = token["word"]
        if word is not None and word.lower() in NAMED and word.lower() not in names:
            into = names[word.lower()] = []
        else:
            into.append(token["quoted"] or word or token["mention"] or "")
    empty = next((name for name, words in names.items() if not "".join(words).strip()), None)
    if empty is not None:
        raise FiguresUnclear(_("Whose? Write a name after “{word}”.").format(word=empty) + " " + usage())
    period = _period(" ".join(days).lower(), today, zone)
    return FiguresWanted(period, {name: " ".join(words) for name, words in names.items()})


def usage() -> str:
    return _(
        "Write days and whose requests, both if you like: `/expedite scorecard last month desk Plant 3`. Days are "
        "`this week`, `last week`, `this month`, `last month`, `12 weeks`, `2026-W47`, `2026-11` or "
        "`2026-11-02..2026-11-15`; then {words}. `/expedite scorecard help` says what the figures mean."
    ).format(words=", ".join(f"`{word}`" for word in NAMED))


def _period(words: str, today: date, zone: str) -> Period:
    this_week, this_month = Period.week_of(today, zone), Period.month_of(today, zone)
    said = {
        "": Period.week_of(today - WEEK, zone),
        "week": Period.week_of(today - WEEK, zone),
        "last week": Period.week_of(today - WEEK, zone),
        "this week": this_week,
        "month": this_month,
        "this month": this_month,
        "last month": Period.month_of(this_month.start - timedelta(days=1), zone),
        "12 weeks": Period(this_week.start - QUARTER_WEEKS * WEEK, this_week.start, zone),
    }
    found = said.get(words) or _written(words, zone)
    if found is None or not timedelta() < found.end - found.start <= LONGEST:
        raise FiguresUnclear(_("These days are not clear, or more than a year.") + " " + usage())
    return found


def _written(words: str, zone: str) -> Period | None:
    """Return the period of figures such as 2026-W47; None where they are no days."""
    try:
        if match := _ISO_WEEK.fullmatch(words):
            return Period.week_of(date.fromisocalendar(int(match[1]), int(match[2]), 1), zone)
        if match := _MONTH.fullmatch(words):
            return Period.month_of(date(int(match[1]), int(match[2]), 1), zone)
        if match := _DAYS.fullmatch(words.replace(" ", "")):
            return _between([date.fromisoformat(day) for day in match.groups()], zone)
    except (ValueError, OverflowError):
        return None
    return None


def _between(days: Sequence[date], zone: str) -> Period:
    return Period(days[0], days[1] + timedelta(days=1), zone)
