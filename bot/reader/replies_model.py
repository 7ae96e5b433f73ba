"""Weighs the signs of a reply: a linear layer whose weights were learned from labelled replies and lie beside it.

They are made by ``python -m tests.bench.learn_replies``; a sign without weights says nothing.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from math import exp, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WEIGHTS = Path(__file__).with_name("replies_weights.json")
SCALE = 100
"""Weights are kept as whole numbers, a hundred to one."""


class Meaning(StrEnum):
    """What a reply of operations does to the request."""

    ACKNOWLEDGE = "acknowledge"
    COMMIT = "commit"
    COUNTER = "counter"
    DECLINE = "decline"
    NEED_INFO = "need_info"
    CHATTER = "chatter"


class Model(NamedTuple):
    """The weights of every sign, in the order of :class:`Meaning`."""

    weights: Mapping[str, Sequence[float]]

    def weigh(self, signs: Iterable[str]) -> dict[Meaning, float]:
        """Say how likely each meaning is; they sum up to one."""
        known = [found for sign in signs if (found := self.weights.get(sign))]
        length = sqrt(len(known)) * SCALE or 1.0
        sums = [sum(column) / length for column in zip(*known, strict=True)] or [0.0] * len(Meaning)
        most = max(sums)
        odds = [exp(total - most) for total in sums]
        return {meaning: odd / sum(odds) for meaning, odd in zip(Meaning, odds, strict=True)}


@cache
def shipped() -> Model:
    """The weights that came with the app."""
    return Model(json.loads(WEIGHTS.read_text("utf-8")))
