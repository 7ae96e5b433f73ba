"""How well replies are read: what the tests hold to a floor and the bench prints."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.reader.replies import ReplyReading, read_reply
from bot.reader.replies_model import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.reader.replies_model import Model
    from tests.reader.replies_corpus import Labelled


@dataclass
class Figures:
    """Counts over labelled replies; ``parts`` counts every quantity and day offered as right, wrong or missing."""

    read: int = 0
    meanings: int = 0
    offered: int = 0
    offers: int = 0
    due: int = 0
    answers: int = 0
    parts: Counter[str] = field(default_factory=Counter)
    mistaken: list[tuple[str, str, str]] = field(default_factory=list)
    """What it means, what was read, the text."""

    @property
    def meaning_share(self) -> float:
        return self.meanings / self.read

    @property
    def offer_share(self) -> float:
        """Offers of which every quantity and every day is right."""
        return self.offers / self.offered

    @property
    def answer_share(self) -> float:
        """Of the replies that promise an answer or were read so, those with the right moment."""
        return self.answers / self.due

    @property
    def false_commits(self) -> list[str]:
        """What is no commitment and was read as one."""
        return [text for _meant, read, text in self.mistaken if read == Meaning.COMMIT]

    @property
    def refused_commits(self) -> list[str]:
        """Refusals read as commitments: there must be none."""
        return [text for meant, read, text in self.mistaken if (meant, read) == (Meaning.DECLINE, Meaning.COMMIT)]


def figures(replies: Iterable[tuple[Labelled, Model | None]]) -> Figures:
    """Read every reply, with the model given or the one shipped, and count."""
    found = Figures()
    for reply, model in replies:
        _count(found, reply, read_reply(reply.text, now=reply.now, asked=reply.asked, model=model))
    return found


def _count(found: Figures, reply: Labelled, reading: ReplyReading) -> None:
    found.read += 1
    if reading.meaning == reply.meaning:
        found.meanings += 1
    else:
        found.mistaken.append((reply.meaning, reading.meaning.value, reply.text))
    if reply.offer:
        _count_offer(found, reply.offer, reading)
    due = reading.answer_by.isoformat() if reading.answer_by else None
    found.due += bool(reply.answer_by or due)
    found.answers += bool(due) and due == reply.answer_by


def _count_offer(found: Figures, offer: list[dict[str, Any]], reading: ReplyReading) -> None:
    wanted = [_told(part.get("quantity"), part.get("ship_date")) for part in offer]
    got = [_told(part.quantity, part.ship_date) for part in reading.offer]
    found.offered += 1
    found.offers += wanted == got
    for place, part in enumerate(wanted):
        read = got[place] if place < len(got) else (None, None)
        for said, heard in zip(part, read, strict=True):
            if said is not None:
                found.parts["right" if said == heard else "missing" if heard is None else "wrong"] += 1


def _told(quantity: Any, day: Any) -> tuple[Decimal | None, str | None]:
    return (None if quantity is None else Decimal(str(quantity))), (None if day is None else str(day))
