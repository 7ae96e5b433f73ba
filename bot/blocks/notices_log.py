"""The log channel: what the product did by itself, for admins."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.blocks.elements import compose, packed
from bot.blocks.phrases import listed, moment
from models.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Message

MOST_LABELS = 20


def caught_up(facts: dict[str, Any]) -> Message:
    """Say from when to when nobody listened, and what was done about it; times are the workspace's own."""
    since, until = (moment(datetime.fromisoformat(facts[name]), facts["zone"]) for name in ("since", "until"))
    lead = _("*The app was away* from {since} to {until}.").format(since=since, until=until)
    told = [*_reminders(facts["reminders"]), *_waiting(facts["waiting"]), *_gestures(facts["gestures"])]
    nothing = [_("Nothing became due meanwhile, and nobody answered.")]
    return compose(packed([lead, *(told or nothing), *_unread(facts["unread"])], limit=2_900))


def _reminders(labels: Sequence[str]) -> list[str]:
    said = ngettext("{n} reminder was caught up: {labels}.", "{n} reminders were caught up: {labels}.", len(labels))
    return _said(said, labels)


def _waiting(labels: Sequence[str]) -> list[str]:
    said = ngettext(
        "{n} more waits for working hours: {labels}.", "{n} more wait for working hours: {labels}.", len(labels)
    )
    return _said(said, labels)


def _gestures(labels: Sequence[str]) -> list[str]:
    said = ngettext(
        "Reactions and replies of that time were counted on {n} request: {labels}.",
        "Reactions and replies of that time were counted on {n} requests: {labels}.",
        len(labels),
    )
    return _said(said, labels)


def _unread(labels: Sequence[str]) -> list[str]:
    said = ngettext(
        "On {n} card they could not be read: {labels}. Please look at it.",
        "On {n} cards they could not be read: {labels}. Please look at them.",
        len(labels),
    )
    return _said(said, labels)


def _said(sentence: str, labels: Sequence[str]) -> list[str]:
    """Put the labels into a sentence, the first twenty of them; nothing where there are none."""
    if not labels:
        return []
    shown = [*labels[:MOST_LABELS], *(["…"] if len(labels) > MOST_LABELS else [])]
    return [sentence.format(n=len(labels), labels=listed(shown))]
