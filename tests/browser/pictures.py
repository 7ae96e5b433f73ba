"""Takes the pictures of the README (``make pictures``): the same story every time, so only what changed differs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
from playwright.async_api import Browser, Locator, expect

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # it is run as a script

from tests.browser.earlier import put_down  # noqa: E402
from tests.browser.story import Story, last_week, this_morning  # noqa: E402
from tests.browser.window import CHROMIUM, Window, chromium, running_demo  # noqa: E402
from tests.builders import HELENA, JONAS, LEADERS, MARA, PLANT3, SALES  # noqa: E402

FOLDER = ROOT / ".github" / "pictures"
STARTS = datetime(2026, 11, 24, 8, tzinfo=UTC)  # Tuesday 09:00 in Berlin
MOST_BYTES = 250_000
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
DARK = {"color_scheme": "dark"}
LOW = {"viewport": {"width": 1280, "height": 600}}
HIGH = {"viewport": {"width": 1000, "height": 2400}}  # a whole digest
WITHOUT_HINTS = "localStorage.setItem('sandbox-hints', 'closed')"

Scene = Callable[[Window], Awaitable[None]]


async def keep(window: Window, name: str, part: Locator | None = None) -> None:
    """Write one picture, of the page or a part of it; the browser and the wire may not have complained."""
    path = FOLDER / f"{name}.png"
    await window.page.mouse.move(0, 0)
    await (part or window.page).screenshot(path=path, animations="disabled", caret="hide")
    size = path.stat().st_size
    assert [] == window.complaints
    assert size <= MOST_BYTES, f"{path} is too large: {size} bytes"
    print(f"{path.relative_to(ROOT)}  {size // 1000} kB")


async def channel(window: Window, name: str = "channel") -> None:
    await window.sit(JONAS, PLANT3)
    await expect(window.messages("EXP-7 ·")).to_be_visible()
    await keep(window, name)


async def dark(window: Window) -> None:
    await channel(window, "dark")


async def phone(window: Window) -> None:
    await channel(window, "phone")


async def thread(window: Window) -> None:
    await window.sit(JONAS, PLANT3)
    await window.open_thread(window.messages("EXP-6 ·"))
    await expect(window.thread).to_contain_text("offered")
    await keep(window, "thread")


async def home(window: Window, name: str = "home") -> None:
    await window.sit(JONAS, PLANT3)
    await window.page.get_by_test_id("home-link").click()
    await expect(window.page.get_by_test_id("home")).to_contain_text("EXP-7")
    await keep(window, name)


async def home_dark(window: Window) -> None:
    await home(window, "home-dark")


async def digest(window: Window, name: str = "digest") -> None:
    await window.sit(HELENA, LEADERS)
    page = window.messages("week 48").first
    await expect(page).to_be_visible()
    await keep(window, name, page)


async def digest_dark(window: Window) -> None:
    await digest(window, "digest-dark")


async def form_and_review(window: Window) -> None:
    await window.sit(MARA, SALES)
    await window.types("/expedite 100 pcs BRK-2040 for Acme Corp by Friday")
    await expect(window.field("item")).to_have_value("BRK-2040")
    await keep(window, "form")
    await window.field("order_number").fill("SO-1077")
    await window.field("line_number").fill("3")
    await window.field("reason_code").select_option("line_down")
    await window.submits()
    await window.picks("partial_acceptance", "balance_later")
    await window.field("smallest_useful_quantity").fill("40")
    await window.field("latest_acceptable_date").fill("2026-12-11")
    await window.field("expectation").fill("Line 2 restarts on Monday; they can start on 40.")
    await window.submits()
    await expect(window.form).to_contain_text("Can you ship 100 pcs of BRK-2040")
    await keep(window, "review")


SETTINGS: dict[Scene, dict[str, object]] = {
    phone: PHONE,
    dark: DARK,
    home: LOW,
    home_dark: {**LOW, **DARK},
    digest: HIGH,
    digest_dark: {**HIGH, **DARK},
}
SCENES = (channel, thread, home, home_dark, digest, digest_dark, phone, dark, form_and_review)


async def photograph(browser: Browser, url: str, scene: Scene) -> None:
    settings = SETTINGS.get(scene, {})
    window = await Window.open(browser, url, **settings)
    await window.page.add_init_script(WITHOUT_HINTS)
    await scene(window)
    await window.page.close()


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with running_demo(STARTS) as demo, httpx.AsyncClient(base_url=demo.sandbox.url, timeout=40) as http:
        demo.sandbox.world.rate_limits = False
        story = Story(http)
        await demo.app.database.run(put_down)
        await last_week(story)
        await story.at("2026-11-30T08:00")
        await this_morning(story)
        async with chromium() as browser:
            for scene in SCENES:
                await photograph(browser, demo.sandbox.url, scene)
        assert [] == (await http.get("/sandbox/api/errors")).json()["errors"]


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("Chromium was not found. Bring it: sudo apt-get install chromium fonts-liberation")
    asyncio.run(main())
