"""Each role, each move, each state: answered or refused, as the table of moves says and the list of roles below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

from bot.database import Database
from bot.services import editing, negotiation
from bot.services.aftermath import PushedBack
from models import Absence, Commitment, ExpediteRequest, queries
from models.ask import RequestKind
from models.commitment import Outcome
from models.errors import ExpediteError, MoveNotAllowed, NotYours, RequestUnknown
from models.lifecycle import NEXT, EndedBecause, How, Move, Status
from models.offer import ShipmentSplit
from models.tenant import Actor
from tests.builders import DAY, FRIDAY, HOUR, MARA, NEXT_FRIDAY, NOON, PRIYA, TOBIAS, Workspace, an_ask, furnish
from tests.flows.test_negotiation_model import second_desk
from tests.negotiating import a_part
from tests.rows import a_commitment

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LATER = NOON + HOUR
SALES, DESK, ASKER = "whoever asked, or stands in for them", "the desk's members", "whoever asked"
ROLES = {
    "requester": {SALES, ASKER},
    "deputy of the requester": {SALES},
    "desk member who holds it": {DESK},
    "desk member": {DESK},
    "leader": set(),
    "admin": set(),
    "admin of another workspace": None,
}
BY_THEMSELVES = {Move.ASK, Move.WARN, Move.BREACH, Move.ESCALATE, Move.ASK_OUTCOME, Move.ASK_AGAIN}
"""Asking has no state before it, the rest the product does itself."""
ELSEWHERE = {Move.UNDO, Move.SNOOZE, Move.MEDIATE, Move.VOUCH, Move.CORRECT, Move.ANSWER}
"""What moves no request: told apart by whose gesture, whose clock, which mediator or whose message it was.

