"""The file under a digest: the requests behind its figures, a row each, as they are known when it is sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.services.acting import actor_of
from bot.services.exports import export_file, may_export
from models import Tenant
from models.i18n import _
from models.scorecards import Filters, Period
from models.scorecards.export import Export

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.ports import File
    from models import OutboxMessage


def week_file(session: Session, row: OutboxMessage, at: datetime) -> File:
    """Return the week's requests: to the leadership's channel all, to a person what they may take away now."""
    tenant = session.get_one(Tenant, row.tenant_id)
    week = Period.week_of(date.fromisoformat(row.facts["week"]), tenant.zone)
    is_to_all = row.channel == tenant.leadership_channel
    filters = Filters() if is_to_all else may_export(actor_of(session, tenant.id, row.channel), Export.REQUESTS)
    said = _("The requests behind these figures: asked or closed in the week, or with a shipment due in it.")
    return export_file(session, tenant.id, Export.REQUESTS, week, filters, at, comment=said)
