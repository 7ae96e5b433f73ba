"""Draws a row of the outbox from the state of this moment: what is shown is never older than the claim."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.blocks import cards, digest, digest_notes, home, notices, notices_log, notices_morning, pairs, summit
from bot.courier import files
from models import ExpediteRequest, Pair, Summit, queries
from models.digest_parts import DigestPart
from models.digest_queries import stored_page
from models.home_pages import home_shown
from models.mediation_queries import for_a_mediator
from models.morning_queries import morning
from models.outbox import Notice, Surface
from models.summit_queries import summit_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.ports import File, Message, View
    from models import OutboxMessage
    from models.picture import Picture

PICTURES = "pictures drawn in this transaction"
MEDIATION = frozenset({Notice.MEDIATION, Notice.MEDIATION_NOTE, Notice.MEDIATOR_ASKS, Notice.MEDIATOR_TOLD})

DIGESTS = frozenset({Notice.DIGEST, Notice.DIGEST_DETAIL})


def draw(session: Session, row: OutboxMessage, at: datetime) -> Message | View | File:
    """What the row shows at this instant."""
    if row.surface is Surface.FILE:
        return files.make(session, row, at)
    if row.notice in OF_NO_REQUEST:
        return OF_NO_REQUEST[row.notice](session, row, at)
    picture = _picture(session, row, at)
    if picture is not None and row.notice in MEDIATION:
        picture = for_a_mediator(session, picture, at)
    if row.notice is Notice.CARD and picture is not None:
        return cards.request_card(picture, as_of=at)
    return notices.draw(row.notice, picture=picture, facts=row.facts, as_of=at)


def _picture(session: Session, row: OutboxMessage, at: datetime) -> Picture | None:
    """The request of a row, loaded once for all its rows of one claim: card and receipt go out together."""
    if row.request_id is None:
        return None
    known: dict[int, Picture] = session.info.setdefault(PICTURES, {})
    if row.request_id not in known:
        known[row.request_id] = queries.picture(session, session.get_one(ExpediteRequest, row.request_id), at)
    return known[row.request_id]


def _digest(session: Session, row: OutboxMessage, _at: datetime) -> Message:
    """The page, or a note under it, from what was stored when it was made: it never says anything else."""
    page = stored_page(session, row.tenant_id, date.fromisoformat(row.facts["week"]))
    assert page is not None  # stored in the transaction that posted the row
    if row.notice is Notice.DIGEST:
        return digest.digest_message(page)
    return digest_notes.detail_message(page, DigestPart(row.facts["part"]))


def _home(session: Session, row: OutboxMessage, at: datetime) -> View:
    return home.home_view(home_shown(session, row.tenant_id, row.channel, at), as_of=at)


def _caught_up(_session: Session, row: OutboxMessage, _at: datetime) -> Message:
    return notices_log.caught_up(row.facts)


def _morning(session: Session, row: OutboxMessage, at: datetime) -> Message:
    return notices_morning.morning(morning(session, row.tenant_id, row.facts), as_of=at)


def _summit(session: Session, row: OutboxMessage, at: datetime) -> Message:
    shown = summit_picture(session, session.get_one(Summit, int(row.facts["summit"])))
    return summit.summit_message(shown, as_of=at)


def _pair(session: Session, row: OutboxMessage, _at: datetime) -> Message:
    return pairs.pair_message(session.get_one(Pair, int(row.facts["pair"])), row.channel)


OF_NO_REQUEST: dict[Notice, Callable[[Session, OutboxMessage, datetime], Message | View]] = {
    Notice.HOME: _home,
    **dict.fromkeys(DIGESTS, _digest),
    Notice.CAUGHT_UP: _caught_up,
    Notice.MORNING: _morning,
    Notice.SUMMIT: _summit,
    Notice.PAIR: _pair,
}
"""What tells of no single request."""
