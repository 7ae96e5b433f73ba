"""The words for closed sets: statuses, reasons, answers of the form. Looked up when they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.ask import CausedBy, CustomerAsked, Fee, PartialAcceptance, ReasonCode, Told
from models.commitment import Outcome
from models.i18n import _
from models.lifecycle import EndedBecause, Status
from models.offer import OfferShape, PaidBy
from models.service_level import ClockKind, Holder

if TYPE_CHECKING:
    from enum import StrEnum


def status_word(status: Status) -> str:
    """Return where a request stands, as people say it."""
    return {
        Status.ASKED: _("asked"),
        Status.ACKNOWLEDGED: _("being looked into"),
        Status.INFO_NEEDED: _("question to Sales"),
        Status.OFFERED: _("offer on the table"),
        Status.AGREED: _("committed"),
        Status.FULFILLED: _("shipped in full"),
        Status.PARTLY_FULFILLED: _("shipped in part"),
        Status.MISSED: _("not shipped"),
        Status.DECLINED: _("declined"),
        Status.WITHDRAWN: _("withdrawn"),
        Status.CANCELLED: _("cancelled by the customer"),
        Status.ANSWERED: _("answered: possible, not committed"),
    }[status]


def reason_words() -> dict[StrEnum, str]:
    return {
        ReasonCode.LINE_DOWN: _("Line down at the customer"),
        ReasonCode.PENALTY: _("Penalty threatens"),
        ReasonCode.OWN_MISSED_COMMITMENT: _("We missed our own commitment"),
        ReasonCode.FORECAST_MISS: _("Forecast was too low"),
        ReasonCode.CUSTOMER_ORDERED_LATE: _("Customer ordered late"),
        ReasonCode.NEW_BUSINESS: _("New business"),
        ReasonCode.QUALITY_REJECT: _("Quality reject"),
        ReasonCode.SUPPLIER_LATE: _("Supplier is late"),
        ReasonCode.STOCK_OUT: _("Out of stock"),
        ReasonCode.OTHER: _("Another reason"),
    }


def cause_words() -> dict[StrEnum, str]:
    return {
        CausedBy.CUSTOMER: _("The customer"),
        CausedBy.US: _("We ourselves"),
        CausedBy.SUPPLIER: _("A supplier"),
    }


def cause_fact(caused_by: CausedBy) -> str:
    """Return who caused it, for the middle of a line."""
    return {
        CausedBy.CUSTOMER: _("caused by the customer"),
        CausedBy.US: _("caused by us"),
        CausedBy.SUPPLIER: _("caused by a supplier"),
    }[caused_by]


def fee_fact(fee: Fee, customer: str) -> str:
    """Return what is agreed about a fee, for the middle of a line; the customer's name is made safe by the caller."""
    sentence = {
        Fee.NOT_DISCUSSED: _("fee not discussed"),
        Fee.CUSTOMER_PAYS: _("expedite fee agreed, {customer} pays"),
        Fee.WE_PAY: _("we pay the extra cost"),
        Fee.REFUSED: _("{customer} refused a fee"),
    }[fee]
    return sentence.format(customer=customer)


def fee_words() -> dict[StrEnum, str]:
    return {
        Fee.NOT_DISCUSSED: _("Fee not discussed"),
        Fee.CUSTOMER_PAYS: _("Fee agreed, the customer pays"),
        Fee.WE_PAY: _("We pay the extra cost"),
        Fee.REFUSED: _("Customer refused a fee"),
    }


def customer_asked_words() -> dict[StrEnum, str]:
    return {
        CustomerAsked.NOT_ASKED: _("No, I did not ask"),
        CustomerAsked.WAITING: _("Yes, no answer yet"),
        CustomerAsked.NO_ROOM: _("Yes, they have no room"),
    }


def customer_asked_fact(asked: CustomerAsked) -> str:
    """Return whether the customer was asked for room, for the middle of a line."""
    return {
        CustomerAsked.NOT_ASKED: _("the customer was not asked for room"),
        CustomerAsked.WAITING: _("the customer was asked and has not answered yet"),
        CustomerAsked.NO_ROOM: _("the customer was asked and has no room"),
    }[asked]


def partial_words() -> dict[StrEnum, str]:
    return {
        PartialAcceptance.SHIP_COMPLETE: _("No, it must ship complete"),
        PartialAcceptance.BALANCE_LATER: _("Yes, a part now and the rest later"),
        PartialAcceptance.BALANCE_CANCELLED: _("Yes, a part now and cancel the rest"),
    }


def told_options() -> dict[StrEnum, str]:
    return {
        Told.NOTHING: _("Nothing yet"),
        Told.SOFT_DATE: _("A soft date (“probably …”)"),
        Told.FIRM_DATE: _("A firm date"),
    }


def shape_words() -> dict[StrEnum, str]:
    return {
        OfferShape.PART_ON_DATE: _("A part, on the date asked for"),
        OfferShape.EVERYTHING_LATER: _("Everything, on a later date"),
        OfferShape.STAGED_LOTS: _("In several lots"),
        OfferShape.INSTEAD: _("Another item, or from another site"),
    }


def paid_words() -> dict[StrEnum, str]:
    return {
        PaidBy.CUSTOMER: _("The customer pays"),
        PaidBy.US: _("We pay"),
        PaidBy.SUPPLIER: _("The supplier pays"),
    }


def outcome_words() -> dict[StrEnum, str]:
    return {
        Outcome.IN_FULL: _("Yes, in full and on time"),
        Outcome.LATE: _("Yes, in full but late"),
        Outcome.IN_PART: _("Only a part of it"),
        Outcome.MISSED: _("No, it did not ship"),
    }


def ending_words() -> dict[StrEnum, str]:
    return {
        EndedBecause.EVAPORATED: _("The need went away"),
        EndedBecause.CUSTOMER_CANCELLED: _("The customer cancelled the order"),
        EndedBecause.SOLVED_OTHERWISE: _("We solved it another way"),
        EndedBecause.OTHER: _("Another reason"),
    }


def waiting_for(kind: ClockKind, reader: Holder = Holder.NOBODY) -> str:
    """Return what a clock waits for, to stand before “due”, as ``reader`` would call it."""
    if kind is ClockKind.INFORMATION and reader is Holder.REQUESTER:
        return _("your answer")
    return {
        ClockKind.FIRST_RESPONSE: _("first answer"),
        ClockKind.ANSWER: _("answer"),
        ClockKind.INFORMATION: _("answer to the question"),
        ClockKind.DECISION: _("decision on the offer"),
        ClockKind.OUTCOME: _("report"),
    }[kind]
