"""What people allowed the app by OAuth: codes, each good for one exchange within ten minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.errors import SlackError

CODE_LIFE = timedelta(minutes=10)


@dataclass(frozen=True)
class Grant:
    """One person let the app in: with these scopes, coming back to this address if one was named."""

    user: str
    scopes: tuple[str, ...]
    redirect_uri: str | None
    issued: datetime


class Grants:
    """The codes that were handed out and not yet exchanged."""

    def __init__(self) -> None:
        self._by_code: dict[str, Grant] = {}

    def issue(self, grant: Grant) -> str:
        """Return the code for a grant."""
        code = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._by_code[code] = grant
        return code

    def exchange(self, code: str, redirect_uri: str | None, at: datetime) -> Grant:
        """Return the grant and use its code up. Raises SlackError invalid_code or bad_redirect_uri.

        An address that was named at the beginning must be named again, and the same one.
        """
        grant = self._by_code.get(code)
        if grant is None or at - grant.issued > CODE_LIFE:
            raise SlackError("invalid_code")
        if grant.redirect_uri != redirect_uri:
            raise SlackError("bad_redirect_uri")
        return self._by_code.pop(code)
