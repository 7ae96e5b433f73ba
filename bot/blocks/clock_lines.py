"""The lines of an explained clock: “Fri 21 Nov 15:30–17:00 · Plant 3 desk, first answer · 1 h 30 min”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.phrases import day, inline, span
from bot.blocks.words import waiting_for
from models.clock_story import Told
from models.i18n import _, ngettext
from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from models.clock_story import ClockStory, Line


def story_lines(story: ClockStory) -> list[str]:
    """Return the story in mrkdwn, a line each; where the middle is left out it says so."""
    lines = [_said(line) for line in story.lines]
    if story.left_out:
        more = _("… {n} more lines are left out here …").format(n=story.left_out)
        lines.insert(len(lines) // 2, more)
    return [f"• {line}" for line in lines]


def side_name(holder: Holder, desk: str) -> str:
    """Return whose time it is, in mrkdwn."""
    return inline(desk, 80) if holder is Holder.DESK else _("Sales")


def sum_words(sums: Sequence[tuple[Holder, str, int]]) -> str:
    """Return what each side's time sums to: “Plant 3 desk 1 h 30 min · Sales 20 min”."""
    sentence = _("{side} *{span}*")
    return " · ".join(sentence.format(side=side_name(holder, desk), span=span(secs)) for holder, desk, secs in sums)


def _said(line: Line) -> str:
    if line.told is Told.COUNTED:
        return _counted(line)
    when = _days_of(line) if line.told in {Told.WEEKEND, Told.CLOSED_DATE} else _from_to(line.starts, line.ends)
    return _not_counted(line).format(when=when, name=inline(line.name, 80), side=side_name(line.holder, line.desk))


def _not_counted(line: Line) -> str:
    if line.told is Told.WEEKEND:
        return _("{when} · weekend")
    if line.told is Told.CLOSED_DATE:
        return _("{when} · closed ({name})") if line.name else _("{when} · closed")
    if line.told is Told.NOBODY:
        return _("{when} · nobody's turn")
    return _("{when} · {side}, outside working hours")


def _counted(line: Line) -> str:
    when = _day_with_hours(line) if line.days == 1 else _days_of(line)
    said = _("{when} · {side}, {kind} · *{span}*").format(
        when=when, side=side_name(line.holder, line.desk), kind=waiting_for(line.kind), span=span(line.secs)
    )
    if line.days > 1:
        said += " " + ngettext("on {n} day", "on {n} days", line.days).format(n=line.days)
    if line.name:
        said += " " + _("(closed: {name})").format(name=inline(line.name, 160))
    return said


def _day_with_hours(line: Line) -> str:
    if line.starts.date() != line.last_moment.date() and len(line.windows) == 1:
        return _from_to(line.starts, line.ends)
    hours = ", ".join(f"{_clock(starts)}–{_clock(ends)}" for starts, ends in line.windows)
    return _("{day} {time}").format(day=day(line.starts.date()), time=hours)


def _from_to(starts: datetime, ends: datetime) -> str:
    if starts.date() == ends.date():
        return _("{day} {time}").format(day=day(starts.date()), time=f"{_clock(starts)}–{_clock(ends)}")
    moments = [_("{day} {time}").format(day=day(one.date()), time=_clock(one)) for one in (starts, ends)]
    return " – ".join(moments)


def _days_of(line: Line) -> str:
    first, last = line.starts.date(), line.last_moment.date()
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def _clock(at: datetime) -> str:
    """“07:30”, as ``%H:%M`` writes it but several times faster: a story has hundreds."""
    return f"{at.hour:02}:{at.minute:02}"
