"""What goes to the log: one line an event, with an ``action`` to search for, never what people typed, never a token."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict

SECRETS = re.compile(r"x(?:ox[a-z]|app)-[\w-]+|https://hooks\.slack\.com/\S+")
LOUD = ("slack_bolt", "slack_sdk", "apscheduler", "aiohttp.access")
"""They print whole payloads, with what people typed, when they talk: they may only warn."""


def configure(level: str = "INFO") -> None:
    """Set up logging for this process; ``level`` is a name such as ``INFO``."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Tracebacks without the values of variables: those hold payloads.
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event", "action"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_number(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def redact(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Blot out tokens and reply addresses, wherever they slipped in."""
    return {key: SECRETS.sub("…", value) if isinstance(value, str) else value for key, value in line.items()}


def _number(level: str) -> int:
    known = logging.getLevelNamesMapping()
    return known.get(level.upper(), logging.INFO)
