"""Makes bot/reader/weights.json from the labelled texts here: ``python -m tests.reader.training``.

With ``--cross`` nothing is written: every part of the texts is read by layers that have not seen it, and the figures
are printed.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from bot.reader import weights as kept
from bot.reader.choices import amount_choices, date_choices, item_choices, name_choices
from bot.reader.features import features_of
from bot.reader.roles import Surroundings
from bot.reader.weights import Layer
from bot.reader.wording import Wording, worded
from tests.reader.chat import as_row, made_lines, written_lines
from tests.reader.learning import Example, learned
from tests.reader.scoring_messages import Row, figures, reading_of, rows_of, shown

WEIGHTS = Path(kept.__file__).with_name("weights.json")
LEARNED_FROM = ("messages.dev.jsonl", "messages.own.jsonl", "messages.plain.jsonl")
ASK_COUNTS, CHAT_COUNTS, GOODS_COUNT = 1.3, 0.5, 3.0
CHAT_PATTERNS = ("chat_patterns.txt", "chat_more.txt", "chat_clients.txt")
MADE, CHAT_FOR_ASKS = 900, 450
# Lines of a few words: "+" asks, "~" is about goods and asks for nothing, "-" is about something else.
SHORT_PATTERNS, SHORT_MADE = "short_patterns.txt", 900
SHORT_COUNTS = {"+": 0.4, "~": 0.15, "-": 0.4}
# What the layer "goods" learns from besides asks and chat: talk about goods that asks for nothing, and talk of others.
ABOUT_GOODS = {
    "status_chatter", "delay_ask", "cancel_reduce", "normal_order", "closed_no_ask", "status_question", "no_rush",
}  # fmt: skip
OTHER = {
    "it_urgent", "hr_urgent", "meeting_move", "social", "admin", "office", "greeting", "document_urgent",
    "finance_urgent", "meta_example",
}  # fmt: skip
# Where yes begins, in log-odds: chosen by --cross so that a wrong field is rarer than a missing one.
BARS = {
    "expedite": 0.2,
    "goods": 0.3,
    "demanding": 1.1,
    "needed": 0.2,
    "promised": 0.0,
    "quantity": -0.3,
    "customer": 0.2,
    "item": 0.3,
}
PARTS = 5


def main() -> None:
    rows = rows_of(*LEARNED_FROM)
    if "--cross" in sys.argv:
        cross(rows)
        return
    made = layers(rows)
    plain = {
        name: {"bias": one.bias, "bar": one.bar, "weights": dict(sorted(one.weights.items()))}
        for name, one in made.items()
    }
    WEIGHTS.write_text(json.dumps(plain, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print({name: len(one.weights) for name, one in made.items()}, WEIGHTS.stat().st_size)


def cross(rows: list[Row]) -> None:
    """Read each fifth of the texts by what the other four taught."""
    pairs = []
    for part in range(PARTS):
        made = layers([row for i, row in enumerate(rows) if i % PARTS != part])
        pairs += [(row, reading_of(row, made)) for row in rows[part::PARTS]]
    for name, kept_rows in (("all", rows), ("dev", rows_of("messages.dev.jsonl"))):
        known = {row["id"] for row in kept_rows}
        print(shown(name, figures(pair for pair in pairs if pair[0]["id"] in known)))
    for score, row in sorted(figures(pairs).mistakes, key=lambda mistake: mistake[0]):
        print(f"{score:.2f} {row['kind']}: {row['text'][:160]!r}")


def layers(rows: list[Row]) -> dict[str, Layer]:
    shown = [(row, features_of(wording_of(row))) for row in rows]
    quiet = [features_of(wording_of(as_row(line))) for line in chat()]
    short = [(line[0], features_of(wording_of(as_row(line[2:])))) for line in short_lines()]
    examples = {
        "expedite": [
            Example(features, row["expedite"], ASK_COUNTS if row["expedite"] else 1.0) for row, features in shown
        ]
        + [Example(features, is_yes=False, counts=CHAT_COUNTS) for features in quiet[:CHAT_FOR_ASKS]]
        + [Example(features, sign == "+", SHORT_COUNTS[sign]) for sign, features in short],
        "goods": [
            Example(features, row["expedite"], GOODS_COUNT)
            for row, features in shown
            if row["expedite"] or row["kind"] in OTHER
        ]
        + [Example(features, is_yes=True, counts=GOODS_COUNT) for row, features in shown if row["kind"] in ABOUT_GOODS]
        + [Example(features, is_yes=False) for features in quiet]
        + [Example(features, sign != "-", SHORT_COUNTS[sign]) for sign, features in short],
        "demanding": [Example(features, row["fields"]["demanding"]) for row, features in shown if row["fields"]],
    }
    for row in rows:
        for question, found in of_fields(row) if row["fields"] else ():
            examples.setdefault(question, []).append(found)
    return {question: learned(found, BARS[question]) for question, found in examples.items()}


def short_lines() -> list[str]:
    return [line for line in made_lines(SHORT_PATTERNS, SHORT_MADE) if line[1] == " "]


def chat() -> list[str]:
    return written_lines() + [line for name in CHAT_PATTERNS for line in made_lines(name, MADE)]


def wording_of(row: Row) -> Wording:
    return worded(row["text"], now=datetime.fromisoformat(row["now"]))


def of_fields(row: Row) -> list[tuple[str, Example]]:
    """Every date, amount, name and phrase of an ask, and whether it is the one the label names."""
    around, said = Surroundings(wording_of(row)), row["fields"]
    dates = [(date, str(date.read.day)) for date in date_choices(around)]
    found = [("needed", Example(date.features, day == said.get("needed_date"))) for date, day in dates]
    found += [("promised", Example(date.features, day == said.get("promised_date"))) for date, day in dates]
    found += [
        ("quantity", Example(one.features, float(one.read.value) == said.get("quantity")))
        for one in amount_choices(around)
    ]
    names = name_choices(around)
    found += [("customer", Example(name.features, name.text == said.get("customer"))) for name in names]
    places = [i for name in names if name.text == said.get("customer") for i in range(name.first, name.after)]
    found += [("item", Example(item.features, item.text == said.get("item"))) for item in item_choices(around, places)]
    return found


if __name__ == "__main__":
    main()
