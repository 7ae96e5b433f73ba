"""The machine: clock, quiet, faults, connections, back to the beginning."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import ControlError
from bot.sandbox.faults import Fault

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.sandbox.control.asks import Ask

Json = dict[str, Any]
MORNING = time(8)
SATURDAY = 5
LONGEST_DOWNTIME = 86_400
PATIENCE = 10.0  # seconds to wait for quiet after the clock was moved


async def clock(ask: Ask) -> Json:
    return {"now": ask.world.clock.now().isoformat(), "zone": ask.world.zone}


async def move_clock(ask: Ask) -> Json:
    """Move the clock, let the app catch up, and tell what was said meanwhile."""
    world = ask.world
    mark = world.next_ts()
    try:
        _move(ask)
    except ValueError as wrong:
        raise ControlError(str(wrong)) from wrong
    world.touch("clock")
    for moved in ask.stage.on_clock_moved:
        await moved()
    quiet = await ask.stage.until_quiet(ask.number("timeout", PATIENCE))
    said = [{"channel": m.channel, "ts": m.ts, "text": m.text} for m in world.messages.since(mark)]
    return {"now": world.clock.now().isoformat(), "quiet": quiet, "messages_since": said}


def _move(ask: Ask) -> None:
    own = ask.world.clock
    if "advance_seconds" in ask.body:
        own.advance(timedelta(seconds=ask.number("advance_seconds", 0)))
    elif "to" in ask.body:
        at = datetime.fromisoformat(ask.text("to"))
        own.move_to(at if at.tzinfo else at.replace(tzinfo=ask.world.tz))
    elif ask.body.get("next") in {"working_morning", "monday"}:
        own.move_to(next_morning(own.now(), ask.world.tz, only_monday=ask.body["next"] == "monday"))
    else:
        raise ControlError("Say advance_seconds, to (ISO time) or next (working_morning, monday).")


def next_morning(now: datetime, zone: ZoneInfo, *, only_monday: bool) -> datetime:
    """Return the next eight o'clock of a weekday (or of a Monday) in the zone."""
    day = now.astimezone(zone).date()
    while True:
        morning = datetime.combine(day, MORNING, zone)
        fits = day.weekday() == 0 if only_monday else day.weekday() < SATURDAY
        if fits and morning > now:
            return morning
        day += timedelta(days=1)


async def quiet(ask: Ask) -> Json:
    return {"quiet": await ask.stage.until_quiet(ask.number("timeout", PATIENCE))}


async def arm(ask: Ask) -> Json:
    """Arm a fault: {method, kind, count?, retry_after?, seconds?}."""
    fault = Fault(
        method=ask.text("method"),
        kind=ask.text("kind"),
        count=int(ask.number("count", 1)),
        retry_after=int(ask.number("retry_after", 1)),
        seconds=ask.number("seconds", 30),
    )
    ask.world.faults.append(fault)
    ask.world.touch("faults")
    return {"ok": True, **(await faults(ask))}


async def faults(ask: Ask) -> Json:
    armed = [fault.as_page() for fault in ask.world.faults]
    return {"faults": armed, "downtime": round(ask.world.outage.seconds_left, 1)}


async def disarm(ask: Ask) -> Json:
    ask.world.faults.clear()
    ask.world.outage.end()
    ask.world.touch("faults")
    return {"ok": True}


async def downtime(ask: Ask) -> Json:
    """Let Slack's place vanish for some real seconds: calls are reset, connections cut, deliveries fail."""
    seconds, world = ask.number("seconds", 0), ask.world
    if not 0 <= seconds <= LONGEST_DOWNTIME:
        raise ControlError("Say seconds: how long, a day at most, or 0 to end it.")
    world.outage.begin(seconds)
    if seconds:
        ask.stage.sockets.drop()
    world.wire.add("out", "downtime", "begun" if seconds else "ended", {"seconds": seconds})
    world.touch("faults")
    asyncio.get_running_loop().call_later(seconds, world.touch, "faults")
    return {"ok": True, "downtime": seconds}


async def socket(ask: Ask) -> Json:
    """Silence the connections for some seconds, or renew them."""
    if ask.body.get("disconnect"):
        await ask.stage.sockets.refresh()
    elif "silence" in ask.body:
        ask.stage.sockets.silence(ask.number("silence", 0))
    else:
        raise ControlError("Say silence (seconds) or disconnect (true).")
    return {"ok": True}


async def reset(ask: Ask) -> Json:
    """Put the company back to its beginning; the app stays installed."""
    await ask.stage.reset()
    ask.stage.stories.forget()
    ask.world.touch("story")
    return {"ok": True}


async def story(ask: Ask) -> Json:
    return ask.stage.stories.as_page()


async def play(ask: Ask) -> Json:
    """Begin a story in the background: {name, …} with what else the story wants to know. `GET story` tells how far."""
    ask.stage.stories.begin(ask.text("name"), ask.body)
    ask.world.touch("story")
    return {"ok": True, **ask.stage.stories.as_page()}


GET = {"clock": clock, "faults": faults, "story": story}
POST = {
    "clock": move_clock,
    "quiet": quiet,
    "faults": arm,
    "socket": socket,
    "downtime": downtime,
    "reset": reset,
    "story": play,
}
DELETE = {"faults": disarm}
