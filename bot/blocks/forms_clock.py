"""The clock of a request: whose turn it is and what can be done about it, and under that the whole story, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.clock_lines import story_lines, sum_words
from bot.blocks.elements import actions, button, context, divider, header, modal, option, packed, plain, section
from bot.blocks.ids import Action, Callback
from bot.blocks.phrases import cut, due, inline, one_line, span, subject
from bot.blocks.turns import is_running, name_in, turn_line
from bot.blocks.words import waiting_for
from models.i18n import _
from models.lifecycle import Move, allows
from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.ports import Block, View
    from models.picture import ClockPicture, HomePicture, Picture
    from models.tenant import Actor

MOST_CHOICES = 100
"""Options Slack shows in one menu."""
STORY_PACK = 2_900


def clock_view(shown: ClockPicture, *, as_of: datetime, viewer: Actor) -> View:
    """Draw the clock for one person: their buttons on top, then what it is measured by, what counted, and why."""
    picture = shown.picture
    blocks = [
        header(_("Whose turn, and since when")),
        context(turn_line(picture, as_of, reader=side_of(picture, viewer))),
        *_snoozes(picture, as_of, viewer),
        *_hands(picture, viewer),
        divider(),
        *_measured(shown, as_of),
        *_told(shown),
        context(_counted_by(shown)),
    ]
    return modal(Callback.CLOCK, picture.request.label, blocks, metadata={"request": picture.request.id})


def side_of(picture: Picture, viewer: Actor) -> Holder:
    """Return the side whose turn is the viewer's own."""
    if picture.acts_for(viewer.slack_id, picture.request.requester):
        return Holder.REQUESTER
    return Holder.DESK if viewer.is_on_desk(picture.request.desk_id) else Holder.NOBODY


def snooze_words() -> dict[Action, str]:
    """Return the pauses a person can choose."""
    return {
        Action.SNOOZE_HALF_HOUR: _("Remind me in 30 min"),
        Action.SNOOZE_TWO_HOURS: _("Remind me in 2 h"),
        Action.SNOOZE_MORNING: _("Remind me next working morning"),
    }


def has_turn(picture: Picture, as_of: datetime, side: Holder) -> bool:
    """Whether it is this side's turn now: only who is waited for is reminded."""
    clock = picture.clock
    return clock is not None and clock.holder is side and is_running(clock, as_of)


def turn_menu(picture: Picture, as_of: datetime, side: Holder) -> Block:
    """Return the menu of a direct message about a turn: putting the reminder off, and the clock explained."""
    request_id = picture.request.id
    pauses = snooze_words() if has_turn(picture, as_of, side) else {}
    entries = [option(words, f"{action}:{request_id}") for action, words in pauses.items()]
    explain = option(_("Explain this clock…"), f"{Action.EXPLAIN}:{request_id}")
    return {"type": "overflow", "action_id": Action.MORE.value, "options": [*entries, explain]}


def _snoozes(picture: Picture, as_of: datetime, viewer: Actor) -> list[Block]:
    sides = {Holder.REQUESTER} if picture.acts_for(viewer.slack_id, picture.request.requester) else set()
    sides |= {Holder.DESK} if viewer.is_on_desk(picture.request.desk_id) else set()
    if not any(has_turn(picture, as_of, side) for side in sides):
        return []
    return actions([button(words, action, picture.request.id) for action, words in snooze_words().items()])


def _hands(picture: Picture, viewer: Actor) -> list[Block]:
    """Return what members of the desk can do about who has it."""
    request = picture.request
    if not viewer.is_on_desk(request.desk_id) or not request.status.is_open:
        return []
    holder = _("Nobody holds it yet.")
    if request.owner is not None:
        holder = _("{name} holds it.").format(name=name_in(picture, request.owner))
    row = [button(_("Hand over…"), Action.HAND_OVER, request.id)]
    if request.owner not in {None, viewer.slack_id}:
        row.insert(0, button(_("Take it over"), Action.TAKE, request.id))
    if allows(request.status, Move.REASSIGN):
        row.append(button(_("To another desk…"), Action.REASSIGN, request.id))
    return [section(holder), *actions(row)]


def _measured(shown: ClockPicture, as_of: datetime) -> list[Block]:
    """Return what the running turn is measured by, and what is left of it."""
    clock = shown.picture.clock
    if clock is None or not is_running(clock, as_of):
        return []
    left = _("{span} left").format(span=span(shown.left_secs))
    if shown.left_secs <= 0:
        left = _("no time left")
    said = _("*Measured by* {kind} within {target} of working time: due {when}, {left}").format(
        kind=waiting_for(clock.kind),
        target=span(clock.target_secs),
        when=due(clock.deadline_at, shown.picture.hours_of(clock.holder).zone, as_of),
        left=left,
    )
    return [section(said)]


def _told(shown: ClockPicture) -> list[Block]:
    lines = story_lines(shown.story)
    if not lines:
        return [section(_("Nothing was counted yet."))]
    sums = sum_words(shown.story.sums)
    return [*([section(sums)] if sums else []), *packed(lines, limit=STORY_PACK)]


def _counted_by(shown: ClockPicture) -> str:
    """Say by which hours and levels it was counted: they were frozen and do not change."""
    hours = [
        _("{name}, version {version}, {zone}").format(
            name=inline(one.name, 80), version=one.version, zone=inline(one.zone, 64)
        )
        for one in shown.hours
    ]
    name, version = shown.policy
    levels = _("Service levels: {name}, version {version}.").format(name=inline(name, 80), version=version)
    said = [_("Hours: {hours}.").format(hours="; ".join(hours))] if hours else []
    return " ".join([*said, levels, _("Nights and breaks do not count and are left out.")])


def clock_choice(home: HomePicture) -> list[Block]:
    """Return the menu that explains the clock of one of the requests that are listed."""
    lines = [*home.my_turn, *home.desk_turn, *home.my_waiting, *home.desk_waiting]
    labels = {line.request.id: f"{line.request.label} · {subject(line.request.ask)}" for line in lines}
    options = _options(labels.items())
    if not options:
        return []
    menu = {
        "type": "static_select",
        "action_id": Action.EXPLAIN_CHOSEN.value,
        "placeholder": plain(_("Explain the clock of…"), 150),
        "options": options,
    }
    return [menu]


def _options(labels: Iterable[tuple[int, str]]) -> list[Block]:
    return [option(cut(one_line(label), 75), str(request_id)) for request_id, label in labels][:MOST_CHOICES]
