"""What the writer of a message sees, and nobody else: that it reads like an ask, why, and the way into the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, compose, section
from bot.blocks.ids import Action
from bot.blocks.phrases import escape
from bot.reader.messages import Reason
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Message


def nudge(nudge_id: int, reasons: Sequence[Reason], *, is_admin: bool) -> Message:
    """Draw the one line under a message, with its reasons and what can be chosen."""
    said = _("Shall this go to Operations as an expedite request?")
    why = _reasons(reasons)
    buttons = [
        button(_("Open the form…"), Action.NUDGE_OPEN, nudge_id, primary=True),
        button(_("Not now"), Action.NUDGE_NOT_NOW, nudge_id),
        button(_("Not for me again"), Action.NUDGE_NEVER_ME, nudge_id),
    ]
    here = [button(_("Not in this channel"), Action.NUDGE_NEVER_HERE, nudge_id)] if is_admin else []
    return compose([section(f"{said} {why}".strip()), *actions([*buttons, *here])])


def never_again() -> Message:
    """Draw what a person sees who wants no more of it: how to have it back."""
    said = _("Understood: nothing you write will be asked about again, in any channel. `/expedite` is always there.")
    return compose([section(said), *actions([button(_("Ask me again"), Action.NUDGE_ME_AGAIN, 0)])])


def again() -> Message:
    return compose([section(_("Good: in watched channels you will be asked again."))])


def not_watched(channel: str) -> Message:
    """Draw what an admin sees who stopped the watching of a channel."""
    said = _("<#{channel}> is not watched any more. You can choose it again in `/expedite settings`.")
    return compose([section(said.format(channel=escape(channel)))])


def _reasons(reasons: Sequence[Reason]) -> str:
    """Say why a message was taken for an ask: that it asks for an earlier date, that it names an order."""
    words = _words()
    said = [words[reason] for reason in reasons if reason in words]
    return _("(It {reasons}.)").format(reasons="; ".join(said)) if said else ""


def _words() -> dict[Reason, str]:
    return {
        Reason.ASKS_EARLIER: _("asks for an earlier date"),
        Reason.ASKS_MORE: _("asks for more"),
        Reason.NAMES_ORDER: _("names an order"),
        Reason.NAMES_QUANTITY: _("names a quantity"),
        Reason.NAMES_DATE: _("names a day"),
        Reason.NAMES_CUSTOMER: _("names a customer"),
        Reason.IN_TROUBLE: _("tells of trouble at the customer"),
        Reason.PASSED_ON: _("passes on what somebody else wrote"),
    }
