"""The files of a summit: invitation, page as Markdown and HTML, and the hand-over to the joint forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.invitation import invitation
from bot.blocks.page import as_html, as_markdown
from bot.blocks.summit_words import page_sections, page_title, when_words
from bot.ports import File
from bot.services import forecasts
from bot.services.acting import actor_of
from bot.services.summit_acts import require_leader
from models import Summit, Tenant
from models.i18n import _
from models.summit_queries import summit_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import OutboxMessage
    from models.summit_page import SummitPicture


def make_invitation(session: Session, row: OutboxMessage, at: datetime) -> File:
    """The event for a calendar, with the agenda as it is now."""
    del at  # every maker is called with it
    summit = _summit(session, row)
    shown = summit_picture(session, summit)
    sections = page_sections(shown)
    content = invitation(
        uid=f"summit-{summit.tenant_id}-{summit.month:%Y-%m}@expedite-desk",
        starts_at=summit.starts_at,
        ends_at=summit.ends_at,
        made_at=summit.made_at,
        title=page_title(shown),
        agenda=[*([shown.words] if shown.words else []), *(f"- {section.title}" for section in sections)],
    )
    said = _("For your calendar: open the file, or add it to the calendar of those who come.")
    return File(f"summit-{summit.month:%Y-%m}.ics", page_title(shown), content, said)


def make_markdown(session: Session, row: OutboxMessage, at: datetime) -> File:
    return _page(session, row, at, markdown, "md")


def make_html(session: Session, row: OutboxMessage, at: datetime) -> File:
    return _page(session, row, at, html, "html")


def make_forecast(session: Session, row: OutboxMessage, at: datetime) -> File:
    """All that comes back, as rows; raises :class:`NotYours` where the person may not see it any more."""
    tenant = session.get_one(Tenant, row.tenant_id)
    if "summit" not in row.facts:
        forecasts.require(actor_of(session, row.tenant_id, row.channel))
    return forecasts.file_of(session, tenant, at)


def markdown(shown: SummitPicture) -> str:
    """The page as Markdown."""
    return as_markdown(page_title(shown), [shown.words, when_words(shown)], page_sections(shown))


def html(shown: SummitPicture) -> str:
    """The page as HTML that prints to PDF as it stands."""
    return as_html(page_title(shown), [shown.words, when_words(shown)], page_sections(shown))


def _page(
    session: Session, row: OutboxMessage, at: datetime, write: Callable[[SummitPicture], str], ending: str
) -> File:
    del at  # as above
    require_leader(actor_of(session, row.tenant_id, row.channel))
    summit = _summit(session, row)
    shown = summit_picture(session, summit)
    return File(f"summit-{summit.month:%Y-%m}.{ending}", page_title(shown), write(shown).encode())


def _summit(session: Session, row: OutboxMessage) -> Summit:
    return session.get_one(Summit, int(row.facts["summit"]))
