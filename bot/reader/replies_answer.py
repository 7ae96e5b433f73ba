"""When a reply says that an answer comes: "back to you by 2", "will revert Friday", "gimme 45 min".

A time at which somebody looks, meets or calls is none: only a moment that stands with words of answering counts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.reader.times import find_moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reader.times import Moment

_ANSWERS = re.compile(
    r"\b(?:back(?! (?:at|from|on|in the))|revert|know|tell (?:you|u|ya|more)|updates?|answers?|answered|hear|inform"
    r"|feedback|reply|respond|response|numbers|news|word|report|yes or no|latest|let (?:you|u|ya)|write you|talk then"
    r"|shout|holler|sing out|gimme|give (?:me|us)|need (?:un)?til+|til+|until|confirm|date out|say you|you have"
    r"|get to (?:yours|it|you)|you'll have|you get|get you|(?:ring|call|phone|hit|text) you|decision|let me (?=\d)"
    r"|(?:will|'ll|should) have (?:something|an|it|the|numbers|news|more|word)|come to you|post|keep you"
    r"|more (?:tomorrow|tmrw|later)|nailed down|something for you|allow|need a|status|circle)\b"
)
_ENDS = re.compile(r"[.!?;\n]+(?=\s|$)|,|\bso\b|\bbut\b|\band\b| - | – ")
_FEW_WORDS = 3
_EVENING = 19


def read_answer_by(text: str, *, now: datetime) -> datetime | None:
    """Read the moment by which an answer is promised, in the zone of ``now``; None where none is said."""
    moments = find_moments(text, now=now)
    clauses = _clauses(text.lower().replace("’", "'"))
    said = [moment for moment in moments if _is_answering(text, moment, clauses)]
    if not said:
        return None
    last = said[-1]
    return _on_its_day(last, moments, now).at if last.at > now or last.has_time else None


def _clauses(low: str) -> list[tuple[int, int, str]]:
    found, start = [], 0
    for end in [*_ENDS.finditer(low), None]:
        stop = end.start() if end else len(low)
        if low[start:stop].strip():
            asks = end is not None and "?" in end[0]
            found.append((start, stop, "" if asks else low[start:stop]))
        start = end.end() if end else stop
    return found


def _is_answering(text: str, moment: Moment, clauses: Sequence[tuple[int, int, str]]) -> bool:
    """Tell whether words of answering stand in the clause, or before it where it has little else than the moment."""
    place = next((i for i, (_start, stop, _said) in enumerate(clauses) if moment.start < stop), len(clauses) - 1)
    if text[: moment.start].rstrip().lower().endswith("after"):
        return False
    start, stop, said = clauses[place]
    if _ANSWERS.search(said):
        return True
    others = (text[start : moment.start] + text[min(moment.stop, stop) : stop]).split()
    return len(others) <= _FEW_WORDS and place > 0 and bool(_ANSWERS.search(clauses[place - 1][2]))


def _on_its_day(moment: Moment, moments: Sequence[Moment], now: datetime) -> Moment:
    """Put an hour alone on the day told before it: "they call tomorrow before 10, so 10:30 from me"."""
    days = [other for other in moments if other.has_day and other.start < moment.start]
    if moment.has_day or moment.form == "duration" or not days:
        return moment
    at = datetime.combine(days[-1].at.date(), moment.at.timetz())
    # "By 9" was taken for tonight because this morning's nine is over.
    is_early = moment.form == "clock" and at.hour >= _EVENING and at.date() > now.date()
    at -= timedelta(hours=12 * is_early)
    # "Running it tonight, will know in the morning": the morning after.
    return replace(moment, at=at if at > now else at + timedelta(days=1))
