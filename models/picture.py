"""A request with everything needed to draw it or to decide about it, loaded once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from models.absence import Absence
    from models.business_calendar import BusinessCalendar
    from models.clock_story import ClockStory
    from models.commitment import Commitment
    from models.desk import Desk
    from models.expedite_request import ExpediteRequest
    from models.home_choice import HomeChoice, HomePart
    from models.home_page import DeskWeek, HomePage, LeadersPart
    from models.mediation import Mediation
    from models.nudge import Unwanted
    from models.offer import Offer
    from models.request_clock import RequestClock
    from models.service_level import Targets
    from models.timeline import TimelineEntry


@dataclass(frozen=True)
class Away:
    """Somebody is away until an instant; ``deputy`` acts for them, if anybody does."""

    until: datetime
    deputy: str | None = None


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One request as it stands. ``calendar`` and ``targets`` are the ones frozen on it."""

    request: ExpediteRequest
    desk: Desk
    calendar: BusinessCalendar
    targets: Targets
    sales: BusinessCalendar | None = None
    """Sales' hours in the requester's zone, frozen too; None: measured by the desk's."""
    offer: Offer | None = None
    """The newest offer, open or not: the alternative that was taken, else the first."""
    other_offers: Sequence[Offer] = ()
    """The alternatives beside it, in their order."""
    counter: Offer | None = None
    """What Sales proposes instead, while the desk has not answered that."""
    commitments: Sequence[Commitment] = ()
    clocks: Sequence[RequestClock] = ()
    """Open ones, soonest deadline first."""
    follow_up: RequestClock | None = None
    """Runs beside a promised answer: when the desk is asked again."""
    timeline: Sequence[TimelineEntry] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Display names by Slack id."""
    hot_open: int = 0
    """Open requests of the desk, this one included."""
    away: Mapping[str, Away] = field(default_factory=dict)
    """Of the requester and the owner, those who are away now, by Slack id."""
    follows: str | None = None
    """The label of the request without which this one would not exist."""
    inquiry: str | None = None
    """The label of the question it was made of."""
    mediation: Mediation | None = None
    """Loaded only for the messages of a mediation."""
    card_link: str = ""
    """The address of its card; loaded only for who looks at the whole of it."""

    @property
    def clock(self) -> RequestClock | None:
        """The clock that runs now, if it is anybody's turn."""
        return self.clocks[0] if self.clocks else None

    def hours_of(self, holder: Holder) -> BusinessCalendar:
        """The hours in which this side's time counts."""
        return self.sales if holder is Holder.REQUESTER and self.sales is not None else self.calendar

    def name_of(self, slack_id: str | None) -> str:
        return self.names.get(slack_id or "", slack_id or "")

    def acts_for(self, slack_id: str, person: str | None) -> bool:
        """Whether somebody is this person, or stands in for them now."""
        gone = self.away.get(person or "")
        return slack_id == person or (gone is not None and gone.deputy == slack_id)

    def day_at_desk(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.calendar.zone)).date()


@dataclass(frozen=True)
class HoursUsed:
    """A calendar that something was counted by, and the zone in which it was."""

    name: str
    version: int
    zone: str


@dataclass(frozen=True, kw_only=True)
class ClockPicture:
    """A request's clock with its whole story, and with what is needed to believe it."""

    picture: Picture
    story: ClockStory
    hours: Sequence[HoursUsed] = ()
    policy: tuple[str, int] = ("", 1)
    """Name and version of the service levels that are frozen on the request."""
    left_secs: int = 0
    """Working seconds that are left of the turn that runs, negative once it is overdue."""


@dataclass(frozen=True, kw_only=True)
class HomeLine:
    """One request on somebody's work list."""

    request: ExpediteRequest
    calendar: BusinessCalendar
    hours: BusinessCalendar | None = None
    """The hours of whoever is waited for; None: the desk's."""
    waiting_on: str = ""
    """The name of whoever is waited for: of the desk, or of who asked."""
    clock: RequestClock | None = None
    commitment: Commitment | None = None
    """The lot that is asked about, or that comes next."""
    is_my_turn: bool = False
    instead_of: str = ""
    """The name of the person who is away and for whom this is listed; empty where it is the reader's own."""
    desk: str = ""
    asked_by: str = ""
    called_at: datetime | None = None
    """When a mediator was called in about this turn."""
    called: str = ""
    """The mediator's name; empty for the leadership as a whole."""


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
    cut_short: frozenset[str] = frozenset()
    """Names of the lists above that go on beyond what is shown."""
    hot_open: int = 0
    hot_cap: int = 0
    undelivered: Sequence[str] = ()
    """For admins: what could not be delivered, a sentence each."""
    is_set_up: bool = True
    absence: Absence | None = None
    """Their own: the one that runs, else the next."""
    deputy_name: str = ""
    standing_in: Sequence[tuple[str, datetime]] = ()
    """For whom they stand in now, by name, and until when."""
    is_admin: bool = False
    wants_pairs: bool | None = None
    """Whether they meet somebody of the other side once a month; None where Home does not ask."""
    needs_set_up: bool = False
    """For whoever can do it: no test card was confirmed yet."""
    left: frozenset[Unwanted] = frozenset()
    """Help they have turned off: the way back is here."""
    parts: Sequence[HomePart] = ()
    """Those this person has."""
    part: HomePart | None = None
    """The one that is shown; None: the lists above."""
    choice: HomeChoice | None = None
    desks: Mapping[int, str] = field(default_factory=dict)
    """The names of the reader's desks by id, for choosing one."""
    page: HomePage | None = None
    desk_week: DeskWeek | None = None
    leaders: LeadersPart | None = None


@dataclass(frozen=True, kw_only=True)
class ChangePreview:
    """What a change of a request would do, before it is sent."""

    label: str
    changes: Sequence[Sequence[object]]
    """Question, old answer, new answer."""
    closes_offer: bool = False
    restarts: bool = False
    overtaken: str = ""
    """What somebody did since the form was opened."""


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


@dataclass(frozen=True, kw_only=True)
class Morning:
    """What a desk was told on one morning, as it stands now."""

    desk_name: str
    day: date
    lots: Sequence[HomeLine] = ()
    """Each with its commitment, in the order in which they were due."""
