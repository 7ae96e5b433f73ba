"""The whole escalation ladder over a long weekend, by pushing the clock in the page: nobody is reached out of hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from models import Desk, DeskCalendar
from models.service_level import Audience, EscalationStep, ServiceLevels, Targets
from tests.browser.window import CHROMIUM, Window, chromium, running_demo
from tests.builders import HELENA, JONAS, LEADERS, PLANT3, PRIYA, set_levels

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FRIDAY, MONDAY, TUESDAY = "2026-05-22", "2026-05-25", "2026-05-26"
"""Whit Monday is closed in Berlin."""
HALF_AN_HOUR = 1800
LADDER = (
    EscalationStep(HALF_AN_HOUR, Audience.DESK, repeats=1),
    EscalationStep(HALF_AN_HOUR, Audience.PERSON, PRIYA),
    EscalationStep(HALF_AN_HOUR, Audience.CHANNEL, LEADERS),
    EscalationStep(HALF_AN_HOUR, Audience.MEDIATOR, HELENA),
)
"""Due Fri 16:30; then Fri 17:00, which is closing time and so becomes Tue 07:00, and Tue 07:30, 08:00, 08:30, 09:00."""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody pushes the clock")


def long_weekend(session: Session) -> None:
    """The desk climbs a ladder of five rungs, and is closed on Monday."""
    set_levels(session, replace(ServiceLevels.alike(Targets()), escalation=LADDER))
    hours = session.get_one(DeskCalendar, session.query(Desk).one().calendar_id)
    hours.hours = {**hours.hours, "closed_dates": [[MONDAY, "Whit Monday"]]}


async def test_the_ladder_is_climbed_in_working_hours_only_and_ends_with_the_answer() -> None:
    starts = datetime.fromisoformat(f"{FRIDAY}T15:30").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    async with running_demo(starts) as demo, chromium() as browser:
        await demo.app.database.run(long_weekend)
        window = await Window.open(browser, demo.sandbox.url)
        await window.sit(JONAS, PLANT3)
        await window.asks("100 pcs BRK-2040 for Acme by Friday", reason="customer_ordered_late")
        await window.become(JONAS, PLANT3)
        await nobody_is_reached_over_the_long_weekend(window)
        await each_rung_is_climbed_on_tuesday(window)
        await the_mediator_asks_and_is_answered(window)
        await the_answer_ends_it(window)
        assert [] == window.complaints


async def nobody_is_reached_over_the_long_weekend(window: Window) -> None:
    await window.moves_clock_to(f"{FRIDAY}T16:31")
    await expect(window.became_due).to_contain_text("16:31 #ops-plant-3 Time is up.")
    for moment in (f"{FRIDAY}T17:01", f"{MONDAY}T07:30", f"{MONDAY}T08:30", f"{TUESDAY}T06:59"):
        await window.moves_clock_to(moment)
        await expect(window.became_due).to_contain_text("Nothing became due")


async def each_rung_is_climbed_on_tuesday(window: Window) -> None:
    rungs = (
        ("07:01", "07:01 #ops-plant-3 Time is up."),
        ("07:31", "07:31 #ops-plant-3 Time is up."),
        ("08:31", "08:31 #leadership Can you help? EXP-1"),
        ("09:01", "09:01 somebody's direct messages"),
    )
    for moment, words in rungs[:2]:
        await only_this_becomes_due(window, moment, words)
    await window.moves_clock_to(f"{TUESDAY}T08:01")
    await expect(window.became_due).to_contain_text("08:01 somebody's direct messages")
    # The digest of a Monday on which nobody worked, and what hangs in its thread.
    await expect(window.became_due).to_contain_text("#leadership Expedites, week 21")
    for moment, words in rungs[2:]:
        await only_this_becomes_due(window, moment, words)


async def only_this_becomes_due(window: Window, moment: str, words: str) -> None:
    await window.moves_clock_to(f"{TUESDAY}T{moment}")
    await expect(window.became_due).to_contain_text(words)
    await expect(window.became_due.get_by_role("listitem")).to_have_count(1)


async def the_mediator_asks_and_is_answered(window: Window) -> None:
    await expect(window.messages("EXP-1 ·")).to_contain_text("Helena Voss was called in at 09:01")
    await window.become(HELENA)
    story = window.messages("Can you help? EXP-1")
    await expect(story).to_contain_text("Plant 3 desk owes the first answer since 16:30")
    await expect(story).to_contain_text("2 h 30 min of working time after that")
    await window.presses(story, "ask_ops")
    await window.field("question").fill("What keeps you from it?")
    await window.submits()
    await expect(window.form).to_be_hidden()
    await window.presses(story, "decide_together")
    await expect(story.locator('[data-action-id="decide_together"]')).to_have_count(0)
    await window.become(JONAS, PLANT3)
    await window.open_thread(window.messages("EXP-1 ·"))
    await expect(window.thread).to_contain_text("What keeps you from it?")
    await expect(window.thread).to_contain_text("Helena Voss asks you to decide EXP-1 together")
    await window.types("The mould is back, we start today", box="thread-composer")
    await expect(window.thread).to_contain_text("Jonas Keller answered the mediator")
    await expect(window.thread).to_contain_text("Jonas Keller is looking into it")  # the desk's first response, too
    await window.page.get_by_test_id("thread-close").click()


async def the_answer_ends_it(window: Window) -> None:
    """The reply was the first response: the card says so, and no rung is climbed any more."""
    card = window.messages("EXP-1 ·")
    await expect(card).not_to_contain_text("was called in")
    await window.become(HELENA)
    await expect(window.messages("The mould is back, we start today")).to_have_count(2)
    await expect(window.messages("Can you help? EXP-1")).to_contain_text("Answered meanwhile")
    await window.moves_clock_to(f"{TUESDAY}T10:00")
    await expect(window.became_due).to_contain_text("Nothing became due")
