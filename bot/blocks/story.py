"""What happened, a sentence per timeline entry: the notes in a card's thread and the story of a request."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from bot.blocks.alternatives import instead_words
from bot.blocks.changes import told_of
from bot.blocks.facts import asked_day, came_from_words
from bot.blocks.lots import shipped_words, split_words
from bot.blocks.phrases import amount_of, day, escape, inline, listed, quote, subject, when
from bot.blocks.turns import name_in
from models.i18n import _, ngettext
from models.lifecycle import How, Move
from models.mediation import Step, step_of
from models.offer import ShipmentSplit
from models.service_level import Audience, Holder

if TYPE_CHECKING:
    from models.commitment import Commitment
    from models.picture import Picture
    from models.timeline import TimelineEntry

QUOTED = {
    Move.ASK_INFORMATION: "question",
    Move.ANSWER: "conditions",
    Move.GIVE_INFORMATION: "information",
    Move.REFUSE: "reason",
    Move.COUNTER: "words",
    Move.DECLINE: "reason",
    Move.WITHDRAW: "reason",
    Move.HAND_OVER: "note",
    Move.REASSIGN: "note",
    Move.CANCEL: "reason",
    Move.REPORT_RISK: "reason",
    Move.RECOMMIT: "reason",
    Move.THANK: "words",
    Move.CUSTOMER_SAID: "customer_said",
    Move.CORRECT: "words",
}
_REPORTS = frozenset({Move.REPORT_OUTCOME, Move.FULFIL, Move.FULFIL_IN_PART, Move.MISS})


def entry_of(picture: Picture, facts: dict[str, Any]) -> TimelineEntry | None:
    """Return the entry a message tells of."""
    return next((entry for entry in picture.timeline if entry.id == facts.get("entry")), None)


def newest(picture: Picture, move: Move) -> TimelineEntry | None:
    """Return the last entry of this kind that nobody took back."""
    standing = [entry for entry in picture.timeline if entry.move is move and entry.undone_at is None]
    return standing[-1] if standing else None


def sentence(picture: Picture, entry: TimelineEntry, *, reader: str | None = None) -> str:
    """Tell one entry in mrkdwn: who did what, their words quoted below. ``reader`` is called “You”."""
    who = _("You") if reader is not None and entry.by == reader else name_in(picture, entry.by)
    if entry.facts.get("instead_of"):
        who = _("{name} for {person}").format(name=who, person=name_in(picture, str(entry.facts["instead_of"])))
    said = _what(entry).format(
        name=who,
        lots=_lots(picture, entry),
        due=_due(picture, entry),
        lot=_lot(picture, entry),
        moved=_moved(picture, entry),
        bumped=bumped_words(entry.facts),
        thanked=_thanked(entry),
        until=_until(picture, entry),
        **_hands(picture, entry),
    )
    words = str(entry.facts.get(_quoted(entry), "") or "")
    quoted = [quote(words)] if words.strip() else []
    return "\n".join([said + _how(picture, entry), *quoted, *_alternative(entry), *told_of(entry)])


def _quoted(entry: TimelineEntry) -> str:
    """Return the name of the fact that holds somebody's words."""
    if entry.move is Move.MEDIATE:
        return "answer" if step_of(entry) is Step.ANSWER else "question"
    return QUOTED.get(entry.move, "")


def undo_hint(entry: TimelineEntry) -> str:
    """Say how to take a recorded reaction or reply back; empty for what was done otherwise, or is an undoing itself."""
    if entry.move is Move.UNDO:
        return ""
    if entry.how is How.REACTION:
        return _("Not meant so? Remove the reaction and this is taken back.")
    if entry.how is How.REPLY:
        return _("Not meant so? Delete the reply and this is taken back.")
    return ""


def _what(entry: TimelineEntry) -> str:
    if entry.move in _REPORTS:
        return _("{name} reported: {lot}")
    if entry.move is Move.ACKNOWLEDGE and entry.facts.get("answer_due_at"):
        return _("{name} is looking into it and will answer by {due}")
    if entry.move is Move.REFUSE and entry.facts.get("look_again", True):
        return _("{name} refused the offer and asked to look again")
    if entry.move is Move.COMMIT:
        return _("{name} committed {lots}, as Sales proposed") if _is_countered(entry) else _("{name} committed {lots}")
    if entry.move is Move.ACCEPT and int(entry.facts.get("of") or 1) > 1:
        return _("{name} took the offer: {lots}")
    return _by_facts(entry) or _moves()[entry.move]


def _is_countered(entry: TimelineEntry) -> bool:
    return entry.facts.get("countered") is not None


def _by_facts(entry: TimelineEntry) -> str:
    """Say what was done beside both sides; empty for their own moves."""
    if entry.move is Move.MEDIATE:
        return _mediated(entry)
    return _climbed(str(entry.facts.get("audience", ""))) if entry.move is Move.ESCALATE else ""


