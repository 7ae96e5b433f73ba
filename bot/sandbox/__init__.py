"""Slack's place taken by a local stand-in: strict where Slack is strict, with a clock that can be moved.

The app under test talks to it over the real wire; see README.md beside this file.
"""

from __future__ import annotations

from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import Fault
from bot.sandbox.people import AppCredentials
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

__all__ = ["AppCredentials", "Fault", "Sandbox", "SandboxClock", "World"]
