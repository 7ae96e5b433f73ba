"""Measure the reader: ``python -m tests.bench.reader [--quick]``.

Replies are read with weights that were learned without them: our own and the labelled ones in folds, and the unseen
ones with the weights that are shipped. Reading is timed beside Bolt's dispatch of the same messages.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.bench import reader_speed
from tests.bench.learn_replies import FOLDS, Sample, all_samples, learn
from tests.reader.replies_corpus import DATA, Labelled, labelled, written
from tests.reader.scoring_replies import Figures, figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reader.replies_model import Model

MEANINGS_AIM, OFFERS_AIM = 0.85, 0.88


def main(words: Sequence[str] | None = None) -> int:
    """Print every figure; 1 when one misses its aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the folds, and few rounds")
    quick = parser.parse_args(words).quick
    logging.disable(logging.WARNING)
    print("Replies")
    missed = sum(_told(name, found) for name, found in reply_figures(quick=quick))
    print("\nSpeed")
    lines = asyncio.run(speed(quick=quick))
    for line in lines:
        print(line)
    return 1 if missed or any(line.verdict == "above" for line in lines) else 0


def reply_figures(*, quick: bool) -> list[tuple[str, Figures]]:
    """Figures over the texts by where they come from."""
    found = [("unseen, shipped weights", figures((reply, None) for reply in written("replies.kept.txt")))]
    if quick:
        return found
    own, given = all_samples()
    alone = learn(own)
    return [
        *found,
        ("labelled, learned from our own only", figures((reply, alone) for reply in labelled("replies.dev.jsonl"))),
        (f"labelled, {FOLDS} folds", figures(_in_folds(labelled("replies.dev.jsonl"), given, own))),
        (f"our own, {FOLDS} folds", figures(_in_folds(written("replies.own.txt"), own, given))),
    ]


def _in_folds(
    replies: Sequence[Labelled], samples: Sequence[Sample], others: Sequence[Sample]
) -> list[tuple[Labelled, Model | None]]:
    """Give every reply the weights that were learned without it."""
    order = list(range(len(replies)))
    random.Random(1).shuffle(order)
    found: list[tuple[Labelled, Model | None]] = []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        model = learn([*others, *(one for i, one in enumerate(samples) if i not in held)])
        found += [(replies[i], model) for i in sorted(held)]
    return found


def _told(name: str, found: Figures) -> bool:
    """Print the figures of some replies; True where they miss an aim."""
    parts, whole = found.parts, found.parts.total()
    print(f"  {name} ({found.read})")
    print(f"    meaning right {found.meaning_share:.1%}; commits out of refusals {len(found.refused_commits)},")
    print(f"    out of anything else {len(found.false_commits) - len(found.refused_commits)}")
    print(f"    offers right {found.offer_share:.1%} of {found.offered}; quantities and days: right", end=" ")
    print(f"{parts['right'] / whole:.1%}, wrong {parts['wrong'] / whole:.1%}, missing {parts['missing'] / whole:.1%}")
    print(f"    time of the answer right {found.answer_share:.1%} of {found.due}", flush=True)
    is_aimed_at = not name.startswith("our own")
    misses = found.meaning_share < MEANINGS_AIM or found.offer_share < OFFERS_AIM or bool(found.refused_commits)
    return is_aimed_at and misses


async def speed(*, quick: bool) -> list[Any]:
    """Time reading beside Bolt, and against the length of the text."""
    replies, messages = labelled("replies.dev.jsonl"), _messages()
    reading = reader_speed.Reading(replies, messages)
    beside = await reader_speed.measure_beside(reading, rounds=10 if quick else 100, each=10)
    return [*beside, *reader_speed.measure_lengths(replies, messages, turns=3 if quick else 21)]


def _messages() -> list[tuple[str, datetime]]:
    rows = map(json.loads, (DATA / "messages.dev.jsonl").read_text("utf-8").splitlines())
    return [(row["text"], datetime.fromisoformat(row["now"])) for row in rows]


if __name__ == "__main__":
    started = time.perf_counter()
    status = main()
    print(f"\n{time.perf_counter() - started:.0f} s.")
    raise SystemExit(status)
