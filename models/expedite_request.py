"""The request: what Sales asked, where it stands, who holds it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.aftermath import Follows
from models.ask import Ask, CausedBy, CustomerAsked, Fee, PartialAcceptance, ReasonCode, RequestKind, Told
from models.base import BIG_ID, MONEY, QUANTITY, SLACK_ID, Base, UtcDateTime, enum_column
from models.lifecycle import EndedBecause, Status, label_of
from models.request_line import RequestLine
from models.service_level import UrgencyClass

ASK_FIELDS = tuple(name for name in Ask.__dataclass_fields__ if name not in {"links", "more_lines"})
"""What an ask and the columns of a request have in common."""


class ExpediteRequest(Base, kw_only=True):
    """One ask of one order line, or of several. ``version`` guards every change: two people, one winner."""

    __tablename__ = "expedite_requests"
    __table_args__ = (
        sa.UniqueConstraint("tenant_id", "number"),
        sa.Index(None, "tenant_id", "requester", "status"),
        sa.Index(None, "desk_id", "status"),
        sa.Index(None, "tenant_id", "asked_at"),
        sa.Index(None, "tenant_id", "closed_at"),
        sa.Index(None, "tenant_id", "order_number"),
    )
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    number: Mapped[int]
    desk_id: Mapped[int] = mapped_column(sa.ForeignKey("desks.id"))
    calendar_id: Mapped[int] = mapped_column(sa.ForeignKey("desk_calendars.id"))
    policy_id: Mapped[int] = mapped_column(sa.ForeignKey("service_level_policies.id"))
    requester: Mapped[str] = mapped_column(SLACK_ID)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sales_calendar_id: Mapped[int | None] = mapped_column(sa.ForeignKey("desk_calendars.id"), default=None)
    """Sales' working hours, frozen; without them the desk's hours measure both sides."""
    requester_zone: Mapped[str] = mapped_column(sa.String(64), default="")
    """The zone in which Sales' hours count for this requester; empty: the calendar's own."""
    urgency: Mapped[UrgencyClass] = mapped_column(enum_column(UrgencyClass, "urgency"), default=UrgencyClass.STANDARD)
    urgency_reasons: Mapped[list[str]] = mapped_column(sa.JSON, default_factory=list)
    """Why it is in that class: words of :mod:`models.urgency`."""

    customer: Mapped[str] = mapped_column(sa.String(120))
    item: Mapped[str] = mapped_column(sa.String(120))
    quantity: Mapped[Decimal] = mapped_column(QUANTITY)
    unit: Mapped[str] = mapped_column(sa.String(24))
    needed_ship_date: Mapped[date]
    reason_code: Mapped[ReasonCode] = mapped_column(enum_column(ReasonCode, "reason_code"))
    order_number: Mapped[str] = mapped_column(sa.String(120), default="")
    line_number: Mapped[str] = mapped_column(sa.String(24), default="")
    promise_date: Mapped[date | None] = mapped_column(default=None)
    partial_acceptance: Mapped[PartialAcceptance] = mapped_column(
        enum_column(PartialAcceptance, "partial_acceptance"), default=PartialAcceptance.SHIP_COMPLETE
    )
    smallest_useful_quantity: Mapped[Decimal | None] = mapped_column(QUANTITY, default=None)
    latest_acceptable_date: Mapped[date | None] = mapped_column(default=None)
    substitute_allowed: Mapped[bool] = mapped_column(default=False)
    other_site_allowed: Mapped[bool] = mapped_column(default=False)
    expectation: Mapped[str] = mapped_column(sa.Text, default="")
    told: Mapped[Told] = mapped_column(enum_column(Told, "told"), default=Told.NOTHING)
    told_date: Mapped[date | None] = mapped_column(default=None)
    told_quantity: Mapped[Decimal | None] = mapped_column(QUANTITY, default=None)
    caused_by: Mapped[CausedBy | None] = mapped_column(enum_column(CausedBy, "caused_by"), default=None)
    value_at_stake: Mapped[Decimal | None] = mapped_column(MONEY, default=None)
    fee: Mapped[Fee] = mapped_column(enum_column(Fee, "fee"), default=Fee.NOT_DISCUSSED)
    kind: Mapped[RequestKind] = mapped_column(enum_column(RequestKind, "kind"), default=RequestKind.EXPEDITE)
    customer_asked: Mapped[CustomerAsked | None] = mapped_column(
        enum_column(CustomerAsked, "customer_asked"), default=None
    )
    links: Mapped[list[str]] = mapped_column(sa.JSON, default_factory=list)
    inquiry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("expedite_requests.id"), default=None)
    """The question before the promise, of which this request was made."""
    line_count: Mapped[int] = mapped_column(default=1)
    """How many lines it has: where it is one, nobody needs to look for others."""
    more_lines: Mapped[list[RequestLine]] = relationship(
        init=False, lazy="raise", order_by=RequestLine.position, cascade="all, delete-orphan"
    )
    """Loaded by :func:`models.queries.load_lines`."""

    status: Mapped[Status] = mapped_column(enum_column(Status, "status"), default=Status.ASKED)
    owner: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    """The desk member who took it: hears when it is the desk's turn again."""
    first_responded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    """When Ops first committed, offered or declined."""
    answer_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    question: Mapped[str] = mapped_column(sa.Text, default="")
    information: Mapped[str] = mapped_column(sa.Text, default="")
    decline_reason: Mapped[str] = mapped_column(sa.Text, default="")
    alternative: Mapped[str] = mapped_column(sa.Text, default="")
    closing_word: Mapped[str] = mapped_column(sa.Text, default="")
    """What Sales wrote when refusing or withdrawing."""
    ended_because: Mapped[EndedBecause | None] = mapped_column(enum_column(EndedBecause, "ended_because"), default=None)
    """Why Sales took it back, in a word that can be counted."""
    customer_said: Mapped[str] = mapped_column(sa.Text, default="")
    """What the customer said about it in the end, if Sales passed it on."""
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("expedite_requests.id"), default=None)
    """The request without which this one would not exist: the emergency loop."""
    follows_why: Mapped[Follows | None] = mapped_column(enum_column(Follows, "follows_why"), default=None)
    version: Mapped[int] = mapped_column(init=False)

    # Every UPDATE carries the version it read; a loser raises StaleDataError and is told who won.
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own hook

    @property
    def label(self) -> str:
        """The number as people say it."""
        return label_of(self.number)

    @property
    def ask(self) -> Ask:
        """What was asked. Lines 2 and later are told where they were loaded: pictures and lists have them."""
        more = self.more_lines if "more_lines" in self.__dict__ else ()
        return Ask(
            **{name: getattr(self, name) for name in ASK_FIELDS},
            links=tuple(self.links),
            more_lines=tuple(line.asked for line in more),
        )
