"""What can be done now, as buttons: one primary, two more, the rest in the menu. Drawn from the lifecycle's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.alternatives import alternatives, standing_counter
from bot.blocks.elements import actions, button, confirmation, option
from bot.blocks.forms_clock import turn_menu
from bot.blocks.ids import Action
from bot.blocks.lots import open_lots, split_words
from bot.blocks.phrases import amount_of, day, subject
from bot.blocks.turns import is_lapsed
from models.i18n import _
from models.lifecycle import Move, Status, allows
from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.ports import Block
    from models.commitment import Commitment
    from models.expedite_request import ExpediteRequest
    from models.offer import Offer
    from models.picture import Picture
    from models.tenant import Actor

BUTTONS, MENU_ENTRIES = 3, 5
MOVE_OF = {
    Action.ACKNOWLEDGE: Move.ACKNOWLEDGE,
    Action.NAME_ANSWER_TIME: Move.NAME_ANSWER_TIME,
    Action.COMMIT_AS_ASKED: Move.COMMIT,
    Action.OFFER: Move.OFFER,
    Action.ASK_INFORMATION: Move.ASK_INFORMATION,
    Action.GIVE_INFORMATION: Move.GIVE_INFORMATION,
    Action.DECLINE: Move.DECLINE,
    Action.ACCEPT: Move.ACCEPT,
    Action.COUNTER: Move.COUNTER,
    Action.COMMIT_COUNTER: Move.COMMIT,
    Action.REFUSE: Move.REFUSE,
    Action.WITHDRAW: Move.WITHDRAW,
    Action.REPORT_OUTCOME: Move.REPORT_OUTCOME,
    Action.REPORT_RISK: Move.REPORT_RISK,
    Action.NAME_BUMPED: Move.NAME_BUMPED,
    Action.EDIT_REQUEST: Move.EDIT,
}
_ON_THE_CARD = {
    Status.ASKED: (Action.ACKNOWLEDGE, Action.COMMIT_AS_ASKED, Action.OFFER, Action.ASK_INFORMATION),
    Status.ACKNOWLEDGED: (Action.COMMIT_AS_ASKED, Action.OFFER, Action.ASK_INFORMATION, Action.NAME_ANSWER_TIME),
    Status.INFO_NEEDED: (Action.GIVE_INFORMATION, Action.COMMIT_AS_ASKED, Action.OFFER, Action.ASK_INFORMATION),
    Status.OFFERED: (Action.ACCEPT, Action.REFUSE, Action.OFFER, Action.COMMIT_AS_ASKED),
}
_RARE = (Action.DECLINE, Action.COUNTER, Action.WITHDRAW)
BOTH_SIDES = frozenset({Holder.DESK, Holder.REQUESTER})
_FOR_SALES = (
    Action.ACCEPT,
    Action.COMPARE,
    Action.GIVE_INFORMATION,
    Action.COUNTER,
    Action.REFUSE,
    Action.WITHDRAW,
)
_MAIN = frozenset({Action.ACCEPT, Action.COMPARE, Action.GIVE_INFORMATION})
"""What a direct message asks for; other moves are there, and are not urged."""


def card_buttons(picture: Picture, as_of: datetime) -> list[Block]:
    """Return the row under a card; nothing once the request is closed."""
    if not picture.request.status.is_open:
        return []
    details = option(_("Show everything…"), f"{Action.OPEN_REQUEST}:{picture.request.id}")
    tell = option(_("What may the customer be told?"), f"{Action.TELL_CUSTOMER}:{picture.request.id}")
    clock = option(_("Clock, snooze, hand over…"), f"{Action.EXPLAIN}:{picture.request.id}")
    return _row(*_moves(picture, as_of, BOTH_SIDES), [tell, clock, details])


def moves_of(picture: Picture, as_of: datetime, viewer: Actor) -> list[Block]:
    """Return the row for one person: only what they may do; nothing for those who only look."""
    sides = {Holder.REQUESTER} if picture.acts_for(viewer.slack_id, picture.request.requester) else set()
    if viewer.is_on_desk(picture.request.desk_id):
        sides.add(Holder.DESK)
    return _row(*_moves(picture, as_of, sides), []) if picture.request.status.is_open else []


def _moves(picture: Picture, as_of: datetime, sides: Collection[Holder]) -> tuple[list[Block], list[Block]]:
    """Return the buttons and the menu entries of these sides, the likely next step first."""
    request = picture.request
    usual = _usual(picture)
    possible = [name for name in _possible(picture, as_of, (*usual, *_RARE)) if _side_of(name) in sides]
    shown = [name for name in possible if name not in _RARE][:BUTTONS] or possible[:1]
    row = [move_button(picture, name, primary=name is shown[0] and name not in _RARE) for name in shown]
    entries = [_entry(picture, name) for name in possible if name not in shown]
    if request.status is Status.AGREED and Holder.DESK in sides:
        bumped = option(_("Who gets pushed back…"), f"{Action.NAME_BUMPED}:{request.id}")
        entries = [*lot_entries(picture), *[_entry(picture, name) for name in possible], bumped]
        return _lot_buttons(picture), entries
    return row, entries


def _usual(picture: Picture) -> Sequence[Action]:
    """Return the moves of this status; what waits to be chosen or committed comes first."""
    usual = _ON_THE_CARD.get(picture.request.status, ())
    if len(alternatives(picture)) > 1:
        return (Action.COMPARE, *usual[1:])
    if standing_counter(picture) is not None:
        return (Action.COMMIT_COUNTER, Action.OFFER, *[name for name in usual if name is not Action.OFFER])
    return usual


def _side_of(name: Action) -> Holder:
    return Holder.REQUESTER if name in _FOR_SALES else Holder.DESK


def requester_buttons(picture: Picture, as_of: datetime) -> list[Block]:
    """Return what Sales can do now, for their direct messages."""
    possible = _possible(picture, as_of, _FOR_SALES)
    offers = alternatives(picture)
    if offers:
        take = Action.ACCEPT if len(offers) == 1 else Action.COMPARE
        possible = [name for name in possible if name in {take, Action.COUNTER, Action.REFUSE}]
    row = [move_button(picture, name, primary=name in _MAIN) for name in possible]
    menu = turn_menu(picture, as_of, Holder.REQUESTER)
    shown = row[: BUTTONS if offers else BUTTONS - 1]
    return actions([*shown, details_button(picture), menu]) if picture.request.status.is_open else []


def into_request_button(picture: Picture, *, primary: bool = False) -> Block:
    """Return the button that makes a request of a question and its answer."""
    return button(_("Ask for it…"), Action.TURN_INTO_REQUEST, picture.request.id, primary=primary)


def receipt_buttons(picture: Picture) -> list[Block]:
    """Return what a receipt is good for at any time; the moves of a turn stand in the message that announced it."""
    if picture.request.status is Status.ANSWERED:
        return actions([into_request_button(picture), details_button(picture)])
    if not picture.request.status.is_open:
        return []
    return actions([details_button(picture), *edit_button(picture), move_button(picture, Action.WITHDRAW)])


def edit_button(picture: Picture) -> list[Block]:
    """Return the button for changing what was asked, as long as nothing is agreed."""
    is_possible = allows(picture.request.status, Move.EDIT) and not picture.request.ask.is_inquiry
    return [move_button(picture, Action.EDIT_REQUEST)] if is_possible else []


def _possible(picture: Picture, as_of: datetime, names: Sequence[Action]) -> list[Action]:
    gone = {Action.ACCEPT, Action.COMPARE} if is_lapsed(picture, as_of) else set()
    status = picture.request.status
    return [name for name in names if allows(status, MOVE_OF.get(name, Move.ACCEPT)) and name not in gone]


def _row(row: Sequence[Block], entries: Sequence[Block], last: Sequence[Block]) -> list[Block]:
    more = [*entries[: MENU_ENTRIES - len(last)], *last]
    menu = [{"type": "overflow", "action_id": Action.MORE.value, "options": more}] if more else []
    return actions([*row[:BUTTONS], *menu])


def move_button(picture: Picture, name: Action, *, primary: bool = False) -> Block:
    """Return the button of a move, in the words of the person who would press it."""
    confirm = _commit_confirmation(picture) if name is Action.COMMIT_AS_ASKED else None
    confirm = _counter_confirmation(picture) if name is Action.COMMIT_COUNTER else confirm
    return button(label_of(picture, name), name, _value(picture, name), primary=primary, confirm=confirm)


def _value(picture: Picture, name: Action) -> str:
    """Return the request, and the very offer that is meant: nobody takes one that was changed meanwhile."""
    offers = alternatives(picture) if name is Action.ACCEPT else []
    counter = standing_counter(picture) if name is Action.COMMIT_COUNTER else None
    meant = offers[0] if len(offers) == 1 else counter
    return str(picture.request.id) if meant is None else f"{picture.request.id}:{meant.id}"


def take_button(picture: Picture, offer: Offer) -> Block:
    """Return the button that takes this alternative; its lots stand beside it."""
    spoken = _("Take offer {n}").format(n=offer.alternative)
    return button(_("Take this"), Action.ACCEPT, f"{picture.request.id}:{offer.id}", spoken=spoken)


def compare_button(picture: Picture) -> Block:
    return button(_("Side by side…"), Action.COMPARE, picture.request.id)


def details_button(picture: Picture) -> Block:
    return details_of(picture.request)


def details_of(request: ExpediteRequest) -> Block:
    return button(_("Show everything…"), Action.OPEN_REQUEST, request.id)


def record_button(picture: Picture) -> Block:
    """Return the button that sends the whole story as a file."""
    return button(_("Get the record"), Action.GET_RECORD, picture.request.id)


def tell_button(picture: Picture) -> Block:
    """Return the button that shows words for the customer."""
    return button(_("What may I tell them?"), Action.TELL_CUSTOMER, picture.request.id)


def customer_said_button(picture: Picture) -> Block:
    return button(_("What did the customer say?…"), Action.CUSTOMER_SAID, picture.request.id)


def thanks_button(picture: Picture) -> Block:
    return button(_("Say thanks…"), Action.THANK, picture.request.id)


def _entry(picture: Picture, name: Action) -> Block:
    return option(label_of(picture, name), f"{name}:{_value(picture, name)}")


def label_of(picture: Picture, name: Action) -> str:
    """Return the words on a button; “…” means that a form follows."""
    if name is Action.OFFER and picture.request.status is Status.OFFERED:
        return _("Change the offer…")
    if picture.request.ask.is_inquiry and name in {Action.COMMIT_AS_ASKED, Action.OFFER}:
        return _("Yes, possible") if name is Action.COMMIT_AS_ASKED else _("Say what is possible…")
    return {
        Action.ACKNOWLEDGE: _("We'll look into it"),
        Action.NAME_ANSWER_TIME: _("Name a time…"),
        Action.COMMIT_AS_ASKED: _("Commit as asked"),
        Action.OFFER: _("Offer something else…"),
        Action.ASK_INFORMATION: _("Ask a question…"),
        Action.GIVE_INFORMATION: _("Answer the question…"),
        Action.DECLINE: _("Decline…"),
        Action.ACCEPT: _("Take it"),
        Action.COMPARE: _("Compare and choose…"),
        Action.COUNTER: _("Propose something else…"),
        Action.COMMIT_COUNTER: _("Commit what Sales proposes"),
        Action.REFUSE: _("Refuse…"),
        Action.WITHDRAW: _("Withdraw the request…"),
        Action.EDIT_REQUEST: _("Change it…"),
    }[name]


def _commit_confirmation(picture: Picture) -> Block:
    """Say the commitment back: a button cannot be taken back as a reaction can."""
    ask = picture.request.ask
    if ask.is_inquiry:
        words = _("{subject}, by {day}: this says that it is possible now. Nothing is committed.")
        said = words.format(subject=subject(ask), day=day(ask.needed_ship_date))
        return confirmation(_("Possible as asked?"), said, _("Yes, possible"), _("Not yet"))
    said = _("Can you keep this? {subject}, shipped by {day}. Sales hears it at once.").format(
        subject=subject(ask), day=day(ask.needed_ship_date)
    )
    return confirmation(_("Commit as asked?"), said, _("Yes, we commit"), _("Not yet"))


def _counter_confirmation(picture: Picture) -> Block | None:
    counter = standing_counter(picture)
    if counter is None:
        return None
    said = _("Can you keep this? {lots}. Sales hears it at once.").format(
        lots=split_words(counter.splits, picture.request.ask)
    )
    return confirmation(_("Commit this?"), said, _("Yes, we commit"), _("Not yet"))


def _lot_buttons(picture: Picture) -> list[Block]:
    lots = open_lots(picture)
    if not lots:
        return []
    warn = button(_("May slip, or another day…"), Action.REPORT_RISK, picture.request.id)
    return [lot_button(picture, lots[0], primary=True), warn]


def lot_button(picture: Picture, lot: Commitment, *, primary: bool = False) -> Block:
    """Return the button that reports what became of a lot; its form names the lot, and so does its spoken label."""
    words, value = _("Shipped…"), _lot_value(picture, lot)
    return button(words, Action.REPORT_OUTCOME, value, primary=primary, spoken=f"{words} {_lot_label(picture, lot)}")


def _lot_label(picture: Picture, lot: Commitment) -> str:
    amount = amount_of(picture.request.ask, lot.quantity, lot.line)
    return _("{quantity} due {day}…").format(quantity=amount, day=day(lot.committed_ship_date))


def _lot_value(picture: Picture, lot: Commitment) -> str:
    return f"{picture.request.id}:{lot.id}"


def lot_entries(picture: Picture) -> list[Block]:
    """Return the menu entries of the lots that have no button."""
    return [
        option(_lot_label(picture, lot), f"{Action.REPORT_OUTCOME}:{_lot_value(picture, lot)}")
        for lot in open_lots(picture)[1:]
    ]
