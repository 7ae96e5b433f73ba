"""What `make smoothness` measures and says; whether the page is smooth enough is the measurement's to say."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox import SandboxClock, World
from tests.browser.smoothness import FULL, PARTS, Measured, Round, crowd, verdict
from tests.builders import NOON


def rounds(*longest: float) -> list[Round]:
    return [Round([each] if each else [], dict.fromkeys(PARTS, 0.0)) for each in longest]


def test_the_channel_has_a_thousand_messages_and_two_hundred_open_requests() -> None:
    world = World.seeded(SandboxClock(NOON - timedelta(days=8)))
    crowd(world)
    feed = world.messages.feed(FULL)
    cards = [each.text.split(" · ")[0] for each in feed if each.bot_id]
    assert (1_000, 200) == (len(feed), len(set(cards)))


def test_one_long_task_in_one_round_is_named() -> None:
    found = [Measured("scrolling", crowded=True, rounds=rounds(0, 72)), Measured("talking", crowded=True, rounds=[])]
    assert verdict(found).startswith("Not smooth with 1,000 messages: scrolling (72 ms). With one message no task")


def test_what_is_long_with_one_message_too_is_told_beside_it() -> None:
    found = [Measured("scrolling", crowded=each, rounds=rounds(longest)) for each, longest in ((True, 72), (False, 60))]
    assert verdict(found).endswith("With one message the longest was 60 ms.")
    assert verdict(found[1:]).startswith("Smooth")
