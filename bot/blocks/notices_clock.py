"""What the clock says aloud: a note at half time and at four fifths, at the breach, and the call to the leadership.

Here, and only here, people are mentioned on purpose: who holds the turn, from four fifths on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.blocks.alternatives import alternatives, choice_words
from bot.blocks.buttons import details_button, requester_buttons
from bot.blocks.cards import title
from bot.blocks.elements import actions, button, compose, context, section
from bot.blocks.facts import why_parts
from bot.blocks.ids import Action
from bot.blocks.notices_requester import since_then, turn, your_turn
from bot.blocks.phrases import due, escape, quote, when
from bot.blocks.turns import desk_name, due_words, name_in, turn_line
from bot.blocks.words import status_word, waiting_for
from models.i18n import _
from models.lifecycle import Status
from models.service_level import ClockKind, Holder, Step

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Block, Message
    from models.picture import Picture
    from models.request_clock import RequestClock

_GROUP_ID = re.compile(r"S[A-Z0-9]{1,30}")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{1,30}")


def clock_note(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Draw a note under the card. A note drawn after the answer says that it is answered."""
    clock = _clock(picture, facts)
    if clock is None:
        return compose([section(_settled(picture))])
    step = facts.get("step", Step.WARN_HALF)
    is_late = as_of >= clock.deadline_at
    lead = _lead(max(step, Step.BREACH) if is_late else step)
    said = _was_due(picture, clock, as_of) if is_late else due_words(clock, picture.hours_of(clock.holder), as_of)
    group = _group(facts)
    return compose([section(f"{lead} {group}{_holder(picture, clock, addressed=step >= Step.WARN_MOST)}: {said}")])


def _group(facts: dict[str, Any]) -> str:
    """Mention the user group that a step of the escalation reaches."""
    group = str(facts.get("group", ""))
    return f"<!subteam^{group}> " if _GROUP_ID.fullmatch(group) else ""


def _was_due(picture: Picture, clock: RequestClock, as_of: datetime) -> str:
    ended = due(clock.deadline_at, picture.calendar.zone, as_of)
    if clock.kind is ClockKind.DECISION:
        return _("the offer held until {when} and has lapsed").format(when=ended)
    return _("the {what} was due {when}").format(what=waiting_for(clock.kind), when=ended)


def _lead(step: int) -> str:
    if step >= Step.BREACH:
        return _("*Time is up.*")
    return _("*Little time left.*") if step >= Step.WARN_MOST else _("*Half the time is gone.*")


def _clock(picture: Picture, facts: dict[str, Any]) -> RequestClock | None:
    """Return the clock a message is about, as long as it runs."""
    if "clock" not in facts:
        return picture.clock
    return next((clock for clock in picture.clocks if clock.id == facts["clock"]), None)


def _holder(picture: Picture, clock: RequestClock, *, addressed: bool) -> str:
    holder = picture.request.requester if clock.holder is Holder.REQUESTER else picture.request.owner
    if holder is None:
        return desk_name(picture)
    return mention(picture, holder) if addressed else name_in(picture, holder)


def mention(picture: Picture, slack_id: str) -> str:
    """Return a mention that reaches one person; anything that is no id is shown as a name."""
    return f"<@{slack_id}>" if _SLACK_ID.fullmatch(slack_id) else name_in(picture, slack_id)


def follow_up(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Ask whether anybody is still on it. Once somebody said so, or answered, it asks no more."""
    clock, request = picture.follow_up, picture.request
    if request.status is not Status.ACKNOWLEDGED:
        return compose([section(_settled(picture))])
    if clock is None or clock.started_at.isoformat() != facts.get("since"):
        return compose([section(_("Asked whether anybody is still on it: somebody is."))])
    person = desk_name(picture) if request.owner is None else mention(picture, request.owner)
    said = _("*Still on it?* {person}: nothing was heard of {label} since {when}.").format(
        person=person, label=request.label, when=when(clock.started_at, picture.calendar.zone)
    )
    buttons = [
        button(_("Still on it"), Action.STILL_ON_IT, request.id, primary=True),
        button(_("Answer…"), Action.OPEN_REQUEST, request.id),
    ]
    return compose([section(said), context(turn_line(picture, as_of)), *actions(buttons)])


def turn_warning(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell Sales that their time runs out, with what they are asked and the buttons."""
    if _clock(picture, facts) is None:
        return since_then(picture)
    blocks = [section(your_turn(picture)), *_asked(picture), turn(picture, as_of)]
    return compose([*blocks, *requester_buttons(picture, as_of)])


def _asked(picture: Picture) -> list[Block]:
    offers, request = alternatives(picture), picture.request
    if offers:
        lots = choice_words(picture, offers, bold=True)
        return [section(_("{desk} can do {lots}.").format(desk=desk_name(picture), lots=lots))]
    if request.status is Status.INFO_NEEDED:
        return [section(quote(request.question))]
    return []


def escalation(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Call the leadership as mediator: what is asked, who owes what since when, what is at stake."""
    clock = _clock(picture, facts)
    lead = section(_("*Can you help?* {headline}").format(headline=escape(title(picture))))
    if clock is None:
        return compose([lead, section(_settled(picture)), context(turn_line(picture, as_of, reader=Holder.NOBODY))])
    blocks = [lead, section(_owed(picture, clock)), context(" · ".join(why_parts(picture.request.ask)))]
    return compose([*blocks, *actions([details_button(picture)])])


def _settled(picture: Picture) -> str:
    return _("Answered meanwhile: {status}.").format(status=status_word(picture.request.status))


def _owed(picture: Picture, clock: RequestClock) -> str:
    what = _("report on what shipped") if clock.kind is ClockKind.OUTCOME else waiting_for(clock.kind)
    sentence = _("{holder} owes the {what} since {when}. Asked by {name}. A word with both sides would help.")
    if clock.holder is Holder.REQUESTER:
        sentence = _("{holder} owes the {what} since {when}. A word with both sides would help.")
    return sentence.format(
        holder=_holder(picture, clock, addressed=True),
        what=what,
        when=when(clock.deadline_at, picture.calendar.zone),
        name=name_in(picture, picture.request.requester),
    )
