"""People who want to know each other's day: who wants to, and the pairs that were made of them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime, enum_column
from models.pairing import PairKind, PairState


class PairWish(Base, kw_only=True):
    """A person who wants to be paired. No row, no pair: nobody is paired who did not say so."""

    __tablename__ = "pair_wishes"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "slack_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    slack_id: Mapped[str] = mapped_column(SLACK_ID)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class PairRound(Base, kw_only=True):
    """One month's pairing of one workspace: made once, however many ask."""

    __tablename__ = "pair_rounds"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "month"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    month: Mapped[date]
    """The first day of its month."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Pair(Base, kw_only=True):
    """Two people, one from Sales and one from Operations, who are asked to meet in a month."""

    __tablename__ = "pairs"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "month", "sales", "ops"), sa.Index(None, "tenant_id", "month"))

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    month: Mapped[date]
    kind: Mapped[PairKind] = mapped_column(enum_column(PairKind, "kind"))
    sales: Mapped[str] = mapped_column(SLACK_ID)
    ops: Mapped[str] = mapped_column(SLACK_ID)
    met_in: Mapped[int] = mapped_column(default=0)
    """Of a ride-along: in how many hard requests the two met in the quarter before."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[PairState] = mapped_column(enum_column(PairState, "state"), default=PairState.OPEN)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
