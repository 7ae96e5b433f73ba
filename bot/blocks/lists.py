"""Answers to the command: open requests in a list, one request's status, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.buttons import details_button, record_button
from bot.blocks.calls import called_words
from bot.blocks.cards import body, title
from bot.blocks.cooling import turned_off
from bot.blocks.elements import actions, button, compose, context, header, packed, section
from bot.blocks.forms_clock import clock_choice
from bot.blocks.ids import Action
from bot.blocks.kept import kept_lines
from bot.blocks.phrases import amount_of, day_or_today, escape, inline, subject, when
from bot.blocks.turns import due_words, is_running, turn_line
from bot.blocks.words import status_word
from models.i18n import _
from models.lifecycle import Status
from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.ports import Block, Message
    from models.business_calendar import BusinessCalendar
    from models.commitment import Commitment
    from models.nudge import Unwanted
    from models.picture import HomeLine, HomePicture, Picture
    from models.request_clock import RequestClock

MOST_LINES = 10
"""Lines of one list: four lists of the longest names stay within a message's 50 blocks."""


def list_message(home: HomePicture, *, as_of: datetime) -> Message:
    """Draw everything open for one person, your turns first; an empty list says what to do."""
    groups = work_groups(home)
    if not any(lines for _title, lines in groups):
        none = _("*No open requests.* `/expedite` starts one; App Home shows what waits for you.")
        return compose([section(none), *actions([new_request_button(primary=True)])])
    blocks = [block for name, lines in groups if lines for block in _group(name, lines, as_of)]
    return compose([header(_("Open requests")), *blocks, *actions([*clock_choice(home), list_button()])])


def work_groups(home: HomePicture) -> list[tuple[str, Sequence[HomeLine]]]:
    """Return the lists of a person with their names: turns first, then what waits for others."""
    desk = escape(home.desk_name or "")
    return [
        (_("Your turn: {n}").format(n=_count(home, "my_turn")), home.my_turn),
        (_("{desk} · your turn: {n}").format(desk=desk, n=_count(home, "desk_turn")), home.desk_turn),
        (_("Your requests, nothing to do now: {n}").format(n=_count(home, "my_waiting")), home.my_waiting),
        (
            _("{desk} · waiting for Sales or the ship date: {n}").format(desk=desk, n=_count(home, "desk_waiting")),
            home.desk_waiting,
        ),
    ]


def _count(home: HomePicture, name: str) -> str:
    """Return how long a list is; of one that goes on, that it does."""
    n = len(getattr(home, name))
    return _("more than {n}").format(n=n) if name in home.cut_short else str(n)


def _group(name: str, lines: Sequence[HomeLine], as_of: datetime) -> list[Block]:
    left = len(lines) - MOST_LINES
    more = [_("and {n} more; App Home shows them").format(n=left)] if left > 0 else []
    return packed([f"*{name}*", *[two_lines(line, as_of) for line in lines[:MOST_LINES]], *more])


def two_lines(line: HomeLine, as_of: datetime) -> str:
    """Return one line of what and one of when, in mrkdwn."""
    request = line.request
    what = f"*{request.label}* · {escape(subject(request.ask))}"
    if line.instead_of:
        what += " · " + _("for {name}, who is away").format(name=inline(line.instead_of, 80))
    return f"{what}\n{_when_line(line, as_of)}"


def line_button(line: HomeLine) -> Block:
    """Return the likely next step of a line; whatever has more than one opens the request."""
    request = line.request
    action, words, value = Action.OPEN_REQUEST, _("Show…"), str(request.id)
    if line.is_my_turn and line.commitment is not None:
        action, words, value = Action.REPORT_OUTCOME, _("Shipped…"), f"{request.id}:{line.commitment.id}"
    elif line.is_my_turn and request.status is Status.ASKED:
        action, words = Action.ACKNOWLEDGE, _("We'll look into it")
    elif line.is_my_turn:
        words = _("Decide…") if request.status is Status.OFFERED else _("Answer…")
    return button(words, action, value, spoken=f"{words} {request.label}")


