"""The files of a summit: invitation, page as Markdown and HTML, and the hand-over to the joint forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.invitation import invitation
from bot.blocks.page import as_html, as_markdown
from bot.blocks.summit_words import page_sections, page_title, when_words
from bot.ports import File, Message
from bot.services import forecasts
from bot.services.acting import actor_of
from bot.services.scorecards import SEES_ALL
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


def make_markdown(session: Session, row: OutboxMessage, at: datetime) -> File | Message:
    return _page(session, row, at, markdown, "md")


def make_html(session: Session, row: OutboxMessage, at: datetime) -> File | Message:
    return _page(session, row, at, html, "html")


def make_forecast(session: Session, row: OutboxMessage, at: datetime) -> File | Message:
    """All that comes back, as rows; to a person only while they may see everybody's figures."""
    tenant = session.get_one(Tenant, row.tenant_id)
    if "summit" not in row.facts and not _may_see_all(session, row):
        return Message(_("The forecast's file is for leaders and for the desk. Ask one of them for it."))
    return forecasts.file_of(session, tenant, at)


def markdown(shown: SummitPicture) -> str:
    """The page as Markdown."""
    return as_markdown(page_title(shown), [shown.words, when_words(shown)], page_sections(shown))


def html(shown: SummitPicture) -> str:
    """The page as HTML that prints to PDF as it stands."""
    return as_html(page_title(shown), [shown.words, when_words(shown)], page_sections(shown))


def _page(
    session: Session, row: OutboxMessage, at: datetime, write: Callable[[SummitPicture], str], ending: str
) -> File | Message:
    del at  # as above
    if not actor_of(session, row.tenant_id, row.channel).roles & SEES_ALL:
        return Message(_("The summit's page is kept by the leaders. Ask one of them."))
    summit = _summit(session, row)
    shown = summit_picture(session, summit)
    return File(f"summit-{summit.month:%Y-%m}.{ending}", page_title(shown), write(shown).encode())


def _may_see_all(session: Session, row: OutboxMessage) -> bool:
    actor = actor_of(session, row.tenant_id, row.channel)
    return forecasts.may_see(actor)


def _summit(session: Session, row: OutboxMessage) -> Summit:
    return session.get_one(Summit, int(row.facts["summit"]))
