"""One control request: who acts, where, on what; each missing or wrong part is answered with a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import ControlError
from bot.sandbox.interactions import Act

if TYPE_CHECKING:
    from bot.sandbox.messages import Message
    from bot.sandbox.people import Channel, Person
    from bot.sandbox.stage import Stage
    from bot.sandbox.views import View
    from bot.sandbox.world import World

Json = dict[str, Any]
NOT_FOUND = 404
FORBIDDEN = 403


@dataclass(frozen=True)
class Ask:
    """The body (or query) of a control request on a stage. Every reader raises ControlError."""

    stage: Stage
    body: Json

    @property
    def world(self) -> World:
        return self.stage.world

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self.body.get(key)
        if value is None or value == "":
            raise ControlError(f"“{key}” is missing.")
        return str(value)

    def optional(self, key: str) -> str | None:
        value = self.body.get(key)
        return None if value in (None, "") else str(value)

    def number(self, key: str, default: float) -> float:
        try:
            return float(self.body.get(key, default))
        except (TypeError, ValueError):
            raise ControlError(f"“{key}” must be a number.") from None

    def person(self, key: str = "as") -> Person:
        """Return the person who acts."""
        found = self.world.people.get(self.text(key))
        if found is None:
            raise ControlError(f"There is no person {self.text(key)}.", NOT_FOUND)
        return found

    def act(self) -> Act:
        return Act(self.stage, self.person())

    def any_channel(self) -> Channel:
        found = self.world.channels.get(self.text("channel"))
        if found is None:
            raise ControlError(f"There is no channel {self.text('channel')}.", NOT_FOUND)
        return found

    def channel(self) -> Channel:
        """Return a conversation the person is in; a person's id means the direct message with them."""
        person, target = self.person(), self.text("channel")
        if target in self.world.people:
            other = self.world.app.bot_user_id if target == person.id else target
            return self.world.direct(person.id, other)
        found = self.any_channel()
        if person.id not in found.members:
            raise ControlError(f"{person.real_name} is not a member of #{found.name}.", FORBIDDEN)
        return found

    def message(self) -> Message:
        """Return a message that the person can see."""
        channel, ts = self.channel(), self.text("ts")
        found = self.world.messages.get(channel.id, ts)
        if found is None or found.visible_to not in {None, self.person().id}:
            raise ControlError(f"There is no message {ts} in this conversation.", NOT_FOUND)
        return found

    def view(self) -> View:
        """Return an open view of the person: by id, `home`, or the modal on top."""
        person, wanted = self.person(), self.optional("view")
        views = self.world.views
        if wanted == "home":
            found = views.homes.get(person.id)
        elif wanted is None:
            found = views.top(person.id)
        else:
            found = views.find(wanted)
        if found is None or found.user != person.id:
            raise ControlError(f"{person.real_name} has no such view open.", NOT_FOUND)
        return found
