"""Sales changes what it asked, while it is open: the desk sees old and new, and gets its time anew if the ask grew.

Rules, the same wherever they are shown:

- the ask *grew* when a line was added, asks for more, is needed earlier, or asks for another item or unit
- when the ask grew, the desk's clock starts again from the beginning; otherwise it goes on
- an open offer answers the lines as they were: it is closed when any of them changed, and the desk's answer is due
  anew; it stays when only other things changed (why, what the customer was told, links)
- an agreed request is not changed any more: its commitments have moves of their own
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import asking, drafts, turns
from bot.services.answering import start_answer
from bot.services.case import open_case, record, require_possible, require_role, stop_clocks, tell
from bot.services.last_step import last_step
from bot.services.proposals import close_open_offer
from bot.services.submitting import line_row
from models import ExpediteRequest, RequestLine, queries
from models.ask import LINE_FIELDS, MOST_LINES, RequestKind, field_of, problems_with
from models.draft import EDITS, EDITS_LABEL, EDITS_VERSION, LINES
from models.errors import EditOvertaken, FormRefused, MoveNotAllowed
from models.expedite_request import ASK_FIELDS
from models.i18n import _
from models.lifecycle import Move, Status
from models.offer import OfferState
from models.outbox import Notice
from models.picture import ChangePreview
from models.service_level import ClockKind
from models.urgency import UrgencyRules, judge

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import Draft
    from models.ask import Ask, AskedLine
    from models.lifecycle import How
    from models.tenant import Actor

Change = list[Any]
RESTARTED = frozenset({Status.ASKED, Status.ACKNOWLEDGED})
"""Where it is the desk's turn, and more to do is more time."""


def begin(session: Session, actor: Actor, request_id: int, *, at: datetime) -> Draft:
    """Start a form with what was asked. Raises what sending it would raise."""
    request = queries.request(session, actor.tenant_id, request_id)
    require_role(session, actor, request, Move.EDIT, at)
    require_possible(session, actor, request, Move.EDIT, at)
    if request.kind is RequestKind.INQUIRY:
        raise MoveNotAllowed(
            _("{label} is a question: ask another one, or withdraw this one.").format(label=request.label)
        )
    queries.load_lines(session, [request])
    marks = {EDITS: request.id, EDITS_LABEL: request.label, EDITS_VERSION: request.version}
    return drafts.start(session, actor, {**asking.answers_from(request.ask), **marks}, at=at)


def change(session: Session, actor: Actor, draft: Draft, ask: Ask, *, at: datetime, how: How) -> ExpediteRequest:
    """Change a request to this ask. Sending the same change twice changes it once.

    Raises :class:`EditOvertaken` when somebody acted on it since the form was opened, :class:`FormRefused`, or what
    every move raises.
    """
    request_id = int(draft.answers[EDITS])
    if draft.request_id is not None:
        return session.get_one(ExpediteRequest, draft.request_id)
    case = open_case(session, actor, request_id, Move.EDIT, at=at, how=how)
    request = case.request
    if request.version != draft.answers[EDITS_VERSION]:
        raise EditOvertaken(request.label, last_step(session, request, actor, at))
    problems = problems_with(ask, today=case.terms.calendar.local_day(at))
    if problems:
        raise FormRefused(problems)
    queries.load_lines(session, [request])
    old, new = request.ask, replace(ask, kind=request.kind)
    draft.request_id = request.id
    changes = changes_between(old, new)
    if changes:
        _apply(case, new)
        _record(case, changes, old, new)
    return request


def preview(session: Session, actor: Actor, draft: Draft, ask: Ask) -> ChangePreview | None:
    """What sending this form would change; None for a form that asks something new."""
    if not draft.answers.get(EDITS):
        return None
    request = queries.request(session, actor.tenant_id, int(draft.answers[EDITS]))
    queries.load_lines(session, [request])
    old = request.ask
    return ChangePreview(
        label=request.label,
        changes=changes_between(old, ask),
        closes_offer=request.status is Status.OFFERED and lines_differ(old, ask),
        restarts=grew(old, ask) and request.status in RESTARTED,
    )


