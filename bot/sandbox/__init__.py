"""Slack's place taken by a local stand-in: strict where Slack is strict, with a clock that can be moved.

The app under test talks to it over the real wire; see README.md beside this file.
"""

from __future__ import annotations

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import ControlError
from bot.sandbox.faults import Fault
from bot.sandbox.people import AppCredentials
from bot.sandbox.server import Sandbox
from bot.sandbox.stories import Story
from bot.sandbox.world import World

__all__ = ["AppCredentials", "ControlError", "Fault", "Sandbox", "SandboxClock", "Story", "World"]
