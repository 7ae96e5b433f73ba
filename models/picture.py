"""A request with everything needed to draw it or to decide about it, loaded once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from models.business_calendar import BusinessCalendar
    from models.commitment import Commitment
    from models.desk import Desk
    from models.expedite_request import ExpediteRequest
    from models.offer import Offer
    from models.request_clock import RequestClock
    from models.service_level import Targets
    from models.timeline import TimelineEntry


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One request as it stands. ``calendar`` and ``targets`` are the ones frozen on it."""

    request: ExpediteRequest
    desk: Desk
    calendar: BusinessCalendar
    targets: Targets
    offer: Offer | None = None
    """The newest offer, open or not."""
    commitments: Sequence[Commitment] = ()
    clocks: Sequence[RequestClock] = ()
    """Open ones, soonest deadline first."""
    timeline: Sequence[TimelineEntry] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Display names by Slack id."""
    hot_open: int = 0
    """Open requests of the desk, this one included."""

    @property
    def clock(self) -> RequestClock | None:
        """The clock that runs now, if it is anybody's turn."""
        return self.clocks[0] if self.clocks else None

    def name_of(self, slack_id: str | None) -> str:
        return self.names.get(slack_id or "", slack_id or "")

    def day_at_desk(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.calendar.zone)).date()


@dataclass(frozen=True, kw_only=True)
class HomeLine:
    """One request on somebody's work list."""

    request: ExpediteRequest
    calendar: BusinessCalendar
    clock: RequestClock | None = None
    commitment: Commitment | None = None
    """The lot that is asked about, or that comes next."""
    is_my_turn: bool = False


@dataclass(frozen=True, kw_only=True)
class HomePicture:
    """What one person's App Home shows, each list ordered by time left."""

    slack_id: str
    zone: str
    my_turn: Sequence[HomeLine] = ()
    """As requester: an offer to decide on, a question to answer."""
    my_waiting: Sequence[HomeLine] = ()
    """As requester: open ones that wait for Ops, or are committed."""
    desk_name: str | None = None
    desk_turn: Sequence[HomeLine] = ()
    desk_waiting: Sequence[HomeLine] = ()
    hot_open: int = 0
    hot_cap: int = 0
    undelivered: Sequence[str] = ()
    """For admins: what could not be delivered, a sentence each."""
    is_set_up: bool = True
    is_admin: bool = False
    needs_set_up: bool = False
    """For whoever can do it: no test card was confirmed yet."""


@dataclass(frozen=True, kw_only=True)
class DeskMeter:
    """What the form shows of the desk before one asks."""

    desk_name: str
    hot_open: int
    hot_cap: int
    next_open: datetime
    usual_answer_secs: int | None
    """Median working seconds to a first answer over recent requests; None while there are too few."""
    zone: str
    is_open: bool = False
    closes: datetime | None = None
    """When an open desk stops work; None while it is closed, or never closes."""
