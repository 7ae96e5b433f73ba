"""What Slack must still be told: rows of the outbox, written in the transaction of the change they tell of.

A request's own rows are guarded by the lock on the request. People's App Homes are shared by many requests: their rows
are always locked in one statement and in the order of their ids, so that two changes cannot wait for each other.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.database import CHANGED
from bot.services.inserts import InsertOnce
from bot.services.standing_in import readdressed
from models import Absence, DeskMember, ExpediteRequest, OutboxMessage
from models.base import UtcDateTime
from models.lifecycle import OPEN
from models.outbox import Delivery, Notice, Surface

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor

COALESCE_HOMES = timedelta(seconds=1)
"""How long an App Home waits for further changes before it is drawn again."""

_OUTBOX: Any = OutboxMessage.__table__
_POST = InsertOnce(_OUTBOX)
_MARKED = (Delivery.SENT, Delivery.DEAD)


def _mark(*, revived: Sequence[Delivery]) -> sa.Update:
    """Want one more drawing. ``not_before`` of other rows is a lease, a pace or a back-off: not ours to touch."""
    is_marked = _OUTBOX.c.state.in_(revived)
    return sa.update(_OUTBOX).values(
        wanted=_OUTBOX.c.wanted + 1,
        state=sa.case((is_marked, Delivery.STALE), else_=_OUTBOX.c.state),
        not_before=sa.case((is_marked, sa.bindparam("not_before_", type_=UtcDateTime())), else_=_OUTBOX.c.not_before),
    )


_OF_REQUEST = _OUTBOX.c.request_id == sa.bindparam("request")
# Also what Slack refused once: its channel may be back, and a card must not show an old state for ever.
_REDRAW = _mark(revived=_MARKED).where(_OF_REQUEST, _OUTBOX.c.is_live)
_REDRAW_ALL = _mark(revived=_MARKED).where(
    _OUTBOX.c.request_id.in_(sa.bindparam("requests", expanding=True)), _OUTBOX.c.is_live
)
# One subquery, so that both databases look each key up in the unique index instead of reading the whole outbox.
_HOME_KEYS: Any = sa.union_all(
    sa.select("home:" + DeskMember.slack_id).where(DeskMember.desk_id.in_(sa.bindparam("desks", expanding=True))),
    sa.select("home:" + ExpediteRequest.requester).where(
        ExpediteRequest.id.in_(sa.bindparam("requests", expanding=True))
    ),
    sa.select("home:" + Absence.deputy)
    .join(
        ExpediteRequest,
        sa.and_(ExpediteRequest.tenant_id == Absence.tenant_id, ExpediteRequest.requester == Absence.slack_id),
    )
    .where(
        ExpediteRequest.id.in_(sa.bindparam("requests", expanding=True)),
        Absence.ends_at > sa.bindparam("not_before_", type_=UtcDateTime()),
        Absence.deputy.is_not(None),
    ),
)


def _redraw_homes_in(keys: Any) -> sa.Update:
    homes = _OUTBOX.c.tenant_id.in_(sa.bindparam("tenants", expanding=True)), _OUTBOX.c.key.in_(keys)
    locked = sa.select(_OUTBOX.c.id).where(*homes).order_by(_OUTBOX.c.id).with_for_update()
    return _mark(revived=(Delivery.SENT,)).where(_OUTBOX.c.id.in_(locked))


_REDRAW_HOMES = _redraw_homes_in(_HOME_KEYS)
_REDRAW_HOMES_OF = _redraw_homes_in(sa.bindparam("keys", expanding=True))
_ALL_HOMES = _mark(revived=(Delivery.SENT,)).where(
    _OUTBOX.c.id.in_(
        sa.select(_OUTBOX.c.id)
        .where(_OUTBOX.c.tenant_id == sa.bindparam("tenant"), _OUTBOX.c.surface == Surface.HOME)
        .order_by(_OUTBOX.c.id)
        .with_for_update()
    )
)
_TEST_CARDS = _mark(revived=_MARKED).where(
    _OUTBOX.c.tenant_id == sa.bindparam("tenant"), _OUTBOX.c.notice == Notice.TEST_CARD
)
_ONE = _mark(revived=_MARKED).where(
    _OUTBOX.c.tenant_id == sa.bindparam("tenant"), _OUTBOX.c.key == sa.bindparam("named")
)
_REOPEN_HOME = _mark(revived=_MARKED).where(
    _OUTBOX.c.tenant_id == sa.bindparam("tenant"), _OUTBOX.c.key == sa.bindparam("home")
)
_LASTING = (Notice.RECEIPT, Notice.MEDIATION, Notice.MEDIATOR_ASKS, Notice.MEDIATOR_TOLD, Notice.TURNED_INTO)
"""Direct messages that stay up to date beyond a turn."""
_TURN_MESSAGES = sa.and_(_OF_REQUEST, _OUTBOX.c.surface == Surface.DIRECT, _OUTBOX.c.notice.not_in(_LASTING))
_RETIRE = sa.update(_OUTBOX).where(_TURN_MESSAGES, _OUTBOX.c.is_live).values(is_live=False)
_RETIRE_SOME = sa.update(_OUTBOX).where(_OUTBOX.c.id.in_(sa.bindparam("rows", expanding=True))).values(is_live=False)
_REVIVE = sa.update(_OUTBOX).where(_TURN_MESSAGES, sa.not_(_OUTBOX.c.is_live)).values(is_live=True)


def row(
    *,
    tenant_id: int,
    key: str,
    surface: Surface,
    notice: Notice,
    channel: str,
    at: datetime,
    request_id: int | None = None,
    thread_of: int | None = None,
    facts: dict[str, Any] | None = None,
    is_live: bool = False,
) -> dict[str, Any]:
    """One surface to be: a channel, a person for direct messages; ``key`` names the fact it tells."""
    return {
        "tenant_id": tenant_id,
        "key": key,
        "surface": surface,
        "notice": notice,
        "channel": channel,
        "not_before": at,
        "made_at": at,
        "request_id": request_id,
        "thread_of": thread_of,
        "facts": facts or {},
        "is_live": is_live,
    }


def card(request: ExpediteRequest, channel: str, *, key: str, at: datetime) -> dict[str, Any]:
    """The row of a request's live card in a desk's channel."""
    return row(
        tenant_id=request.tenant_id,
        key=key,
        surface=Surface.CARD,
        notice=Notice.CARD,
        channel=channel,
        at=at,
        request_id=request.id,
        is_live=True,
    )


def post_all(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Post several surfaces; those whose key is known already are told already."""
    _POST.all(session, rows)
    session.info[CHANGED] = True


