"""How smooth the page stays with much to show (``make smoothness``): long tasks in the browser's own measure.

A channel with 1,000 messages, 200 of them cards of open requests, beside a channel with a single message in the same
run: what is long there too is the machine's doing. A task above 50 ms is one that people can feel.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from bot.blocks.cards import request_card
from bot.sandbox import Sandbox, SandboxClock, World, conversations
from bot.sandbox.blocks import with_ids
from bot.sandbox.messages import Message
from bot.sandbox.people import Channel
from bot.sandbox.web_api.chat import from_app
from models.lifecycle import Status
from tests.browser.window import CHROMIUM, Window, chromium
from tests.builders import JONAS, MARA, NOON
from tests.pictures import a_picture, a_request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import CDPSession

FULL, EMPTY, OTHER = "C0FULL", "C0EMPTY", "C0OTHER"
MESSAGES, CARD_EVERY, REPLIES = 1_000, 5, 20  # of the messages every fifth is a card
LONGEST = 50.0  # ms
ROUNDS = 3
TURN = 900  # px: a quick turn of the wheel
MOST_TURNS = 600  # more than 1,000 messages can take
PARTS = {"script": "ScriptDuration", "layout": "LayoutDuration", "style": "RecalcStyleDuration", "all": "TaskDuration"}
WATCH = """
window.longTasks = [];
const note = (list) => window.longTasks.push(...list.getEntries().map((each) => each.duration));
window.observer = new PerformanceObserver(note);
window.observer.observe({ type: "longtask" });
window.takeLongTasks = () => {
  note({ getEntries: () => window.observer.takeRecords() });
  return window.longTasks.splice(0);
};
"""
IS_SEEN = """(ts) => {
  const row = document.querySelector(`#messages [data-ts="${ts}"]`)?.getBoundingClientRect();
  const list = document.querySelector("#messages").getBoundingClientRect();
  return Boolean(row) && row.bottom > list.top && row.top < list.bottom;
}"""
TALK = (
    "Resin lands on Tuesday, the night shift can start at once.",
    "Acme asks whether 40 by Friday would help. *It would.* <https://example.com/orders/1042|SO-1042>",
    "Castings are back from the coating line :tada: I book the truck for Thursday, `PLT-7` has room.",
    "Thank you!",
)


@dataclass(frozen=True)
class Scene:
    """The window of Jonas, and what is said meanwhile."""

    window: Window
    browser: CDPSession
    world: World
    crowded: str


@dataclass(frozen=True)
class Round:
    """Once through an action: its long tasks, and how many ms the page's thread was busy with what."""

    tasks: list[float]
    busy: dict[str, float]

    @property
    def longest(self) -> float:
        return max(self.tasks, default=0.0)


@dataclass(frozen=True)
class Measured:
    """One action in one channel, some times over."""

    action: str
    crowded: bool
    rounds: list[Round]

    @property
    def longest(self) -> float:
        return max((each.longest for each in self.rounds), default=0.0)

    def __str__(self) -> str:
        where = f"{MESSAGES:,} messages" if self.crowded else "one message"
        tasks = sum(len(each.tasks) for each in self.rounds)
        by_round = " ".join(f"{each.longest:.0f}" if each.tasks else "-" for each in self.rounds)
        worst = max(self.rounds, key=lambda each: each.busy["all"])
        parts = "".join(f"{worst.busy[name]:>8.0f}" for name in PARTS)
        return f"{self.action:<24}{where:<18}{tasks:>6}   {by_round:<16}{parts}"


HEADER = f"{'':<42}{'long tasks':>6}, longest a round {'  busy, ms:':<2}" + "".join(f"{name:>7} " for name in PARTS)


# The company


def crowd(world: World) -> None:
    """Fill one channel as a busy desk would in some weeks, and another with a single message."""
    world.subscribed = frozenset()
    people = [person.id for person in world.people.values() if person.role == "Ops"]
    for place in (FULL, EMPTY, OTHER):
        world.channels[place] = Channel(place, place.removeprefix("C0").lower(), [*people, MARA, world.app.bot_user_id])
    numbers, statuses = count(1), cycle(status for status in Status if status.is_open)
    for number in range(1, MESSAGES):  # and the last card, which has a thread
        world.clock.advance(timedelta(minutes=11))
        if number % CARD_EVERY:
            said = Message(FULL, world.next_ts(), user=people[number % len(people)], text=TALK[number % len(TALK)])
        else:
            said = card(world, next(numbers), next(statuses))
        conversations.say(world, said)
    for place in (FULL, EMPTY):
        parent = conversations.say(world, card(world, next(numbers), Status.OFFERED, place))
        for number in range(REPLIES):
            words = TALK[number % len(TALK)]
            conversations.say(world, Message(place, world.next_ts(), user=people[0], text=words, thread_ts=parent.ts))
    conversations.say(world, Message(OTHER, world.next_ts(), user=MARA, text="Good morning"))


def card(world: World, number: int, status: Status, channel: str = FULL) -> Message:
    request = a_request(status)
    request.number = number
    drawn = request_card(a_picture(status, request=request), as_of=NOON)
    return from_app(world, channel, text=drawn.text, blocks=with_ids(drawn.blocks))


# What people do


async def scroll(scene: Scene) -> None:
    """With the wheel, from the newest message to the very first one, and back."""
    await scene.window.page.get_by_test_id("messages").hover()
    feed = scene.world.messages.feed(scene.crowded)
    await turn_the_wheel(scene, -TURN, until=feed[0].ts)
    await turn_the_wheel(scene, TURN, until=feed[-1].ts)


