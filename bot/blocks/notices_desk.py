"""Direct messages to the desk member who took a request: only when it is the desk's turn again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.blocks.buttons import card_buttons, details_button, lot_button
from bot.blocks.elements import actions, compose, context, section
from bot.blocks.forms_clock import turn_menu
from bot.blocks.lots import open_lots, shipped_words
from bot.blocks.notices_requester import is_in_other_hands, is_over, subject_of, your_turn
from bot.blocks.phrases import amount_of, day, escape, quote
from bot.blocks.story import commitment_of, entry_of, sentence
from bot.blocks.turns import lot_of, turn_line
from models.commitment import Outcome
from models.i18n import _
from models.lifecycle import Status
from models.service_level import Holder

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Message
    from models.commitment import Commitment
    from models.picture import Picture

_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,30}")


def desk_turn(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell what Sales answered or refused, and offer the same moves as the card."""
    entry = entry_of(picture, facts)
    happened = [section(sentence(picture, entry))] if entry else _newest_words(picture)
    if picture.request.status is not Status.ACKNOWLEDGED or is_over(picture, facts):
        label = f"*{picture.request.label}* ({subject_of(picture)})"
        return compose([section(label), *happened])
    turn = context(turn_line(picture, as_of))
    return compose([section(your_turn(picture)), *happened, turn, *card_buttons(picture, as_of)])


def handed_over(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell who holds it from now on, in the words of who handed it over, and offer the same moves as the card."""
    entry = entry_of(picture, facts)
    happened = [section(sentence(picture, entry))] if entry else []
    if not picture.request.status.is_open or is_in_other_hands(picture, facts):
        label = f"*{picture.request.label}* ({subject_of(picture)})"
        return compose([section(label), *happened])
    lead = _("*You hold {label} from now on* ({subject})").format(
        label=picture.request.label, subject=subject_of(picture)
    )
    turn = context(turn_line(picture, as_of))
    return compose([section(lead), *happened, turn, *card_buttons(picture, as_of)])


def card_moved(picture: Picture, facts: dict[str, Any], _as_of: datetime) -> Message:
    """Draw what stays where the card was: where it went, and nothing to press."""
    entry = entry_of(picture, facts)
    channel = str(entry.facts.get("channel", "")) if entry else ""
    lead = f"*{picture.request.label}* ({subject_of(picture)})"
    there = _("It is answered in <#{channel}> now.").format(channel=channel) if _CHANNEL.fullmatch(channel) else ""
    said = [section("\n".join(filter(None, [sentence(picture, entry), there])))] if entry else []
    return compose([section(lead), *said])


def withdrawn(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell who works on it to stop, in the words of who withdrew it."""
    lead = _("*{label} is withdrawn: nothing more to do.* ({subject})").format(
        label=picture.request.label, subject=subject_of(picture)
    )
    entry = entry_of(picture, facts)
    said = [section(sentence(picture, entry))] if entry else _newest_words(picture)
    return compose([section(lead), *said, context(turn_line(picture, as_of))])


def _newest_words(picture: Picture) -> list[dict[str, Any]]:
    said = picture.request.information or picture.request.closing_word
    return [section(quote(said))] if said else []


def outcome_wanted(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Ask what became of a lot whose day ends; once it is known, say so instead."""
    lot = _asked_about(picture, facts) or lot_of(picture, picture.clock) or next(iter(open_lots(picture)), None)
    turn = context(turn_line(picture, as_of))
    if lot is None:
        return compose([section(your_turn(picture)), turn])
    if lot.outcome is not Outcome.OPEN:
        return compose([section(_reported(picture, lot))])
    if picture.request.status is not Status.AGREED:
        return compose([section(f"*{picture.request.label}* ({subject_of(picture)})"), turn])
    menu = turn_menu(picture, as_of, Holder.DESK)
    buttons = actions([lot_button(picture, lot, primary=True), details_button(picture), menu])
    return compose([section(_did_it_ship(picture, lot)), turn, *buttons])


def _asked_about(picture: Picture, facts: dict[str, Any]) -> Commitment | None:
    """Return the lot to ask about: of several that one message asks about, the first that is open."""
    asked = facts.get("lots", [])
    unreported = [lot for lot in open_lots(picture) if lot.id in asked]
    return next(iter(unreported), None) or commitment_of(picture, facts)


def _did_it_ship(picture: Picture, lot: Commitment) -> str:
    return _("*Did it ship?* {quantity} for {label} ({subject}) were committed for {day}.").format(
        quantity=_amount(picture, lot),
        label=picture.request.label,
        subject=subject_of(picture),
        day=day(lot.committed_ship_date),
    )


def _reported(picture: Picture, lot: Commitment) -> str:
    shipped = shipped_words(lot, picture.request.ask.line(lot.line).unit)
    return _("*{label}*, the {quantity} committed for {day}: {shipped}. Thank you.").format(
        label=picture.request.label,
        quantity=_amount(picture, lot),
        day=day(lot.committed_ship_date),
        shipped=escape(shipped),
    )


def _amount(picture: Picture, lot: Commitment) -> str:
    return escape(amount_of(picture.request.ask, lot.quantity, lot.line))
