"""Direct messages to the one who asked about what became of it: a lot that fell short, and the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.buttons import customer_said_button, details_button, tell_button, thanks_button
from bot.blocks.customer import committed_splits
from bot.blocks.elements import actions, compose, section, table
from bot.blocks.facts import asked_day
from bot.blocks.forms_customer import gap_warning
from bot.blocks.kept import kept_lines
from bot.blocks.lots import lot_rows, split_words
from bot.blocks.notices_requester import since_then, subject_of, turn
from bot.blocks.phrases import amount_of, day, escape, number, quote
from bot.blocks.story import commitment_of
from bot.blocks.turns import short_name
from bot.blocks.words import status_word
from models.commitment import Outcome
from models.i18n import _
from models.lifecycle import Status

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Block, Message
    from models.commitment import Commitment
    from models.picture import Picture

DELIVERED = frozenset({Status.FULFILLED, Status.PARTLY_FULFILLED})
SHORT = frozenset({Outcome.IN_PART, Outcome.LATE, Outcome.MISSED})


def shortfall(picture: Picture, facts: dict[str, Any], _as_of: datetime) -> Message:
    """Tell that less than committed, or later, has shipped, and what is still to come."""
    lot = commitment_of(picture, facts)
    if lot is None or lot.outcome not in SHORT:
        return since_then(picture)
    lead = f"*{picture.request.label}* ({subject_of(picture)})\n{_fell_short(picture, lot)} {_tell_them(picture)}"
    buttons = [tell_button(picture), details_button(picture)]
    return compose([section(lead), *_still_committed(picture), *gap_warning(picture), *actions(buttons)])


def _fell_short(picture: Picture, lot: Commitment) -> str:
    today = asked_day(picture)
    shipped = lot.quantity if lot.actual_quantity is None else lot.actual_quantity
    sentence = {
        Outcome.IN_PART: _("*{part} of the {whole} committed for {day} shipped.*"),
        Outcome.LATE: _("*The {whole} committed for {day} shipped late, on {actual}.*"),
    }.get(lot.outcome, _("*The {whole} committed for {day} did not ship.*"))
    return sentence.format(
        part=number(shipped),
        whole=escape(amount_of(picture.request.ask, lot.quantity, lot.line)),
        day=day(lot.committed_ship_date, today),
        actual=day(lot.actual_ship_date or lot.committed_ship_date, today),
    )


def _tell_them(picture: Picture) -> str:
    return _("You may want to tell {customer}.").format(customer=escape(short_name(picture.request.customer)))


def _still_committed(picture: Picture) -> list[Block]:
    splits = committed_splits(picture)
    if not splits:
        return []
    lots = escape(split_words(splits, picture.request.ask, asked_day(picture)))
    return [section(_("Still committed: {lots}.").format(lots=lots))]


def closed(picture: Picture, _facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell how it ended, lot by lot."""
    lead = _("*{label} is closed: {status}* ({subject})").format(
        label=picture.request.label, status=status_word(picture.request.status), subject=subject_of(picture)
    )
    lots = [table(lot_rows(picture))] if picture.commitments else []
    word = picture.request.closing_word
    said = [section(quote(word))] if word else []
    kept = [section("\n".join(f"• {line}" for line in kept_lines(picture)))] if kept_lines(picture) else []
    if picture.request.customer_said.strip():
        said.append(section(f"{_('The customer said:')}\n{quote(picture.request.customer_said)}"))
    short = [section(_tell_them(picture))] if any(lot.outcome in SHORT for lot in picture.commitments) else []
    thanks = [thanks_button(picture)] if picture.request.status in DELIVERED else []
    if not picture.request.customer_said.strip():
        thanks.append(customer_said_button(picture))
    tell = actions([*thanks, *([tell_button(picture)] if short else [])])
    return compose([section(lead), *lots, *kept, *said, *short, turn(picture, as_of), *tell])
