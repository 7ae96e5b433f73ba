"""Exports: the rows behind the figures as CSV, as far as somebody may see them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.services import surfaces
from bot.services.csv_text import csv_file, csv_text
from bot.services.export_columns import columns_of
from bot.services.export_rows import rows_of
from bot.services.scorecards import SEES_ALL, may_see_figures
from models import Tenant
from models.errors import Field, FormRefused, NotYours
from models.i18n import _
from models.outbox import Notice, Surface
from models.scorecards.export import Export
from models.scorecards.period import ONE_DAY, WEEK, Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.ports import File
    from models.scorecards import Filters
    from models.tenant import Actor

LONGEST = timedelta(days=366)


def export_file(
    session: Session, tenant_id: int, kind: Export, period: Period, filters: Filters, at: datetime, *, comment: str = ""
) -> File:
    """Return the rows behind the figures of a period as a file. Asks nobody's right: see :func:`may_export`."""
    name = f"expedite-{kind.value}-{period.start.isoformat()}-{period.last_day.isoformat()}.csv"
    rows = _lines(session, tenant_id, kind, period, filters, at)
    return csv_file(name, name, _heads(kind), rows, comment=comment)


def export_text(session: Session, tenant_id: int, kind: Export, period: Period, filters: Filters, at: datetime) -> str:
    """Return the same as text, for the command line."""
    return csv_text(_heads(kind), _lines(session, tenant_id, kind, period, filters, at))


def may_export(actor: Actor, kind: Export, filters: Filters | None = None) -> Filters:
    """Narrow the filters to what a person may take away; raises :class:`NotYours`. Digests are the leaders'."""
    if kind is Export.DIGESTS and not actor.roles & SEES_ALL:
        raise NotYours(_("Digests are for leaders. Export requests, intervals or commitments."))
    return may_see_figures(actor, filters)


def ask_for(
    session: Session, actor: Actor, kind: Export, start: date | None, last: date | None, *, at: datetime
) -> None:
    """Send an export to whoever asks, as a file in a direct message; made when it is sent, by the rights of then.

    Raises :class:`FormRefused` for days that make no period, :class:`NotYours` for what they may not take away.
    """
    may_export(actor, kind)
    if start is None or last is None or not timedelta() <= last - start < LONGEST:
        raise FormRefused({Field.EXPORT_LAST: _("Choose a last day that is not before the first, within a year.")})
    surfaces.post(
        session,
        tenant_id=actor.tenant_id,
        key=f"export:{actor.slack_id}:{kind.value}:{start}:{last}:{at.timestamp():.0f}",
        surface=Surface.FILE,
        notice=Notice.EXPORT_FILE,
        channel=actor.slack_id,
        at=at,
        facts={"kind": kind.value, "start": start.isoformat(), "last": last.isoformat()},
    )


def proposed(session: Session, actor: Actor, *, at: datetime) -> tuple[Period, bool]:
    """Return the days a form proposes, the last full week, and whether digests may be asked for."""
    zone = session.get_one(Tenant, actor.tenant_id).zone
    today = at.astimezone(ZoneInfo(zone)).date()
    return Period.week_of(today - WEEK, zone), bool(actor.roles & SEES_ALL)


def made_for(session: Session, actor: Actor, facts: Mapping[str, Any], at: datetime) -> File:
    """Make the file somebody asked for, by the rights they have now; raises :class:`NotYours`."""
    kind, zone = Export(facts["kind"]), session.get_one(Tenant, actor.tenant_id).zone
    start, last = date.fromisoformat(facts["start"]), date.fromisoformat(facts["last"])
    filters = may_export(actor, kind)
    return export_file(session, actor.tenant_id, kind, Period(start, last + ONE_DAY, zone), filters, at)


def _heads(kind: Export) -> list[str]:
    return [column.name for column in columns_of(kind)]


def _lines(
    session: Session, tenant_id: int, kind: Export, period: Period, filters: Filters, at: datetime
) -> Iterator[list[object]]:
    columns = columns_of(kind)
    rows = rows_of(session, tenant_id, kind, period, filters, at)
    return ([column.value(row) for column in columns] for row in rows)
