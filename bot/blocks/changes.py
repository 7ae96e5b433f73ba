"""What Sales changed in a request: old and new, on the card, in the thread and before it is sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bot.blocks import words
from bot.blocks.elements import section
from bot.blocks.phrases import day, inline
from models.ask import CausedBy, CustomerAsked, Fee, PartialAcceptance, ReasonCode, Told
from models.errors import Field
from models.i18n import _
from models.lifecycle import Move

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.ports import Block
    from models.picture import Picture
    from models.timeline import TimelineEntry

MOST_SHOWN = 12


def change_lines(changes: Iterable[Any]) -> list[str]:
    """Return “Quantity: 100 pcs → 120 pcs” in mrkdwn, a line per changed answer."""
    said = [
        f"• {_label(str(field))}: {_answer(str(field), old)} → {_answer(str(field), new)}"
        for field, old, new in changes
    ]
    return said[:MOST_SHOWN]


def changed(picture: Picture) -> list[Block]:
    """Return what was changed last, for the card of a request that still waits for an answer."""
    edits = [one for one in picture.timeline if one.move in {Move.EDIT, Move.ASK_ANEW} and one.undone_at is None]
    if not edits or not (picture.request.status.awaits_answer or picture.offer is not None):
        return []
    lines = change_lines(edits[-1].facts.get("changes") or [])
    return [section("\n".join([f"*{_('Changed since it was asked:')}*", *lines]))] if lines else []


def told_of(entry: TimelineEntry) -> list[str]:
    """Return what an entry changed, and what that does to the clock and to the offer."""
    if entry.move not in {Move.EDIT, Move.ASK_ANEW}:
        return []
    return [*change_lines(entry.facts.get("changes") or []), *effects(entry.facts, entry.move)]


def effects(facts: dict[str, Any], move: Move) -> list[str]:
    if move is Move.ASK_ANEW:
        return [_("The offer answered the old question: it is closed, and the answer is due anew.")]
    if facts.get("restarted"):
        return [_("More is asked than before: the clock starts anew.")]
    if facts.get("later"):
        return [_("More is asked than before: the desk has its whole time once its question is answered.")]
    return [_("The clock goes on.")]


def _label(field: str) -> str:
    name, _underscore, number = field.rpartition("_")
    if number.isdigit():
        return _("Line {n}, {question}").format(n=number, question=_label(name))
    labels = {
        Field.CUSTOMER: _("customer"),
        Field.ORDER_NUMBER: _("order number"),
        Field.LINE_NUMBER: _("order line"),
        Field.ITEM: _("item"),
        Field.QUANTITY: _("quantity"),
        Field.NEEDED_SHIP_DATE: _("ship by"),
        Field.PROMISE_DATE: _("promised for"),
        Field.PARTIAL_ACCEPTANCE: _("would a part help"),
        Field.SMALLEST_USEFUL_QUANTITY: _("smallest useful part"),
        Field.LATEST_ACCEPTABLE_DATE: _("latest useful day"),
        Field.SUBSTITUTION: _("what else would do"),
        Field.EXPECTATION: _("what the customer expects"),
        Field.TOLD: _("what the customer was told"),
        Field.TOLD_DATE: _("told date"),
        Field.TOLD_QUANTITY: _("told quantity"),
        Field.REASON_CODE: _("reason"),
        Field.CAUSED_BY: _("cause"),
        Field.VALUE_AT_STAKE: _("value at stake"),
        Field.FEE: _("expedite fee"),
        Field.LINKS: _("links"),
        Field.CUSTOMER_ASKED: _("was the customer asked for room"),
    }
    return labels.get(Field(field), field) if field in set(Field) else inline(field, 40)


def _answer(field: str, stored: Any) -> str:
    """Say an answer as it is kept; one that cannot be read is shown as it is, because a drawing must not fail."""
    if not stored:
        return _("nothing")
    if isinstance(stored, list):
        said = {"substitute": _("a substitute"), "other_site": _("another site")}
        return ", ".join(said.get(str(one), inline(str(one), 40)) for one in stored)
    if field.partition("_date")[1]:
        return _day(str(stored))
    kind = _KINDS.get(field)
    if kind is None:
        return inline(str(stored), 120)
    known, spoken = kind
    return spoken()[known(stored)].lower() if stored in set(known) else inline(str(stored), 40)


def _day(stored: str) -> str:
    try:
        return day(date.fromisoformat(stored))
    except ValueError:
        return inline(stored, 40)


_KINDS: dict[str, tuple[Any, Callable[[], Any]]] = {
    Field.PARTIAL_ACCEPTANCE.value: (PartialAcceptance, words.partial_words),
    Field.TOLD.value: (Told, words.told_options),
    Field.REASON_CODE.value: (ReasonCode, words.reason_words),
    Field.CAUSED_BY.value: (CausedBy, words.cause_words),
    Field.FEE.value: (Fee, words.fee_words),
    Field.CUSTOMER_ASKED.value: (CustomerAsked, words.customer_asked_words),
}
