"""What operations mean by a reply in the thread of a request: a commitment, an offer, no, a question, or only talk.

Nothing is decided by it: what is read is said back to its writer, who confirms. Reading errs on the side of less: a
commitment with a condition is a counter-offer, and where a refusal is as likely, nothing is committed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bot.reader.replies_answer import read_answer_by
from bot.reader.replies_cues import CUES
from bot.reader.replies_days import days_in
from bot.reader.replies_model import Meaning, Model, shipped
from bot.reader.replies_offer import OfferPart, read_offer
from bot.reader.replies_pieces import Asked
from bot.reader.replies_signs import marked, signs
from bot.reader.tokens import MOST_READ, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


_NOTHING_ASKED = Asked()
_QUOTED = re.compile(r"^\s*(?:>|&gt;).*$", re.MULTILINE)
_WRITTEN_OUT = (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), (":+1:", ":thumbsup:"), (":-1:", ":thumbsdown:"))
_CONDITION = re.compile(
    r"(?<!know )(?<!see )(?<!ask )(?<!as )\b(?:if|provided|providing|unless|assuming|as long as|"
    r"so long as|subject to|on condition|under the condition|in exchange)\b"
)
# A last word that takes back whatever came before it: "Sure, if I get two more weeks. So no."
_LAST_NO = re.compile(
    r"(?:^|[.!?;,:] )(?:so |but |sorry |then )*(?:it's |that's |that is )?(?:a )?"
    r"(?:no|nope|nah|@refused)(?: deal)?[ .!]*$"
)
_EMOJI = {
    ":eyes:": Meaning.ACKNOWLEDGE,
    ":+1:": Meaning.ACKNOWLEDGE,
    ":yes:": Meaning.COMMIT,
    ":x:": Meaning.DECLINE,
}
_REFUSING = re.compile(
    r"(?<![\w'])(?:no|not|none|nope|nah|never|neither|nobody|nothing|without|@refused|unable|sorry|unfortunately|regret|gone"
    r"|declined?|(?:can|do|does|is|are|ca|wo|could|would)n't|can't|won't|cant|wont|cannot)(?![\w'])"
)


class _Doubt(NamedTuple):
    """How likely a commitment must be at least to be read, and a refusal at most."""

    commit: float
    decline: float


_PLAIN, _REFUSED, _UNSAID = _Doubt(0.3, 0.25), _Doubt(0.7, 0.08), _Doubt(0.65, 0.15)
_ASSENT = ("yes", "can", "ship")


@dataclass(frozen=True)
class ReplyReading:
    """What a reply means; ``sure`` is between 0 and 1.

    ``offer`` has the parts of a commitment or a counter-offer as far as they are said. ``answer_by`` is when an answer
    comes, aware in the writer's zone, and is only set where the reply promises one.
    """

    meaning: Meaning
    sure: float
    offer: tuple[OfferPart, ...] = ()
    answer_by: datetime | None = None


def read_reply(text: str, *, now: datetime, asked: Asked = _NOTHING_ASKED, model: Model | None = None) -> ReplyReading:
    """Read a reply; ``now`` is when it was written, aware and in the writer's zone.

    ``model`` is the one that came with the app unless another is given.
    """
    own_words = _own_words(text)
    tokens = tokenize(own_words)
    days = days_in(tokens, now, asked)
    offer = read_offer(tokens, days, asked, today=now.date())
    words = marked(tokens, days, asked)
    meaning, sure = _meaning(words, offer, asked, model or shipped())
    is_offer = meaning in {Meaning.COMMIT, Meaning.COUNTER}
    promises = meaning in {Meaning.ACKNOWLEDGE, Meaning.NEED_INFO}
    answer_by = read_answer_by(own_words, now=now) if promises else None
    return ReplyReading(meaning, sure, offer if is_offer else (), answer_by)


def _own_words(text: str) -> str:
    """Leave out what is quoted, and write Slack's escapes as what they stand for."""
    own = _QUOTED.sub("", text[:MOST_READ])
    for written, sign in _WRITTEN_OUT:
        own = own.replace(written, sign)
    return own


def _meaning(words: Sequence[str], offer: Sequence[OfferPart], asked: Asked, model: Model) -> tuple[Meaning, float]:
    alone = _without_words(words)
    if alone:
        return alone, 1.0
    odds = model.weigh(signs(words, offer, asked))
    ranked = sorted(odds, key=lambda meaning: odds[meaning], reverse=True)
    best, said = ranked[0], " ".join(words)
    if best in {Meaning.COMMIT, Meaning.COUNTER} and _LAST_NO.search(said):
        best = Meaning.DECLINE
    elif best is Meaning.COMMIT:
        best = _kept_commit(said, odds, ranked[1])
    return best, odds[best]


def _without_words(words: Sequence[str]) -> Meaning | None:
    """Read a reply of signs and emoji alone; None where there are words."""
    if any(word[:1].isalnum() or word[:1] == "@" for word in words) and words != ["+", "1"]:
        return None
    return next((_EMOJI[word] for word in words if word in _EMOJI), Meaning.CHATTER)


def _kept_commit(said: str, odds: dict[Meaning, float], second: Meaning) -> Meaning:
    """Let a commitment stand only without a condition, and where a refusal is not likely too."""
    if _CONDITION.search(said):
        return Meaning.COUNTER
    doubt = _REFUSED if _REFUSING.search(said) else _PLAIN
    if not any(CUES[name].search(said) for name in _ASSENT):
        doubt = _UNSAID
    stands = odds[Meaning.COMMIT] >= doubt.commit and odds[Meaning.DECLINE] <= doubt.decline
    return Meaning.COMMIT if stands else second