def catch_up(session: Session, actor: Actor, draft_id: int, *, at: datetime) -> None:
    """Take note of what happened since the form was opened: its writer has seen it now, and may send it after all."""
    draft = drafts.get(session, actor, draft_id)
    request = queries.request(session, actor.tenant_id, int(draft.answers[EDITS]))
    drafts.save(session, actor, draft_id, {EDITS_VERSION: request.version}, at=at)


def changes_between(old: Ask, new: Ask) -> list[Change]:
    """What differs, as the question with the old and the new answer, in the order in which it is asked."""
    before, after = asking.answers_from(old), asking.answers_from(new)
    order = [*before, *(field for field in after if field not in before)]
    return [
        [field, before.get(field, ""), after.get(field, "")]
        for field in sorted(order, key=_asked_at)
        if field != LINES and before.get(field, "") != after.get(field, "")
    ]


def grew(old: Ask, new: Ask) -> bool:
    """Whether more is asked than before."""
    return len(new.lines) > len(old.lines) or any(
        _is_more(before, after) for before, after in zip(old.lines, new.lines, strict=False)
    )


def lines_differ(old: Ask, new: Ask) -> bool:
    """Whether an offer on the old ask answers another question now."""
    return old.lines != new.lines


def _is_more(before: AskedLine, after: AskedLine) -> bool:
    is_other = (before.item, before.unit) != (after.item, after.unit)
    return is_other or after.quantity > before.quantity or after.needed_ship_date < before.needed_ship_date


def _asked_at(field: str) -> int:
    """Where a question stands: the lines first."""
    lines = [field_of(name, number) for number in range(1, MOST_LINES + 1) for name in LINE_FIELDS]
    return lines.index(field) if field in lines else len(lines)


def _apply(case: Case, ask: Ask) -> None:
    session, request = case.session, case.request
    for name in ASK_FIELDS:
        setattr(request, name, getattr(ask, name))
    request.links, request.line_count = list(ask.links), len(ask.lines)
    judged = judge(ask, UrgencyRules.from_json(case.terms.levels.urgency_rules), case.terms.calendar, case.at)
    request.urgency, request.urgency_reasons = judged.urgency, list(judged.reasons)
    session.flush()
    session.execute(sa.delete(RequestLine).where(RequestLine.request_id == request.id))
    session.expire(request, ["more_lines"])
    session.add_all([line_row(request, n, line) for n, line in enumerate(ask.more_lines, start=2)])
    session.flush()
    queries.load_lines(session, [request])


def _record(case: Case, changes: list[Change], old: Ask, new: Ask) -> None:
    status, more = case.state_before["status"], grew(old, new)
    facts: dict[str, Any] = {"changes": changes, "grew": more}
    case = replace(case, terms=replace(case.terms, urgency=case.request.urgency))
    # What Sales proposed before it changed its lines is answered by no lot any more, either.
    closed = close_open_offer(case, OfferState.CLOSED) if lines_differ(old, new) else []
    if status is Status.OFFERED and lines_differ(old, new):
        stop_clocks(case)
        facts |= {"offer": closed[0], **start_answer(case)}
        entry = record(case, Move.ASK_ANEW, facts, closed=closed)
        tell(case, case.request.owner, Notice.DESK_TURN, entry)
        return
    facts["restarted"] = more and _restart(case, status)
    facts["later"] = more and status is Status.INFO_NEEDED
    record(case, Move.EDIT, facts, closed=closed)


def _restart(case: Case, status: Status) -> bool:
    """Give the desk its time anew, where it is its turn."""
    if status is Status.ASKED:
        stop_clocks(case)
        turns.start(case.session, case.request, ClockKind.FIRST_RESPONSE, case.terms, at=case.at)
    elif status is Status.ACKNOWLEDGED:
        stop_clocks(case)
        start_answer(case)
    return status in RESTARTED
