"""What the reactions on a card mean: per desk, told apart by the names that Slack gives to emoji. Pure."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_TONE = re.compile(r"::skin-tone-\d|[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f]")
"""Skin tones, as a name and as a character; and what chooses between the plain and the coloured picture."""

ALIASES = {
    "thumbsup": "+1",
    "thumbsdown": "-1",
    "hand": "raised_hand",
    "punch": "facepunch",
    "exclamation": "heavy_exclamation_mark",
    "boom": "collision",
    "runner": "running",
    "memo": "pencil",
    "phone": "telephone",
}
"""Two names of one emoji: Slack reports one of them, people write either."""
NAMES = {
    "👀": "eyes",
    "✅": "white_check_mark",
    "✔": "heavy_check_mark",
    "☑": "ballot_box_with_check",
    "❓": "question",
    "❔": "grey_question",
    "🚫": "no_entry_sign",
    "⛔": "no_entry",
    "👍": "+1",
    "👎": "-1",
    "❌": "x",
    "✋": "raised_hand",
    "🙋": "raising_hand",
    "👌": "ok_hand",
    "🤝": "handshake",
    "🙏": "pray",
    "🤔": "thinking_face",
    "🔍": "mag",
    "📦": "package",
    "🚚": "truck",
    "🆗": "ok",
}
"""Emoji that were typed as characters, by the names Slack gives them."""


class Gesture(StrEnum):
    """What somebody of the desk says by a reaction."""

    ACKNOWLEDGE = "acknowledge"
    COMMIT = "commit"
    ASK_INFORMATION = "ask"
    DECLINE = "decline"


@dataclass(frozen=True)
class Reactions:
    """Which emoji mean what at a desk; one that stands nowhere means nothing."""

    acknowledge: tuple[str, ...] = ("eyes",)
    commit: tuple[str, ...] = ("white_check_mark", "heavy_check_mark", "ballot_box_with_check")
    ask: tuple[str, ...] = ("question", "grey_question")
    decline: tuple[str, ...] = ("no_entry_sign", "no_entry")

    def of(self, gesture: Gesture) -> tuple[str, ...]:
        """The emoji that mean this."""
        emoji: tuple[str, ...] = getattr(self, gesture.value)
        return emoji

    def meaning_of(self, reaction: str) -> Gesture | None:
        """What a reaction means, as Slack names it; skin tones do not matter."""
        name = plain_name(reaction)
        return next((gesture for gesture in Gesture if name in self.of(gesture)), None)

    def to_json(self) -> dict[str, Any]:
        return {name: list(emoji) for name, emoji in asdict(self).items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Reactions:
        """The inverse of :meth:`to_json`; what is not kept is as usual."""
        return cls(**{part.name: tuple(kept[part.name]) for part in fields(cls) if part.name in kept})


USUAL = Reactions()


def names_in(text: str) -> tuple[str, ...]:
    """Every emoji written in a line, each once: ``:eyes: 👀 +1`` is two."""
    words = "".join(f" {NAMES[sign]} " if sign in NAMES else sign for sign in _TONE.sub(" ", text))
    return tuple(dict.fromkeys(plain_name(word) for word in re.split(r"[\s,:]+", words) if word))


def plain_name(text: str) -> str:
    """One emoji by the one name of it, however it was written: ``:thumbsup::skin-tone-2:``, ``+1`` or the character."""
    name = _TONE.sub("", text).strip().strip(":").lower()
    name = NAMES.get(name, name)
    return ALIASES.get(name, name)
