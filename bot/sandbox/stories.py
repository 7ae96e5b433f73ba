"""Stories: what somebody beside the stand-in can play in it, with people's own doors, while everybody else waits."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import ControlError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.world import World

    Tell = Callable[[float, str], None]
    Play = Callable[[dict[str, Any], Tell], Awaitable[str]]

Json = dict[str, Any]
TOPIC = "story"
CONFLICT = 409
NOT_FOUND = 404

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Story:
    """What is on offer. `play` gets the facts of the request and tells how far it is; it returns a closing sentence."""

    name: str
    label: str
    hint: str
    play: Play


@dataclass
class Stories:
    """The stories on offer and the one that is played; meanwhile pages hear of nothing else."""

    world: World
    offered: dict[str, Story] = field(default_factory=dict)
    playing: str | None = None
    done: float = 0.0  # share that is played, from 0 to 1
    words: str = ""  # where it is, or how it ended
    failed: bool = False
    _task: asyncio.Task[None] | None = None

    def offer(self, story: Story) -> None:
        self.offered[story.name] = story

    def begin(self, name: str, facts: Json) -> None:
        """Start a story in the background. Raises ControlError for an unknown one, or while one is played."""
        self.refuse_while_playing()
        if name not in self.offered:
            raise ControlError(f"There is no story {name} here.", NOT_FOUND)
        self.playing, self.done, self.words, self.failed = name, 0.0, "The story begins.", False
        self._task = asyncio.get_running_loop().create_task(self._played(self.offered[name], facts))

    def refuse_while_playing(self) -> None:
        """Raise ControlError while a story is played: a second hand in it would change its end."""
        if self.playing is not None:
            sentence = f"{self.offered[self.playing].label} is being played. Wait until it is done, then try again."
            raise ControlError(sentence, CONFLICT)

    async def _played(self, story: Story, facts: Json) -> None:
        world = self.world
        world.hushed = True
        try:
            self.words = await story.play(facts, self._tell)
        except Exception as wrong:  # whatever broke in it: the page must not wait for ever
            log.exception("a story broke")
            self.words, self.failed = f"{story.label} could not be played to its end: {wrong}", True
        finally:
            world.hushed = False
            self.playing, self.done = None, 1.0
            world.touch("reset")

    def _tell(self, done: float, words: str) -> None:
        self.done, self.words = done, words
        self.world.touch(TOPIC)

    def forget(self) -> None:
        """Say nothing more of the last one."""
        if self.playing is None:
            self.done, self.words, self.failed = 0.0, "", False

    async def ended(self) -> str:
        """Wait for the end of the story that is played; return its closing sentence."""
        if self._task is not None:
            await self._task
        return self.words

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def as_page(self) -> Json:
        offered = [{"name": each.name, "label": each.label, "hint": each.hint} for each in self.offered.values()]
        told = {"playing": self.playing, "done": round(self.done, 3), "words": self.words, "failed": self.failed}
        return {"offered": offered, **told}
