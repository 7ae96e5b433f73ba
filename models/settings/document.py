"""All settings of a workspace in one value: what admins may decide, and nothing else. Pure.

A document says what holds from now on. Which version of a calendar or policy that makes, and which requests keep an
older one, is the business of whoever applies it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from models.business_calendar import BusinessCalendar
from models.reactions import Reactions
from models.service_level import HOUR, ServiceLevels, Targets
from models.summit_date import SummitTime
from models.weekly_hours import Window

__all__ = ["DeskSettings", "DigestTime", "Hours", "Members", "MembersFrom", "Routing", "WorkspaceSettings"]


class MembersFrom(StrEnum):
    """What decides who answers for a desk."""

    CHANNEL = "channel"
    GROUP = "group"
    LIST = "list"


@dataclass(frozen=True)
class Hours:
    """When one side works: open hours of a week in a zone, less the days on which it is closed."""

    zone: str
    week: tuple[Window, ...]
    closed_dates: tuple[tuple[date, str], ...] = ()
    """Each with the name people know it by, oldest first."""
    region: str = ""
    """Whose public holidays are proposed as closed dates: a country, or a country and a part of it (``DE-BY``)."""

    @property
    def calendar(self) -> BusinessCalendar:
        return BusinessCalendar(self.zone, self.week, self.closed_dates)


@dataclass(frozen=True)
class Members:
    """Who answers for a desk: its channel's members, a Slack user group's, or the people named."""

    source: MembersFrom = MembersFrom.CHANNEL
    group: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Routing:
    """Which requests come to a desk by themselves: patterns in which ``*`` stands for any characters, ``?`` for one."""

    items: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.items or self.customers)


USUAL_LEVELS = ServiceLevels.alike(Targets(escalate_after=HOUR // 2))


@dataclass(frozen=True)
class DeskSettings:
    """One operations team. ``id`` is its row where it has one; two desks that say the same are equal without it."""

    name: str
    channel: str
    hours: Hours
    levels: ServiceLevels = USUAL_LEVELS
    members: Members = field(default_factory=Members)
    routing: Routing = field(default_factory=Routing)
    hot_cap: int = 8
    reactions: Reactions = field(default_factory=Reactions)
    is_default: bool = False
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class DigestTime:
    """When leadership reads the week: 0 is Monday; the wall clock is the default desk's."""

    weekday: int = 0
    at: time = time(8)


@dataclass(frozen=True)
class WorkspaceSettings:
    """Everything admins decide. People, channels and groups are Slack ids; an empty id means none."""

    desks: tuple[DeskSettings, ...] = ()
    """In the order in which their routing rules are asked."""
    sales_hours: Hours | None = None
    """Counted in each requester's own zone; None: a requester's time counts by the desk's hours."""
    admins: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    leadership_channel: str = ""
    log_channel: str = ""
    digest: DigestTime = field(default_factory=DigestTime)
    watched_channels: tuple[str, ...] = ()
    summit: SummitTime = field(default_factory=SummitTime)
    """When both sides meet each month, by the wall clock of the default desk."""
    words: str = ""
    """What the company is there for, in one line: shown on the summit and on the digest."""

    @property
    def default_desk(self) -> DeskSettings | None:
        return next((desk for desk in self.desks if desk.is_default), None)
