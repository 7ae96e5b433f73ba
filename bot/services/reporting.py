"""The scorecard for a person who asks: their words become days and filters, their rights narrow them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.reader.scorecard_words import FiguresUnclear, read_wanted, usage
from bot.services.scorecards import may_see_figures, scorecard, trends
from models import Desk, Member, Tenant
from models.ask import CausedBy, ReasonCode
from models.i18n import _
from models.scorecards import Filters
from models.scorecards.period import same_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.scorecards import Scorecard
    from models.scorecards.trend import Trend
    from models.tenant import Actor

T = TypeVar("T", bound=StrEnum)

PERSON = re.compile(r"<@(?P<id>[^>|]+)(?:\|[^>]*)?>")
MOST_COMPARED = 2_000
"""Requests of a week that is held against those before it: of more, Slack would not wait for the answer."""
MYSELF = frozenset({"me", "myself"})


@dataclass(frozen=True)
class Report:
    """Figures ready to be drawn, with the names of the desks and people in them."""

    scorecard: Scorecard
    trends: tuple[Trend, ...] = ()
    desks: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


def report(session: Session, actor: Actor, text: str, team: frozenset[str] | None = None, *, at: datetime) -> Report:
    """Return the figures that somebody's words ask for, as far as they may see them.

    ``team`` is who belongs to the user group that the words name. Raises :class:`FiguresUnclear` for words that say
    nothing here, :class:`models.errors.NotYours` for figures of others.
    """
    zone = session.get_one(Tenant, actor.tenant_id).zone
    wanted = read_wanted(text, today=at.astimezone(ZoneInfo(zone)).date(), zone=zone)
    desks = _desks(session, actor.tenant_id)
    filters = may_see_figures(actor, _filters(session, actor, wanted.names, desks, team))
    found = scorecard(session, actor.tenant_id, wanted.period, filters, at)
    is_small = found.requests + found.closed <= MOST_COMPARED
    moved = trends(session, found, actor.tenant_id, at) if is_small else ()
    return Report(found, moved, desks, _people(session, actor.tenant_id, found))


def _filters(
    session: Session, actor: Actor, names: Mapping[str, str], desks: Mapping[int, str], team: frozenset[str] | None
) -> Filters:
    return Filters(
        desks=_desk(names["desk"], desks) if "desk" in names else None,
        team=team,
        requester=_person(session, actor, names["requester"]) if "requester" in names else None,
        customer=names.get("customer", ""),
        item=names.get("item", ""),
        reason=_word(names["reason"], ReasonCode) if "reason" in names else None,
        cause=_word(names["cause"], CausedBy) if "cause" in names else None,
    )


def _desk(name: str, desks: Mapping[int, str]) -> frozenset[int]:
    """Return the desk of that name; its last word may be left out where it is “desk”."""
    names = {same_name(name), f"{same_name(name)} desk"}
    found = frozenset(desk_id for desk_id, known in desks.items() if same_name(known) in names)
    if not found:
        raise FiguresUnclear(
            _("There is no desk “{name}” here. The desks are: {desks}.").format(
                name=name, desks=", ".join(desks.values())
            )
        )
    return found


def _person(session: Session, actor: Actor, name: str) -> str:
    """Return whom a mention, a name or “me” means."""
    if name.lower() in MYSELF:
        return actor.slack_id
    if mentioned := PERSON.fullmatch(name):
        return mentioned["id"]
    known = sa.select(Member.slack_id, Member.name).where(Member.tenant_id == actor.tenant_id)
    found = [slack_id for slack_id, known_as in session.execute(known) if same_name(known_as) == same_name(name)]
    if len(found) != 1:
        raise FiguresUnclear(_("Who is “{name}”? Write @ and choose the person.").format(name=name))
    return found[0]


def _word(name: str, kind: type[T]) -> T:
    """Return the reason or cause that a word means: “line down” as “line_down”."""
    try:
        return kind("_".join(name.lower().split()))
    except ValueError:
        words = ", ".join(f"`{one.value.replace('_', ' ')}`" for one in kind)
        raise FiguresUnclear(
            _("“{name}” is none of: {words}.").format(name=name, words=words) + " " + usage()
        ) from None


def _desks(session: Session, tenant_id: int) -> dict[int, str]:
    rows = session.execute(sa.select(Desk.id, Desk.name).where(Desk.tenant_id == tenant_id).order_by(Desk.id))
    return dict(rows.all())


def _people(session: Session, tenant_id: int, found: Scorecard) -> dict[str, str]:
    """Return the names of those whom the figures name: a name does not call anybody."""
    people = {part.key for part in found.by_requester.parts} | {one for save in found.saves for one in save.people}
    people |= {found.filters.requester} if found.filters.requester else set()
    rows = sa.select(Member.slack_id, Member.name).where(Member.tenant_id == tenant_id, Member.slack_id.in_(people))
    return dict(session.execute(rows).all())
