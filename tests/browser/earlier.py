"""The twelve weeks before the story, for figures that are held against them: put down as rows, all of them closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from models import Desk
from models.ask import ReasonCode
from models.lifecycle import Status
from tests.builders import MARA, TOBIAS
from tests.rows import a_request

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.builders import Workspace

WEEKLY = (9, 7, 8, 11, 6, 9, 12, 10, 8, 7, 9, 8)
"""Requests of each week, the earliest first."""
LATE = 3
"""Every third one was answered after its hour."""
FIRST_MONDAY = datetime(2026, 8, 31, 8, tzinfo=UTC)
WHAT = (("Acme Corp", "BRK-2040"), ("Northwind", "VLV-88"), ("Fabrikam", "CVR-12"), ("Adatum", "GSK-7"))
REASONS = (ReasonCode.LINE_DOWN, ReasonCode.FORECAST_MISS, ReasonCode.CUSTOMER_ORDERED_LATE)


def put_down(session: Session) -> None:
    """Write the requests of these weeks: asked in the morning, answered, and closed within the week."""
    place = _Place(session.scalars(sa.select(Desk.id).order_by(Desk.id).limit(1)).one())
    number = 9_000
    for week, requests in enumerate(WEEKLY):
        for nth in range(requests):
            number += 1
            asked_at = FIRST_MONDAY + timedelta(days=7 * week + nth % 5, minutes=20 * nth)
            waited = timedelta(minutes=80 + nth if nth % LATE == 0 else 15 + 4 * nth)
            a_request(session, cast("Workspace", place), **_facts(number, asked_at, waited))


class _Place:
    """As much of a workspace as a row needs."""

    def __init__(self, desk_id: int) -> None:
        self.desk_id = desk_id


def _facts(number: int, asked_at: datetime, waited: timedelta) -> dict[str, Any]:
    customer, item = WHAT[number % len(WHAT)]
    return {
        "number": number,
        "customer": customer,
        "item": item,
        "reason_code": REASONS[number % len(REASONS)],
        "requester": (MARA, TOBIAS)[number % 2],
        "asked_at": asked_at,
        "first_responded_at": asked_at + waited,
        "closed_at": asked_at + timedelta(days=2),
        "status": Status.DECLINED if number % 5 == 0 else Status.WITHDRAWN,
    }
