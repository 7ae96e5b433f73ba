"""A workspace that installed the app, the people in it and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column
from models.summit_date import SummitTime, SummitWeek


class Tenant(Base, kw_only=True):
    """One workspace. Every other row belongs to one."""

    __tablename__ = "tenants"
    __table_args__ = (sa.UniqueConstraint("team_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    team_id: Mapped[str] = mapped_column(SLACK_ID)
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    bot_id: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    bot_user_id: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    sealed_bot_token: Mapped[str | None] = mapped_column(sa.Text, default=None, repr=False)
    zone: Mapped[str] = mapped_column(sa.String(64), default="UTC")
    leadership_channel: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    digest_weekday: Mapped[int] = mapped_column(default=0)
    digest_at: Mapped[time] = mapped_column(default=time(8))
    summit_week: Mapped[SummitWeek] = mapped_column(enum_column(SummitWeek, "summit_week"), default=SummitWeek.FIRST)
    summit_weekday: Mapped[int] = mapped_column(default=2)
    summit_at: Mapped[time] = mapped_column(default=time(14))
    summit_minutes: Mapped[int] = mapped_column(default=60)
    """When both sides meet each month, and for how long (:class:`models.summit_date.SummitTime`)."""
    company_words: Mapped[str] = mapped_column(sa.String(200), default="")
    """What the company is there for, in one line of its own."""
    last_number: Mapped[int] = mapped_column(default=0)
    installed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uninstalled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    sales_calendar_id: Mapped[int | None] = mapped_column(BIG_ID, default=None)
    """Sales' hours, counted in each requester's own zone. No foreign key: the two tables would hold each other."""
    log_channel: Mapped[str | None] = mapped_column(SLACK_ID, default=None)
    """Where the product tells admins what it did by itself: what was caught up after downtime."""
    settings_version: Mapped[int] = mapped_column(default=0)
    """Grows with every change of the settings: of two admins who change at once, the later is asked to look again."""
    set_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    """When an admin finished the first set-up in App Home."""
    url: Mapped[str] = mapped_column(sa.String(200), default="")
    """How links into the workspace begin, as ``auth.test`` tells it; empty while nobody has asked."""

    @property
    def summit(self) -> SummitTime:
        return SummitTime(self.summit_week, self.summit_weekday, self.summit_at, self.summit_minutes)


class Member(Base, kw_only=True):
    """A person as Slack last described them; their name is shown where a mention would ping."""

    __tablename__ = "members"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "slack_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
    name: Mapped[str] = mapped_column(sa.String(200))
    zone: Mapped[str] = mapped_column(sa.String(64), default="")
    is_bot: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_deactivated: Mapped[bool] = mapped_column(default=False)


class Role(StrEnum):
    """What a person may do beyond asking. Desk membership is kept per desk."""

    LEADER = "leader"
    ADMIN = "admin"


class RoleGrant(Base, kw_only=True):
    """A leader or an admin of the workspace."""

    __tablename__ = "role_grants"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "slack_id", "role"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
    role: Mapped[Role] = mapped_column(enum_column(Role, "role"))


@dataclass(frozen=True)
class Actor:
    """Who acts right now: checked at the act, never remembered from a drawn button."""

    tenant_id: int
    slack_id: str
    name: str
    zone: str = "UTC"
    roles: frozenset[Role] = field(default=frozenset())
    desk_ids: frozenset[int] = field(default=frozenset())
    is_zone_known: bool = True
    """Whether ``zone`` is the person's own; else it is the workspace's."""
    is_outsider: bool = False
    """A guest, or an account that was deactivated."""

    def is_on_desk(self, desk_id: int) -> bool:
        return desk_id in self.desk_ids
