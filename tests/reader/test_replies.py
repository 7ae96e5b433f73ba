"""Replies of Ops: what they mean is read from texts nobody showed the reader, and no refusal becomes a commitment."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader.replies import ReplyReading, read_reply
from bot.reader.replies_model import Meaning
from bot.reader.replies_offer import OfferPart
from bot.reader.replies_pieces import Asked
from bot.reader.tokens import MOST_READ
from tests.reader.replies_corpus import Labelled, labelled, written
from tests.reader.scoring_replies import Figures, figures

TUESDAY = datetime(2026, 3, 10, 9, 20, tzinfo=ZoneInfo("America/Chicago"))
FORTY = Asked(Decimal(40), "pcs", "butterfly valves", date(2026, 3, 20))


def read(text: str) -> ReplyReading:
    return read_reply(text, now=TUESDAY, asked=FORTY)


@cache
def unseen() -> Figures:
    return figures((reply, None) for reply in written("replies.kept.txt"))


def every_reply() -> list[Labelled]:
    return [*labelled("replies.dev.jsonl"), *written("replies.own.txt"), *written("replies.kept.txt")]


def test_meanings_of_unseen_replies_are_read() -> None:
    assert unseen().meaning_share >= 0.88


def test_offers_of_unseen_replies_are_read() -> None:
    assert unseen().offer_share >= 0.85
    assert unseen().parts["wrong"] <= 0.03 * unseen().parts.total()


def test_answers_promised_in_unseen_replies_are_read() -> None:
    assert unseen().answer_share >= 0.8


def test_no_refusal_is_read_as_a_commitment() -> None:
    assert [] == figures((reply, None) for reply in every_reply() if reply.meaning == Meaning.DECLINE).refused_commits


@pytest.mark.parametrize(
    "text",
    [
        "Sure, if you give me another two weeks. So no.",
        "We could, we won't.",
        "Yes, I saw it. No, we can't.",
        "I'd love to confirm Friday but I can't",
        "ok so that's not happening",
        "Happy to help usually, not possible this time",
        "Great customer, great order, no capacity",
        "Can do? No. Can't do.",
        "can't before Friday and Friday is already full",
        "Confirmed with the plant: it can't be done",
        "yes we have stock, no you can't have it, it's allocated",
        "Approved by nobody. The answer is no",
        "Done deal? No deal.",
        "we can't confirm 3/20",
        "I can not commit to the 20th, sorry",
        "No way we make all 40 by the 20th",
        "We won't make it",
        "unable to confirm your date",
        "All 40 by the 20th is not possible",
        "I said yes too fast, it's a no",
        "> all 40 on the 20th is confirmed\nno it is not",
        "&gt; can you do 40?\nNo.",
        "❌",
        ":x: sorry",
        "👎",
    ],
)
def test_refusals_that_sound_like_more_are_no_commitment(text: str) -> None:
    assert read(text).meaning not in {Meaning.COMMIT, Meaning.COUNTER}


@pytest.mark.parametrize(
    "text",
    [
        "Yes, if they pay the overtime",
        "All 40 on the 20th provided the castings arrive",
        "ok as long as Harlow waits",
        "Confirmed, subject to credit release",
        "we can do the 20th unless the press breaks again",
        "sure, assuming purchasing gets me the steel",
        "Yes but only if you sign for the Saturday shift",
        "If they collect it, the 20th works",
        "20 on the 20th, rest the week after",
        "yes but 30 not 40",
        "Yes, but on the 27th",
        "sure, 3/27",
    ],
)
def test_conditions_and_differing_offers_are_no_commitment(text: str) -> None:
    assert read(text).meaning is not Meaning.COMMIT


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("can you confirm the ship-to?", Meaning.NEED_INFO),
        ("what's the PO number", Meaning.NEED_INFO),
        ("do they take partials?", Meaning.NEED_INFO),
        ("thanks!", Meaning.CHATTER),
        ("thank you all 🙏", Meaning.CHATTER),
        ("lol", Meaning.CHATTER),
        ("🍩", Meaning.CHATTER),
        ("", Meaning.CHATTER),
        ("+1", Meaning.CHATTER),
        ("> can you do Friday?", Meaning.CHATTER),
        ("👀", Meaning.ACKNOWLEDGE),
        (":eyes:", Meaning.ACKNOWLEDGE),
        ("will check and come back by 3", Meaning.ACKNOWLEDGE),
        ("✅", Meaning.COMMIT),
        ("no problem, all 40 on the 20th", Meaning.COMMIT),
        ("can't say no to them: 40 on the 20th", Meaning.COMMIT),
        ("not a problem", Meaning.COMMIT),
    ],
)
def test_what_is_meant_is_read(text: str, meaning: Meaning) -> None:
    assert meaning is read(text).meaning


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("all 40 on the 20th", [(40, 20)]),
        ("20 on the 20th, the rest on the 27th", [(20, 20), (20, 27)]),
        ("25 can go Thursday and the other 15 on 3/26", [(25, 12), (15, 26)]),
        ("half on your date, half the week after", [(20, 20), (20, 27)]),
        ("Friday no, Monday yes", [(None, 16)]),
        ("we can do 30, not 40", [(30, None)]),
        ("can't do the 20th but the 24th works", [(None, 24)]),
        ("best I can do is the 24th instead of the 20th", [(None, 24)]),
        ("two days later than you want, then all 40", [(40, 22)]),
        ("30 by the 20th out of line 4, costs $1,150 and 2 shifts", [(30, 20)]),
        ("If you sign the Saturday OT (~$900) I'll have all 40 out on the 20th", [(40, 20)]),
        ("ships Thursday the 19th so they have it before the 20th", [(None, 19)]),
    ],
)
def test_offers_are_read_against_the_request(text: str, offer: list[tuple[int | None, int | None]]) -> None:
    parts = [OfferPart(None if count is None else Decimal(count), day and date(2026, 3, day)) for count, day in offer]

    assert tuple(parts) == read(text).offer


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("will check and come back by 3", 10, 15),
        ("looking, back to you by EOD", 10, 17),
        ("let me talk to the mill, you'll hear from me tomorrow", 11, 17),
        ("checking with the foundry, answer Thursday noon", 12, 12),
    ],
)
def test_the_time_of_an_answer_is_read(text: str, day: int, hour: int) -> None:
    assert TUESDAY.replace(day=day, hour=hour, minute=0) == read(text).answer_by


@pytest.mark.parametrize("text", ["will look at it after the 2pm meeting", "raising it at the 1:30 call", "on it"])
def test_a_look_without_an_answer_promises_no_time(text: str) -> None:
    assert read(text).answer_by is None


def test_only_commitments_and_counters_offer() -> None:
    for reply in every_reply():
        reading = read_reply(reply.text, now=reply.now, asked=reply.asked)

        assert not reading.offer or reading.meaning in {Meaning.COMMIT, Meaning.COUNTER}, reply.text
        assert not reading.answer_by or reading.meaning in {Meaning.ACKNOWLEDGE, Meaning.NEED_INFO}, reply.text


def test_a_novel_costs_no_more_than_its_beginning() -> None:
    novel = "We can ship 20 on the 20th, the rest the week after. " * 800

    assert read(novel[:MOST_READ]) == read(novel)


_PIECES = st.sampled_from([word for reply in written("replies.kept.txt") for word in reply.text.split()])
_TEXTS = st.one_of(st.text(max_size=200), st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=30).map(" ".join))
_MOMENTS = st.datetimes(
    TUESDAY.replace(1970, tzinfo=None), TUESDAY.replace(2100, tzinfo=None), timezones=st.timezones()
)


@given(text=_TEXTS, now=_MOMENTS, quantity=st.one_of(st.none(), st.decimals("0.001", 9_999_999, places=3)))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str, now: datetime, quantity: Decimal | None) -> None:
    reading = read_reply(text, now=now, asked=Asked(quantity, "pcs", "valves", now.date()))

    assert 0 <= reading.sure <= 1
    assert all(part.quantity is None or part.quantity > 0 for part in reading.offer)
