"""The last step of Sales' form: the request said back as a question, what to know before sending, and Send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks import words
from bot.blocks.changes import change_lines, effects
from bot.blocks.customer import words_to_take
from bot.blocks.elements import context, header, section
from bot.blocks.facts import linked, order_words, urgent_why, why_parts
from bot.blocks.forms_ask import ask_form, meter_line
from bot.blocks.forms_coach import other_words
from bot.blocks.ids import Callback
from bot.blocks.inputs import back_button, question, select, step
from bot.blocks.phrases import can_you, escape, inline, quote, say_back, subject
from bot.blocks.words import status_word
from models.ask import Told
from models.errors import Field
from models.i18n import _
from models.lifecycle import Move

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.ports import Block, View
    from models.ask import Ask
    from models.expedite_request import ExpediteRequest
    from models.picture import ChangePreview, DeskMeter
    from models.urgency import Urgency

MOST_SAME_ORDER = 5


def ask_review(
    draft_id: int,
    ask: Ask,
    *,
    meter: DeskMeter | None = None,
    same_order: Sequence[ExpediteRequest] = (),
    today: date | None = None,
    urgency: Urgency | None = None,
    is_coached: bool = False,
    same_item: Sequence[ExpediteRequest] = (),
    changes: ChangePreview | None = None,
) -> View:
    """Draw step 3: the request said back, what to know before sending, and Send."""
    said = escape(" ".join(say_back(ask, today=today)[1:]))
    blocks = [
        step(3),
        *_changes(changes),
        header(can_you(ask, today=today)),
        section(_who(ask, today)),
        section(said),
        *_expects(ask),
    ]
    notes = [*_over_promise(ask), *_no_room(ask), *_same_order(same_order), *_same_item(same_item)]
    notes += [*linked(ask), *_full(meter), _why(ask, urgency)]
    notes += other_words(draft_id, ask, today=today) if is_coached else []
    end = [*meter_line(meter), back_button(draft_id)]
    submit, label = (_("Send the change"), changes.label) if changes else (_("Send to Operations"), None)
    return ask_form(Callback.ASK_REVIEW, draft_id, [*blocks, *notes, *end], submit=submit, changes=label)


def _changes(changes: ChangePreview | None) -> list[Block]:
    """Say what a change changes, and what it does to clock and offer."""
    if changes is None:
        return []
    overtaken = [section(f"*{escape(changes.overtaken)}*")] if changes.overtaken else []
    lines = change_lines(changes.changes)
    if not lines:
        return [*overtaken, section(_("Nothing is changed yet."))]
    does = effects({"restarted": changes.restarts}, Move.ASK_ANEW if changes.closes_offer else Move.EDIT)
    return [*overtaken, section("\n".join([f"*{_('This changes:')}*", *lines, *does]))]


def _why(ask: Ask, urgency: Urgency | None) -> Block:
    parts = why_parts(ask) if urgency is None else urgent_why(ask, urgency.urgency, urgency.reasons)
    return context(" · ".join(parts))


def _who(ask: Ask, today: date | None) -> str:
    return " · ".join([f"*{inline(ask.customer)}*", *order_words(ask, today)])


def _expects(ask: Ask) -> list[Block]:
    if not ask.expectation.strip():
        return []
    return [section(f"{_('The customer expects:')}\n{quote(ask.expectation)}")]


def _over_promise(ask: Ask) -> list[Block]:
    if ask.told is not Told.FIRM_DATE:
        return []
    return [section(_("*Mind:* the customer was told a firm date that nobody has committed yet."))]


def _no_room(ask: Ask) -> list[Block]:
    if ask.has_flexibility:
        return []
    lead = _("*This leaves Operations no room.* You can send it as it is. A question you could take to the customer:")
    said = {} if ask.customer_asked is None else {Field.CUSTOMER_ASKED.value: ask.customer_asked.value}
    used = select(Field.CUSTOMER_ASKED, said, words.customer_asked_words())
    label = _("Did you ask the customer?")
    return [
        section(f"{lead}\n{quote(words_to_take(ask))}"),
        question(Field.CUSTOMER_ASKED, label, used, optional=True),
    ]


def _same_order(requests: Sequence[ExpediteRequest]) -> list[Block]:
    return _open_already(_("Already open for this order:"), requests)


def _same_item(requests: Sequence[ExpediteRequest]) -> list[Block]:
    return _open_already(_("Also open for the same item:"), requests)


def _open_already(lead: str, requests: Sequence[ExpediteRequest]) -> list[Block]:
    if not requests:
        return []
    lines = [
        f"• *{one.label}* · {escape(subject(one.ask))} · {status_word(one.status)}"
        for one in requests[:MOST_SAME_ORDER]
    ]
    return [section("\n".join([f"*{lead}*", *lines]))]


def _full(meter: DeskMeter | None) -> list[Block]:
    """Say that the hot list is full: it never blocks."""
    if meter is None or meter.hot_open < meter.hot_cap:
        return []
    sentence = _(
        "*The hot list is full: {open} of {cap} places in use.* You can send this; what can wait is then asked too."
    )
    return [section(sentence.format(open=meter.hot_open, cap=meter.hot_cap))]
