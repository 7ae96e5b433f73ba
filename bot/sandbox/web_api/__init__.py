"""Slack's Web API, one module per family of methods."""

from __future__ import annotations

from bot.sandbox.web_api import apps, chat, conversations, files, oauth, people, reactions, views

METHODS = (
    apps.METHODS
    | chat.METHODS
    | conversations.METHODS
    | files.METHODS
    | oauth.METHODS
    | people.METHODS
    | reactions.METHODS
    | views.METHODS
)