An answer is what committing or offering comes to where a question was asked before a promise.
"""


@dataclass(frozen=True)
class Case:
    """One request in one state, with the lot a move is about."""

    request_id: int
    lot_id: int


Act = Callable[..., Any]


def on_request(use_case: Act, *words: Any, **facts: Any) -> Act:
    return lambda session, actor, case: use_case(
        session, actor, case.request_id, *words, at=LATER, how=How.BUTTON, **facts
    )


def on_lot(use_case: Act, *words: Any, **facts: Any) -> Act:
    return lambda session, actor, case: use_case(session, actor, case.lot_id, *words, at=LATER, how=How.FORM, **facts)


def changed(**facts: Any) -> Act:
    """Change what is asked by the form it was asked with."""

    def act(session: Session, actor: Actor, case: Case) -> Any:
        draft = editing.begin(session, actor, case.request_id, at=LATER)
        ask = replace(session.get_one(ExpediteRequest, case.request_id).ask, **facts)
        return editing.change(session, actor, draft, ask, at=LATER, how=How.FORM)

    return act


def _thank(session: Session, actor: Actor, case: Case) -> Any:
    return negotiation.say_thanks(session, actor, case.request_id, at=LATER)


def _customer_said(session: Session, actor: Actor, case: Case) -> Any:
    return negotiation.keep_customer_said(session, actor, case.request_id, "They start on Monday.", at=LATER)


def _reassign(session: Session, actor: Actor, case: Case) -> Any:
    return negotiation.reassign(session, actor, case.request_id, second_desk(session), at=LATER, how=How.FORM)


report = partial(on_lot, negotiation.report_outcome)
ACTS: dict[Move, tuple[str, Act]] = {
    Move.ACKNOWLEDGE: (DESK, on_request(negotiation.acknowledge)),
    Move.NAME_ANSWER_TIME: (DESK, on_request(negotiation.name_answer_time, LATER + HOUR)),
    Move.ASK_INFORMATION: (DESK, on_request(negotiation.ask_information, "Which drawing?")),
    Move.GIVE_INFORMATION: (SALES, on_request(negotiation.give_information, "Revision C.")),
    Move.COMMIT: (DESK, on_request(negotiation.commit_as_asked)),
    Move.OFFER: (DESK, on_request(negotiation.offer, a_part())),
    Move.ACCEPT: (SALES, on_request(negotiation.accept)),
    Move.COUNTER: (SALES, on_request(negotiation.counter, [ShipmentSplit(FRIDAY, Decimal(60))])),
    Move.REFUSE: (SALES, on_request(negotiation.refuse, "Too late", look_again=True)),
    Move.DECLINE: (DESK, on_request(negotiation.decline, "No steel", "Next month")),
    Move.WITHDRAW: (SALES, on_request(negotiation.withdraw)),
    Move.CANCEL: (SALES, on_request(negotiation.withdraw, because=EndedBecause.CUSTOMER_CANCELLED)),
    Move.REPORT_OUTCOME: (DESK, report(Outcome.IN_PART, quantity=Decimal(40), rest_date=NEXT_FRIDAY)),
    Move.FULFIL: (DESK, report(Outcome.IN_FULL)),
    Move.FULFIL_IN_PART: (DESK, report(Outcome.IN_PART, quantity=Decimal(40))),
    Move.MISS: (DESK, report(Outcome.MISSED)),
    Move.REPORT_RISK: (DESK, on_lot(negotiation.report_risk, "The mould broke", NEXT_FRIDAY)),
    Move.RECOMMIT: (DESK, on_lot(negotiation.recommit, NEXT_FRIDAY, "The mould broke")),
    Move.TAKE_NEW_DATE: (SALES, on_lot(negotiation.take_new_date)),
    Move.NAME_BUMPED: (DESK, on_request(negotiation.name_bumped, [PushedBack("4500-1", 2)])),
    Move.EDIT: (SALES, changed(expectation="Half of it would do.")),
    Move.ASK_ANEW: (SALES, changed(quantity=Decimal(150))),
    Move.HAND_OVER: (DESK, on_request(negotiation.hand_over, PRIYA)),
    Move.TAKE: (DESK, on_request(negotiation.take)),
    Move.REASSIGN: (DESK, _reassign),
    Move.STILL_ON_IT: (DESK, on_request(negotiation.still_on_it)),
    Move.THANK: (ASKER, _thank),
    Move.CUSTOMER_SAID: (ASKER, _customer_said),
}
TO_STATE: dict[Status, list[tuple[str, Move]]] = {
    Status.ASKED: [],
    Status.ACKNOWLEDGED: [("jonas", Move.ACKNOWLEDGE)],
    Status.INFO_NEEDED: [("jonas", Move.ASK_INFORMATION)],
    Status.OFFERED: [("jonas", Move.OFFER)],
    Status.AGREED: [("jonas", Move.COMMIT), ("jonas", Move.REPORT_RISK)],
    Status.FULFILLED: [("jonas", Move.COMMIT), ("jonas", Move.FULFIL)],
    Status.PARTLY_FULFILLED: [("jonas", Move.COMMIT), ("jonas", Move.FULFIL_IN_PART)],
    Status.MISSED: [("jonas", Move.COMMIT), ("jonas", Move.MISS)],
    Status.DECLINED: [("jonas", Move.DECLINE)],
    Status.WITHDRAWN: [("mara", Move.WITHDRAW)],
    Status.CANCELLED: [("mara", Move.CANCEL)],
    Status.ANSWERED: [("jonas", Move.COMMIT)],
}


def test_every_move_of_a_person_is_in_the_table() -> None:
    assert set(ACTS) | BY_THEMSELVES | ELSEWHERE == set(Move)
    assert set(TO_STATE) == set(Status)


def test_each_role_and_each_move_in_each_state_is_answered_or_refused_as_the_table_says(database: Database) -> None:
    """One state of each kind is made once; every attempt is taken back, so that the next one finds it again."""
    played = database.run_now(_play)
    assert {case: found for case, (found, expected) in played.items() if found != expected} == {}
    assert len(played) == len(ROLES) * len(ACTS) * len(Status)


def _play(session: Session) -> dict[tuple[str, str, str], tuple[str, str]]:
    people = furnish(session)
    cases = {status: _in_state(session, people, status) for status in Status}
    session.add(_absence(people))
    session.flush()
    played = {}
    for role, status, (move, (whose, act)) in product(ROLES, Status, ACTS.items()):
        found = _attempt(session, act, _actor(people, role), cases[status], NEXT.get((status, move), status))
        played[role, status.value, move.value] = (found, _expected(role, whose, status, move))
    return played


def _attempt(session: Session, act: Act, actor: Actor, case: Case, leads_to: Status) -> str:
    """Make a move and take the transaction back; tell what became of it."""
    attempt = session.begin_nested()
    try:
        act(session, actor, case)
        session.flush()
        status = session.get_one(ExpediteRequest, case.request_id).status
        said = "done" if status is leads_to else f"led to {status}"
    except ExpediteError as refused:
        kinds = {NotYours: "not yours", MoveNotAllowed: "not now", RequestUnknown: "unknown"}
        is_sentence = refused.sentence.endswith(".")
        said = kinds.get(type(refused), repr(refused)) if is_sentence else f"no sentence: {refused.sentence}"
    attempt.rollback()
    return said


def _expected(role: str, whose: str, status: Status, move: Move) -> str:
    rights = ROLES[role]
    if rights is None:
        return "unknown"
    if whose not in rights:
        return "not yours"
    return "done" if _is_possible(role, status, move) else "not now"


def _is_possible(role: str, status: Status, move: Move) -> bool:
    if move is Move.THANK:
        return status in {Status.FULFILLED, Status.PARTLY_FULFILLED}
    if move is Move.ASK_ANEW:
        return (status, Move.EDIT) in NEXT  # the same form; with an offer on the table it asks anew
    if move is Move.CUSTOMER_SAID:
        return not status.is_open
    if move is Move.TAKE and (role == "desk member who holds it" or status is Status.ASKED):
        return False  # one's own, and nobody's
    return (status, move) in NEXT


def _in_state(session: Session, people: Workspace, status: Status) -> Case:
    kind = RequestKind.INQUIRY if status is Status.ANSWERED else RequestKind.EXPEDITE
    ask = an_ask(order_number=status.value, needed_ship_date=FRIDAY, kind=kind)
    request = negotiation.submit(session, people.mara, ask, at=NOON - DAY, how=How.FORM)
    session.flush()
    case = Case(request.id, 0)
    for who, move in TO_STATE[status]:
        ACTS[move][1](session, getattr(people, who), case)
        session.flush()
        case = replace(case, lot_id=_lot(session, request))
    return case if case.lot_id else replace(case, lot_id=a_commitment(session, request, outcome=Outcome.CANCELLED).id)


def _lot(session: Session, request: ExpediteRequest) -> int:
    lots: list[Commitment] = list(queries.commitments(session, request.id))
    return lots[0].id if lots else 0


def _absence(people: Workspace) -> Absence:
    away = {"starts_at": NOON - HOUR, "ends_at": NOON + timedelta(days=30), "made_at": NOON, "made_by": MARA}
    return Absence(tenant_id=people.tenant_id, slack_id=MARA, deputy=TOBIAS, **away)


def _actor(people: Workspace, role: str) -> Actor:
    return {
        "requester": people.mara,
        "deputy of the requester": people.tobias,
        "desk member who holds it": people.jonas,
        "desk member": people.priya,
        "leader": people.helena,
        "admin": people.sam,
        "admin of another workspace": replace(
            people.sam, tenant_id=people.tenant_id + 1, desk_ids=people.jonas.desk_ids
        ),
    }[role]
