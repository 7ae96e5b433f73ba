"""The settings forms: what they show, what their answers would change, and the change itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.services import drafts
from bot.services.settings.answers import wanted_by
from bot.services.settings.applying import Applied, apply, last_changer, require_admin
from bot.services.settings.previewing import preview
from bot.services.settings.reading import read, version_of
from bot.services.settings.sources import Source
from bot.services.settings.telling import names_of, told
from bot.services.settings.written import new_desk
from models import SettingChange
from models.closed_dates import proposed_closed_dates
from models.errors import FormRefused, SettingsMoved
from models.i18n import _
from models.settings import MembersFrom, to_plain
from models.settings.forms import NEW_DESK, OF_A_DESK, Part, SettingsForm, Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from models.settings import DeskSettings, WorkspaceSettings
    from models.tenant import Actor

MOST_CHANGES = 20
"""How many of the newest changes the record shows."""
PROPOSALS = 30


@dataclass(frozen=True)
class Menu:
    """All settings at a glance."""

    settings: WorkspaceSettings
    version: int


@dataclass(frozen=True)
class Recorded:
    """One change that was made: when, by whom, and what, said in a sentence."""

    at: datetime
    who: str
    sentence: str


@dataclass(frozen=True)
class Previewed:
    """A change that was said and waits to be saved; nothing to say: it changes nothing."""

    draft_id: int
    sentences: tuple[str, ...]


def menu(session: Session, actor: Actor, *, at: datetime) -> Menu:
    """What there is to change; raises :class:`NotYours` for everybody but admins."""
    del at  # every use case is called with it
    require_admin(actor)
    return Menu(read(session, actor.tenant_id), version_of(session, actor.tenant_id))


def record(session: Session, actor: Actor, *, at: datetime) -> tuple[list[Recorded], str]:
    """The newest changes, newest first, and the reader's zone."""
    del at  # as above
    require_admin(actor)
    newest = sa.select(SettingChange).where(SettingChange.tenant_id == actor.tenant_id)
    rows = session.scalars(newest.order_by(SettingChange.id.desc()).limit(MOST_CHANGES))
    names = names_of(session, actor.tenant_id)
    server = _("Somebody on the server")
    changes = [
        Recorded(row.at, names.get(row.by, row.by) if row.by else server, told(row.part, row.before, row.after, names))
        for row in rows
    ]
    return changes, actor.zone


def form(
    session: Session,
    actor: Actor,
    subject: Subject,
    answers: Mapping[str, Any] | None = None,
    *,
    at: datetime,
    version: int | None = None,
    is_proposing: bool = False,
    rows: int = 0,
) -> SettingsForm:
    """One part as its form shows it, with what was typed already.

    A form that is drawn again keeps the ``version`` it was opened with. Raises :class:`NotYours`, and
    :class:`SettingsMoved` for a desk that is gone.
    """
    require_admin(actor)
    current = read(session, actor.tenant_id)
    name, plain = _words(current, subject)
    zone = plain.get("hours", {}).get("zone") or actor.zone
    today = at.astimezone(ZoneInfo(zone)).date()
    shown = SettingsForm(
        subject=subject,
        version=version_of(session, actor.tenant_id) if version is None else version,
        plain=plain,
        today=today,
        desk_name=name,
        answers=answers or {},
        is_only_desk=len(current.desks) < 2,  # noqa: PLR2004 the last one cannot be retired
        rows=rows,
    )
    return _with_proposals(shown) if is_proposing else shown


def check(
    session: Session,
    actor: Actor,
    subject: Subject,
    answers: Mapping[str, Any],
    *,
    version: int,
    members: Mapping[str, Collection[str]],
    at: datetime,
) -> Previewed:
    """Say what a form would change, and keep it until it is saved.

    Raises :class:`FormRefused` with a sentence at each question, :class:`SettingsMoved`, :class:`NotYours`.
    """
    require_admin(actor)
    if version != version_of(session, actor.tenant_id):
        raise SettingsMoved(last_changer(session, actor.tenant_id))
    current = read(session, actor.tenant_id)
    wanted = wanted_by(current, subject, answers, today=today_of(actor, at))
    with wanted.at_questions():
        sentences = preview(session, actor.tenant_id, wanted.document, members=members)
    kept = {"subject": str(subject), "version": version, "answers": dict(answers)}
    draft = drafts.start(session, actor, {"settings": kept}, at=at)
    return Previewed(draft.id, tuple(sentences))


def save(session: Session, actor: Actor, draft_id: int, *, at: datetime) -> Applied:
    """Make the change that was said."""
    kept = drafts.get(session, actor, draft_id).answers["settings"]
    current = read(session, actor.tenant_id)
    wanted = wanted_by(current, Subject.parse(kept["subject"]), kept["answers"], today=today_of(actor, at))
    return apply(session, actor, wanted.document, expected_version=kept["version"], at=at)


def asked_back(session: Session, actor: Actor, draft_id: int, *, at: datetime) -> SettingsForm:
    """The form of a change that was said, to look at it again."""
    kept = drafts.get(session, actor, draft_id).answers["settings"]
    return form(session, actor, Subject.parse(kept["subject"]), kept["answers"], at=at, version=kept["version"])


def source_asked(subject: Subject, answers: Mapping[str, Any]) -> Source | None:
    """Whose members a desk's form names, to be asked of Slack before it is said who may answer."""
    if subject.part is not Part.DESK:
        return None
    kind = MembersFrom(answers.get("members/from") or MembersFrom.CHANNEL)
    named = answers.get("members/group") if kind is MembersFrom.GROUP else answers.get("channel")
    return Source(kind, str(named)) if named and kind is not MembersFrom.LIST else None


def today_of(actor: Actor, at: datetime) -> date:
    """The day where this person is."""
    return at.astimezone(ZoneInfo(actor.zone)).date()


def _words(current: WorkspaceSettings, subject: Subject) -> tuple[str, dict[str, Any]]:
    """The plain words of the subject, by paths that begin at it."""
    plain = to_plain(current)
    if subject.part in {Part.SALES, Part.SALES_CLOSED}:
        return "", {"hours": plain["sales_hours"] or {}}
    if subject.part not in OF_A_DESK:
        return "", plain
    if subject.desk_id == NEW_DESK:
        return "", {**new_desk(plain), "name": ""}
    found: DeskSettings | None = next((desk for desk in current.desks if desk.id == subject.desk_id), None)
    if found is None:
        raise SettingsMoved(_("Somebody"))
    return found.name, {**plain["desks"][found.name], "name": found.name}


def _with_proposals(shown: SettingsForm) -> SettingsForm:
    """Offer the public holidays ahead that are no closed dates yet; raises :class:`FormRefused` for the region."""
    try:
        proposed = proposed_closed_dates(str(shown.value("hours/holidays") or ""), shown.today.year)
    except ValueError as refused:
        raise FormRefused({"hours/holidays": str(refused)}) from refused
    known = {line[:10] for line in shown.plain["hours"].get("closed_dates") or []}
    ahead = [(day, name) for day, name in proposed if day >= shown.today and day.isoformat() not in known]
    return replace(shown, proposals=tuple(ahead[:PROPOSALS]))
