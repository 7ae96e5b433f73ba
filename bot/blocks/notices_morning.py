"""The desk's morning: the lots due today, overdue or at risk, each with what the desk can say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.buttons import details_of
from bot.blocks.elements import actions, button, compose, context, section
from bot.blocks.ids import Action
from bot.blocks.lots import shipped_words
from bot.blocks.phrases import amount_of, day, escape, inline
from models.commitment import Outcome
from models.i18n import _, ngettext
from models.lifecycle import Status

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.ports import Block, Message
    from models.commitment import Commitment
    from models.picture import HomeLine, Morning

MOST_SHOWN = 15
"""Lots of one message: two blocks each stay within a message's 50."""


def morning(found: Morning, *, as_of: datetime) -> Message:
    """Draw the message as the lots are now: what was reported since then has no buttons any more."""
    del as_of  # its day stays the one it was sent on
    left = sum(1 for line in found.lots if _is_open(line))
    lead = ngettext("*Due today, overdue or at risk: {n} lot.*", "*Due today, overdue or at risk: {n} lots.*", left)
    if not left:
        lead = _("*All of this morning's lots are settled.*")
    shown = [block for line in found.lots[:MOST_SHOWN] for block in _lot(line, found.day)]
    more = len(found.lots) - MOST_SHOWN
    words = ngettext("and {n} more; App Home shows it", "and {n} more; App Home shows them", more)
    hint = _("An early warning helps more than a silent miss. What is overdue comes again tomorrow morning.")
    blocks = [section(lead.format(n=left)), *shown, *([context(words.format(n=more))] if more > 0 else [])]
    return compose([*blocks, *([context(hint)] if left else [])])


def _lot(line: HomeLine, today: date) -> list[Block]:
    request, lot = line.request, line.commitment
    if lot is None:
        return []
    what = _("*{label}* · {quantity} of {item} for {customer}").format(
        label=request.label,
        quantity=escape(amount_of(request.ask, lot.quantity, lot.line)),
        item=inline(request.ask.line(lot.line).item, 60),
        customer=inline(request.customer, 60),
    )
    said = section("\n".join([what, *_standing(line, lot, today)]))
    return [said, *(_buttons(line, lot) if _is_open(line) else [])]


def _standing(line: HomeLine, lot: Commitment, today: date) -> list[str]:
    if not _is_open(line):
        return [escape(shipped_words(lot, line.request.ask.line(lot.line).unit, today))]
    due = day(lot.committed_ship_date, today)
    words = _("due today")
    if lot.committed_ship_date < today:
        words = _("*overdue*: was due {day}").format(day=due)
    elif lot.committed_ship_date > today:
        words = _("due {day}").format(day=due)
    risk = [_("at risk: {reason}").format(reason=inline(lot.risk_reason, 200))] if lot.at_risk_since else []
    return [" · ".join([words, *risk])]


def _is_open(line: HomeLine) -> bool:
    lot = line.commitment
    return lot is not None and lot.outcome is Outcome.OPEN and line.request.status is Status.AGREED


def _buttons(line: HomeLine, lot: Commitment) -> list[Block]:
    value, label = f"{line.request.id}:{lot.id}", line.request.label
    choices = (
        (_("Shipped…"), Action.REPORT_OUTCOME),
        (_("At risk…"), Action.REPORT_RISK),
        (_("New date…"), Action.NEW_DATE),
    )
    row = [button(words, action, value, spoken=f"{words} {label}") for words, action in choices]
    return actions([*row, details_of(line.request)])
