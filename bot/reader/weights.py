"""The weights of the reader: small linear layers over named features, trained offline and kept beside the code.

``tests/reader/training.py`` makes ``weights.json`` from the texts in ``tests/reader/data``; nothing is learned here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_STEEPEST = 30.0


Layers = Mapping[str, "Layer"]


class Layer(NamedTuple):
    """One question: ``bias`` and a weight for each feature, in log-odds; ``bar`` is where the answer becomes yes."""

    bias: float
    bar: float
    weights: Mapping[str, float]

    def weigh(self, features: Iterable[str]) -> float:
        """Return the log-odds of yes."""
        weights = self.weights
        return self.bias + math.fsum([weights[name] for name in features if name in weights])

    def is_yes(self, features: Iterable[str]) -> bool:
        return self.weigh(features) >= self.bar


def likelihood(odds: float) -> float:
    """Turn log-odds into 0 to 1."""
    return 1 / (1 + math.exp(-max(-_STEEPEST, min(_STEEPEST, odds))))


@cache
def shipped() -> Layers:
    """Return the layers by question: expedite, goods, demanding, needed, promised, quantity, customer and item."""
    kept = json.loads(files("bot.reader").joinpath("weights.json").read_text(encoding="utf-8"))
    return {question: Layer(one["bias"], one["bar"], one["weights"]) for question, one in kept.items()}
