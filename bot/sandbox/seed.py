"""The demo company: Northbridge Valves, its people and channels, and a little of yesterday's talk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.messages import Message, Messages
from bot.sandbox.people import AppCredentials, Channel, Person, Team, UserGroup
from bot.sandbox.views import Views
from bot.sandbox.world import World

if TYPE_CHECKING:
    from bot.sandbox.clock import SandboxClock

BERLIN = "Europe/Berlin"
BOT = "U0DESKBOT"
PEOPLE = (
    ("U0MARA", "mara", "Mara Lindqvist", "Account manager", "Sales", "#8e4a9e"),
    ("U0TOBIAS", "tobias", "Tobias Brandt", "Key accounts", "Sales", "#2b6cb0"),
    ("U0INES", "ines", "Ines Moreau", "Customer service", "Sales", "#c05621"),
    ("U0JONAS", "jonas", "Jonas Keller", "Planner, Plant 3", "Ops", "#2f855a"),
    ("U0PRIYA", "priya", "Priya Nair", "Scheduler, Plant 3", "Ops", "#b7791f"),
    ("U0OSKAR", "oskar", "Oskar Lind", "Expediter, Plant 3", "Ops", "#2c7a7b"),
    ("U0HELENA", "helena", "Helena Voss", "COO", "Leader", "#9b2c2c"),
    ("U0ADMIN", "sam", "Sam Okafor", "IT", "Admin", "#4a5568"),
    (BOT, "expedite_desk", "Expedite Desk", "", "App", "#0f6e84"),
)
CHANNELS = (
    ("C0SALES", "sales", ("U0MARA", "U0TOBIAS", "U0INES", "U0HELENA", BOT), "Orders, quotes, wins", False),
    ("C0PLANT3", "ops-plant-3", ("U0JONAS", "U0PRIYA", "U0OSKAR", BOT), "Plant 3: planning and dispatch", False),
    ("C0LEADERS", "leadership", ("U0HELENA", "U0ADMIN", BOT), "", True),
    ("C0GENERAL", "general", tuple(person[0] for person in PEOPLE if person[0] != BOT), "", False),
)
# Hours before the start, channel, who, words.
YESTERDAY = (
    (22.0, "C0GENERAL", "U0ADMIN", "The new badge readers at Plant 3 are live. Tell me if yours does not open."),
    (21.5, "C0GENERAL", "U0PRIYA", "Mine opens. Thank you, Sam!"),
    (20.0, "C0SALES", "U0TOBIAS", "Quote for the ball valves went out to Harbor Dairy this morning."),
    (19.8, "C0SALES", "U0MARA", "Nice. They asked me about lead times last week, so expect a question."),
    (19.0, "C0PLANT3", "U0JONAS", "Machining cell 2 is back after maintenance, we run to plan again."),
    (18.9, "C0PLANT3", "U0PRIYA", "Good. I move the DN50 bodies back to Thursday then."),
    (17.5, "C0LEADERS", "U0HELENA", "Reminder: monthly review on Friday, ten o'clock."),
)
COMMANDS = (
    {"command": "/expedite", "description": "Ask Operations to ship sooner", "usage_hint": "[what, how many, by when]"},
)


def northbridge(clock: SandboxClock) -> World:
    """Return the seeded world."""
    app = AppCredentials(app_id="A0EXPEDITE", bot_id="B0DESKBOT", bot_user_id=BOT, team_id="T0NORTHBR")
    world = World(clock=clock, team=Team("T0NORTHBR", "Northbridge Valves", "northbridge"), app=app, zone=BERLIN)
    world.commands = [dict(command) for command in COMMANDS]
    settle(world)
    return world


def settle(world: World) -> None:
    """Put people, channels and talk back to the beginning; what is installed stays."""
    world.people = {person.id: person for person in map(_person, PEOPLE)}
    world.channels = {
        channel_id: Channel(channel_id, name, list(members), is_private=private, topic=topic)
        for channel_id, name, members, topic, private in CHANNELS
    }
    planners = ["U0JONAS", "U0PRIYA", "U0OSKAR"]
    world.user_groups = {"S0PLANT3": UserGroup("S0PLANT3", "plant-3-ops", "Plant 3 Ops", planners)}
    world.messages, world.views = Messages(), Views()
    world.forget_time()
    for memory in (world.files, world.errors, world.read_until, world.message_state, world.offered):
        memory.clear()
    world.faults.clear()
    world.outage.end()
    _talk(world)


def _person(row: tuple[str, str, str, str, str, str]) -> Person:
    user_id, name, real_name, title, role, color = row
    flags = {"is_admin": user_id == "U0ADMIN", "is_bot": user_id == BOT}
    return Person(user_id, name, real_name, title, role, BERLIN, color, **flags)


def _talk(world: World) -> None:
    for hours, channel, user, text in YESTERDAY:
        ts = world.next_ts(timedelta(hours=hours))
        world.messages.add(Message(channel, ts, text, user))
        for member in world.channel(channel).members:
            world.read_until[member, channel] = ts
