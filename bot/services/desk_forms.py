"""The desk's forms: what Ops typed becomes a named time, a report, a warning; each refusal names its field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from bot.reader import parse_quantity
from bot.services import aftermath, following, negotiation, outcomes
from models import Commitment, ExpediteRequest, queries
from models.commitment import Outcome
from models.errors import Field, FormRefused, MoveNotAllowed, RequestUnknown
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from models.lifecycle import How
    from models.picture import Picture
    from models.tenant import Actor

Answers = dict[str, Any]
BUMPED_ROWS = 3
DAYS_DIGITS = 4


def name_answer_time(
    session: Session, actor: Actor, request_id: int, answers: Answers, *, at: datetime, how: How
) -> ExpediteRequest:
    named = answers.get(Field.ANSWER_DUE)
    if not named:
        raise FormRefused({Field.ANSWER_DUE: _("Choose the day and time by which you will answer.")})
    due = datetime.fromtimestamp(int(named), UTC)
    return negotiation.name_answer_time(session, actor, request_id, due, at=at, how=how)


def report(
    session: Session, actor: Actor, commitment_id: int, answers: Answers, *, at: datetime, how: How
) -> ExpediteRequest:
    """Report what became of a committed lot."""
    chosen = answers.get(Field.OUTCOME)
    if not chosen:
        raise FormRefused({Field.OUTCOME: _("Choose what became of this lot.")})
    return outcomes.report_outcome(
        session,
        actor,
        commitment_id,
        Outcome(chosen),
        quantity=quantity_in(answers, Field.ACTUAL_QUANTITY),
        ship_date=date_in(answers, Field.ACTUAL_SHIP_DATE),
        rest_date=date_in(answers, Field.REST_DATE),
        at=at,
        how=how,
    )


def risk(
    session: Session, actor: Actor, request_id: int, answers: Answers, *, at: datetime, how: How
) -> ExpediteRequest:
    """Warn of a lot, or commit another day for it when the form says that the day is firm."""
    lot = _chosen_lot(session, actor, request_id, answers)
    reason, day = str(answers.get(Field.RISK_REASON) or ""), date_in(answers, Field.NEW_SHIP_DATE)
    if not answers.get(Field.IS_FIRM):
        return following.report_risk(session, actor, lot, reason, day, at=at, how=how)
    if day is None:
        raise FormRefused({Field.NEW_SHIP_DATE: _("For which day do you commit it now? Choose it, or clear the tick.")})
    return following.recommit(session, actor, lot, day, reason, at=at, how=how)


def bumped(
    session: Session, actor: Actor, request_id: int, answers: Answers, *, at: datetime, how: How
) -> ExpediteRequest:
    """Write down the orders the form names; an empty row says nothing."""
    orders, problems = [], {}
    for row in range(1, BUMPED_ROWS + 1):
        number = str(answers.get(f"{Field.BUMPED_ORDER}_{row}") or "").strip()
        days = str(answers.get(f"{Field.BUMPED_DAYS}_{row}") or "").strip()
        owner = str(answers.get(f"{Field.BUMPED_OWNER}_{row}") or "") or None
        if not number and not days:
            continue
        if not number:
            problems[f"{Field.BUMPED_ORDER}_{row}"] = _("Which order is pushed back? Give its number.")
        orders.append(aftermath.PushedBack(number, _whole_days(days), owner))
    if not orders:
        problems[f"{Field.BUMPED_ORDER}_1"] = _("Which order is pushed back? Give its number.")
    if problems:
        raise FormRefused(problems)
    return aftermath.name_bumped(session, actor, request_id, orders, at=at, how=how)


def _whole_days(typed: str) -> int:
    """A number of days, or 0 for what is none: the service says what is wrong with it."""
    return int(typed) if typed.isdecimal() and len(typed) <= DAYS_DIGITS else 0


def _chosen_lot(session: Session, actor: Actor, request_id: int, answers: Answers) -> int:
    """The lot the form names; with one open lot it does not ask."""
    found = queries.request(session, actor.tenant_id, request_id)
    lots = [lot.id for lot in queries.commitments(session, found.id) if lot.outcome is Outcome.OPEN]
    chosen = answers.get(Field.LOT)
    if chosen:
        return int(chosen)
    if len(lots) > 1:
        raise FormRefused({Field.LOT: _("Which lot is it about? Choose one.")})
    if not lots:
        raise MoveNotAllowed(_("No lot of {label} is open any more. The card shows it.").format(label=found.label))
    return lots[0]


def lot_to_report(
    session: Session, actor: Actor, request_id: int, commitment_id: int | None, *, at: datetime
) -> tuple[Picture, Commitment]:
    """The committed lot a report is about: the named one, or the first that is open."""
    shown = negotiation.picture_for(session, actor, request_id, negotiation.Move.REPORT_OUTCOME, at=at)
    open_lots = [lot for lot in shown.commitments if lot.outcome is Outcome.OPEN]
    chosen = [lot for lot in open_lots if commitment_id in (None, lot.id)]
    if not shown.commitments:
        raise RequestUnknown(shown.request.label)
    if not chosen:
        raise MoveNotAllowed(_("The outcome of this lot is already reported. The card shows it."))
    return shown, chosen[0]


def quantity_in(answers: Mapping[str, Any], field: str) -> Decimal | None:
    """The quantity that was typed; raises :class:`FormRefused` where it is none."""
    typed = str(answers.get(field) or "").strip()
    if not typed:
        return None
    try:
        return parse_quantity(typed)[0]
    except ValueError as refused:
        raise FormRefused({field: getattr(refused, "sentence", str(refused))}) from refused


def date_in(answers: Mapping[str, Any], field: str) -> date | None:
    typed = answers.get(field)
    return date.fromisoformat(str(typed)) if typed else None