def post(session: Session, **facts: Any) -> None:
    """Post one surface: the arguments of :func:`row`. What is told to a person who is away goes to their deputy."""
    post_all(session, [row(**readdressed(session, facts))])


def redraw(session: Session, request: ExpediteRequest, at: datetime) -> None:
    """Show the request as it is now, wherever it is shown: its live messages, and the App Homes of both sides."""
    redraw_messages(session, request.id, at)
    redraw_homes(session, [request], at)


def redraw_all(session: Session, requests: Collection[ExpediteRequest], at: datetime) -> None:
    """Show several requests as they are now, with a statement for their messages and one for the App Homes."""
    connection = session.connection()
    connection.execute(_REDRAW_ALL, {"requests": sorted(one.id for one in requests), "not_before_": at})
    redraw_homes(session, requests, at)


def redraw_messages(session: Session, request_id: int, at: datetime) -> None:
    """Show the request as it is now in its card and its live direct messages."""
    session.execute(_REDRAW, {"request": request_id, "not_before_": at})
    session.info[CHANGED] = True


def redraw_homes(
    session: Session, requests: Iterable[ExpediteRequest], at: datetime, *, desks: Iterable[int] = ()
) -> None:
    """Draw the App Homes again that exist: of those who asked, of the desks they asked, and of other ``desks``."""
    changed = list(requests)
    if not changed:
        return
    session.connection().execute(
        _REDRAW_HOMES,
        {
            "tenants": sorted({request.tenant_id for request in changed}),
            "desks": sorted({*desks, *(request.desk_id for request in changed)}),
            "requests": sorted({request.id for request in changed}),
            "not_before_": at + COALESCE_HOMES,
        },
    )
    session.info[CHANGED] = True


def redraw_homes_of(session: Session, tenant_id: int, people: Iterable[str], at: datetime) -> None:
    """Draw the App Homes of these people again, as far as they exist."""
    keys = [home_key(person) for person in people]
    facts = {"tenants": [tenant_id], "keys": keys, "not_before_": at + COALESCE_HOMES}
    session.connection().execute(_REDRAW_HOMES_OF, facts)
    session.info[CHANGED] = True


def redraw_workspace(session: Session, tenant_id: int, desk_ids: Iterable[int], at: datetime) -> None:
    """Draw all App Homes again that exist, and whatever shows an open request of these desks."""
    open_ones = sa.select(ExpediteRequest.id).where(
        ExpediteRequest.desk_id.in_(list(desk_ids)), ExpediteRequest.status.in_(OPEN)
    )
    for request_id in session.scalars(open_ones.order_by(ExpediteRequest.id).with_for_update()).all():
        redraw_messages(session, request_id, at)
    session.connection().execute(_ALL_HOMES, {"tenant": tenant_id, "not_before_": at + COALESCE_HOMES})
    session.info[CHANGED] = True


def redraw_test_cards(session: Session, tenant_id: int, at: datetime) -> None:
    """Show on every test card of the set-up that it was seen."""
    session.connection().execute(_TEST_CARDS, {"tenant": tenant_id, "not_before_": at})
    session.info[CHANGED] = True


def redraw_one(session: Session, tenant_id: int, key: str, at: datetime) -> None:
    """Show one surface again as it is now, by its key."""
    session.connection().execute(_ONE, {"tenant": tenant_id, "named": key, "not_before_": at})
    session.info[CHANGED] = True


def open_home(session: Session, actor: Actor, at: datetime) -> None:
    """Draw somebody's App Home now: for the first time, or again."""
    home = {"tenant": actor.tenant_id, "home": home_key(actor.slack_id), "not_before_": at}
    result: Any = session.execute(_REOPEN_HOME, home)
    session.info[CHANGED] = True
    if not result.rowcount:
        post(
            session,
            tenant_id=actor.tenant_id,
            key=home_key(actor.slack_id),
            surface=Surface.HOME,
            notice=Notice.HOME,
            channel=actor.slack_id,
            at=at,
            is_live=True,
        )


def retire(session: Session, request: ExpediteRequest, at: datetime) -> None:
    """Let go of the direct messages whose turn is over, after one last drawing. The receipt stays up to date."""
    redraw_messages(session, request.id, at)
    session.execute(_RETIRE, {"request": request.id})


def retire_some(session: Session, rows: Sequence[OutboxMessage], at: datetime) -> None:
    """Let go of these messages of one request, after one last drawing."""
    for row in rows:
        redraw_messages(session, row.request_id or 0, at)
    session.execute(_RETIRE_SOME, {"rows": [row.id for row in rows]})


def revive(session: Session, request: ExpediteRequest) -> None:
    """Keep all direct messages up to date again: a turn came back, and its message shows its buttons again."""
    session.execute(_REVIVE, {"request": request.id})


def home_key(slack_id: str) -> str:
    return f"home:{slack_id}"
