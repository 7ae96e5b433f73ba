"""The turn line: who is waited for, how much working time they have left, until when. The line people learn to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.phrases import amount_of, cut, due, escape, inline, when, working_span
from bot.blocks.words import status_word, waiting_for
from models.business_calendar import NoWorkingTimeAhead
from models.i18n import _
from models.lifecycle import Status
from models.service_level import ClockKind, Holder

if TYPE_CHECKING:
    from datetime import datetime

    from models.business_calendar import BusinessCalendar
    from models.commitment import Commitment
    from models.picture import Picture
    from models.request_clock import RequestClock


def turn_line(picture: Picture, as_of: datetime, *, reader: Holder = Holder.DESK) -> str:
    """Return the line in mrkdwn; ``reader`` is the side it speaks to (“Waiting on you”), NOBODY for who looks on."""
    clock = picture.clock
    if not picture.request.status.is_open:
        return _closed_line(picture)
    if clock is None:
        return _("*Nobody's turn* right now")
    if not is_running(clock, as_of):
        return _nobody_until(picture, clock)
    hours = picture.hours_of(clock.holder)
    parts = [f"*{_whose(picture, clock.holder, reader)}*", due_words(clock, hours, as_of, reader)]
    if clock.kind is ClockKind.ANSWER and picture.request.owner and reader is Holder.DESK:
        parts.append(_("{name} is on it").format(name=name_in(picture, picture.request.owner)))
    now = [*_put_off(picture, clock, as_of), *_away_now(picture, clock), *_closed_now(picture, clock, as_of)]
    return " · ".join([*parts, *now])


def is_running(clock: RequestClock, as_of: datetime) -> bool:
    """Whether the wait has begun: the question about an outcome starts when its day nears its end."""
    return clock.kind is not ClockKind.OUTCOME or as_of >= clock.started_at


def due_words(clock: RequestClock, calendar: BusinessCalendar, as_of: datetime, reader: Holder = Holder.NOBODY) -> str:
    """Say what is due when, and the working time left, in mrkdwn.

    Once it is overdue it says since when and no span: nobody draws it again when the next minute has passed.
    """
    what = waiting_for(clock.kind, reader)
    if as_of >= clock.deadline_at:
        return _overdue(clock, what, calendar.zone)
    left = working_span(calendar.between(as_of, clock.deadline_at))
    until = due(clock.deadline_at, calendar.zone, as_of)
    return _("{what}: {left} left, until {when}").format(what=what, left=left, when=until)


def _overdue(clock: RequestClock, what: str, zone: str) -> str:
    since = when(clock.deadline_at, zone)
    if clock.kind is ClockKind.DECISION:
        return _("the offer held until {when} and has lapsed").format(when=since)
    return _("{what} overdue since {when}").format(what=what, when=since)


def name_in(picture: Picture, slack_id: str | None) -> str:
    """Return a person's plain name for mrkdwn: shown, never mentioned."""
    return inline(picture.name_of(slack_id), 80)


def desk_name(picture: Picture) -> str:
    return inline(picture.desk.name, 80)


def lot_of(picture: Picture, clock: RequestClock | None) -> Commitment | None:
    """Return the committed lot a clock asks about."""
    wanted = None if clock is None else clock.commitment_id
    return next((lot for lot in picture.commitments if lot.id == wanted), None)


def _whose(picture: Picture, holder: Holder, reader: Holder) -> str:
    if holder is Holder.DESK:
        return _("Waiting on {desk}").format(desk=desk_name(picture))
    if reader is Holder.REQUESTER:
        return _("Waiting on you")
    return _("Waiting on {name}, Sales").format(name=name_in(picture, picture.request.requester))


def _put_off(picture: Picture, clock: RequestClock, as_of: datetime) -> list[str]:
    """Say that the holder asked not to be reminded yet."""
    until = clock.snoozed_until
    if until is None or until <= as_of:
        return []
    by, zone = name_in(picture, clock.snoozed_by), picture.hours_of(clock.holder).zone
    return [_("reminder put off until {when} by {name}").format(when=when(until, zone), name=by)]


def _away_now(picture: Picture, clock: RequestClock) -> list[str]:
    """Say that the person whose turn it is is away, and who acts for them."""
    person = picture.request.requester if clock.holder is Holder.REQUESTER else picture.request.owner
    gone = picture.away.get(person or "")
    if gone is None:
        return []
    if gone.deputy is None:
        until = when(gone.until, picture.calendar.zone)
        return [_("{name} is away until {when}").format(name=name_in(picture, person), when=until)]
    return [
        _("{name} is away: {deputy} stands in").format(
            name=name_in(picture, person), deputy=name_in(picture, gone.deputy)
        )
    ]


def _closed_now(picture: Picture, clock: RequestClock, as_of: datetime) -> list[str]:
    hours = picture.hours_of(clock.holder)
    opens = opens_again(hours, as_of)
    if opens is None:
        return []
    sentence = _("the desk is closed until {when}")
    if clock.holder is Holder.REQUESTER:
        sentence = _("Sales is back at work {when}")
    return [sentence.format(when=when(opens, hours.zone))]


def opens_again(calendar: BusinessCalendar, as_of: datetime) -> datetime | None:
    """Return when a closed desk opens; None when it is open, or has no hours ahead at all."""
    try:
        return None if calendar.is_open(as_of) else calendar.next_open(as_of)
    except NoWorkingTimeAhead:
        return None


def _nobody_until(picture: Picture, clock: RequestClock) -> str:
    asked_at = opens_again(picture.calendar, clock.started_at) or clock.started_at
    until, lot = when(asked_at, picture.calendar.zone), lot_of(picture, clock)
    if lot is None:
        return _("*Nobody's turn* until {when}").format(when=until)
    return _("*Nobody's turn* until {when}; then {desk} says whether {quantity} shipped").format(
        when=until, desk=desk_name(picture), quantity=escape(amount_of(picture.request.ask, lot.quantity, lot.line))
    )


def _closed_line(picture: Picture) -> str:
    request = picture.request
    word = status_word(request.status)
    if request.closed_at is None:
        return _("*Closed:* {status}").format(status=word)
    return _("*Closed* {when}: {status}").format(when=when(request.closed_at, picture.calendar.zone), status=word)


def is_lapsed(picture: Picture, as_of: datetime) -> bool:
    """Whether the open offer's time is over: nobody can take it any more."""
    offer = picture.offer
    return picture.request.status is Status.OFFERED and offer is not None and as_of >= offer.valid_until


def short_name(text: str, limit: int = 40) -> str:
    """Return a customer's name for a label, cut to fit beside another."""
    return cut(" ".join(text.split()) or "–", limit)
