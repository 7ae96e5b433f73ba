"""What an admin asks when something seems missing: what could not be delivered."""

from __future__ import annotations

from models.undelivered import undelivered

__all__ = ["undelivered"]
