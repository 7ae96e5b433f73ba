"""A desk: one operations team with its channel, its members, its working hours and its service levels.

Calendars and policies are never edited: a change is a new row with the next version, and a request keeps the rows it
was asked under. The past is never judged by new rules.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column
from models.business_calendar import BusinessCalendar
from models.service_level import ServiceLevels
from models.settings.document import MembersFrom

__all__ = ["Desk", "DeskCalendar", "DeskMember", "MembersFrom", "ServiceLevelPolicy"]


class DeskCalendar(Base, kw_only=True):
    """One version of a desk's working hours."""

    __tablename__ = "desk_calendars"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "name", "version"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    version: Mapped[int] = mapped_column(default=1)
    hours: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def calendar(self) -> BusinessCalendar:
        return BusinessCalendar.from_json(self.hours)


class ServiceLevelPolicy(Base, kw_only=True):
    """One version of what a desk promises about its own speed, in working time."""

    __tablename__ = "service_level_policies"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "name", "version"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    version: Mapped[int] = mapped_column(default=1)
    seconds: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def levels(self) -> ServiceLevels:
        return ServiceLevels.from_json(self.seconds)


class Desk(Base, kw_only=True):
    """One operations team."""

    __tablename__ = "desks"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "name"), sa.Index(None, "tenant_id", "channel_id"))

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    channel_id: Mapped[str] = mapped_column(SLACK_ID)
    calendar_id: Mapped[int] = mapped_column(sa.ForeignKey("desk_calendars.id"))
    policy_id: Mapped[int] = mapped_column(sa.ForeignKey("service_level_policies.id"))
    is_default: Mapped[bool] = mapped_column(default=False)
    hot_cap: Mapped[int] = mapped_column(default=8)
    members_from: Mapped[MembersFrom] = mapped_column(
        enum_column(MembersFrom, "members_from"), default=MembersFrom.CHANNEL
    )
    members_group: Mapped[str] = mapped_column(SLACK_ID, default="")
    """The Slack user group whose members answer, where ``members_from`` says so."""
    routing: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default_factory=dict)
    """Which requests come here by themselves; empty: those that no other desk takes, if it is the default one."""
    reactions: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default_factory=dict)
    """Which emoji mean what on its cards; what is not said is as usual."""
    next_morning_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    """When its next working morning begins, at which its due lots are told; None: nobody has looked yet."""
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    """A desk is never deleted: its requests remember it. From here on it takes no new ones."""


class DeskMember(Base, kw_only=True):
    """A person who may answer for a desk: by default, whoever is in its channel."""

    __tablename__ = "desk_members"
    __table_args__ = (sa.UniqueConstraint("desk_id", "slack_id"), sa.Index(None, "tenant_id", "slack_id"))

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    desk_id: Mapped[int] = mapped_column(sa.ForeignKey("desks.id"))
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
