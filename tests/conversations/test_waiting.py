"""Time passes: warnings, breach and escalation once each and only in working hours; outcome and digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.builders import JONAS, MARA
from tests.conversations.conftest import Talk


async def test_an_unanswered_request_warns_breaches_and_escalates_once_each(talk: Talk) -> None:
    await talk.asks()
    seen = []
    for _ in range(40):
        await talk.pass_time(minutes=5)
        seen.append(len(talk.thread) + len(talk.leaders))

    assert 3 <= len(talk.thread) <= 4
    assert 1 == len(talk.leaders)
    assert "EXP-1" in talk.leaders[0]
    assert seen == sorted(seen)


async def test_nothing_is_said_at_night(talk: Talk) -> None:
    """The clock runs in the desk's hours only: an evening and a night change nothing."""
    talk.clock.set(datetime(2026, 11, 24, 15, 50, tzinfo=UTC))  # 16:50 at the desk, which closes at 17:00
    await talk.asks()
    for _ in range(13):
        await talk.pass_time(hours=1)

    assert [] == talk.thread
    assert [] == talk.leaders


async def test_a_weekend_away_ends_in_one_message_not_many(talk: Talk) -> None:
    """After downtime the newest step is taken, what it overtook is not told."""
    await talk.asks()
    await talk.pass_time(days=6)

    assert 1 == len([line for line in talk.leaders if "Can you help?" in line])
    assert len(talk.thread) <= 1


async def test_the_committed_day_asks_what_became_of_it(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "commit_as_asked")
    talk.clock.set(datetime(2026, 11, 27, 16, 1, tzinfo=UTC))
    await talk.tick()

    assert not [line for line in talk.leaders if "EXP-1" in line]
    talk.clock.set(datetime(2026, 11, 30, 6, 1, tzinfo=UTC))
    await talk.tick()
    assert [line for line in talk.heard(JONAS) if "EXP-1" in line]


def digests_in(said: list[str]) -> list[str]:
    """What leaders were told but the invitation to the month's summit, which is another matter."""
    return [text for text in said if text.startswith("Expedites, week")]


async def test_monday_morning_brings_one_digest(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "commit_as_asked")
    form = await talk.opens(JONAS, "report_outcome")
    await talk.submits(JONAS, form, outcome="in_full")
    talk.clock.set(datetime(2026, 11, 30, 6, 59, tzinfo=UTC))
    await talk.tick()
    assert [] == digests_in(talk.leaders)

    talk.clock.set(datetime(2026, 11, 30, 7, 1, tzinfo=UTC))
    await talk.tick()
    await talk.tick()

    (digest,) = digests_in(talk.leaders)
    assert "week 48" in digest


async def test_a_week_in_which_nothing_happened_is_silent(talk: Talk) -> None:
    talk.clock.set(datetime(2026, 11, 30, 7, 1, tzinfo=UTC))
    await talk.tick()

    assert [] == talk.leaders


async def test_each_side_hears_directly_only_when_it_is_its_turn(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "acknowledge")

    assert 1 == len(talk.heard(MARA))
    assert [] == talk.heard(JONAS)


async def test_a_promise_nobody_followed_up_is_asked_about_and_a_press_says_that_it_is_worked_on(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "acknowledge")
    form = await talk.opens(JONAS, "name_answer_time")
    named = datetime(2026, 11, 25, 15, tzinfo=UTC)
    await talk.submits(JONAS, form, answer_due=str(int(named.timestamp())))
    talk.clock.set(named + timedelta(minutes=31))  # it breaks its word, which the leadership hears
    await talk.tick()
    talk.clock.set(datetime(2026, 11, 26, 14, 1, tzinfo=UTC))  # nine working hours after Wednesday 16:00
    await talk.tick()
    (asked,) = [note for note in talk.slack.in_thread(talk.card.ts) if "Still on it?" in note.text]

    await talk.presses(JONAS, asked, "still_on_it")
    await talk.deliver()

    (settled,) = [note for note in talk.slack.in_thread(talk.card.ts) if "somebody is" in note.text]
    assert settled.ts == asked.ts
    assert "Jonas Keller is still on it" in talk.thread
