"""What stands around a date, an amount or a name, told as features: which of them is the one asked for is weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reader.wording import Wording

_NEAR, _BACK, _AHEAD = 2, 7, 5
_EDGE = "."


class Surroundings:
    """The words of a text by sentence, ready to be asked what stands around a place."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self._word_at = {}
        for index, place in enumerate(wording.places):
            self._word_at[place] = index
        self._sentence_of: list[int] = []
        for number, (start, stop) in enumerate(wording.sentences):
            self._sentence_of += [number] * (stop - len(self._sentence_of))
            del start
        self._cues: dict[int, frozenset[str]] = {}

    def word_index(self, token: int) -> int:
        """Return the place in ``words`` of the word that covers a token."""
        while token not in self._word_at and token > 0:
            token -= 1
        return self._word_at.get(token, 0)

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the sentence a word stands in, as a range of words."""
        if not self._sentence_of:
            return 0, 0
        return self.wording.sentences[self._sentence_of[min(index, len(self._sentence_of) - 1)]]

    def cues(self, index: int) -> frozenset[str]:
        start, stop = self.sentence(index)
        if start not in self._cues:
            self._cues[start] = frozenset(self._between(start, stop))
        return self._cues[start]

    def _between(self, start: int, stop: int) -> set[str]:
        return {name for names in self.wording.cues[start:stop] for name in names}

    def features(self, first: int, after: int) -> Iterator[str]:
        """Name what stands around the tokens from ``first`` up to ``after``."""
        a = self.word_index(first)
        b = self.word_index(after - 1) + 1
        start, stop = self.sentence(a)
        words = self.wording.words
        before, behind = words[max(start, a - _BACK) : a], words[b : min(stop, b + _AHEAD)]
        yield from self._near(before, behind)
        yield from (f"<{word}" for word in before)
        yield from (f">{word}" for word in behind)
        yield from (f"s:{name}" for name in self.cues(a))
        yield from (f"<c:{name}" for name in self._between(max(start, a - _BACK), a))
        yield from (f">c:{name}" for name in self._between(b, min(stop, b + _AHEAD)))
        if stop <= len(words) and stop and words[stop - 1] == "?":
            yield "s:?"
        yield "bias"

    def _near(self, before: tuple[str, ...], behind: tuple[str, ...]) -> Iterator[str]:
        one = before[-1] if before else _EDGE
        two = before[-2] if len(before) > 1 else _EDGE
        three = before[-3] if len(before) > _NEAR else _EDGE
        next_one = behind[0] if behind else _EDGE
        next_two = behind[1] if len(behind) > 1 else _EDGE
        yield f"-1:{one}"
        yield f"-2:{two}"
        yield f"-21:{two} {one}"
        yield f"-321:{three} {two} {one}"
        yield f"+1:{next_one}"
        yield f"+2:{next_two}"
        yield f"+12:{next_one} {next_two}"
        yield f"-+:{one} {next_one}"
