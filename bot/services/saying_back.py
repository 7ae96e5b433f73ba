"""The answers to what a reply was read as: it is confirmed, corrected in a form, or was not meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import read_offers, undo
from bot.services.answering import ask_information, commit_as_asked
from bot.services.case import require_possible
from bot.services.hints import Hint
from bot.services.last_step import last_step
from bot.services.negotiation import picture_for
from bot.services.offers import offer
from bot.services.understanding import MOVE_OF
from models import ReplyProposal, TimelineEntry, queries
from models.errors import ExpediteError, MoveNotAllowed, NotYours
from models.i18n import _
from models.lifecycle import How, Move, refusal
from models.reply_proposal import Means, ProposalState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import ExpediteRequest
    from models.offer import OfferShape
    from models.picture import Picture
    from models.tenant import Actor

MOVED_ON_BY = (
    Move.ASK_INFORMATION,
    Move.OFFER,
    Move.REFUSE,
    Move.COUNTER,
    Move.COMMIT,
    Move.ACCEPT,
    Move.REASSIGN,
)
"""What makes an older reading pointless: somebody has answered since, or asked, or it went elsewhere."""


@dataclass(frozen=True)
class Prefilled:
    """A form for what was read, filled in as far as it was said."""

    means: Means
    picture: Picture
    words: str
    shape: OfferShape
    answers: dict[str, Any]
    """Of the offer form."""
    lots: int


def confirm(session: Session, actor: Actor, proposal_id: int, version: int, *, at: datetime) -> Hint:
    """Do what the reply was read as, as a reply that its deletion takes back; gives what to say of it.

    Raises :class:`NotYours` for anybody but its writer, and :class:`MoveNotAllowed` where it no longer fits.
    """
    row, request = _taken(session, actor, proposal_id, version)
    _require_unmoved(session, actor, row, request, at)
    told: dict[str, Any] = {"at": at, "how": How.REPLY, "source_ts": row.reply_ts}
    if row.means is Means.COMMIT:
        commit_as_asked(session, actor, request.id, **told)
    elif row.means is Means.QUESTION:
        ask_information(session, actor, request.id, row.facts["text"], **told)
    else:
        _offer(session, actor, row, request, told)
    row.state = ProposalState.CONFIRMED
    said = _("Confirmed on {label}. Deleting the reply takes it back, while nothing builds on it.")
    return Hint(said.format(label=request.label), request.id, None, row.facts.get("thread_ts"))


def to_edit(session: Session, actor: Actor, proposal_id: int, version: int, *, at: datetime) -> Prefilled:
    """The form in which its writer says it exactly; sending it is what decides. Raises as :func:`confirm` does."""
    row, request = _taken(session, actor, proposal_id, version)
    _require_unmoved(session, actor, row, request, at)
    move = Move.OFFER if row.means is Means.COMMIT else MOVE_OF[row.means]
    picture = picture_for(session, actor, request.id, move, at=at)
    shape, answers = read_offers.answers_of(row.facts, request)
    return Prefilled(
        means=row.means,
        picture=picture,
        words=str(row.facts.get("text") or ""),
        shape=shape,
        answers=answers,
        lots=len(row.facts.get("lots") or ()),
    )


def not_meant(session: Session, actor: Actor, proposal_id: int, version: int, *, at: datetime) -> Hint:
    """Leave the reply as talk; a time that was noted at once is taken back."""
    row, request = _taken(session, actor, proposal_id, version)
    if row.means is Means.ANSWER_TIME:
        undo.undo(session, actor, request.id, source_ts=row.reply_ts, move=Move.NAME_ANSWER_TIME, at=at)
    elif row.state is ProposalState.CONFIRMED:
        raise MoveNotAllowed(
            _("You confirmed this on {label}. Delete the reply in the thread, and it is taken back.").format(
                label=request.label
            )
        )
    thread_ts = row.facts.get("thread_ts")
    row.state, row.facts = ProposalState.NOT_MEANT, {"thread_ts": thread_ts}
    return Hint(_("Your reply on {label} is taken as talk.").format(label=request.label), request.id, None, thread_ts)


def _offer(session: Session, actor: Actor, row: ReplyProposal, request: ExpediteRequest, told: dict[str, Any]) -> None:
    proposal = read_offers.proposal_of(session, request, row.facts, at=told["at"])
    if proposal is None:
        raise MoveNotAllowed(_("This offer needs another look: press “Edit…”, check the days and quantities, send it."))
    offer(session, actor, request.id, proposal, **told)


def _taken(session: Session, actor: Actor, proposal_id: int, version: int) -> tuple[ReplyProposal, ExpediteRequest]:
    """The reading with its request locked; raises for what is not this person's, or not the newest any more."""
    wanted = sa.select(ReplyProposal).where(ReplyProposal.id == proposal_id, ReplyProposal.tenant_id == actor.tenant_id)
    row = session.scalar(wanted)
    if row is None:
        raise ExpediteError(_("This was too long ago to be confirmed. Write it again in the thread, or use the card."))
    if row.by != actor.slack_id:
        raise NotYours(_("Only who wrote the reply can say what it means. Use the buttons of the card."))
    request = queries.request(session, actor.tenant_id, row.request_id)
    session.refresh(row)
    if row.state is ProposalState.DELETED:
        raise MoveNotAllowed(
            _("You deleted this reply, so nothing was changed. Write it again in the thread of {label}.").format(
                label=request.label
            )
        )
    if row.version != version:
        raise MoveNotAllowed(
            _("You edited this reply since, so nothing was changed. The newer line says what was read.")
        )
    return row, request


def _require_unmoved(
    session: Session, actor: Actor, row: ReplyProposal, request: ExpediteRequest, at: datetime
) -> None:
    require_possible(session, actor, request, MOVE_OF[row.means], at)
    if row.state is ProposalState.NOT_MEANT:
        raise MoveNotAllowed(
            _(
                "You said that this was not meant, so nothing was changed. Write it again, or use the card of {label}."
            ).format(label=request.label)
        )
    later = sa.select(TimelineEntry.id).where(
        TimelineEntry.request_id == request.id,
        TimelineEntry.id > row.facts["seen"],
        TimelineEntry.move.in_(MOVED_ON_BY),
        TimelineEntry.undone_at.is_(None),
    )
    if session.scalar(later.limit(1)) is not None:
        last = last_step(session, request, actor, at)
        raise MoveNotAllowed(refusal(request.status, label=request.label, last=last))
