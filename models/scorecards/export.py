"""What can be taken away as a file."""

from __future__ import annotations

from enum import StrEnum


class Export(StrEnum):
    """Which rows behind the figures."""

    REQUESTS = "requests"
    INTERVALS = "intervals"
    COMMITMENTS = "commitments"
    DIGESTS = "digests"
