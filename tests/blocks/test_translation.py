"""Every word of ours can be translated: drawn with marks around each sentence, nothing of ours stands outside them."""

from __future__ import annotations

import gettext
import re
from typing import TYPE_CHECKING, Any

from models.i18n import speaking
from tests.drawings import OURS, everything
from tests.pictures import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKED = re.compile(r"⟦[^⟦⟧]*(?:⟧|…)")
"""A sentence of ours, whole or cut where a message's text had to end."""
LETTERS = re.compile(r"[^\W\d_]")
LABEL = re.compile(r"EXP-\d+")
SHOWN = frozenset({"text", "title", "label", "hint", "placeholder", "description", "accessibility_label"})
TYPED = Words(name="1234", unit="56", text="78 90", people=dict.fromkeys(("U0MARA", "U0JONAS"), "11"), desk="22")
"""What people typed has no letters here, so that every letter is ours."""


class Marks(gettext.NullTranslations):
    """A language that puts marks around every sentence."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def visible_in(node: Any) -> Iterator[str]:
    """Every text of a payload that a person can see or hear."""
    if isinstance(node, list):
        for value in node:
            yield from visible_in(value)
    elif isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and key in SHOWN:
                yield value
            yield from visible_in(value)


def outside_the_marks(text: str) -> str:
    """What remains when marked sentences are taken out, the innermost first; what people typed has no letters."""
    rest = OURS.sub("", LABEL.sub("", text))
    while MARKED.search(rest):
        rest = MARKED.sub("", rest)
    return rest


def test_every_visible_word_of_ours_can_be_translated() -> None:
    with speaking(Marks()):
        drawn = list(everything(TYPED))
    bare = {
        (drawing.name, text)
        for drawing in drawn
        for text in visible_in(drawing.payload)
        if LETTERS.search(outside_the_marks(text))
    }
    assert bare == set()


def test_a_longer_language_still_fits_every_limit() -> None:
    """Marks make every sentence longer, as other languages do."""
    with speaking(Marks()):
        assert [drawing.name for drawing in everything(TYPED) if drawing.problems] == []
