"""Modals and homes: per person a stack of at most three modals, and one home."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.forms import page_value, state_values

Json = dict[str, Any]
DEEPEST_STACK = 3
# A missing key is told to apps like this.
DEFAULTS: Json = {
    "title": None,
    "submit": None,
    "close": None,
    "callback_id": "",
    "private_metadata": "",
    "external_id": "",
    "clear_on_close": False,
    "notify_on_close": False,
}


@dataclass
class View:
    """A view as one person sees it. `typed` holds what the person entered, by block and action id."""

    id: str
    user: str
    payload: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.payload["type"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.payload.get("blocks", []))

    @property
    def external_id(self) -> str:
        return str(self.payload.get("external_id") or "")

    def state(self) -> dict[str, dict[str, Json]]:
        return state_values(self.blocks, self.typed)

    def replace(self, payload: Json, new_hash: str) -> None:
        """Take a new content. A field with the same block and action id keeps what it holds.

        In a modal that is also true of a field nobody touched: Slack applies a new initial value only under a
        new block id.
        """
        held = self.state() if self.type == "modal" else self.typed
        self.payload, self.hash, self.errors = payload, new_hash, {}
        fresh = state_values(self.blocks, {})
        self.typed = {
            block: {
                action: value
                for action, value in actions.items()
                if fresh.get(block, {}).get(action, {}).get("type") == value["type"]
            }
            for block, actions in held.items()
        }

    def as_slack(self, *, team_id: str, app_id: str, bot_id: str) -> Json:
        shape: Json = {
            "id": self.id,
            "team_id": team_id,
            "type": self.type,
            "blocks": self.blocks,
            "state": {"values": self.state()},
            "hash": self.hash,
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
            "app_id": app_id,
            "app_installed_team_id": team_id,
            "bot_id": bot_id,
        }
        return shape | {key: self.payload.get(key, missing) for key, missing in DEFAULTS.items()}

    def as_page(self) -> Json:
        keys = ("title", "submit", "close", "callback_id", "private_metadata")
        shape = {key: self.payload.get(key, DEFAULTS[key]) for key in keys}
        state = {
            block: {action: page_value(value) for action, value in actions.items()}
            for block, actions in self.state().items()
        }
        own = {"id": self.id, "hash": self.hash, "type": self.type, "blocks": self.blocks}
        return {**own, **shape, "errors": dict(self.errors), "state": state}


def new_hash(at: float) -> str:
    """Return a hash as Slack forms it: seconds, a dot, eight characters."""
    return f"{int(at)}.{secrets.token_hex(4)}"


class Views:
    """The open modals and the homes of everyone."""

    def __init__(self) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.notices: dict[str, str] = {}

    def stack(self, user: str) -> list[View]:
        return self.stacks.setdefault(user, [])

    def top(self, user: str) -> View | None:
        stack = self.stack(user)
        return stack[-1] if stack else None

    def find(self, view_id: str) -> View | None:
        """Return an open modal or a home by its id or by the app's own external id."""
        everything = [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())
        return next((view for view in everything if view_id and view_id in {view.id, view.external_id}), None)

    def place(self, view: View, *, pushed: bool) -> None:
        """Put a modal on top of the person's stack, or in place of the whole stack."""
        stack = self.stack(view.user)
        if not pushed:
            stack.clear()
        view.previous_id = stack[-1].id if stack else None
        view.root_id = stack[0].id if stack else view.id
        stack.append(view)

    def close(self, view: View) -> None:
        stack = self.stack(view.user)
        if view in stack:
            stack.remove(view)
