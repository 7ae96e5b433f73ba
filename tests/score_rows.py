"""Rows of a scorecard made by hand, for rules about them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.ask import ReasonCode, RequestKind, Told
from models.commitment import Outcome
from models.lifecycle import Status
from models.scorecards import Lot, ScoreRow
from models.service_level import UrgencyClass
from tests.builders import DAY, FRIDAY, JONAS, MARA, NOON


def a_row(**facts: Any) -> ScoreRow:
    """Mara asked for 100 pcs by Friday, Jonas committed them, and they shipped."""
    nothing = dict.fromkeys(ScoreRow._fields)
    usual = {
        "id": 1,
        "number": 1,
        "kind": RequestKind.EXPEDITE,
        "desk_id": 1,
        "requester": MARA,
        "owner": JONAS,
        "urgency": UrgencyClass.STANDARD,
        "customer": "Acme",
        "item": "BRK-2040",
        "order_number": "",
        "quantity": Decimal(100),
        "unit": "pcs",
        "needed_ship_date": FRIDAY,
        "reason_code": ReasonCode.LINE_DOWN,
        "told": Told.NOTHING,
        "status": Status.FULFILLED,
        "asked_at": NOON,
        "first_responded_at": NOON + DAY / 24,
        "closed_at": NOON + 3 * DAY,
        "waited_secs": 3600,
        "target_secs": 7200,
        "desk_secs": 0,
        "sales_secs": 0,
        "nobody_secs": 0,
        "lots": (a_lot(),),
        "more_lines": (),
    }
    return ScoreRow(**{**nothing, **usual, **facts})


def a_lot(**facts: Any) -> Lot:
    usual = {
        "id": 1,
        "quantity": Decimal(100),
        "original_ship_date": FRIDAY,
        "committed_ship_date": FRIDAY,
        "outcome": Outcome.IN_FULL,
        "balance_of": None,
        "actual_quantity": None,
        "actual_ship_date": None,
        "made_by": JONAS,
    }
    return Lot(**{**usual, **facts})
