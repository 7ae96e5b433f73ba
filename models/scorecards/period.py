"""Which days a scorecard tells about, and whose requests. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.ask import CausedBy, ReasonCode

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
LOOKS_BACK = 12
"""Weeks that a figure is held against."""


@dataclass(frozen=True)
class Period:
    """The days from ``start`` to the day before ``end``, by the wall clock of ``zone`` (an IANA name).

    A week is seven such days: 167, 168 or 169 hours where the clocks are moved.
    """

    start: date
    end: date
    """The first day after it."""
    zone: str

    @classmethod
    def week_of(cls, day: date, zone: str) -> Period:
        """Return the week, Monday to Sunday, in which a day lies; ISO 8601 numbers it."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + WEEK, zone)

    @classmethod
    def month_of(cls, day: date, zone: str) -> Period:
        """Return the calendar month in which a day lies."""
        first = day.replace(day=1)
        return cls(first, (first + timedelta(days=31)).replace(day=1), zone)

    @property
    def starts_at(self) -> datetime:
        """The first instant of it, in UTC."""
        return _midnight(self.start, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The first instant after it, in UTC."""
        return _midnight(self.end, self.zone)

    @property
    def last_day(self) -> date:
        return self.end - ONE_DAY

    @property
    def is_week(self) -> bool:
        return self.end - self.start == WEEK

    def holds(self, at: datetime | None) -> bool:
        """Whether an instant lies in it; what never happened does not."""
        return at is not None and self.starts_at <= at < self.ends_at

    def has_day(self, day: date) -> bool:
        return self.start <= day < self.end

    def weeks_before(self, count: int = LOOKS_BACK) -> list[Period]:
        """Return the weeks before this period, the earliest first: the last one ends where it starts."""
        starts = [self.start - weeks * WEEK for weeks in range(count, 0, -1)]
        return [Period(start, start + WEEK, self.zone) for start in starts]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Whose requests are counted; what is empty leaves nothing out. All that is named must hold together."""

    desks: frozenset[int] | None = None
    """The desks that have the request now."""
    team: frozenset[str] | None = None
    """The requesters who belong to it: Slack ids of the members of a user group."""
    requester: str | None = None
    customer: str = ""
    """Compared without regard to case and to spaces around it, like ``item``."""
    item: str = ""
    reason: ReasonCode | None = None
    cause: CausedBy | None = None

    @property
    def is_empty(self) -> bool:
        return self == Filters()


def same_name(text: str) -> str:
    """Return a name as it is compared: two that people take for the same give the same."""
    return " ".join(text.casefold().split())


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
