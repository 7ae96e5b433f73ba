"""What words in a message are about: classes of phrases, the general vocabulary of asking, shipping and the rest.

A phrase is one or more words in lower case; ``*`` ends a word that may go on ("expedit*"), and ``..`` stands for up to
three words between. Classes are deliberately broad: the weights beside them decide what they mean together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reader.cue_phrases import OF_MOOD, OF_OTHER_THINGS, OF_WISHES

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP, _LETTERS = 4, 4
_Step = tuple[str, bool, bool]
"""A word of a phrase: the word, whether it is only a beginning, and whether words may stand before it."""


def _steps(phrase: str) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    gap = False
    for word in phrase.split():
        if word == "..":
            gap = True
            continue
        steps.append((word.removesuffix("*"), word.endswith("*"), gap))
        gap = False
    return tuple(steps)


def _index() -> tuple[dict[str, tuple[str, ...]], dict[str, list[tuple[tuple[_Step, ...], str]]]]:
    """Sort the phrases: single words with their classes, and the others by their keys."""
    single: dict[str, tuple[str, ...]] = {}
    longer: dict[str, list[tuple[tuple[_Step, ...], str]]] = {}
    for name, listed in CUES.items():
        for phrase in listed.split("|"):
            steps = _steps(phrase.strip())
            if len(steps) == 1 and not steps[0][1]:
                single[steps[0][0]] = (*single.get(steps[0][0], ()), name)
            else:
                longer.setdefault(_key(steps), []).append((steps, name))
    return single, longer


def _key(steps: tuple[_Step, ...]) -> str:
    """Name what to look a phrase up by: its first two words, or its first, or the first letters of that."""
    first, is_begin, _ = steps[0]
    if is_begin:
        return first[:_LETTERS]
    word, second_is_begin, gap = steps[1]
    return first if second_is_begin or gap else f"{first} {word}"


CUES = OF_WISHES | OF_MOOD | OF_OTHER_THINGS
_SINGLE, _LONGER = _index()


def cues_at(words: Sequence[str], sentences: Sequence[tuple[int, int]]) -> tuple[tuple[str, ...], ...]:
    """Say for each word which classes have a phrase that begins there and ends in its sentence."""
    found: list[tuple[str, ...]] = [()] * len(words)
    for start, stop in sentences:
        for i in range(start, stop):
            word = words[i]
            # "No more changes, please" asks for nothing.
            names = _SINGLE.get(word, ()) if word != "more" or i == start or words[i - 1] != "no" else ()
            for key in {word, word[:_LETTERS], f"{word} {words[i + 1]}" if i + 1 < stop else word}:
                phrases = _LONGER.get(key)
                if phrases:
                    names += tuple(name for steps, name in phrases if _follows(words, i, stop, steps))
            found[i] = names
    return tuple(found)


def _follows(words: Sequence[str], i: int, stop: int, steps: tuple[_Step, ...]) -> bool:
    """Tell whether a phrase stands at a place; a gap takes the first match, so that no work is done twice."""
    j = i
    for word, is_begin, gap in steps:
        last = min(stop, j + _GAP) if gap else min(stop, j + 1)
        while j < last and not (words[j].startswith(word) if is_begin else words[j] == word):
            j += 1
        if j >= last:
            return False
        j += 1
    return True
