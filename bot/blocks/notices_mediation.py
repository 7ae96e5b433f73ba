"""A leader called in as mediator: the whole story in one message, their questions, the answers, both sides together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.alternatives import money_words
from bot.blocks.buttons import details_button
from bot.blocks.cards import title
from bot.blocks.elements import actions, button, compose, context, divider, packed, section
from bot.blocks.facts import asked_day, customer_line, why_parts
from bot.blocks.ids import Action
from bot.blocks.notices_clock import mention
from bot.blocks.notices_requester import subject_of
from bot.blocks.phrases import cut, escape, listed, quote, say_back, when, working_span
from bot.blocks.story import dated, entry_of, sentence
from bot.blocks.turns import desk_name, name_in
from bot.blocks.words import status_word, waiting_for
from models.i18n import _
from models.lifecycle import Move
from models.mediation import Mediation, Step, answer_to, step_of, steps
from models.service_level import Holder

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Block, Message
    from models.offer import Offer
    from models.picture import Picture
    from models.request_clock import RequestClock
    from models.timeline import TimelineEntry

SILENT = frozenset({Move.ASK, Move.WARN, Move.BREACH, Move.ESCALATE, Move.ASK_OUTCOME, Move.MEDIATE, Move.UNDO})
"""Entries that carry nobody's words; the ask is said on top, and a mediator's steps at the end."""
MOST_ENTRIES = 15
ENTRY_LIMIT = 900
"""Characters of one entry: fifteen of them, the ask and the steps stay far below what Slack takes."""
EXPECTATION_LIMIT = 800
PACK = 2_900


def mediation(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell a leader everything: what is owed since when, what was asked and why, both sides' words, what it cost.

    Once the turn they were called in about has ended, it says so, and there is nothing left to press.
    """
    lead = section(_("*Can you help?* {headline}").format(headline=escape(title(picture))))
    clock = next((one for one in picture.clocks if one.id == facts.get("clock")), None)
    owed = _settled(picture) if clock is None else _owed(picture, clock, facts, as_of)
    blocks = [lead, section(owed), *_asked(picture), *_words(picture), *_costs(picture)]
    done = _done(picture, facts)
    return compose([*blocks, *done, *_where(picture), *_buttons(picture, is_needed=clock is not None)])


def _settled(picture: Picture) -> str:
    return _("Answered meanwhile: {status}.").format(status=status_word(picture.request.status))


def _owed(picture: Picture, clock: RequestClock, facts: dict[str, Any], as_of: datetime) -> str:
    """Say who owes what since when, and how late it was at the call: a span of now would be wrong in a minute."""
    zone = picture.calendar.zone
    since = _("{holder} owes the {what} since {when}.").format(
        holder=_side(picture, clock.holder), what=waiting_for(clock.kind), when=when(clock.deadline_at, zone)
    )
    call = entry_of(picture, facts)
    at = as_of if call is None else call.at
    late = working_span(max(0, picture.hours_of(clock.holder).between(clock.deadline_at, at)))
    said = _("You were called in at {when}, {late} after that.").format(when=when(at, zone), late=late)
    return f"{since} {said}"


def _side(picture: Picture, holder: Holder) -> str:
    """Name a side, with the person who has it in hand."""
    if holder is Holder.REQUESTER:
        return _("{name} (Sales)").format(name=name_in(picture, picture.request.requester))
    if picture.request.owner is None:
        return desk_name(picture)
    return _("{name} ({desk})").format(name=name_in(picture, picture.request.owner), desk=desk_name(picture))


def _asked(picture: Picture) -> list[Block]:
    """Say what was asked and why, and what the customer expects and was told."""
    ask = picture.request.ask
    said = [escape(line) for line in say_back(ask, today=asked_day(picture))[1:]]
    lines = [customer_line(picture), " ".join(said), " · ".join(why_parts(ask))]
    blocks = packed(lines, limit=PACK)
    if ask.expectation.strip():
        blocks.append(section(f"{_('The customer expects:')}\n{quote(ask.expectation, EXPECTATION_LIMIT)}"))
    return blocks


def _words(picture: Picture) -> list[Block]:
    """Return what both sides said, oldest first; of a long story the newest part."""
    told = [entry for entry in picture.timeline if entry.move not in SILENT and entry.undone_at is None]
    if not told:
        return [section(_("*Nobody has said anything yet.*"))]
    lines = [cut(f"{dated(picture, entry)}{_offer_words(picture, entry)}", ENTRY_LIMIT) for entry in told]
    kept = lines[-MOST_ENTRIES:]
    left = [_("({n} earlier steps are left out; “Show everything” has them)").format(n=len(lines) - len(kept))]
    return packed([f"*{_('What both sides said')}*", *(left if len(kept) < len(lines) else []), *kept], limit=PACK)


def _offer_words(picture: Picture, entry: TimelineEntry) -> str:
    """Return the conditions and the cost of an offer's alternatives, to stand below the entry that made it."""
    if entry.move is not Move.OFFER:
        return ""
    known = (picture.mediation or Mediation()).offers
    made = entry.facts.get("offers") or [entry.facts.get("offer") or 0]
    return "".join(_terms_of(known[int(one)]) for one in made if int(one) in known)