async def turn_the_wheel(scene: Scene, by: int, *, until: str) -> None:
    """Turn on while earlier messages are being fetched: people do not know that they are."""
    for _ in range(MOST_TURNS):
        await scene.window.page.mouse.wheel(0, by)
        await asyncio.sleep(0.03)
        if await scene.window.page.evaluate(IS_SEEN, until):
            return
    raise RuntimeError(f"After {MOST_TURNS} turns of the wheel the message {until} was still not to be seen.")


async def switch(scene: Scene) -> None:
    """Look into another channel and come back, three times."""
    for place in (OTHER, scene.crowded) * 3:
        await scene.window.page.get_by_test_id(f"channel-link-{place}").click()
        await expect(scene.window.page.get_by_test_id("messages").locator("[data-ts]").last).to_be_visible()
        await asyncio.sleep(0.3)


async def receive(scene: Scene) -> None:
    """Twelve new messages, two in quick succession each time, and a card that changes in between."""
    newest = card(scene.world, 900, Status.ASKED, scene.crowded)
    conversations.say(scene.world, newest)
    for number in range(6):
        for word in ("first", "second"):
            said = Message(scene.crowded, scene.world.next_ts(), user=MARA, text=f"{word} {number}: {TALK[1]}")
            conversations.say(scene.world, said)
        changed = card(scene.world, 900, Status.AGREED, scene.crowded)
        conversations.change(scene.world, newest, text=changed.text, blocks=changed.blocks, by=changed.user)
        await asyncio.sleep(0.25)
    await expect(scene.window.messages("second 5").last).to_be_visible()


async def talk(scene: Scene) -> None:
    """Open a thread with twenty replies and close it, three times."""
    page = scene.window.page
    await page.get_by_test_id("messages").locator(".replies").last.scroll_into_view_if_needed()
    for _ in range(3):
        await page.get_by_test_id("messages").locator(".replies").last.click()
        await expect(scene.window.thread.locator("[data-ts]")).to_have_count(REPLIES + 1)
        await asyncio.sleep(0.2)
        await page.get_by_test_id("thread-close").click()


ACTIONS: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "scrolling up and down": scroll,
    "switching channels": switch,
    "opening a thread": talk,
    "receiving messages": receive,
}


# Measuring


@asynccontextmanager
async def windows(places: tuple[str, ...]) -> AsyncIterator[list[Scene]]:
    """A window for each of these channels, in one browser at one sandbox."""
    sandbox = Sandbox(World.seeded(SandboxClock(NOON - timedelta(days=8))))
    crowd(sandbox.world)
    await sandbox.start()
    try:
        async with chromium() as browser:
            yield [await scene_at(await Window.open(browser, sandbox.url), sandbox.world, place) for place in places]
    finally:
        await sandbox.stop()


async def scene_at(window: Window, world: World, place: str) -> Scene:
    await window.page.add_init_script(WATCH)
    browser = await window.page.context.new_cdp_session(window.page)
    await browser.send("Performance.enable")
    await window.sit(JONAS, place)
    await expect(window.page.get_by_test_id("messages").locator("[data-ts]").last).to_be_visible()
    return Scene(window, browser, world, place)


async def measure(scene: Scene, action: str) -> Round:
    await scene.window.page.bring_to_front()
    await asyncio.sleep(0.5)
    await scene.window.page.evaluate("takeLongTasks()")
    before = await busy(scene)
    await ACTIONS[action](scene)
    await asyncio.sleep(0.3)
    after = await busy(scene)
    tasks: list[float] = await scene.window.page.evaluate("takeLongTasks()")
    return Round(tasks, {name: after[name] - before[name] for name in PARTS})


async def busy(scene: Scene) -> dict[str, float]:
    """Ms that the page's thread has been at work so far, by kind."""
    told: dict[str, Any] = await scene.browser.send("Performance.getMetrics")
    seconds = {each["name"]: each["value"] for each in told["metrics"]}
    return {name: seconds[metric] * 1000 for name, metric in PARTS.items()}


async def run() -> list[Measured]:
    found = []
    async with windows((EMPTY, FULL)) as scenes:
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}: who waits for one is slow too.")
        print(HEADER)
        for action in ACTIONS:
            for scene in scenes:
                rounds = [await measure(scene, action) for _ in range(ROUNDS)]
                found.append(Measured(action, scene.crowded == FULL, rounds))
                print(found[-1], flush=True)
    return found


def verdict(found: list[Measured]) -> str:
    """One sentence for people: is it smooth, and if not, where, and how busy the machine is."""
    slow = [each for each in found if each.crowded and each.longest > LONGEST]
    if not slow:
        return f"Smooth: no task above {LONGEST:.0f} ms in {len(ACTIONS)} actions, {ROUNDS} rounds each."
    named = ", ".join(f"{each.action} ({each.longest:.0f} ms)" for each in slow)
    floor = max((each.longest for each in found if not each.crowded), default=0.0)
    beside = f"the longest was {floor:.0f} ms" if floor else f"no task reached {LONGEST:.0f} ms"
    return f"Not smooth with {MESSAGES:,} messages: {named}. With one message {beside}."


def main() -> int:
    if CHROMIUM is None:
        print("Chromium was not found: install it, then measure again.", file=sys.stderr)
        return 2
    found = asyncio.run(run())
    print(f"\n{verdict(found)}")
    return 1 if any(each.crowded and each.longest > LONGEST for each in found) else 0


if __name__ == "__main__":
    raise SystemExit(main())
