"""Messages of a channel: asks for goods sooner or more are noticed, everything else is left alone."""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader import MessageReading, Reason, read_fields, read_message
from bot.reader.words import word_set
from tests.reader.chat import as_row, made_lines, written_lines
from tests.reader.scoring_messages import DATA, Figures, figures, reading_of, rows_of

TUESDAY = datetime(2026, 3, 10, 9, 20, tzinfo=ZoneInfo("America/Chicago"))
BERLIN = datetime(2026, 3, 10, 9, 20, tzinfo=ZoneInfo("Europe/Berlin"))


def read(text: str, now: datetime = TUESDAY) -> MessageReading:
    return read_message(text, now=now)


@cache
def of(file: str) -> Figures:
    return figures((row, reading_of(row)) for row in rows_of(file))


def test_unseen_messages_are_told_apart() -> None:
    assert of("messages.unseen.jsonl").precision >= 0.92
    assert of("messages.unseen.jsonl").recall >= 0.88


def test_the_facts_of_unseen_messages_are_right_or_left_out() -> None:
    assert of("messages.unseen.jsonl").share("right") >= 0.88
    assert of("messages.unseen.jsonl").share("wrong") <= 0.05


def test_the_weights_fit_the_texts_they_were_learned_from() -> None:
    assert of("messages.dev.jsonl").precision >= 0.95
    assert of("messages.dev.jsonl").recall >= 0.95
    assert of("messages.dev.jsonl").share("wrong") <= 0.03


def test_asks_of_a_few_words_are_told_from_talk_that_looks_like_them() -> None:
    """Held against lines that no weight was learned from."""
    lines = (DATA / "short_unseen.txt").read_text(encoding="utf-8").splitlines()
    noticed = [line for line in lines if reading_of(as_row(line[2:])).expedite]

    assert sum(line.startswith("+") for line in noticed) >= 14
    assert sum(line.startswith("-") for line in noticed) <= 1


def test_ordinary_chat_is_left_alone() -> None:
    """Lines made from patterns that no weight was learned from, and the written ones."""
    lines = [*written_lines(), *made_lines("chat_unseen.txt", 700, seed=3)]

    assert [] == [line for line in lines if reading_of(as_row(line)).expedite]


@pytest.mark.parametrize(
    "text",
    [
        "Could the 40 valves for Harlan Refining go out Friday instead of next Wednesday?",
        "pls expedite SO 48213, Harlan Refining is line down",
        "Harlan needs 300 more cases than we allocated, any wiggle room?",
        "customer asks if 12 Dec could become 5 Dec for the 90 sensors, can we check?",
        "No rush on the invoice, but can we get the Harlan valves sooner than the 18th?",
        "Thanks for the first 200! Could Harlan get another 200 by Friday?",
        "> we need the 40 valves by 3/20, please check\nfrom Harlan Refining, what do you think?",
        "Get Harlan their 40 valves by Friday. I don't care how.",
        "Please pull in two orders: SO 48213 for Harlan to 3/20 and SO 48300 for Dexcor to 3/24",
        "Any chance to ship SO-1011 earlier?",
        "Can we get 40 valves for Acme by Friday instead of next month?",
        "Could we get 20 more pcs?",
        "need SO 1011 faster pls",
        "Harlan wants 100 instead of 60, can we?",
        "Bitte nicht lachen: can we deliver the 40 pcs for Wagner already in KW 12 instead of KW 14?",
    ],
)
def test_an_ask_is_noticed(text: str) -> None:
    assert read(text).expedite


@pytest.mark.parametrize(
    "text",
    [
        "No rush on SO 48213, the original date is fine",
        "no hurry at all with Harlan's valves, whenever they were scheduled is ok",
        "Is there a rush fee policy? What do we charge for expedites?",
        "who approves an expedite inside the frozen window?",
        "The rush order for Harlan shipped yesterday, thanks everyone",
        "we pulled in SO 48213 last week and it arrived on time",
        "Harlan asked for an earlier date, I said no and he is fine with it. Nothing to do.",
        "Please don't expedite SO 48213 any more, customer cancelled",
        "Can we push Harlan from 3/20 to 3/27? Their dock is closed",
        "urgent: I need the packing list for SO 48213 today",
        "can IT get me a laptop any faster?",
        "can we move the Harlan call up to Tuesday?",
        "our supplier will expedite the castings, they come Friday",
        "For the training deck: 'can you ship 500 by Friday??' is the bad example",
        "Expedite report: 14 requested, 9 accepted, 3 declined",
        "did SO 48213 ship yesterday?",
        "can we get pizza any sooner, I'm starving 😂",
        "part 11/27 replaces part 12/5, please update the drawing",
        "the 3/8-16 screws and the 12/5 fittings are on shelf 4",
        "can we get 1/4 in fittings instead of 3/8 for the Harlan drawing?",
        "no rush fee was charged on SO 48213, just so you know",
        "Harlan once wrote: 'ship it by Friday or else'. That was in 2019.",
        "I would not expedite SO 48213, they have plenty",
        "haha, expedite my coffee please, it's urgent :joy:",
        "Thanks, the 20 more pcs arrived",
        "SO 48213 and SO 48300 both shipped ahead of schedule",
        "Any chance to get the invoice earlier?",
        "Can we get 40 chairs for the meeting room by Friday?",
        "20 more emails to answer",
        "",
        "👍",
    ],
)
def test_what_is_no_ask_is_left_alone(text: str) -> None:
    assert not read(text).expedite


