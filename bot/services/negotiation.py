"""Every move a person can make on a request, under one name, and the look that comes before a move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services.aftermath import keep_customer_said, name_bumped, say_thanks
from bot.services.answering import acknowledge, ask_information, commit_as_asked, decline, name_answer_time
from bot.services.case import require_possible, require_role
from bot.services.countering import commit_as_countered, counter
from bot.services.editing import change
from bot.services.following import recommit, report_risk, take_new_date
from bot.services.following_up import still_on_it
from bot.services.hands import hand_over, reassign, take
from bot.services.offers import offer
from bot.services.outcomes import report_outcome
from bot.services.replies import reply_received
from bot.services.settling import accept, give_information, refuse, withdraw
from bot.services.snoozing import snooze
from bot.services.submitting import submit
from bot.services.undo import undo
from models import queries
from models.lifecycle import Move

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.picture import Picture
    from models.tenant import Actor

__all__ = [
    "Move",
    "accept",
    "acknowledge",
    "ask_information",
    "change",
    "commit_as_asked",
    "commit_as_countered",
    "counter",
    "decline",
    "give_information",
    "hand_over",
    "keep_customer_said",
    "name_answer_time",
    "name_bumped",
    "offer",
    "picture_for",
    "reassign",
    "recommit",
    "refuse",
    "reply_received",
    "report_outcome",
    "report_risk",
    "say_thanks",
    "snooze",
    "still_on_it",
    "submit",
    "take",
    "take_new_date",
    "undo",
    "withdraw",
]


def picture_for(session: Session, actor: Actor, request_id: int, move: Move, *, at: datetime) -> Picture:
    """The request as a form for this move shows it.

    Raises what the move itself would raise: a form that cannot be sent is not opened.
    """
    request = queries.request(session, actor.tenant_id, request_id)
    require_role(session, actor, request, move, at)
    require_possible(session, actor, request, move, at)
    return queries.picture(session, request, at)