def _when_line(line: HomeLine, as_of: datetime) -> str:
    """Return the lot that comes next, if there is one, and what is due; where nothing is, how it stands."""
    reader = line.clock.holder if line.clock is not None and line.is_my_turn else Holder.NOBODY
    parts = [] if line.commitment is None else [_lot_words(line, line.commitment, as_of)]
    if line.clock is not None and is_running(line.clock, as_of):
        if line.waiting_on and not line.is_my_turn:
            parts.append(_("waiting on {name}").format(name=inline(line.waiting_on, 80)))
        hours = line.hours or line.calendar
        parts += [due_words(line.clock, hours, as_of, reader), *_put_off(line.clock, hours, as_of)]
    if line.called_at is not None:
        parts.append(called_words(inline(line.called, 80) if line.called else "", line.called_at, line.calendar.zone))
    return " · ".join(parts) or status_word(line.request.status)


def _put_off(clock: RequestClock, hours: BusinessCalendar, as_of: datetime) -> list[str]:
    until = clock.snoozed_until
    if until is None or until <= as_of:
        return []
    return [_("reminder put off until {when}").format(when=when(until, hours.zone))]


def _lot_words(line: HomeLine, lot: Commitment, as_of: datetime) -> str:
    sentence = _("{quantity} due {day}: shipped?") if line.is_my_turn else _("{quantity} due {day}")
    due_day = day_or_today(lot.committed_ship_date, line.calendar.local_day(as_of))
    return sentence.format(quantity=escape(amount_of(line.request.ask, lot.quantity, lot.line)), day=due_day)


def new_request_button(*, primary: bool = False) -> Block:
    return button(_("New expedite request"), Action.NEW_REQUEST, 0, primary=primary)


def list_button(shown: str = "list") -> Block:
    """Return the button that sends the list as a file: the whole list, or what the App Home shows of it."""
    return button(_("Get as CSV"), Action.GET_LIST, shown, spoken=_("Get the open requests as a CSV file"))


def status_message(picture: Picture, *, as_of: datetime) -> Message:
    """Draw one request for whoever asked for its status: the card without its moves."""
    blocks = [header(title(picture)), *body(picture), context(turn_line(picture, as_of))]
    kept = [section("\n".join(f"• {line}" for line in kept_lines(picture)))] if kept_lines(picture) else []
    link = [context(f"<{escape(picture.card_link)}|{_('The card and its thread')}>")] if picture.card_link else []
    return compose([*blocks, *kept, *link, *actions([details_button(picture), record_button(picture)])])


def help_message(left: Collection[Unwanted] = ()) -> Message:
    """Draw what the command can do, in one message; and the way back to what somebody has turned off."""
    return compose([*help_blocks(), *actions([new_request_button(primary=True)]), *turned_off(left)])


def help_blocks() -> list[Block]:
    lead = _("*Expedite Desk* asks Operations for what a customer needs sooner, and keeps track of the answer.")
    return [section(lead), section(_commands()), section(_by_hand())]


def _commands() -> str:
    lines = (
        _("`/expedite` opens the form; words after it fill it in: `/expedite 50 pcs GSK-7 for Contoso by Friday`"),
        _("`/expedite ask 50 pcs GSK-7 by Friday` asks what is possible, before you promise anything"),
        _("`/expedite list` shows the open requests"),
        _("`/expedite status EXP-42` shows one of them"),
        _("`/expedite scorecard` shows the figures you may see; `/expedite scorecard help` says what they mean"),
        _("`/expedite away` says when you are away and who stands in for you"),
        _("`/expedite digest 2026-W47` shows any week’s digest, as far as you may see it"),
        _("`/expedite raise …` puts a topic on the table of the next summit, with your name or without"),
        _("`/expedite pairs` lets you meet somebody of the other side once a month"),
        _("`/expedite help` shows this"),
        _("`/expedite settings` is for admins: desks, hours, service levels, people"),
    )
    return "\n".join(f"• {line}" for line in lines)


def _by_hand() -> str:
    return _(
        "On a message, *Turn into expedite* fills the form from its words. On a card, Operations may also react: "
        "👀 we'll look into it, ✅ commit as asked, ❓ a question, 🚫 decline, unless the desk chose other emoji. "
        "Removing the reaction takes it back."
    )
