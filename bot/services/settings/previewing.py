"""What a change would mean, said before it is made: every difference, and what it does to requests and to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services.settings.reading import problems, read, settled
from bot.services.settings.telling import names_of, told
from models import DeskMember, ExpediteRequest, queries
from models.errors import FormRefused
from models.i18n import _, ngettext
from models.lifecycle import OPEN
from models.settings import MembersFrom
from models.settings.changes import changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy.orm import Session

    from models.settings import DeskSettings, WorkspaceSettings

POLICY = frozenset({"hours", "closed_dates", "service_levels", "urgency_rules", "escalation"})
"""Parts that are frozen on a request when it is asked."""


def preview(
    session: Session,
    tenant_id: int,
    wanted: WorkspaceSettings,
    *,
    members: Mapping[str, Collection[str]] | None = None,
) -> list[str]:
    """The sentences to show before saving; none where nothing would change.

    ``members`` are the people of channels and user groups, by id, as far as Slack was asked. Raises
    :class:`FormRefused` with a sentence for each path that cannot be.
    """
    before = read(session, tenant_id)
    after = settled(session, tenant_id, before, wanted)
    mistakes = problems(before, after)
    if mistakes:
        raise FormRefused(mistakes)
    names = names_of(session, tenant_id)
    found = changes(before, after)
    sentences = [told(change.part, change.before, change.after, names) for change in found]
    frozen = {change.desk for change in found if change.kind in POLICY}
    for desk in after.desks:
        if desk.id is not None and desk.name in frozen:
            sentences += _kept_policy(session, desk)
    if any(change.kind == "sales_hours" for change in found):
        sentences += _kept_sales(session, tenant_id)
    sentences += _consequences(session, before, after, names, members or {})
    return sentences


def _kept_policy(session: Session, desk: DeskSettings) -> Iterator[str]:
    count = queries.hot_open(session, desk.id or 0)
    if count:
        sentence = ngettext(
            "{count} open request of {desk} keeps the old policy.",
            "{count} open requests of {desk} keep the old policy.",
            count,
        )
        yield sentence.format(count=count, desk=desk.name)


def _kept_sales(session: Session, tenant_id: int) -> Iterator[str]:
    is_open = ExpediteRequest.tenant_id == tenant_id, ExpediteRequest.status.in_(sorted(OPEN))
    count = session.scalar(sa.select(sa.func.count()).where(*is_open)) or 0
    if count:
        sentence = ngettext(
            "{count} open request keeps the old hours of Sales.",
            "{count} open requests keep the old hours of Sales.",
            count,
        )
        yield sentence.format(count=count)


def _consequences(
    session: Session,
    before: WorkspaceSettings,
    after: WorkspaceSettings,
    names: Mapping[str, str],
    members: Mapping[str, Collection[str]],
) -> Iterator[str]:
    was = {desk.id: desk for desk in before.desks}
    for desk in after.desks:
        old = was.pop(desk.id, None)
        yield from _people(session, old, desk, names, members)
        if old is not None and old.channel != desk.channel:
            yield from _left_behind(session, old, desk)
    for gone in was.values():
        count = queries.hot_open(session, gone.id or 0)
        if count:
            sentence = ngettext(
                "{count} open request stays with {desk} until it is closed.",
                "{count} open requests stay with {desk} until they are closed.",
                count,
            )
            yield sentence.format(count=count, desk=gone.name)


def _left_behind(session: Session, old: DeskSettings, desk: DeskSettings) -> Iterator[str]:
    if queries.hot_open(session, desk.id or 0):
        sentence = _("Cards of requests that are open stay in #{channel}.")
        yield sentence.format(channel=old.channel)


def _people(
    session: Session,
    old: DeskSettings | None,
    desk: DeskSettings,
    names: Mapping[str, str],
    members: Mapping[str, Collection[str]],
) -> Iterator[str]:
    """Who may answer from then on, and who no longer."""
    if old is not None and (old.members, old.channel) == (desk.members, desk.channel):
        return
    known = _wanted_members(desk, members)
    if known is None:
        yield _("Who answers for {desk} is read from Slack after saving.").format(desk=desk.name)
        return
    now = _members_now(session, desk)
    for slack_id in sorted(known - now, key=lambda one: names.get(one, one)):
        yield _("{name} can answer for {desk}.").format(name=names.get(slack_id, slack_id), desk=desk.name)
    for slack_id in sorted(now - known, key=lambda one: names.get(one, one)):
        sentence = _("{name} can no longer answer for {desk}.")
        yield sentence.format(name=names.get(slack_id, slack_id), desk=desk.name)


def _wanted_members(desk: DeskSettings, members: Mapping[str, Collection[str]]) -> set[str] | None:
    if desk.members.source is MembersFrom.LIST:
        return set(desk.members.people)
    found = members.get(desk.members.group if desk.members.source is MembersFrom.GROUP else desk.channel)
    return None if found is None else set(found)


def _members_now(session: Session, desk: DeskSettings) -> set[str]:
    if desk.id is None:
        return set()
    return set(session.scalars(sa.select(DeskMember.slack_id).where(DeskMember.desk_id == desk.id)))
