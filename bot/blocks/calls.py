"""The line both sides read while a mediator is called in: who, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import context
from bot.blocks.phrases import when
from bot.blocks.turns import name_in
from models.i18n import _
from models.mediation import call_of, called

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Block
    from models.picture import Picture


def called_in(picture: Picture) -> list[Block]:
    """Return the line for cards while the turn a mediator was called in about goes on."""
    call = call_of(picture.timeline, picture.clocks)
    if call is None:
        return []
    person = called(call)
    name = name_in(picture, person) if person else ""
    return [context(called_words(name, call.at, picture.calendar.zone))]


def called_words(name: str, at: datetime, zone: str) -> str:
    """Say who was called in and when; ``name`` is safe already, empty for the leadership as a whole."""
    if not name:
        return _("the leadership was called in at {when}").format(when=when(at, zone))
    return _("{name} was called in at {when}").format(name=name, when=when(at, zone))
