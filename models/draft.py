"""Answers on the way: kept between the steps of a form, so that nothing typed is lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.ask import MOST_LINES
from models.base import BIG_ID, SLACK_ID, Base, UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Mapping

LINES = "lines"
"""Answer that counts the lines asked about."""
EDITS, EDITS_LABEL, EDITS_VERSION = "edits", "edits_label", "edits_version"
"""Answers that say which request a form changes, how people call it, and which version its writer has seen."""
INQUIRY = "inquiry"
"""Answer that names the question a request is made of."""
KIND = "kind"
"""Answer that says whether a form asks a question before a promise."""
ROUND = "round"
"""Answer that counts how often a form was filled in for somebody: its questions are numbered anew by it."""


def lines_in(answers: Mapping[str, Any]) -> int:
    """How many lines a form asks about."""
    try:
        return min(max(int(answers.get(LINES) or 1), 1), MOST_LINES)
    except (TypeError, ValueError):
        return 1


class Draft(Base, kw_only=True):
    """One form being filled in. ``answers`` are plain JSON by field name."""

    __tablename__ = "drafts"
    __table_args__ = (sa.Index(None, "tenant_id", "owner"), sa.Index(None, "updated_at"))

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, init=False)
    tenant_id: Mapped[int] = mapped_column(sa.ForeignKey("tenants.id"))
    owner: Mapped[str] = mapped_column(SLACK_ID)
    answers: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("expedite_requests.id"), default=None)
    """Set once sent: a second press finds the request instead of making another."""
