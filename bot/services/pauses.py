"""How long a reminder is put off: three pauses, the last counted in the hours of the side whose turn it is."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.services.snoozing import snooze
from bot.services.terms import terms_of
from models import queries
from models.errors import MoveNotAllowed
from models.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import ExpediteRequest
    from models.business_calendar import BusinessCalendar
    from models.lifecycle import How
    from models.tenant import Actor


class Pause(StrEnum):
    """What a person can choose."""

    HALF_HOUR = "half_hour"
    TWO_HOURS = "two_hours"
    NEXT_MORNING = "next_morning"


ELAPSED = {Pause.HALF_HOUR: timedelta(minutes=30), Pause.TWO_HOURS: timedelta(hours=2)}


def put_off(
    session: Session, actor: Actor, request_id: int, pause: Pause, *, at: datetime, how: How
) -> ExpediteRequest:
    """Put the reminder of the turn that runs off; raises what :func:`snooze` raises."""
    request = queries.request(session, actor.tenant_id, request_id)
    running = queries.open_clocks(session, request.id)
    if not running:
        raise MoveNotAllowed(
            _("Nobody is waited for on {label} right now: there is no reminder to put off.").format(label=request.label)
        )
    hours = terms_of(session, request).hours_of(running[0].holder)
    return snooze(session, actor, request_id, wakes_at(pause, hours, at), at=at, how=how)


def wakes_at(pause: Pause, hours: BusinessCalendar, at: datetime) -> datetime:
    """When a pause ends: by the wall clock, or when the next working day's first shift begins."""
    if pause is not Pause.NEXT_MORNING:
        return at + ELAPSED[pause]
    today = hours.local_day(at)
    morning = hours.opening_time(today)
    if morning is None or morning <= at:
        morning = hours.opening_time(hours.next_working_day(today))
    assert morning is not None  # a working day has a shift
    return morning
