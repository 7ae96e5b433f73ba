"""What a failed call to Slack means: certainly not done, never going to be done, or nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp

from bot.ports import NotAccepted, Refused, Unknown
from models.undelivered import WAITS_FOR_AN_ADMIN

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError

    from bot.ports import SlackFault

TOO_MANY_REQUESTS = 429
NEVER_REACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""No connection came about, so nothing was asked of Slack. Every other network error may hide a success."""

MAYBE_DONE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
"""Slack's own words for trouble after the request had arrived; of fatal_error it says that parts may have succeeded."""

RATE_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
TOKEN_PATIENCE = 300.0


def fault_of(error: Exception) -> SlackFault:
    """Tell the fact behind an error that came up while calling Slack."""
    if isinstance(error, NEVER_REACHED):
        return NotAccepted(type(error).__name__)
    return Unknown(type(error).__name__)


def fault_of_answer(error: SlackApiError) -> SlackFault:
    """Tell the fact behind an answer of Slack that says no, or that cannot be read."""
    response: Any = error.response
    # An unreadable body comes with the bare HTTP response, a refusal with the SDK's own.
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    if status == TOO_MANY_REQUESTS:
        return NotAccepted("ratelimited", retry_after=_retry_after(response))
    data = getattr(response, "data", None)
    body: dict[str, Any] = data if isinstance(data, dict) else {}
    said = body.get("error")
    if not said or status >= 500:  # noqa: PLR2004 HTTP's own boundary
        return Unknown(said or f"http_{status}")
    return _fault_called(str(said), body)


def _fault_called(said: str, data: dict[str, Any]) -> SlackFault:
    if said in MAYBE_DONE:
        return Unknown(said)
    if said in RATE_LIMITED:
        return NotAccepted(said)
    if said in WAITS_FOR_AN_ADMIN:
        return NotAccepted(said, retry_after=TOKEN_PATIENCE)
    details = data.get("response_metadata", {}).get("messages") or [data.get("needed")]
    return Refused(": ".join([said, *(str(detail) for detail in details[:1] if detail)]))


def _retry_after(response: Any) -> float | None:
    try:
        return float(response.headers.get("Retry-After", 1))
    except ValueError:
        return None
