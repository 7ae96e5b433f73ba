"""Slack's Web API, one module per family of methods."""

from __future__ import annotations

from bot.sandbox.web_api import apps, chat, conversations, files, people, reactions, views

METHODS = (
    apps.METHODS
    | chat.METHODS
    | conversations.METHODS
    | files.METHODS
    | people.METHODS
    | reactions.METHODS
    | views.METHODS
)
