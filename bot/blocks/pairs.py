"""Knowing each other: what two people are asked, and the choice whether to be paired at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, compose, context, section
from bot.blocks.ids import Action
from models.i18n import _, ngettext
from models.pairing import PairKind, PairState

if TYPE_CHECKING:
    from bot.ports import Block, Message
    from models.pair import Pair


def pair_message(pair: Pair, person: str) -> Message:
    """Ask one of the two to meet the other; what became of it replaces the buttons."""
    partner = pair.ops if person == pair.sales else pair.sales
    blocks = [section(_asked(pair, partner))]
    if pair.state is PairState.DONE:
        return compose([*blocks, context(_("*You met.* Thank you for taking the time."))])
    if pair.state is PairState.NOT_THIS_MONTH:
        later = _("*Not this month.* Nobody is told, and the next month asks anew.")
        return compose([*blocks, context(later), *actions([_done(pair)])])
    return compose(
        [
            *blocks,
            context(_("Only how many pairs met is counted, never who did not.")),
            *actions(
                [
                    _done(pair, primary=True),
                    button(_("Not this month"), Action.PAIR_NOT_NOW, pair.id),
                    button(_("Stop pairing me"), Action.PAIR_STOP, pair.id),
                ]
            ),
        ]
    )


def standing_message(*, is_wanted: bool, partner: str = "") -> Message:
    """Say what pairing is, whether one is in, and how to change that."""
    blocks = [section(_what())]
    if partner:
        blocks.append(section(_("This month you are asked to meet <@{partner}>.").format(partner=partner)))
    said = _("*You are in.* The next pairs are made on the first working day of the month.")
    pressed = button(_("Leave"), Action.PAIR_LEAVE, 0)
    if not is_wanted:
        said = _("*You are not in.* Nobody is paired who did not say so.")
        pressed = button(_("Join"), Action.PAIR_JOIN, 0, primary=True)
    return compose([*blocks, section(said), *actions([pressed])])


def home_pairs(*, is_wanted: bool) -> list[Block]:
    """Return the line of App Home that lets people in and out."""
    said = _("*Knowing each other:* meet somebody of the other side once a month.")
    pressed = button(_("Leave"), Action.PAIR_LEAVE, 0, spoken=_("Leave the monthly pairs"))
    if not is_wanted:
        pressed = button(_("Join"), Action.PAIR_JOIN, 0, spoken=_("Join the monthly pairs"))
    return [section(said, accessory=pressed)]


def _asked(pair: Pair, partner: str) -> str:
    if pair.kind is PairKind.RIDE_ALONG:
        times = ngettext("{n} hard request", "{n} hard requests", pair.met_in).format(n=pair.met_in)
        sentence = _(
            "*You and <@{partner}> met in {times} lately.* Spend half a day beside each other this month, and see what "
            "lands on the other's desk. Choose a day together."
        )
        return sentence.format(partner=partner, times=times)
    return _(
        "*Coffee with <@{partner}> this month?* Half an hour, no requests on the table. Choose a time together."
    ).format(partner=partner)


def _what() -> str:
    return _(
        "Once a month people of Sales and Operations who want to are asked to meet: those who met in hard requests for "
        "half a day beside each other, the others for a coffee. Nobody meets the same person twice in a quarter."
    )


def _done(pair: Pair, *, primary: bool = False) -> Block:
    return button(_("We met"), Action.PAIR_DONE, pair.id, primary=primary)
