"""A text as words, each of which may be read once; what nobody reads stays."""

from __future__ import annotations

# Slack's own markup and prices keep their signs: a word that carries them is never mistaken for something else.
_LEADING, _TRAILING = "([\"'“‘*_~", ")]\"'”’,;:.!?*_~"
_CLAUSE_ENDS = (",", ";", ":", ".", "!", "?", ")")


def word_set(listed: str) -> frozenset[str]:
    """Make a set of words out of a line of them: a vocabulary is easier to read and grow that way."""
    return frozenset(listed.split())


class Words:
    """The words of a text: ``plain`` without the punctuation around them, for reading."""

    def __init__(self, text: str) -> None:
        self.written = text.split()
        self.plain = [word.lstrip(_LEADING).rstrip(_TRAILING) for word in self.written]
        self._read = [False] * len(self.written)

    def __len__(self) -> int:
        return len(self.written)

    def low(self, i: int) -> str:
        """Return the plain word in lower case; empty beyond the ends and where the word has been read."""
        return self.at(i).lower()

    def at(self, i: int) -> str:
        """Return the plain word; empty beyond the ends and where the word has been read."""
        return self.plain[i] if self.is_free(i) else ""

    def is_free(self, i: int) -> bool:
        return 0 <= i < len(self) and not self._read[i]

    def ends_clause(self, i: int) -> bool:
        return self.written[i].endswith(_CLAUSE_ENDS)

    def take(self, start: int, stop: int) -> None:
        """Mark the words from start up to stop as read."""
        self._read[start:stop] = [True] * (stop - start)

    @property
    def rest(self) -> str:
        return " ".join(word for word, read in zip(self.written, self._read, strict=True) if not read)
