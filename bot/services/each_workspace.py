"""Work that comes round for every workspace by itself: digests, summits, rounds of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from models import Tenant

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

log = structlog.get_logger()


def each_workspace(
    session: Session, make: Callable[[Session, Tenant, datetime], int], at: datetime, *, action: str
) -> int:
    """Do one kind of work for each installed workspace, each in a savepoint; return the sum of what was made.

    A workspace whose work breaks is logged under ``action`` and must not keep the others from theirs. Only faults of
    the database itself are raised: then all of it comes again.
    """
    installed = sa.select(Tenant).where(Tenant.uninstalled_at.is_(None)).order_by(Tenant.id)
    return sum(_safely(session, tenant, make, at, action) for tenant in session.scalars(installed).all())


def _safely(
    session: Session,
    tenant: Tenant,
    make: Callable[[Session, Tenant, datetime], int],
    at: datetime,
    action: str,
) -> int:
    tenant_id = tenant.id
    try:
        with session.begin_nested():
            return make(session, tenant, at)
    except sa.exc.OperationalError:
        raise
    except Exception:
        log.exception("a workspace's turn broke", action=action, tenant=tenant_id)
        return 0
