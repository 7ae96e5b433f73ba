"""Weeks of an invented company's life, played through the stand-in's own doors: nothing is written past the app.

The same seed plays the same story, to the second: people ask, answer, wait and forget by a plan drawn from it, and
everything else (cards, reminders, escalations, digests) the app does by itself while the clock is pushed.
"""

from __future__ import annotations

from bot.history.player import USUAL_WEEKS, Played, play

__all__ = ["USUAL_WEEKS", "Played", "play"]
