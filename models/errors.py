"""Errors are sentences for people: what happened, and what to do.

    ExpediteError
    ├── FormRefused          one or more answers in a form need another look
    ├── MoveNotAllowed       the request is past the point where this could be done
    │   └── EditOvertaken    somebody acted while a change was being written
    ├── NotYours             somebody else's turn or role
    ├── RequestUnknown       no request has that number here
    ├── OrderLineGone        the line was taken out of the order book
    ├── OfferLapsed          the offer held until a time that has passed
    ├── CannotUndo           later steps build on what should be taken back
    ├── DraftGone            the form's draft is no longer there
    ├── WeekUnclear          the words name no week
    ├── NudgeGone            the line about a message was for somebody else
    ├── SummitGone           no page of a summit is there to look at
    └── NotSetUp             the workspace has no desk yet

The class is the fact, the data are attributes, ``str(error)`` is the sentence.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping


class Field(StrEnum):
    """The questions of the forms; also the block ids under which an error is shown."""

    ORDER_LINE = "order_line"
    """A line of the order book, from which the others are filled in."""
    CUSTOMER = "customer"
    ORDER_NUMBER = "order_number"
    LINE_NUMBER = "line_number"
    ITEM = "item"
    QUANTITY = "quantity"
    NEEDED_SHIP_DATE = "needed_ship_date"
    PROMISE_DATE = "promise_date"
    PARTIAL_ACCEPTANCE = "partial_acceptance"
    SMALLEST_USEFUL_QUANTITY = "smallest_useful_quantity"
    LATEST_ACCEPTABLE_DATE = "latest_acceptable_date"
    SUBSTITUTION = "substitution"
    EXPECTATION = "expectation"
    TOLD = "told"
    TOLD_DATE = "told_date"
    TOLD_QUANTITY = "told_quantity"
    REASON_CODE = "reason_code"
    CAUSED_BY = "caused_by"
    VALUE_AT_STAKE = "value_at_stake"
    FEE = "fee"
    LINKS = "links"
    WHAT = "what"
    """What and how many, in one line."""
    CUSTOMER_ASKED = "customer_asked"
    DESK = "desk"
    ANSWER_DUE = "answer_due"
    QUESTION = "question"
    INFORMATION = "information"
    OFFER_SHAPE = "offer_shape"
    OFFER_QUANTITY = "offer_quantity"
    OFFER_DATE = "offer_date"
    OFFER_LINE = "offer_line"
    OFFER_LOTS = "offer_lots"
    CONDITIONS = "conditions"
    EXTRA_COST = "extra_cost"
    VALID_UNTIL = "valid_until"
    PAID_BY = "paid_by"
    SUBSTITUTE_ITEM = "substitute_item"
    OTHER_SITE = "other_site"
    COUNTER_WORDS = "counter_words"
    DECLINE_REASON = "decline_reason"
    ALTERNATIVE = "alternative"
    NO_ALTERNATIVE = "no_alternative"
    REFUSE_REASON = "refuse_reason"
    REFUSE_NEXT = "refuse_next"
    OUTCOME = "outcome"
    ACTUAL_QUANTITY = "actual_quantity"
    ACTUAL_SHIP_DATE = "actual_ship_date"
    AWAY_FROM = "away_from"
    AWAY_FROM_TIME = "away_from_time"
    BACK_ON = "back_on"
    BACK_ON_TIME = "back_on_time"
    DEPUTY = "deputy"
    HAND_TO = "hand_to"
    NOTE = "note"
    REST_DATE = "rest_date"
    LOT = "lot"
    RISK_REASON = "risk_reason"
    NEW_SHIP_DATE = "new_ship_date"
    IS_FIRM = "is_firm"
    ENDED_BECAUSE = "ended_because"
    BUMPED_ORDER = "bumped_order"
    BUMPED_DAYS = "bumped_days"
    BUMPED_OWNER = "bumped_owner"
    THANKS = "thanks"
    CUSTOMER_SAID = "customer_said"
    SNOOZE_UNTIL = "snooze_until"
    CORRECTION = "correction"
    EXPORT_KIND = "export_kind"
    EXPORT_FIRST = "export_first"
    EXPORT_LAST = "export_last"
    # about the summit
    TOPIC = "topic"
    TOPIC_NAME = "topic_name"
    AGREED = "agreed"
    AGREED_WHO = "agreed_who"
    AGREED_BY = "agreed_by"
    FIGURE = "figure"


class ExpediteError(Exception):
    """Something a person can understand and act on."""

    @property
    def sentence(self) -> str:
        return str(self)


class FormRefused(ExpediteError):
    """Some answers need another look; nothing typed is lost."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(self.problems.values()))


class MoveNotAllowed(ExpediteError):
    """The request has moved on: somebody was quicker, or it is closed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)


class EditOvertaken(MoveNotAllowed):
    """Somebody acted on the request while its change was being written."""

    def __init__(self, label: str, last: str) -> None:
        super().__init__(
            _("{label} has moved on since you opened it: {last} Send the change again if it still holds.").format(
                label=label, last=last
            )
        )


class NotYours(ExpediteError):
    """The act belongs to another role or person."""


class WeekUnclear(ExpediteError):
    """The words after the command name no week."""

    def __init__(self, said: str) -> None:
        sentence = _("“{said}” is no week. Write `/expedite digest last`, `/expedite digest 2026-W47`, or a day of it.")
        super().__init__(sentence.format(said=said.strip()[:40]))


class RequestUnknown(ExpediteError):
    """No request with that number in this workspace, or no number at all."""

    def __init__(self, asked_for: str) -> None:
        self.asked_for = asked_for
        sentence = _("There is no request {number} here. `/expedite list` shows the open ones.")
        if not asked_for:
            sentence = _(
                "Which one? Write its number: `/expedite status EXP-12`. `/expedite list` shows the open ones."
            )
        super().__init__(sentence.format(number=asked_for))


class OrderLineGone(ExpediteError):
    """The line was in the order book when it was offered, and is not any more."""

    def __init__(self) -> None:
        super().__init__(
            _("This line is no longer in the order book. Choose another one, or fill in the questions below.")
        )


class OfferLapsed(ExpediteError):
    """The offer's time is over."""


class CannotUndo(ExpediteError):
    """Later steps build on it."""


class DraftGone(ExpediteError):
    """The form was sent already, or its draft was cleaned up."""

    def __init__(self) -> None:
        super().__init__(_("This form was already sent or has expired. `/expedite list` shows your requests."))


class NudgeGone(ExpediteError):
    """The line about a message was for its writer, or is of another workspace."""

    def __init__(self) -> None:
        super().__init__(_("This was offered to whoever wrote the message. `/expedite` opens a form of your own."))


class NotSetUp(ExpediteError):
    """No desk is configured."""

    def __init__(self) -> None:
        super().__init__(
            _("No operations desk is set up in this workspace yet. Ask an admin to set the desk's channel.")
        )


class SummitGone(ExpediteError):
    """There is no such page or agreement."""


class SettingsMoved(ExpediteError):
    """Somebody else changed the settings between looking and saving."""

    def __init__(self, who: str) -> None:
        super().__init__(
            _("{who} changed the settings a moment ago, so nothing was changed by you. Look again.").format(who=who)
        )
