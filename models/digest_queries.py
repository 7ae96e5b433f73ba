"""Digests as they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from models.digest import Digest
from models.digest_page import DigestPage

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


def newest_page(session: Session, tenant_id: int) -> DigestPage | None:
    """Return the page that was made last; None before the first."""
    made = sa.select(Digest.figures).where(Digest.tenant_id == tenant_id).order_by(Digest.week_of.desc())
    stored = session.scalar(made.limit(1))
    return None if stored is None else DigestPage.from_json(stored)


def stored_page(session: Session, tenant_id: int, monday: date) -> DigestPage | None:
    """Return the page of a week as it was made; None where none was."""
    made = sa.select(Digest.figures).where(Digest.tenant_id == tenant_id, Digest.week_of == monday)
    stored = session.scalar(made)
    return None if stored is None else DigestPage.from_json(stored)
