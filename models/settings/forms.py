"""The parts of the settings that have a form of their own, and what such a form shows. Pure.

A question's name is the path of its setting below the desk, or below the workspace: ``hours/week``,
``service_levels/high/answer``. So a mistake, which names its path, finds its question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

NEW_DESK = 0
"""Stands for the number of a desk that does not exist yet."""
STEP_ROWS = 6
"""Most steps one escalation form shows."""
CLOSED, PROPOSED, CALENDAR_FILE, RETIRE = "closed", "proposed", "calendar_file", "retire"
"""Names of questions that are no path: closed dates of one year, ticked proposals, a pasted calendar, the end."""
PROPOSALS_A_BLOCK = 10
LONGEST_TEXT = 3_000
"""Characters that one answer holds at most; Slack's limit."""


class Part(StrEnum):
    """What one form changes."""

    DESK = "desk"
    HOURS = "hours"
    CLOSED = "closed"
    LEVELS = "levels"
    URGENCY = "urgency"
    ESCALATION = "escalation"
    REACTIONS = "reactions"
    SALES = "sales"
    SALES_CLOSED = "sales_closed"
    ROLES = "roles"
    PLACES = "places"
    WATCHED = "watched"
    SUMMIT = "summit"


OF_A_DESK = frozenset({Part.DESK, Part.HOURS, Part.CLOSED, Part.LEVELS, Part.URGENCY, Part.ESCALATION, Part.REACTIONS})


@dataclass(frozen=True)
class Subject:
    """Which part, and of which desk; no desk where it is the workspace's."""

    part: Part
    desk_id: int | None = None

    def __str__(self) -> str:
        return f"{self.part.value}:{'' if self.desk_id is None else self.desk_id}"

    @classmethod
    def parse(cls, text: str) -> Subject:
        """The inverse of ``str``."""
        part, _colon, desk = text.partition(":")
        return cls(Part(part), int(desk) if desk else None)


@dataclass(frozen=True)
class SettingsForm:
    """A form as it is drawn: what holds now, and what was typed over it."""

    subject: Subject
    version: int
    plain: Mapping[str, Any]
    """The words of the desk or of the workspace, as in the settings file; a desk's with its ``name``."""
    today: date
    desk_name: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    groups: tuple[tuple[str, str], ...] = ()
    """User groups to choose from, id and name; empty where Slack does not tell them."""
    proposals: tuple[tuple[date, str], ...] = ()
    is_only_desk: bool = False
    rows: int = 0
    """Steps shown in an escalation."""

    def value(self, path: str) -> Any:
        """What the question shows: what was typed, else what holds."""
        if path in self.answers:
            return self.answers[path]
        found: Any = self.plain
        for name in path.split("/"):
            found = found.get(name) if isinstance(found, Mapping) else None
        return found


def closed_block(year: int) -> str:
    return f"{CLOSED}/{year}"


def years_shown(form: SettingsForm) -> list[int]:
    """The years whose closed dates have a question: those with dates, this one and the next."""
    dated = {int(line[:4]) for line in form.value("hours/closed_dates") or []}
    return [year for year in sorted(dated | {form.today.year, form.today.year + 1}) if fits(form, year)]


def lines_of(form: SettingsForm, year: int) -> str:
    """The closed dates of a year, one a line."""
    return "\n".join(line for line in form.value("hours/closed_dates") or [] if line.startswith(f"{year:04}-"))


def fits(form: SettingsForm, year: int) -> bool:
    """Whether a form can show a year whole; what it cannot show it must not change."""
    return len(lines_of(form, year)) <= LONGEST_TEXT
