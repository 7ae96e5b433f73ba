"""What goes wrong on demand: the faults of the wire panel, and what people see of them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, expect

from bot.demo import Demo
from tests.browser.window import CHROMIUM, Window, chromium
from tests.builders import JONAS, MARA, PLANT3, SALES

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody can break anything")


@pytest.fixture
async def window(demo: Demo) -> AsyncIterator[Window]:
    async with chromium() as browser:
        opened = await Window.open(browser, demo.sandbox.url)
        yield opened
        assert [] == opened.complaints


async def faults_of(window: Window) -> Locator:
    """The faults, reached with the keyboard alone."""
    await window.page.get_by_role("button", name="Wire", exact=True).press("Enter")
    await window.page.get_by_role("button", name="Faults").press("Enter")
    panel = window.page.get_by_role("region", name="Make something go wrong")
    await expect(panel).to_be_visible()
    return panel


async def arm(panel: Locator, method: str, kind: str, *, times: int = 1) -> None:
    await panel.get_by_label("Method or delivery").fill(method)
    await panel.get_by_label("What happens").select_option(kind)
    await panel.get_by_label("Times").fill(str(times))
    await panel.get_by_role("button", name="Arm").press("Enter")


async def test_a_fault_is_armed_strikes_is_used_up_and_nothing_is_lost(window: Window) -> None:
    await window.sit(JONAS, PLANT3)
    panel = await faults_of(window)
    await expect(panel).to_contain_text("Nothing is armed")
    await arm(panel, "chat.postMessage", "429", times=2)
    await expect(panel.get_by_test_id("fault-list")).to_contain_text("chat.postMessage 429: too many requests 2 left")
    await window.asks("100 pcs BRK-2040 for Acme by Friday", reason="line_down")
    await expect(panel.get_by_test_id("fault-list").get_by_role("listitem")).to_have_count(0)
    await expect(window.page.get_by_test_id("wire-list")).to_contain_text("fault 429")
    await window.page.get_by_label("Close the wire").click()
    await window.become(JONAS, PLANT3)
    await expect(window.messages("EXP-1 ·")).to_have_count(1, timeout=30_000)


async def test_all_faults_are_taken_back_in_every_window(demo: Demo, window: Window) -> None:
    await window.sit(JONAS, PLANT3)
    panel = await faults_of(window)
    await arm(panel, "views.*", "500")
    await arm(panel, "event:reaction_added", "duplicate")
    await expect(panel.get_by_test_id("fault-list").get_by_role("listitem")).to_have_count(2)
    assert ["500", "duplicate"] == [fault.kind for fault in demo.sandbox.world.faults]
    await panel.get_by_role("button", name="Take all back").click()
    await expect(panel).to_contain_text("Nothing is armed")
    assert [] == demo.sandbox.world.faults


async def test_only_what_can_happen_to_a_delivery_is_on_offer(window: Window) -> None:
    await window.sit(JONAS, PLANT3)
    panel = await faults_of(window)
    kinds = panel.get_by_label("What happens").locator("option")
    for method, offered in (
        ("event:message", ["duplicate", "reorder", "drop"]),
        ("request:interactive", ["duplicate"]),
    ):
        await panel.get_by_label("Method or delivery").fill(method)
        assert offered == await kinds.evaluate_all("all => all.map((each) => each.value)")
    await panel.get_by_label("Method or delivery").fill("chat.update")
    await panel.get_by_label("What happens").select_option("slow")
    await expect(panel.get_by_label("Seconds")).to_be_visible()
    await expect(panel.get_by_label("Retry-After")).to_be_hidden()


async def test_an_entry_of_the_wire_fills_in_what_to_break_next(window: Window) -> None:
    await window.sit(MARA, SALES)
    await window.types("/expedite")
    await window.form.get_by_test_id("modal-x").click()
    await window.page.get_by_test_id("wire-button").click()
    command = window.page.get_by_test_id("wire-list").locator("details", has_text="slash_commands:/expedite").first
    await command.locator("summary").click()
    await command.get_by_role("button", name="Break the next one").click()
    await expect(window.page.get_by_test_id("fault-method")).to_have_value("request:slash_commands")
    await expect(window.page.get_by_test_id("fault-kind")).to_be_focused()


async def test_a_silent_connection_is_told_to_who_types_and_a_new_one_works(window: Window) -> None:
    await window.sit(MARA, SALES)
    panel = await faults_of(window)
    await panel.get_by_label("Silent for").fill("600")
    await panel.get_by_role("button", name="Silence").click()
    await window.types("/expedite")
    await expect(window.page.locator("#composer")).to_contain_text("failed", timeout=10_000)
    await panel.get_by_role("button", name="Disconnect").click()
    await expect(window.page.get_by_test_id("connected")).to_contain_text("the app is connected")
    await expect(window.page.get_by_test_id("wire-list").locator("details", has_text="hello").first).to_be_visible()
    await window.types("/expedite 100 pcs BRK-2040 for Acme by Friday")
    await expect(window.field("item")).to_have_value("BRK-2040")


async def test_a_channel_is_archived_only_after_a_question(window: Window) -> None:
    await window.sit(JONAS, PLANT3)
    panel = await faults_of(window)
    await panel.get_by_role("combobox", name="Channel", exact=True).select_option(PLANT3)
    await panel.get_by_role("button", name="Archive").click()
    await window.page.get_by_test_id("confirm-no").click()
    await expect(window.page.get_by_test_id(f"channel-link-{PLANT3}")).to_be_visible()
    await panel.get_by_role("button", name="Archive").click()
    await window.page.get_by_test_id("confirm-yes").click()
    await expect(window.page.get_by_test_id(f"channel-link-{PLANT3}")).to_have_count(0)
    await expect(window.page.locator("#place-topic")).to_contain_text("archived")


async def test_the_faults_fit_a_phone(demo: Demo) -> None:
    async with chromium() as browser:
        window = await Window.open(browser, demo.sandbox.url, viewport={"width": 390, "height": 844})
        await window.sit(JONAS, PLANT3)
        panel = await faults_of(window)
        await arm(panel, "chat.update", "500")
        assert await window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
