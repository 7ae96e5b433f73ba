"""Which desk a request goes to: the first whose rule names its item or its customer, else the default one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models import Desk
from models.errors import Field
from models.settings.routing import first_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

_DESKS = (
    sa.select(Desk.id, Desk.routing)
    .where(Desk.tenant_id == sa.bindparam("tenant"), Desk.retired_at.is_(None))
    .order_by(Desk.id)
)


def desk_for(session: Session, tenant_id: int, *, item: str, customer: str) -> int | None:
    """The desk that a rule names; None for the default one."""
    found = session.connection().execute(_DESKS, {"tenant": tenant_id})
    return first_named([(int(desk_id), routing) for desk_id, routing in found], item=item, customer=customer)


def desk_for_answers(session: Session, tenant_id: int, answers: Mapping[str, Any]) -> int | None:
    """The same of a form that is being filled in."""
    item, customer = (str(answers.get(field) or "") for field in (Field.ITEM, Field.CUSTOMER))
    return desk_for(session, tenant_id, item=item, customer=customer)
