"""The desk answers, short of an offer: it acknowledges, asks back, commits as asked or declines."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.services import following_up, turns
from bot.services.agreement import agree, lots_as_facts
from bot.services.case import open_case, record, responded, stop_clocks, tell
from bot.services.inquiries import available
from bot.services.proposals import close_open_offer
from bot.services.texts import optional, required
from models import queries
from models.ask import FURTHEST
from models.errors import Field, FormRefused, MoveNotAllowed
from models.i18n import _
from models.lifecycle import Move
from models.offer import OfferState, as_asked
from models.outbox import Notice
from models.service_level import ClockKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import ExpediteRequest
    from models.lifecycle import How
    from models.tenant import Actor


def acknowledge(
    session: Session, actor: Actor, request_id: int, *, at: datetime, how: How, source_ts: str | None = None
) -> ExpediteRequest:
    """“We look into it”: the answer clock starts with what the service level gives."""
    case = open_case(session, actor, request_id, Move.ACKNOWLEDGE, at=at, how=how, source_ts=source_ts)
    stop_clocks(case)
    responded(case, answered=False)
    record(case, Move.ACKNOWLEDGE, start_answer(case))
    return case.request


def name_answer_time(
    session: Session,
    actor: Actor,
    request_id: int,
    answer_due_at: datetime,
    *,
    at: datetime,
    how: How,
    source_ts: str | None = None,
) -> ExpediteRequest:
    """Name the time by which the answer comes; raises :class:`FormRefused` outside the desk's hours or in the past."""
    case = open_case(session, actor, request_id, Move.NAME_ANSWER_TIME, at=at, how=how, source_ts=source_ts)
    problem = _answer_time_problem(case, answer_due_at)
    if problem:
        raise FormRefused({Field.ANSWER_DUE: problem})
    stop_clocks(case)
    responded(case, answered=False)
    record(case, Move.NAME_ANSWER_TIME, start_answer(case, deadline=answer_due_at))
    return case.request


def ask_information(
    session: Session,
    actor: Actor,
    request_id: int,
    question: str,
    *,
    at: datetime,
    how: How,
    source_ts: str | None = None,
) -> ExpediteRequest:
    """Ask Sales back: the clock moves over to them until they answer."""
    case = open_case(session, actor, request_id, Move.ASK_INFORMATION, at=at, how=how, source_ts=source_ts)
    asked = required(question, Field.QUESTION, _("What do you need to know? Write the question."))
    stop_clocks(case)
    responded(case, answered=False)
    case.request.question, case.request.information, case.request.answer_due_at = asked, "", None
    turns.start(session, case.request, ClockKind.INFORMATION, case.terms, at=at)
    entry = record(case, Move.ASK_INFORMATION, {"question": asked})
    tell(case, case.request.requester, Notice.QUESTION_FOR_YOU, entry)
    return case.request


def commit_as_asked(
    session: Session, actor: Actor, request_id: int, *, at: datetime, how: How, source_ts: str | None = None
) -> ExpediteRequest:
    """Commit the whole quantity for the day it is needed: nothing is left to accept."""
    case = open_case(session, actor, request_id, Move.COMMIT, at=at, how=how, source_ts=source_ts)
    request = case.request
    queries.load_lines(session, [request])
    lots = as_asked(request.ask)
    if min(lot.ship_date for lot in lots) < case.terms.calendar.local_day(at):
        raise MoveNotAllowed(
            _("The day {label} was needed has passed. Offer what you can ship, and when.").format(label=request.label)
        )
    if request.ask.is_inquiry:
        return available(case, [lots])
    stop_clocks(case)
    closed = close_open_offer(case, OfferState.REPLACED)
    agree(case, lots, made_by=actor.slack_id)
    responded(case, answered=True)
    entry = record(case, Move.COMMIT, {"lots": lots_as_facts(lots)}, closed=closed)
    tell(case, request.requester, Notice.COMMITTED, entry)
    return request


def decline(
    session: Session,
    actor: Actor,
    request_id: int,
    reason: str,
    alternative: str = "",
    *,
    no_alternative: bool = False,
    at: datetime,
    how: How,
) -> ExpediteRequest:
    """Say no with a reason, and with an alternative or the explicit word that there is none."""
    case = open_case(session, actor, request_id, Move.DECLINE, at=at, how=how)
    why = required(reason, Field.DECLINE_REASON, _("Why is it not possible? Sales passes the reason on."))
    instead = optional(alternative, Field.ALTERNATIVE)
    if not instead and not no_alternative:
        raise FormRefused(
            {Field.ALTERNATIVE: _("Name something you could do instead, or tick that there is no alternative.")}
        )
    stop_clocks(case)
    closed = close_open_offer(case, OfferState.CLOSED)
    responded(case, answered=True)
    case.request.decline_reason, case.request.alternative = why, instead
    facts = {"reason": why, "alternative": instead, "no_alternative": not instead}
    entry = record(case, Move.DECLINE, facts, closed=closed)
    tell(case, case.request.requester, Notice.DECLINED, entry)
    return case.request


def start_answer(case: Case, *, target_secs: int | None = None, deadline: datetime | None = None) -> dict[str, Any]:
    """Start the clock of the desk's answer; gives the facts to note."""
    clock = turns.start(
        case.session,
        case.request,
        ClockKind.ANSWER,
        case.terms,
        at=case.at,
        target_secs=target_secs,
        deadline=deadline,
    )
    following_up.begin(case, promised_for=deadline)
    case.request.answer_due_at = clock.deadline_at
    return {"answer_due_at": clock.deadline_at.isoformat()}


def _answer_time_problem(case: Case, named: datetime) -> str:
    calendar = case.terms.calendar
    if named <= case.at:
        return _("This time has passed. Choose a later one.")
    if named > case.at + FURTHEST:
        return _("This time is more than two years away. Check the year.")
    longest = case.terms.levels.longest_answer_secs
    if calendar.between(case.at, named) > longest:
        return _("The desk promises an answer by {latest} at the latest. Name a time until then.").format(
            latest=_said(calendar.add(case.at, longest), calendar.zone)
        )
    # "By 17:00" means the closing itself.
    if calendar.is_open(named) or calendar.is_open(named - timedelta(seconds=1)):
        return ""
    opening = calendar.next_open(named).astimezone(ZoneInfo(calendar.zone))
    return _("The desk is closed then; it opens {day} at {time}. Choose a time in its hours.").format(
        day=f"{opening:%a} {opening.day} {opening:%b}", time=f"{opening:%H:%M}"
    )


def _said(at: datetime, zone: str) -> str:
    there = at.astimezone(ZoneInfo(zone))
    return f"{there:%a} {there.day} {there:%b} {there:%H:%M}"
