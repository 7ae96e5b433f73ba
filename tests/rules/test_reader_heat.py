"""Replies that may read sharper than meant: only what is said to people, and the same said calmly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader.heat import read_heat


@pytest.mark.parametrize(
    ("text", "calmer"),
    [
        ("You people never read the ticket. I need 40 by Friday!!!", "I need 40 by Friday."),
        ("Are you kidding me? The customer was promised Friday.", "The customer was promised Friday."),
        ("this is ridiculous, you need to fix it now", "This is hard for us, could you look for a way now?"),
        ("I already told you: 3 Dec is not possible. Stop whining.", "3 Dec is not possible."),
        ("WHY IS THIS STILL NOT SHIPPED??? ANSWER ME NOW", "Why is this still not shipped? Answer me now"),
        ("Sales is useless. Press 4 is full until Tuesday.", "Press 4 is full until Tuesday."),
        ("DO YOUR JOB AND SHIP THE ORDER", ""),
    ],
)
def test_what_stings_is_left_out_and_the_facts_stay(text: str, calmer: str) -> None:
    heat = read_heat(text)

    assert heat is not None
    assert heat.calmer == calmer


@pytest.mark.parametrize(
    "text",
    [
        "We can do 40 on Friday and 60 on Wednesday",
        "Sorry, no. Press 4 is down this week.",
        "This damn press, what a day",
        "lol are you kidding, that's great :joy:",
        "You always help us out, thanks!",
        "sorry, I was an idiot, wrong order number",
        "> you people never read\nlet me look into that",
        'The customer said "you people are useless", so please be careful',
        "You need a new PO for that",
        "Can you ship 40 by Friday??",
        "PO 4711 QTY 40 PCS EXW ASAP",
        "I don't care which of the two days, both work",
        "URGENT: SO-48213 ABC GMBH",
        "",
    ],
)
def test_frank_words_jokes_quotes_and_curses_at_machines_are_left_alone(text: str) -> None:
    assert read_heat(text) is None


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["you", "never", "!!!", "WHY", "press", "fix it", "\n", ">", ". ", "40"])).map(" ".join)
)
def test_the_calmer_words_are_no_longer_sharp(text: str) -> None:
    heat = read_heat(text)

    assert heat is None or not heat.calmer or read_heat(heat.calmer) is None


def test_a_very_long_reply_is_read_in_its_beginning() -> None:
    heat = read_heat("you always do this! " * 2_000)

    assert heat is not None
    assert len(heat.calmer) <= 600