def _climbed(audience: str) -> str:
    """Say whom a rung of the escalation reached."""
    return {
        Audience.DESK.value: _("The desk was reminded again"),
        Audience.PERSON.value: _("Somebody else was asked to help"),
        Audience.GROUP.value: _("A group was asked to help"),
        Audience.CHANNEL.value: _("A channel was asked to help"),
    }.get(audience, _("The leadership was asked to help"))


def _mediated(entry: TimelineEntry) -> str:
    """Say a step of a mediation, or an answer to the mediator."""
    if step_of(entry) is Step.ANSWER:
        return _("{name} answered the mediator")
    if step_of(entry) is Step.TOGETHER:
        return _("{name} called both sides together")
    if entry.facts.get("side") == Holder.DESK:
        return _("{name} asks Operations as mediator")
    return _("{name} asks Sales as mediator")


def _moves() -> dict[Move, str]:
    return {
        Move.ASK: _("{name} asked"),
        Move.ACKNOWLEDGE: _("{name} is looking into it"),
        Move.NAME_ANSWER_TIME: _("{name} will answer by {due}"),
        Move.ASK_INFORMATION: _("{name} asked Sales a question"),
        Move.GIVE_INFORMATION: _("{name} answered the question"),
        Move.OFFER: _("{name} offered {lots}"),
        Move.ACCEPT: _("{name} took the offer"),
        Move.REFUSE: _("{name} refused the offer"),
        Move.COUNTER: _("{name} proposed {lots} instead"),
        Move.DECLINE: _("{name} declined"),
        Move.WITHDRAW: _("{name} withdrew the request"),
        Move.CANCEL: _("{name} called it off: the customer cancelled the order"),
        Move.REPORT_RISK: _("{name} warned that {moved} may slip"),
        Move.RECOMMIT: _("{name} committed another day for {moved}"),
        Move.TAKE_NEW_DATE: _("{name} took the new day for {moved}"),
        Move.NAME_BUMPED: _("{name} named what is pushed back: {bumped}"),
        Move.THANK: _("{name} says thanks to {thanked}"),
        Move.CUSTOMER_SAID: _("{name} passed on what the customer said"),
        Move.UNDO: _("{name} took that back"),
        Move.WARN: _("A reminder went out: the time is running"),
        Move.BREACH: _("The time ran out without an answer"),
        Move.ESCALATE: _("The leadership was asked to help"),
        Move.ASK_OUTCOME: _("The desk was asked what shipped"),
        Move.HAND_OVER: _("{name} handed it over to {to}"),
        Move.TAKE: _("{name} took it over from {before}"),
        Move.REASSIGN: _("{name} moved it from {before} to {to}"),
        Move.STILL_ON_IT: _("{name} is still on it"),
        Move.ASK_AGAIN: _("The desk was asked whether it is still on it"),
        Move.EDIT: _("{name} changed what is asked"),
        Move.ANSWER: _("{name} says what is possible: {lots}"),
        Move.ASK_ANEW: _("{name} changed what is asked"),
        Move.SNOOZE: _("{name} put the reminder off until {until}"),
        Move.VOUCH: _("{name} confirmed that the message meant this"),
        Move.CORRECT: _("{name}, who wrote the message, corrected it"),
    }


def _hands(picture: Picture, entry: TimelineEntry) -> dict[str, str]:
    """From whom to whom it went: people, or desks by the names they had then."""
    before, after = (str(entry.facts.get(side) or "") for side in ("held_by", "given_to"))
    if entry.move is Move.REASSIGN:
        return {"before": inline(before, 80), "to": inline(after, 80)}
    return {"before": name_in(picture, before), "to": name_in(picture, after)}


def _how(picture: Picture, entry: TimelineEntry) -> str:
    if entry.move is Move.UNDO:
        return ""
    came_from = came_from_words(picture, entry) if entry.move is Move.ASK else ""
    if came_from:
        return f" {came_from}"
    return {
        How.REACTION: " " + _("(by reaction)"),
        How.REPLY: " " + _("(by reply in the thread)"),
        How.COMMAND: " " + _("(by command)"),
    }.get(entry.how, "")


def answered_choices(picture: Picture) -> list[list[ShipmentSplit]]:
    """Return what the desk said is available, of a question before a promise: one thing, or several to choose from."""
    answer = newest(picture, Move.ANSWER)
    kept = (answer.facts.get("choices") or []) if answer else []
    return [lots for lots in ([split for split in map(_split, one) if split] for one in kept) if lots]


def available_words(picture: Picture) -> str:
    """Return what the desk said is possible, in mrkdwn."""
    ask, today = picture.request.ask, asked_day(picture)
    said = [escape(split_words(lots, ask, today, bold=True)) for lots in answered_choices(picture)]
    return _(" or ").join(said) or _("what was asked")


