"""Words that tell Operations what has to happen: their writer alone is shown a question, to take or to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.reader.messages import read_fields
from bot.services import opting_out
from models.errors import Field
from models.nudge import Unwanted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor

LEFT = "wording_left"
"""Among a draft's answers: that the writer keeps their own words."""


def is_wanted(session: Session, actor: Actor, answers: Mapping[str, Any], *, at: datetime) -> bool:
    """Whether to show other words for a draft: its own demand, and its writer has neither left them nor all help."""
    words = str(answers.get(Field.EXPECTATION) or "")
    if not words.strip() or answers.get(LEFT):
        return False
    tone = read_fields(words, now=at.astimezone(ZoneInfo(actor.zone or "UTC"))).demanding
    return tone is True and not opting_out.has_left(session, actor, Unwanted.COACHING)


def no_more(session: Session, actor: Actor, *, at: datetime) -> bool:
    """Show this person no other words any more, neither for a draft nor for a reply."""
    return opting_out.leave(session, actor, Unwanted.COACHING, at=at)


def again(session: Session, actor: Actor, what: str, *, at: datetime) -> bool:
    """Help this person again with what they had turned off."""
    return opting_out.come_back(session, actor, Unwanted(what), at=at)
