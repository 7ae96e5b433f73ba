"""Learn what the signs of a reply weigh, and write it down: ``python -m tests.bench.learn_replies``.

A multinomial logistic regression with a quadratic penalty, by AdaGrad over the replies in a fixed order: the same
texts give the same weights. A sign counts only where it occurs under several requests, so that a name said again and
again in one thread weighs nothing. ``--check`` prints how well it does on texts it did not learn from instead.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from math import exp, sqrt
from typing import TYPE_CHECKING, NamedTuple

from bot.reader.replies_days import days_in
from bot.reader.replies_model import SCALE, WEIGHTS, Meaning, Model
from bot.reader.replies_offer import read_offer
from bot.reader.replies_signs import marked, signs
from bot.reader.tokens import tokenize
from tests.reader.replies_corpus import Labelled, labelled, written

if TYPE_CHECKING:
    from collections.abc import Sequence

MEANINGS = list(Meaning)
ROUNDS, STEP, PENALTY = 25, 0.5, 0.2
FEWEST = 2
FOLDS = 5
WEIGHT_OF_LABELLED = 2.0


class Sample(NamedTuple):
    """The signs of a reply, the place of its meaning, the request it stands under and how much it counts."""

    signs: list[str]
    meaning: int
    thread: str
    weight: float


def sample(reply: Labelled, weight: float = 1.0) -> Sample:
    asked = reply.asked
    tokens = tokenize(reply.text)
    days = days_in(tokens, reply.now, asked)
    offer = read_offer(tokens, days, asked, today=reply.now.date())
    found = sorted(signs(marked(tokens, days, asked), offer, asked))
    thread = f"{reply.request.get('item')}"
    return Sample(found, MEANINGS.index(Meaning(reply.meaning)), thread, weight)


def learn(samples: Sequence[Sample]) -> Model:
    """Learn the weights of every sign from samples."""
    known = _known(samples)
    kept = [one._replace(signs=[sign for sign in one.signs if sign in known]) for one in samples]
    weights = {sign: [0.0] * len(MEANINGS) for sign in known}
    squares = {sign: [1e-3] * len(MEANINGS) for sign in known}
    chance = random.Random(7)
    for _round in range(ROUNDS):
        chance.shuffle(kept)
        for one in kept:
            _step(one, weights, squares, len(kept))
    return Model({sign: [round(weight * SCALE) for weight in row] for sign, row in weights.items()})


def _known(samples: Sequence[Sample]) -> set[str]:
    threads: dict[str, set[str]] = defaultdict(set)
    for one in samples:
        for sign in one.signs:
            threads[sign].add(one.thread)
    return {sign for sign, where in threads.items() if len(where) >= FEWEST}


def _step(one: Sample, weights: dict[str, list[float]], squares: dict[str, list[float]], count: int) -> None:
    length = sqrt(len(one.signs)) or 1.0
    sums = [sum(column) / length for column in zip(*(weights[sign] for sign in one.signs), strict=True)]
    most = max(sums)
    odds = [exp(total - most) for total in sums]
    whole = sum(odds)
    errors = [one.weight * (odd / whole - (place == one.meaning)) / length for place, odd in enumerate(odds)]
    shrink = PENALTY / count
    for sign in one.signs:
        row, square = weights[sign], squares[sign]
        for place, error in enumerate(errors):
            slope = error + shrink * row[place]
            square[place] += slope * slope
            row[place] -= STEP * slope / sqrt(square[place])


def all_samples() -> tuple[list[Sample], list[Sample]]:
    """Our own replies, and the labelled ones."""
    own = [sample(reply) for reply in written("replies.own.txt")]
    return own, [sample(reply, WEIGHT_OF_LABELLED) for reply in labelled("replies.dev.jsonl")]


def check() -> None:
    """Print the share of meanings read right in texts that were not learned from."""
    own, given = all_samples()
    print(f"learned from our own, read the labelled ones: {_right(learn(own), given):.3f}")
    for name, part, rest in (("labelled ones", given, own), ("our own", own, given)):
        order = list(range(len(part)))
        random.Random(1).shuffle(order)
        right = 0.0
        for fold in range(FOLDS):
            held = set(order[fold::FOLDS])
            model = learn(rest + [one for i, one in enumerate(part) if i not in held])
            right += _right(model, [part[i] for i in held]) * len(held)
        print(f"{FOLDS} folds over the {name}: {right / len(part):.3f}")


def _right(model: Model, samples: Sequence[Sample]) -> float:
    read = [max(odds := model.weigh(one.signs), key=lambda meaning: odds[meaning]) for one in samples]
    return sum(MEANINGS[one.meaning] is meaning for one, meaning in zip(samples, read, strict=True)) / len(samples)


def write() -> None:
    own, given = all_samples()
    model = learn(own + given)
    rows = {sign: row for sign, row in sorted(model.weights.items()) if any(row)}
    lines = ",\n".join(
        f"{json.dumps(sign, ensure_ascii=False)}: {json.dumps(row, separators=(',', ':'))}"
        for sign, row in rows.items()
    )
    WEIGHTS.write_text(f"{{\n{lines}\n}}\n", "utf-8")
    print(f"{len(rows)} signs, {WEIGHTS.stat().st_size / 1024:.0f} kB in {WEIGHTS.name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="print figures instead of writing the weights")
    if parser.parse_args().check:
        check()
    else:
        write()