def test_the_reasons_are_told() -> None:
    asked = read("Could Harlan Refining get the 40 valves sooner than 3/20? Order SO 48213")
    refused = read("No rush on SO 48213, the original date is fine, thanks for asking")

    assert {Reason.ASKS_EARLIER, Reason.NAMES_ORDER} <= set(asked.reasons)
    assert Reason.NO_HURRY in refused.reasons
    assert asked.score > 0.5 > refused.score


def test_the_facts_of_an_ask() -> None:
    fields = read(
        "any chance we can expedite SO 48213 line 3? 40 ea of the butterfly valves for Harlan Refining, "
        "they're showing 4/12 but need them by 3/20, partial ok"
    ).fields

    assert (fields.quantity, fields.unit, fields.item) == (Decimal(40), "ea", "butterfly valves")
    assert (fields.order, fields.line, fields.customer) == ("SO 48213", "3", "Harlan Refining")
    assert (fields.needed_date, fields.promised_date) == (date(2026, 3, 20), date(2026, 4, 12))
    assert fields.partial_ok is True
    assert fields.demanding is False


def test_a_date_of_two_meanings_is_a_doubt() -> None:
    fields = read_fields("Can Harlan get the 40 valves by 4/5?", now=TUESDAY)
    elsewhere = read_fields("Can Harlan get the 40 valves by 4/5?", now=BERLIN)
    shown = read_fields("Can Harlan get the 40 valves by 4/5, not 4/15?", now=TUESDAY)

    assert (fields.needed_date, fields.doubts["needed_date"]) == (date(2026, 4, 5), (date(2026, 5, 4),))
    assert (elsewhere.needed_date, elsewhere.doubts["needed_date"]) == (date(2026, 5, 4), (date(2026, 4, 5),))
    assert (shown.needed_date, shown.doubts) == (date(2026, 4, 5), {})


def test_more_of_something_keeps_its_unit() -> None:
    fields = read_fields("Could Harlan get 20 more pcs of the butterfly valves by Friday?", now=TUESDAY)

    assert (fields.quantity, fields.unit) == (Decimal(20), "pcs")


def test_of_two_orders_in_one_message_the_first_is_read() -> None:
    said = "Please pull in two orders: SO 48213 for Harlan to 3/20 and SO 48300 for Dexcor to 3/24"
    fields = read(said).fields

    assert (fields.order, fields.needed_date) == ("SO 48213", date(2026, 3, 20))


@pytest.mark.parametrize(
    "said",
    [
        "Harlan wants the 40 valves by 3/20. I have to give them an answer today.",
        "Harlan wants the 40 valves by 3/20. I expect a plan by EOD.",
    ],
)
def test_the_day_of_the_answer_is_not_the_day_of_the_goods(said: str) -> None:
    assert read_fields(said, now=TUESDAY).needed_date == date(2026, 3, 20)


def test_the_smaller_amount_that_alone_is_asked_for_is_read() -> None:
    said = "Harlan has 200 boxes of bags planned for 4/25. Can we advance at least 50 boxes?"

    assert read_fields(said, now=TUESDAY).quantity == Decimal(50)


def test_a_part_and_its_refusal_are_told_apart() -> None:
    assert read_fields("Can Harlan get the 40 valves by Friday? split is ok", now=TUESDAY).partial_ok is True
    assert read_fields("Harlan needs 400 pcs complete, no part shipments", now=TUESDAY).partial_ok is False
    assert read_fields("Can Harlan get the 40 valves by Friday?", now=TUESDAY).partial_ok is None


def test_known_customers_are_found_whatever_their_capitals() -> None:
    fields = read_fields(
        "can dexcor's 40 valves leave earlier? driver is from Penang", now=TUESDAY, customers=["Dexcor", "Dexcor East"]
    )

    assert fields.customer == "dexcor"


def test_an_earlier_date_may_be_told_by_the_difference() -> None:
    fields = read_fields("Could Harlan's order be pulled forward 2 weeks? currently 4/20", now=TUESDAY)

    assert (fields.needed_date, fields.promised_date) == (date(2026, 4, 6), date(2026, 4, 20))


VOCABULARY = word_set(
    "can we expedite need 40 ea of the valves for Harlan by Friday 4/5 12. 31.10. SO 48213 line 3 PO: > . ? ! ( ) # "
    "10k x4 3/8-16 EOD wk 34 w/c <@U1> <http://x|SO50991> :pray: not sooner than thanks 👍 – → half even but"
) | {"\n", '"'}


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(sorted(VOCABULARY)), max_size=40).map(" ".join) | st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    reading, fields = read(text), read_fields(text, now=BERLIN)

    assert 0 <= reading.score <= 1
    for copied in (fields.unit, fields.item, fields.customer):
        assert copied is None or copied in text


@pytest.mark.parametrize(
    "piece",
    ["need 40 ea of the 3in valves for Harlan by Friday. ", "1 ", "9", "<", "1.1.", '"3/8" ', "Aa ", ",", "12 to "],
)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    """Work is counted in calls; beyond what is read of a text it does not grow at all."""
    short, long, longest = (work_of((piece * size)[:size]) for size in (1_000, 4_000, 40_000))

    assert long <= 4 * short * 1.3 + 2_000
    assert longest <= long * 1.3 + 2_000


def work_of(text: str) -> int:
    calls = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read_message(text, now=TUESDAY)
    finally:
        sys.setprofile(before)
    return calls
