"""What could not be delivered to Slack, in sentences an admin can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from models import queries
from models.desk import Desk
from models.expedite_request import ExpediteRequest
from models.i18n import _
from models.lifecycle import label_of
from models.outbox import Delivery, OutboxMessage, Surface
from models.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

MOST = 20
WAITS_FOR_AN_ADMIN = frozenset(
    {
        *("invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive", "no_token"),
        *("team_added_to_org", "org_login_required", "ekm_access_denied"),
    }
)
"""Slack's words for troubles with the app or the workspace: mended without touching the message, so it only waits."""

Found = tuple[OutboxMessage, int | None]


def undelivered(session: Session, tenant_id: int, *, limit: int = MOST) -> list[str]:
    """Return one plain sentence for each message that was refused, may be lost or waits for an admin, newest first.

    App Homes are left out: they are drawn again when they are opened.
    """
    found = _found(session, tenant_id, limit)
    places = _places(session, tenant_id, [row for row, _number in found])
    return [_sentence(row, number, places.get(row.channel, row.channel)) for row, number in found]


def _found(session: Session, tenant_id: int, limit: int) -> Sequence[Found]:
    is_waiting = sa.and_(
        OutboxMessage.state.in_((Delivery.READY, Delivery.STALE)), OutboxMessage.error.in_(sorted(WAITS_FOR_AN_ADMIN))
    )
    rows = session.execute(
        sa.select(OutboxMessage, ExpediteRequest.number)
        .outerjoin(ExpediteRequest, ExpediteRequest.id == OutboxMessage.request_id)
        .where(OutboxMessage.tenant_id == tenant_id, OutboxMessage.surface != Surface.HOME)
        .where(sa.or_(OutboxMessage.state.in_((Delivery.DEAD, Delivery.UNSURE)), is_waiting))
        .order_by(OutboxMessage.id.desc())
        .limit(limit)
    )
    return [(row, number) for row, number in rows]


def _places(session: Session, tenant_id: int, rows: Sequence[OutboxMessage]) -> Mapping[str, str]:
    """Return what people call the channels and persons by their ids."""
    if not rows:
        return {}
    places = queries.names(session, tenant_id, {row.channel for row in rows})
    for channel, name in session.execute(sa.select(Desk.channel_id, Desk.name).where(Desk.tenant_id == tenant_id)):
        places[channel] = _("the channel of {desk}").format(desk=name)
    leaders = session.get_one(Tenant, tenant_id).leadership_channel
    if leaders is not None:
        places.setdefault(leaders, _("the leadership channel"))
    return places


def _sentence(row: OutboxMessage, number: int | None, place: str) -> str:
    what = _what(row.surface)
    if number is not None:
        what = _("{what} of {label}").format(what=what, label=label_of(number))
    if row.state is Delivery.UNSURE:
        words = _("{what} may or may not have reached {place}: Slack did not say. Look there before telling it again.")
        return words.format(what=what, place=place)
    words = _("{what} did not reach {place}. {advice}")
    if row.state is not Delivery.DEAD:
        words = _("{what} still waits to reach {place}. {advice}")
    return words.format(what=what, place=place, advice=_advice(row.error))


def _what(surface: Surface) -> str:
    words = {
        Surface.CARD: _("The card"),
        Surface.NOTE: _("A note in the thread"),
        Surface.DIRECT: _("A direct message"),
        Surface.DIGEST: _("The weekly digest"),
        Surface.FILE: _("A file"),
    }
    return words.get(surface, _("A message"))


def _advice(error: str) -> str:
    advice = {
        "not_in_channel": _("The app is not in that channel: invite it."),
        "channel_not_found": _(
            "There is no such channel for the app: check its id, and invite the app if it is private."
        ),
        "is_archived": _("The channel is archived: restore it or choose another."),
        "missing_scope": _("The app lacks a permission: install it again with the current manifest."),
        "user_not_found": _("There is no such person any more."),
        "account_inactive": _("The app was removed from the workspace, or the person left it."),
        "message_not_found": _("The message was deleted in Slack."),
        "invalid_auth": _("The app's token is not valid any more: install the app again."),
        "token_revoked": _("The app's token was revoked: install the app again."),
        "token_expired": _("The app's token has expired: install the app again."),
        "no_token": _("The app's token cannot be read: put back the key that sealed it, or install the app again."),
        "team_added_to_org": _("The workspace is joining an organisation: it goes on by itself once that is done."),
        "org_login_required": _("The workspace is moving to an organisation: it goes on by itself once that is done."),
        "ekm_access_denied": _("The workspace's administrators have suspended access to messages: ask them."),
    }
    # Slack's word may carry a detail: “missing_scope: chat:write”.
    return advice.get(error.partition(":")[0]) or _("Slack answered “{error}”.").format(error=error or _("nothing"))
