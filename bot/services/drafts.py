"""Answers on the way: kept after each step of a form, so that nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models import Draft
from models.draft import EDITS, KIND
from models.errors import DraftGone, Field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor


KEPT_FOR = timedelta(days=7)
"""How long somebody may go on where they left off."""
LOOKED_THROUGH = 10
"""Forms that are looked through for the last one of a kind."""
TELLING = (
    *(Field.CUSTOMER, Field.ORDER_NUMBER, Field.ITEM, Field.QUANTITY, Field.NEEDED_SHIP_DATE, Field.PROMISE_DATE),
    *(Field.EXPECTATION, Field.REASON_CODE, Field.WHAT),
)
"""Answers of which one at least makes a form worth going on with."""

_LOCKED = (
    sa.select(Draft)
    .where(Draft.id == sa.bindparam("draft"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def start(session: Session, actor: Actor, answers: Mapping[str, Any], *, at: datetime) -> Draft:
    """Begin a form with what is known already."""
    draft = Draft(tenant_id=actor.tenant_id, owner=actor.slack_id, answers=_plain(answers), updated_at=at)
    session.add(draft)
    session.flush()
    return draft


def save(session: Session, actor: Actor, draft_id: int, answers: Mapping[str, Any], *, at: datetime) -> Draft:
    """Keep the answers of a step beside those of the others; raises :class:`DraftGone`."""
    draft = locked(session, actor, draft_id)
    if draft.request_id is not None:
        raise DraftGone
    draft.answers = {**draft.answers, **_plain(answers)}
    draft.updated_at = at
    return draft


def get(session: Session, actor: Actor, draft_id: int, *, is_sent_fine: bool = False) -> Draft:
    """A person's own draft; raises :class:`DraftGone` for others, and for one that was sent unless that is fine."""
    draft = session.get(Draft, draft_id)
    if draft is None or not _is_own(draft, actor) or (draft.request_id is not None and not is_sent_fine):
        raise DraftGone
    return draft


def unfinished(session: Session, actor: Actor, *, kind: str = "", at: datetime) -> Draft | None:
    """The form a person left, if it is the last of its kind they had open, still young, and says anything.

    A later form that was sent, or begun afresh, has taken its place. A change of a request begins at the request.
    """
    mine = sa.select(Draft).where(Draft.tenant_id == actor.tenant_id, Draft.owner == actor.slack_id)
    recent = session.scalars(mine.order_by(Draft.updated_at.desc(), Draft.id.desc()).limit(LOOKED_THROUGH))
    such = (one for one in recent if str(one.answers.get(KIND) or "") == kind and not one.answers.get(EDITS))
    draft = next(such, None)
    if draft is None or draft.request_id is not None or draft.updated_at < at - KEPT_FOR:
        return None
    return draft if any(draft.answers.get(field) for field in TELLING) else None


def latest(session: Session, actor: Actor) -> Draft | None:
    """The form a person left unsent most recently."""
    mine = sa.select(Draft).where(
        Draft.tenant_id == actor.tenant_id, Draft.owner == actor.slack_id, Draft.request_id.is_(None)
    )
    return session.scalar(mine.order_by(Draft.updated_at.desc(), Draft.id.desc()).limit(1))


def locked(session: Session, actor: Actor, draft_id: int) -> Draft:
    """A person's own draft, sent or not, for a change; raises :class:`DraftGone`."""
    draft = session.scalar(_LOCKED, {"draft": draft_id})
    if draft is None or not _is_own(draft, actor):
        raise DraftGone
    return draft


def _is_own(draft: Draft, actor: Actor) -> bool:
    return draft.tenant_id == actor.tenant_id and draft.owner == actor.slack_id


def _plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {str(field): value for field, value in answers.items()}
