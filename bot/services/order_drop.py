"""An order book that an admin drops into a desk's channel as a CSV file: offered, read with a limit, taken over."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services import order_book
from bot.services.order_file import OrderFileRefused
from models import Desk, RoleGrant, Tenant
from models.errors import NotYours
from models.i18n import _
from models.tenant import Role

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.order_book import Imported
    from models.tenant import Actor

MOST_BYTES = 2_000_000
"""Some twenty thousand lines: read and taken over while somebody waits. Larger books come by command."""
_IS_OFFERED = (
    sa.select(Tenant.id)
    .join(Desk, Desk.tenant_id == Tenant.id)
    .join(RoleGrant, RoleGrant.tenant_id == Tenant.id)
    .where(Tenant.team_id == sa.bindparam("team"), Tenant.uninstalled_at.is_(None))
    .where(Desk.channel_id == sa.bindparam("channel"), Desk.retired_at.is_(None))
    .where(RoleGrant.slack_id == sa.bindparam("person"), RoleGrant.role == Role.ADMIN)
    .limit(1)
)


def is_offered(session: Session, team_id: str, channel: str, slack_id: str) -> bool:
    """Whether a file of this person in this channel may be an order book: an admin's, where a desk works."""
    return session.scalar(_IS_OFFERED, {"team": team_id, "channel": channel, "person": slack_id}) is not None


def require_admin(session: Session, actor: Actor, *, at: datetime) -> bool:
    """Raise :class:`NotYours` for anybody but an admin."""
    del session, at  # every use case is called with them
    if Role.ADMIN not in actor.roles:
        raise NotYours(_("Only admins take over an order book. Ask one of them to drop the file."))
    return True


def take_over(session: Session, actor: Actor, content: bytes, *, at: datetime) -> Imported:
    """Make the book what the file says; raises :class:`OrderFileRefused`, and :class:`NotYours` for who is no admin."""
    require_admin(session, actor, at=at)
    return order_book.import_file(session, actor.tenant_id, io.StringIO(text_of(content), newline=""), at=at)


def text_of(content: bytes) -> str:
    """The text of a file as spreadsheets save it; raises :class:`OrderFileRefused` for what is none."""
    if len(content) > MOST_BYTES:
        raise OrderFileRefused(too_large())
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise OrderFileRefused(_("This is not a text file. Save the list as CSV and drop it again."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what spreadsheets write that do not ask
    if text.lstrip().startswith("<"):
        raise OrderFileRefused(_("This is a web page, not a list. Save the list as CSV and drop it again."))
    return text


def too_large() -> str:
    """The sentence about a file that takes too long to read while somebody waits."""
    sentence = _("The file is larger than {most} MB. Import it with the command expedite-desk orders import.")
    return sentence.format(most=MOST_BYTES // 1_000_000)
