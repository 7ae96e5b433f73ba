"""Who did what last, as a sentence: the one who came second is told who came first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from models import Member, TimelineEntry
from models.i18n import _
from models.lifecycle import Move

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import ExpediteRequest
    from models.tenant import Actor

_LAST = (
    sa.select(TimelineEntry, Member.name)
    .outerjoin(Member, sa.and_(Member.tenant_id == TimelineEntry.tenant_id, Member.slack_id == TimelineEntry.by))
    .where(
        TimelineEntry.request_id == sa.bindparam("request_id"),
        TimelineEntry.by.is_not(None),
        TimelineEntry.undone_at.is_(None),
    )
    .order_by(TimelineEntry.id.desc())
    .limit(1)
)


def last_step(session: Session, request: ExpediteRequest, actor: Actor, at: datetime) -> str:
    """A sentence such as “Jonas Keller committed it at 09:31.”, in the reader's own time."""
    found = session.execute(_LAST, {"request_id": request.id}).one_or_none()
    if found is None:
        return ""
    entry, name = found
    return sentence_of(entry, name, actor, at)


def sentence_of(entry: TimelineEntry, name: str | None, actor: Actor, at: datetime) -> str:
    """What an entry says, to this reader. A person whose name is not known goes by their id."""
    who = _("You") if entry.by == actor.slack_id else name or entry.by
    return _words(entry.move).format(name=who, when=_when(entry.at, actor.zone, at))


def _when(moment: datetime, zone: str, at: datetime) -> str:
    there = moment.astimezone(ZoneInfo(zone))
    if there.date() == at.astimezone(ZoneInfo(zone)).date():
        return _("at {time}").format(time=f"{there:%H:%M}")
    return _("on {day} at {time}").format(day=f"{there:%a} {there.day} {there:%b}", time=f"{there:%H:%M}")


def _words(move: Move) -> str:
    words = {
        Move.ASK: _("{name} asked {when}."),
        Move.ACKNOWLEDGE: _("{name} acknowledged it {when}."),
        Move.NAME_ANSWER_TIME: _("{name} named a time for the answer {when}."),
        Move.ASK_INFORMATION: _("{name} asked a question {when}."),
        Move.GIVE_INFORMATION: _("{name} answered the question {when}."),
        Move.COMMIT: _("{name} committed it {when}."),
        Move.OFFER: _("{name} made an offer {when}."),
        Move.ACCEPT: _("{name} accepted the offer {when}."),
        Move.REFUSE: _("{name} refused the offer {when}."),
        Move.COUNTER: _("{name} proposed something else {when}."),
        Move.DECLINE: _("{name} declined it {when}."),
        Move.WITHDRAW: _("{name} withdrew it {when}."),
        Move.CANCEL: _("{name} cancelled it for the customer {when}."),
        Move.REPORT_RISK: _("{name} warned that it may slip {when}."),
        Move.RECOMMIT: _("{name} committed another day {when}."),
        Move.TAKE_NEW_DATE: _("{name} took another day {when}."),
        Move.NAME_BUMPED: _("{name} named what is pushed back {when}."),
        Move.THANK: _("{name} said thanks {when}."),
        Move.CUSTOMER_SAID: _("{name} passed on what the customer said {when}."),
        Move.UNDO: _("{name} took a step back {when}."),
        Move.HAND_OVER: _("{name} handed it over {when}."),
        Move.TAKE: _("{name} took it on {when}."),
        Move.REASSIGN: _("{name} moved it to another desk {when}."),
        Move.MEDIATE: _("{name} took part in the mediation {when}."),
        Move.STILL_ON_IT: _("{name} said it is still being worked on {when}."),
        Move.EDIT: _("{name} changed what is asked {when}."),
        Move.ANSWER: _("{name} answered it {when}."),
        Move.ASK_ANEW: _("{name} changed what is asked {when}."),
        Move.SNOOZE: _("{name} put a reminder off {when}."),
        Move.VOUCH: _("{name} confirmed what it asks for {when}."),
        Move.CORRECT: _("{name} said what is not right {when}."),
    }
    return words.get(move, _("{name} reported what shipped {when}."))
