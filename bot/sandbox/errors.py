"""How the stand-in says no: to the app in Slack's words, to the page and to scripts in a sentence."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """A Web API call that Slack would answer with `ok: false`."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more

    def as_body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.more}


class ControlError(Exception):
    """A control request that cannot be done; the message is for people."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status
