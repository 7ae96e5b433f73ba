"""Asking for the alternative that Ops named with a decline: the old answers, with what its words say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.reader import read_command
from bot.services import asking
from bot.services.terms import terms_of
from bot.services.texts import shortened
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from bot.reader import Prefill
    from models import ExpediteRequest


def answers_instead(session: Session, old: ExpediteRequest, *, at: datetime) -> dict[str, Any]:
    """The answers to begin with; the alternative's own words stay readable beside them."""
    answers = asking.answers_from(old.ask)
    if not old.alternative:
        return answers
    words = _("Alternative named by Ops on {label}: {alternative}")
    answers[Field.EXPECTATION.value] = shortened(words.format(label=old.label, alternative=old.alternative))
    # "Friday" is the one that Ops meant when they wrote it, where they are.
    written = (old.closed_at or at).astimezone(ZoneInfo(terms_of(session, old).calendar.zone))
    _adopt(answers, read_command(old.alternative, now=written), old)
    return answers


def _adopt(answers: dict[str, Any], named: Prefill, old: ExpediteRequest) -> None:
    if named.quantity is not None:
        answers[Field.QUANTITY.value] = f"{named.quantity:f} {named.unit or old.unit}"
        _drop_quantity_limits(answers, named.quantity, old)
    # In free text only what carries a number is an item for sure: "the older type" names none.
    if named.item and any(letter.isdigit() for letter in named.item):
        answers[Field.ITEM.value] = named.item
    if named.needed_date is not None:
        answers[Field.NEEDED_SHIP_DATE.value] = named.needed_date.isoformat()
        _drop_day_limits(answers, named.needed_date, old)


def _drop_quantity_limits(answers: dict[str, Any], quantity: Decimal, old: ExpediteRequest) -> None:
    """What was the least useful of more is no answer to less."""
    if old.smallest_useful_quantity is not None and old.smallest_useful_quantity >= quantity:
        answers.pop(Field.SMALLEST_USEFUL_QUANTITY.value, None)


def _drop_day_limits(answers: dict[str, Any], day: date, old: ExpediteRequest) -> None:
    """Days that were meant to lie after the day asked for, and would now lie before it."""
    if old.latest_acceptable_date is not None and old.latest_acceptable_date < day:
        answers.pop(Field.LATEST_ACCEPTABLE_DATE.value, None)
    if old.promise_date is not None and old.promise_date < day:
        answers.pop(Field.PROMISE_DATE.value, None)
