"""Signed HTTP: deliveries as POSTs to the app's request URL, with Slack's signature and retry headers."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.delivery.answers import COMMANDS, EVENTS, TIME_LIMIT, Answer, Attempt

if TYPE_CHECKING:
    from bot.sandbox.world import World

FORM = "application/x-www-form-urlencoded"
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
ACCEPTED = 2  # hundreds


class SignedHttp:
    """Sends deliveries to `world.request_url`."""

    def __init__(self, world: World) -> None:
        self.time_limit = TIME_LIMIT
        self._world = world
        self._session: aiohttp.ClientSession | None = None

    async def send(self, attempt: Attempt) -> Answer:
        body, content_type = encoded(attempt)
        headers = signed(body, self._world.app.signing_secret, time.time())
        headers |= {"Content-Type": content_type, "User-Agent": AGENT, **_retry_headers(attempt)}
        limit = aiohttp.ClientTimeout(total=self.time_limit)
        try:
            async with self._open().post(
                str(self._world.request_url), data=body, headers=headers, timeout=limit, allow_redirects=False
            ) as response:
                return await _answer(response)
        except TimeoutError:
            return Answer(ok=False, reason="http_timeout")
        except aiohttp.ClientError:
            return Answer(ok=False, reason="connection_failed")

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def encoded(attempt: Attempt) -> tuple[str, str]:
    """Return body and content type: JSON for events, a form for commands, a form with JSON inside for clicks."""
    if attempt.kind == EVENTS:
        return json.dumps(attempt.payload), "application/json"
    if attempt.kind == COMMANDS:
        return urlencode(attempt.payload), FORM
    return urlencode({"payload": json.dumps(attempt.payload)}), FORM


def signed(body: str, secret: str, at: float) -> dict[str, str]:
    """Return the headers of Slack's v0 signature; `at` is real time, which the app's check compares with its own."""
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _retry_headers(attempt: Attempt) -> dict[str, str]:
    if attempt.number == 0:
        return {}
    return {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}


async def _answer(response: aiohttp.ClientResponse) -> Answer:
    text = await response.text()
    retry = response.headers.get("x-slack-no-retry") != "1"
    if response.status // 100 != ACCEPTED:
        return Answer(ok=False, reason="http_error", retry=retry)
    return Answer(ok=True, body=_body(text))


def _body(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        body = json.loads(text)
    except ValueError:
        return {"text": text}
    return body if isinstance(body, dict) else {}
