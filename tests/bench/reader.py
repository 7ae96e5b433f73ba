"""Measure the reader: ``python -m tests.bench.reader [--quick]``.

Figures are of texts that the weights were not learned from: unseen ones with the weights that are shipped, the others
in folds, each read with weights learned without it. Reading is timed beside Bolt's dispatch of the same messages.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import reader_speed
from tests.bench.learn_replies import FOLDS, Sample, all_samples, learn
from tests.bench.places import Place
from tests.bench.stand_in import StandIn
from tests.bench.workplace import Workplace
from tests.reader import scoring_messages, training
from tests.reader.chat import as_row, made_lines
from tests.reader.replies_corpus import Labelled, labelled, written
from tests.reader.scoring_messages import reading_of, rows_of, shown
from tests.reader.scoring_replies import Figures, figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.reader.replies_model import Model
    from tests.reader.scoring_messages import Row

PRECISION_AIM, RECALL_AIM, ALARMS_AIM = 0.92, 0.88, 2
RIGHT_AIM, WRONG_AIM = 0.88, 0.03
MEANINGS_AIM, OFFERS_AIM = 0.85, 0.88
CHAT_LINES = 10_000


def main(words: Sequence[str] | None = None) -> int:
    """Print every figure; 1 when one misses its aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the folds, and few rounds")
    quick = parser.parse_args(words).quick
    logging.disable(logging.WARNING)
    print("Messages")
    missed = sum(_messages_told(name, found) for name, found in message_figures(quick=quick))
    missed += _alarms_told(false_alarms(CHAT_LINES // 10 if quick else CHAT_LINES))
    print("\nReplies")
    missed += sum(_replies_told(name, found) for name, found in reply_figures(quick=quick))
    print("\nSpeed")
    lines = asyncio.run(speed(quick=quick))
    for line in lines:
        print(line)
    missed += sum(line.verdict == "above" for line in lines)
    print(f"\n{missed} figures miss their aim.")
    return 1 if missed else 0


def message_figures(*, quick: bool) -> Iterator[tuple[str, scoring_messages.Figures]]:
    """Figures of messages by where they come from."""
    unseen = rows_of("messages.unseen.jsonl")
    yield "unseen", scoring_messages.figures((row, reading_of(row)) for row in unseen)
    if not quick:
        yield f"labelled, {FOLDS} folds", scoring_messages.figures(_messages_in_folds(rows_of(*training.LEARNED_FROM)))


def _messages_in_folds(rows: list[Row]) -> Iterator[tuple[Row, scoring_messages.MessageReading]]:
    """Read the labelled messages given, each with what was learned without it."""
    given = {row["id"] for row in rows_of("messages.dev.jsonl")}
    for fold in range(FOLDS):
        layers = training.layers([row for i, row in enumerate(rows) if i % FOLDS != fold])
        yield from ((row, reading_of(row, layers)) for row in rows[fold::FOLDS] if row["id"] in given)


def false_alarms(count: int) -> tuple[int, int]:
    """How many lines of ordinary chat are taken for an ask, of how many; none of their patterns was learned from."""
    lines = made_lines("chat_unseen.txt", count)
    return sum(reading_of(as_row(line)).expedite for line in lines), count


def _messages_told(name: str, found: scoring_messages.Figures) -> bool:
    """Print the figures of some messages; True where they miss an aim."""
    print(shown(name, found), flush=True)
    noticed = found.precision >= PRECISION_AIM and found.recall >= RECALL_AIM
    return not noticed or found.share("right") < RIGHT_AIM or found.share("wrong") > WRONG_AIM


def _alarms_told(alarms: tuple[int, int]) -> bool:
    found, count = alarms
    print(f"  ordinary chat: {found / count * 10_000:.1f} false alarms per 10,000 lines ({count:,} read)", flush=True)
    return found / count * 10_000 > ALARMS_AIM


def reply_figures(*, quick: bool) -> Iterator[tuple[str, Figures]]:
    """Figures of replies by where they come from."""
    yield "unseen", figures((reply, None) for reply in written("replies.kept.txt"))
    if quick:
        return
    own, given = all_samples()
    alone = learn(own)
    yield "labelled, by our own", figures((reply, alone) for reply in labelled("replies.dev.jsonl"))
    yield f"labelled, {FOLDS} folds", figures(_replies_in_folds(labelled("replies.dev.jsonl"), given, own))


def _replies_in_folds(
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


def _replies_told(name: str, found: Figures) -> bool:
    """Print the figures of some replies; True where they miss an aim."""
    shares = ", ".join(
        f"{what} {found.parts[what] / found.parts.total():.1%}" for what in ("right", "wrong", "missing")
    )
    others = len(found.false_commits) - len(found.refused_commits)
    print(f"{name}: {found.read} replies; meaning right {found.meaning_share:.1%}")
    print(f"  commits read out of {len(found.refused_commits)} refusals and {others} other replies")
    print(f"  offers right in everything {found.offer_share:.1%} of {found.offered}; quantities and days: {shares}")
    print(f"  time of the answer right {found.answer_share:.1%} of {found.due}", flush=True)
    return found.meaning_share < MEANINGS_AIM or found.offer_share < OFFERS_AIM or bool(found.refused_commits)


async def speed(*, quick: bool) -> list[reader_speed.SpeedLine | reader_speed.LengthLine]:
    """Time reading beside Bolt, and against the length of the text."""
    replies = labelled("replies.dev.jsonl")
    messages = [(row["text"], datetime.fromisoformat(row["now"])) for row in rows_of("messages.dev.jsonl")]
    stand_in = StandIn()
    await stand_in.start()
    with tempfile.TemporaryDirectory(prefix="expedite-desk-bench-") as folder:
        place = Workplace(Place("sqlite", Path(folder)).empty("reader"), stand_in)
        reading = reader_speed.Reading(place.idle_bolt, replies, messages)
        beside = await reader_speed.measure_beside(reading, rounds=10 if quick else 100, each=10)
        await place.close()
    await stand_in.stop()
    return [*beside, *reader_speed.measure_lengths(replies, messages, turns=3 if quick else 21)]


if __name__ == "__main__":
    started = time.perf_counter()
    status = main()
    print(f"{time.perf_counter() - started:.0f} s.")
    raise SystemExit(status)
