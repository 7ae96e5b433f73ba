"""What is agreed becomes commitments, each followed to its own outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.services import turns
from models import Commitment
from models.commitment import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models.offer import ShipmentSplit


def agree(case: Case, lots: Sequence[ShipmentSplit], *, made_by: str) -> None:
    """Make each lot a commitment, with the clock that asks for its outcome."""
    request, session = case.request, case.session
    commitments = [
        Commitment(
            tenant_id=request.tenant_id,
            request_id=request.id,
            position=position,
            line=lot.line,
            quantity=lot.quantity,
            original_ship_date=lot.ship_date,
            committed_ship_date=lot.ship_date,
            made_by=made_by,
            made_at=case.at,
        )
        for position, lot in enumerate(sorted(lots), start=1)
    ]
    session.add_all(commitments)
    session.flush()
    for commitment in commitments:
        turns.follow(session, request, commitment, case.terms, at=case.at)
    request.agreed_at, request.answer_due_at = case.at, None


def cancel_lots(session: Session, request_id: int) -> None:
    """Nobody owes these lots any more; what was reported stays."""
    session.execute(
        sa.update(Commitment)
        .where(Commitment.request_id == request_id, Commitment.outcome == Outcome.OPEN)
        .values(outcome=Outcome.CANCELLED)
    )


def lots_as_facts(lots: Sequence[ShipmentSplit]) -> list[list[str]]:
    """Lots as history keeps them: day, quantity and, beyond the first line of the request, the line."""
    kept = [[lot.ship_date.isoformat(), format(lot.quantity, "f"), str(lot.line)] for lot in lots]
    return [one[:2] if one[2] == "1" else one for one in kept]
