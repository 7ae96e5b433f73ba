"""Linear layers learned from examples in plain Python: logistic loss, steps that shrink (Adagrad), pulled to zero."""

from __future__ import annotations

import math
import random
from collections import Counter
from typing import NamedTuple

from bot.reader.weights import Layer

EPOCHS, STEP, PULL = 15, 0.3, 0.015
# At every step some of the features are left out, so that none leans on another being there.
LEFT_OUT = 0.4
SEEDS = (1, 2, 3, 4, 5, 6)
FEWEST, SMALLEST = 2, 0.03
STEEPEST = 30.0


class Example(NamedTuple):
    features: set[str]
    is_yes: bool
    counts: float = 1.0


def learned(examples: list[Example], bar: float = 0.0, pull: float = PULL) -> Layer:
    """The mean of a few runs over differently shuffled examples."""
    often = Counter(name for example in examples for name in example.features)
    known = sorted(name for name, count in often.items() if count >= FEWEST)
    runs = [one_run(examples, known, seed, pull) for seed in SEEDS]
    means = {name: sum(weights[name] for _, weights in runs) / len(runs) for name in known}
    bias = sum(bias for bias, _ in runs) / len(runs)
    return Layer(
        round(bias, 3), bar, {name: round(weight, 3) for name, weight in means.items() if abs(weight) >= SMALLEST}
    )


def one_run(examples: list[Example], known: list[str], seed: int, pull: float) -> tuple[float, dict[str, float]]:
    place = {name: i for i, name in enumerate(known)}
    # Words and pairs count less than single signs: there are many of them, each seen rarely.
    scale = [1.0 if is_single(name) else 0.5 for name in known]
    rows = [[place[name] for name in sorted(example.features) if name in place] for example in examples]
    weights, steps = [0.0] * len(known), [0.01] * len(known)
    bias, bias_step = 0.0, 0.01
    order = list(range(len(rows)))
    chance = random.Random(seed)
    grown = [size / (1 - LEFT_OUT) for size in scale]
    for _ in range(EPOCHS):
        chance.shuffle(order)
        for k in order:
            row = [i for i in rows[k] if chance.random() > LEFT_OUT]
            odds = bias + sum(weights[i] * grown[i] for i in row)
            likely = 1 / (1 + math.exp(-max(-STEEPEST, min(STEEPEST, odds))))
            error = (likely - examples[k].is_yes) * examples[k].counts
            bias_step += error * error
            bias -= STEP * error / math.sqrt(bias_step)
            for i in row:
                slope = error * grown[i] + pull * weights[i]
                steps[i] += slope * slope
                weights[i] -= STEP * slope / math.sqrt(steps[i])
    return bias, {name: weights[i] * scale[i] for name, i in place.items()}


def is_single(name: str) -> bool:
    return not (name.startswith(("w:", "<", ">")) or "&" in name)