def _terms_of(offer: Offer) -> str:
    cost = money_words(offer)
    return (f"\n{cost}" if cost else "") + (f"\n{quote(offer.conditions)}" if offer.conditions.strip() else "")


def _costs(picture: Picture) -> list[Block]:
    """Say how much working time each side's turns have taken."""
    costs = (picture.mediation or Mediation()).costs
    names = {Holder.DESK: desk_name(picture), Holder.REQUESTER: _("Sales")}
    parts = [f"{names[side]} {working_span(costs[side])}" for side in names if costs.get(side)]
    return [context(_("Whose turn took what: {turns}").format(turns=" · ".join(parts)))] if parts else []


def _done(picture: Picture, facts: dict[str, Any]) -> list[Block]:
    """Show what a mediator has done since the call, newest last."""
    taken = steps(picture.timeline, entry_of(picture, facts))[-MOST_ENTRIES:]
    if not taken:
        return []
    lines = [cut(dated(picture, entry), ENTRY_LIMIT) for entry in taken]
    return [divider(), *packed([f"*{_('Done so far')}*", *lines], limit=PACK)]


def _where(picture: Picture) -> list[Block]:
    link = thread_link(picture, _("The card and its thread"))
    return [context(link)] if link else []


def thread_link(picture: Picture, words: str) -> str:
    """Return a link to the request's thread; empty while nobody knows where that is."""
    address = (picture.mediation or Mediation()).card_link
    return f"<{address}|{escape(words)}>" if address else ""


def _buttons(picture: Picture, *, is_needed: bool) -> list[Block]:
    request_id = picture.request.id
    if not is_needed or not picture.request.status.is_open:
        return actions([details_button(picture)])
    is_called = any(step_of(entry) is Step.TOGETHER for entry in steps(picture.timeline))
    together = button(_("Decide together in a thread"), Action.DECIDE_TOGETHER, request_id)
    questions = [
        button(_("Ask Ops…"), Action.ASK_OPS, request_id, primary=True),
        button(_("Ask Sales…"), Action.ASK_SALES, request_id),
    ]
    return actions([*questions, *([] if is_called else [together]), details_button(picture)])


def mediation_note(picture: Picture, facts: dict[str, Any], _as_of: datetime) -> Message:
    """Say a mediator's step in the card's thread. People are mentioned who are called, or whom nobody else reaches."""
    entry = entry_of(picture, facts)
    if entry is None:
        return compose([section(f"*{picture.request.label}*")])
    people = listed([mention(picture, str(person)) for person in entry.facts.get("to", [])])
    if step_of(entry) is Step.TOGETHER:
        return compose([section(_together(picture, entry, people))])
    is_unheld = entry.facts.get("side") == Holder.DESK and picture.request.owner is None
    said = f"{people}: {sentence(picture, entry)}" if is_unheld and people else sentence(picture, entry)
    return compose([section(said)])


def _together(picture: Picture, entry: TimelineEntry, people: str) -> str:
    said = _("{people}: {name} asks you to decide *{label}* together, here in this thread. What would make it work?")
    words = said.format(people=people, name=name_in(picture, entry.by), label=picture.request.label)
    return f"{words}\n{escape(title(picture))}"


def mediator_asks(picture: Picture, facts: dict[str, Any], _as_of: datetime) -> Message:
    """Put a mediator's question to the one who can answer it; once answered, show the answer instead."""
    entry = entry_of(picture, facts)
    if entry is None:
        return compose([section(f"*{picture.request.label}*")])
    lead = _("*{name} was called in on {label} and asks you* ({subject})").format(
        name=name_in(picture, entry.by), label=picture.request.label, subject=subject_of(picture)
    )
    asked = section(f"{lead}\n{quote(str(entry.facts.get('question', '')))}")
    answered = answer_to(picture.timeline, entry)
    if answered is not None:
        return compose([asked, section(sentence(picture, answered))])
    link = thread_link(picture, _("in the thread"))
    hint = [context(_("Answer here, or {link}.").format(link=link))] if link else []
    value = f"{picture.request.id}:{entry.id}"
    reply = button(_("Answer…"), Action.ANSWER_MEDIATOR, value, primary=True)
    return compose([asked, *hint, *actions([reply, details_button(picture)])])


def mediator_told(picture: Picture, facts: dict[str, Any], _as_of: datetime) -> Message:
    """Bring the answer back to the mediator who asked."""
    entry = entry_of(picture, facts)
    asked = next((one for one in picture.timeline if entry and one.id == entry.facts.get("asked")), None)
    lead = f"*{picture.request.label}* ({subject_of(picture)})"
    if entry is None or entry.undone_at is not None:
        return compose([section(f"{lead}\n{_('The answer was taken back.')}")])
    question = [section(f"{_('You asked:')}\n{quote(str(asked.facts.get('question', '')))}")] if asked else []
    blocks = [section(lead), *question, section(sentence(picture, entry)), *_where(picture)]
    return compose([*blocks, *actions([details_button(picture)])])