def _lots(picture: Picture, entry: TimelineEntry) -> str:
    told = [_one_of(picture, one) for one in entry.facts.get("alternatives") or [entry.facts]]
    said = [words for words in told if words]
    if len(said) > 1:
        return "; ".join(f"{n}) {words}" for n, words in enumerate(said, start=1))
    if said:
        return said[0]
    if entry.move is Move.COMMIT:
        return _("what was asked: {subject}").format(subject=escape(subject(picture.request.ask)))
    return _("something else")


def _one_of(picture: Picture, told: dict[str, Any]) -> str:
    """Say one alternative as history keeps it, in mrkdwn."""
    splits = [split for split in map(_split, told.get("lots") or []) if split]
    if not splits:
        return ""
    lots = escape(split_words(splits, picture.request.ask, asked_day(picture)))
    instead = instead_words(str(told.get("substitute") or ""), str(told.get("site") or ""))
    return f"{lots} ({escape(instead)})" if instead else lots


def _split(stored: Any) -> ShipmentSplit | None:
    """Read a lot as it is kept in JSON; one that cannot be read is left out, because a drawing must not fail."""
    try:
        ship_date, amount, *line = stored
        return ShipmentSplit(date.fromisoformat(ship_date), Decimal(amount), *map(int, line))
    except (ValueError, TypeError, InvalidOperation):
        return None


def _due(picture: Picture, entry: TimelineEntry) -> str:
    stored = entry.facts.get("answer_due_at")
    due = datetime.fromisoformat(stored) if stored else picture.request.answer_due_at
    return when(due, picture.calendar.zone) if due else _("the usual time")


def _until(picture: Picture, entry: TimelineEntry) -> str:
    stored = entry.facts.get("until")
    return when(datetime.fromisoformat(stored), picture.calendar.zone) if stored else _("later")


def _lot(picture: Picture, entry: TimelineEntry) -> str:
    lot = commitment_of(picture, entry.facts)
    if lot is None:
        return _("what shipped")
    ask, today = picture.request.ask, asked_day(picture)
    said = _("{quantity} due {day}: {shipped}").format(
        quantity=amount_of(ask, lot.quantity, lot.line),
        day=day(lot.committed_ship_date, today),
        shipped=shipped_words(lot, ask.line(lot.line).unit, today),
    )
    return escape(said)


def _moved(picture: Picture, entry: TimelineEntry) -> str:
    """Return the lot a warning or another day is about, with the day it was committed for and the new one."""
    lot, today = commitment_of(picture, entry.facts), asked_day(picture)
    if lot is None:
        return _("a lot")
    before = _day_in(entry, "before") or lot.committed_ship_date
    amount = amount_of(picture.request.ask, lot.quantity, lot.line)
    said = _("{quantity} due {day}").format(quantity=amount, day=day(before, today))
    later = _day_in(entry, "ship_date")
    if later is None:
        return escape(said)
    sentence = _("{lot} (perhaps {day} instead)") if entry.move is Move.REPORT_RISK else _("{lot}: now {day}")
    return escape(sentence.format(lot=said, day=day(later, today)))


def bumped_words(facts: dict[str, Any]) -> str:
    """Name orders that are pushed back, and by how much, in mrkdwn."""
    said = []
    for order, days in facts.get("orders") or []:
        words = ngettext("order {order} by {days} working day", "order {order} by {days} working days", int(days))
        said.append(words.format(order=inline(str(order)), days=int(days)))
    return listed(said) or _("other orders")


def _thanked(entry: TimelineEntry) -> str:
    """Mention those who are thanked: the one mention that is meant to be seen."""
    people = [f"<@{person}>" for person in entry.facts.get("to") or []]
    return listed(people) or _("the desk")


def _day_in(entry: TimelineEntry, name: str) -> date | None:
    """Read a day as it is kept in JSON; one that cannot be read is left out, because a drawing must not fail."""
    try:
        return date.fromisoformat(str(entry.facts.get(name) or ""))
    except ValueError:
        return None


def commitment_of(picture: Picture, facts: dict[str, Any]) -> Commitment | None:
    """Return the lot that a message or an entry is about."""
    return next((lot for lot in picture.commitments if lot.id == facts.get("commitment")), None)


def _alternative(entry: TimelineEntry) -> list[str]:
    alternative = str(entry.facts.get("alternative", ""))
    return [_("Instead they suggest:"), quote(alternative)] if alternative.strip() else []


def dated(picture: Picture, entry: TimelineEntry) -> str:
    """Tell one entry with its time, for the story of a request."""
    line = f"{when(entry.at, picture.calendar.zone)} · {sentence(picture, entry)}"
    return _("{line} (taken back)").format(line=line) if entry.undone_at else line
