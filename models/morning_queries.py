"""A desk's message of one morning: the lots it named then, as they are now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models import queries
from models.commitment import Commitment
from models.desk import Desk
from models.expedite_request import ExpediteRequest
from models.picture import HomeLine, Morning
from models.week_queries import calendars_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


def morning(session: Session, tenant_id: int, facts: Mapping[str, Any]) -> Morning:
    """The desk, the day and the lots that ``facts`` names; a lot that is gone is left out."""
    desk = session.get_one(Desk, int(facts["desk"]))
    rows = session.execute(
        sa.select(Commitment, ExpediteRequest)
        .join(ExpediteRequest, ExpediteRequest.id == Commitment.request_id)
        .where(Commitment.id.in_(facts["lots"]), Commitment.tenant_id == tenant_id)
    ).all()
    queries.load_lines(session, [found for _lot, found in rows])
    calendars = calendars_by_id(session, {found.calendar_id for _lot, found in rows}) if rows else {}
    lines = {
        lot.id: HomeLine(request=found, calendar=calendars[found.calendar_id], commitment=lot) for lot, found in rows
    }
    lots = [lines[lot_id] for lot_id in facts["lots"] if lot_id in lines]
    return Morning(desk_name=desk.name, day=date.fromisoformat(str(facts["day"])), lots=lots)
