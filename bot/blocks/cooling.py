"""What the writer of a sharp reply sees, and nobody else; and the way back to hints that somebody turned off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, compose, context, section
from bot.blocks.ids import Action
from bot.blocks.phrases import quote
from models.i18n import _
from models.nudge import Unwanted

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.ports import Block, Message


def sharp_reply(calmer: str) -> Message:
    """Offer other words for a reply; ``calmer`` are its own without what stings, or nothing where nothing is left."""
    lead = _("*A thought, for you alone:* this may read sharper than you meant it. Perhaps:")
    words = calmer or _("This is hard for us just now. What could we do together to get it moving?")
    note = _("Nobody else sees this, and it is not counted. To change your reply, edit it; or leave it as it is.")
    row = [
        button(_("Leave it"), Action.LEAVE_REPLY, 0),
        button(_("No such hints for me"), Action.NO_COOLING, 0),
    ]
    return compose([section(f"{lead}\n{quote(words)}"), context(note), *actions(row)])


def no_more() -> Message:
    """Draw what a person sees who wants no more of it: how to have it back."""
    said = _("Understood: no hints about your wording any more, neither for requests nor for replies.")
    return compose([section(said), *actions([_again(Unwanted.COACHING)])])


def on_again(what: Unwanted) -> Message:
    """Say what somebody gets again."""
    said = {
        Unwanted.COACHING: _("Good: you get hints about your wording again, now and then."),
        Unwanted.NUDGES: _("Good: in watched channels you will be asked again."),
    }
    return compose([section(said[what])])


def turned_off(left: Collection[Unwanted]) -> list[Block]:
    """Draw what somebody has turned off, each with the way back; nothing where they have not."""
    said = {
        Unwanted.COACHING: _("Hints about your wording are off."),
        Unwanted.NUDGES: _("You are not asked about what you write in watched channels."),
    }
    return [section(words, accessory=_again(what)) for what, words in said.items() if what in left]


def _again(what: Unwanted) -> Block:
    words = {Unwanted.COACHING: _("Show me hints again"), Unwanted.NUDGES: _("Ask me again")}[what]
    return button(words, Action.HINTS_AGAIN, what.value)
