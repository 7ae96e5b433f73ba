"""Where a request can be, and every way it can move: if it is not in this table, it cannot happen."""

from __future__ import annotations

from enum import StrEnum

from models.errors import MoveNotAllowed
from models.i18n import _


class Status(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    INFO_NEEDED = "info_needed"
    OFFERED = "offered"
    AGREED = "agreed"
    FULFILLED = "fulfilled"
    PARTLY_FULFILLED = "partly_fulfilled"
    MISSED = "missed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    """The customer cancelled the order."""
    ANSWERED = "answered"
    """A question before a promise got its answer: what is available. Nobody is bound."""

    @property
    def is_open(self) -> bool:
        return self in OPEN

    @property
    def awaits_answer(self) -> bool:
        """True while Ops still owes a commitment, an offer or a decline."""
        return self in AWAITING_ANSWER


AWAITING_ANSWER = frozenset({Status.ASKED, Status.ACKNOWLEDGED, Status.INFO_NEEDED})
OPEN = AWAITING_ANSWER | {Status.OFFERED, Status.AGREED}


class EndedBecause(StrEnum):
    """Why Sales took a request back."""

    EVAPORATED = "evaporated"
    """The need went away: nobody is waiting any more."""
    CUSTOMER_CANCELLED = "customer_cancelled"
    SOLVED_OTHERWISE = "solved_otherwise"
    OFFER_NO_HELP = "offer_no_help"
    OTHER = "other"


class Move(StrEnum):
    """What people do to a request."""

    ASK = "ask"
    ACKNOWLEDGE = "acknowledge"
    NAME_ANSWER_TIME = "name_answer_time"
    ASK_INFORMATION = "ask_information"
    GIVE_INFORMATION = "give_information"
    COMMIT = "commit"
    OFFER = "offer"
    ACCEPT = "accept"
    REFUSE = "refuse"
    COUNTER = "counter"
    """Sales says what it would take instead of what was offered; the desk commits that, or offers anew."""
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REPORT_OUTCOME = "report_outcome"
    FULFIL = "fulfil"
    FULFIL_IN_PART = "fulfil_in_part"
    MISS = "miss"
    UNDO = "undo"
    WARN = "warn"
    BREACH = "breach"
    ESCALATE = "escalate"
    ASK_OUTCOME = "ask_outcome"
    HAND_OVER = "hand_over"
    TAKE = "take"
    REASSIGN = "reassign"
    REPORT_RISK = "report_risk"
    RECOMMIT = "recommit"
    TAKE_NEW_DATE = "take_new_date"
    CANCEL = "cancel"
    NAME_BUMPED = "name_bumped"
    THANK = "thank"
    CUSTOMER_SAID = "customer_said"
    """Sales passes on what the customer said in the end: nothing moves."""
    MEDIATE = "mediate"
    """A mediator's step, or an answer to them: nothing moves, no clock stops. ``facts["step"]`` says which."""
    STILL_ON_IT = "still_on_it"
    ASK_AGAIN = "ask_again"
    SNOOZE = "snooze"
    EDIT = "edit"
    """Sales changes what it asked; it stands where it stood."""
    ANSWER = "answer"
    """The desk says what is available: of a question before a promise, instead of committing or offering."""
    ASK_ANEW = "ask_anew"
    """Sales changes what an offer answers: the offer is closed."""
    VOUCH = "vouch"
    """The author of the message it was made of says that it is right."""
    CORRECT = "correct"
    """They say what is not right. Like a mediator's step, neither moves anything."""


class How(StrEnum):
    """The way in which something was done."""

    BUTTON = "button"
    REACTION = "reaction"
    REPLY = "reply"
    FORM = "form"
    COMMAND = "command"
    SYSTEM = "system"


NEXT: dict[tuple[Status, Move], Status] = {
    (Status.ASKED, Move.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.ACKNOWLEDGED, Move.NAME_ANSWER_TIME): Status.ACKNOWLEDGED,
    (Status.ASKED, Move.ASK_INFORMATION): Status.INFO_NEEDED,
    (Status.ACKNOWLEDGED, Move.ASK_INFORMATION): Status.INFO_NEEDED,
    # A question may be made clearer while it waits.
    (Status.INFO_NEEDED, Move.ASK_INFORMATION): Status.INFO_NEEDED,
    (Status.INFO_NEEDED, Move.GIVE_INFORMATION): Status.ACKNOWLEDGED,
    (Status.ASKED, Move.COMMIT): Status.AGREED,
    (Status.ACKNOWLEDGED, Move.COMMIT): Status.AGREED,
    (Status.INFO_NEEDED, Move.COMMIT): Status.AGREED,
    (Status.OFFERED, Move.COMMIT): Status.AGREED,
    (Status.ASKED, Move.OFFER): Status.OFFERED,
    (Status.ACKNOWLEDGED, Move.OFFER): Status.OFFERED,
    (Status.INFO_NEEDED, Move.OFFER): Status.OFFERED,
    (Status.OFFERED, Move.OFFER): Status.OFFERED,
    (Status.OFFERED, Move.ACCEPT): Status.AGREED,
    (Status.OFFERED, Move.REFUSE): Status.ACKNOWLEDGED,
    (Status.OFFERED, Move.COUNTER): Status.ACKNOWLEDGED,
    (Status.ASKED, Move.DECLINE): Status.DECLINED,
    (Status.ACKNOWLEDGED, Move.DECLINE): Status.DECLINED,
    (Status.INFO_NEEDED, Move.DECLINE): Status.DECLINED,
    (Status.OFFERED, Move.DECLINE): Status.DECLINED,
    (Status.ASKED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.ACKNOWLEDGED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.INFO_NEEDED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.OFFERED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.AGREED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.ASKED, Move.CANCEL): Status.CANCELLED,
    (Status.ACKNOWLEDGED, Move.CANCEL): Status.CANCELLED,
    (Status.INFO_NEEDED, Move.CANCEL): Status.CANCELLED,
    (Status.OFFERED, Move.CANCEL): Status.CANCELLED,
    (Status.AGREED, Move.CANCEL): Status.CANCELLED,
    # A lot may be warned of and moved to another day as often as it takes; each time is told.
    (Status.AGREED, Move.REPORT_RISK): Status.AGREED,
    (Status.AGREED, Move.RECOMMIT): Status.AGREED,
    (Status.AGREED, Move.TAKE_NEW_DATE): Status.AGREED,
    (Status.AGREED, Move.NAME_BUMPED): Status.AGREED,
    (Status.AGREED, Move.REPORT_OUTCOME): Status.AGREED,
    (Status.AGREED, Move.FULFIL): Status.FULFILLED,
    (Status.AGREED, Move.FULFIL_IN_PART): Status.PARTLY_FULFILLED,
    (Status.AGREED, Move.MISS): Status.MISSED,
    # Who holds it at the desk may change at any time; where it stands does not.
    **{(status, move): status for status in OPEN for move in (Move.HAND_OVER, Move.TAKE)},
    # Another desk begins anew, and only while nothing was offered.
    **{(status, Move.REASSIGN): Status.ASKED for status in AWAITING_ANSWER},
    (Status.ACKNOWLEDGED, Move.STILL_ON_IT): Status.ACKNOWLEDGED,
    # What was asked may change until it is agreed.
    **{(status, Move.EDIT): status for status in OPEN - {Status.AGREED}},
    (Status.OFFERED, Move.ASK_ANEW): Status.ACKNOWLEDGED,
    **{(status, Move.ANSWER): Status.ANSWERED for status in AWAITING_ANSWER},
}


def label_of(number: int) -> str:
    """A request's number as people say it."""
    return f"EXP-{number}"


def allows(status: Status, move: Move) -> bool:
    """Whether the move is possible from here: buttons are drawn from this."""
    return (status, move) in NEXT


def after(status: Status, move: Move, *, label: str, last: str) -> Status:
    """The status a move leads to.

    ``label`` is the request's number as people say it, ``last`` the sentence that tells who did what last;
    both go into the error of a move that is not possible any more.
    """
    if (status, move) not in NEXT:
        raise MoveNotAllowed(refusal(status, label=label, last=last))
    return NEXT[status, move]


def refusal(status: Status, *, label: str, last: str) -> str:
    """Why nothing was changed, and what the person sees next."""
    if status.is_open:
        return _("{label} has moved on: {last} The card shows what can be done now.").format(label=label, last=last)
    return _("{label} is closed: {last} Send a new request if it is still needed.").format(label=label, last=last)
